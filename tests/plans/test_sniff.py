"""What a file is, by its bytes: every kind gets its own sentence, and a wrong suffix is told but not obeyed."""

import io
import zipfile
from collections.abc import Callable

import pytest

from desktop.plans.aliases import Aliases
from desktop.plans.read import read_plan
from desktop.plans.sniff import kind_of, suffix_of
from desktop.rules.errors import Refused

PLAN = """某县整改清单
一、甲镇污水直排，影响水质。
整改目标：达标。
整改措施：修管网。
整改时限：2024年
责任单位：县水利局
"""


def zipped(*names: str, first: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, first or b"x")
    return target.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + (stream + "\0").encode("utf-16-le") + b"\x00" * 100


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"BM" + bytes(60), "picture"),
        ("BM公司整改清单".encode(), None),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "picture"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "pdf"),
        (zipped("word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("OFD.xml"), "ofd"),
        (zipped("mimetype", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("a.docx"), "archive"),
        (zipped("a.docx")[:60], "broken"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("EncryptionInfo"), "encrypted"),
        (ole("PowerPoint Document"), ""),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"<html><body>", "html"),
        ("\ufeff<!DOCTYPE html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "wordml"),
        ("<整改清单>".encode(), None),
        (PLAN.encode(), None),
    ],
)
def test_the_kind_is_told_by_the_content(data: bytes, key: str | None) -> None:
    found = kind_of(data)
    assert (found.key if found else None) == key


REFUSED = [
    (b"\xff\xd8\xff\xe0" + bytes(40), "扫描.jpg", "scanned_plan", "手工录入"),
    (b"II*\x00" + bytes(40), "扫描.tif", "scanned_plan", "TIFF 图片"),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), "方案.txt", "scanned_plan", "实际上是PNG 图片，只是扩展名不同"),
    (zipped("OFD.xml"), "方案.ofd", "ofd_plan", "另存为PDF或docx"),
    (zipped("附件/方案.docx", "清单.xlsx"), "材料.zip", "archive", "里面有方案.docx、清单.xlsx"),
    (zipped(*(f"{n}.docx" for n in range(9))), "材料.zip", "archive", "等9个文件"),
    (b"Rar!\x1a\x07\x01\x00", "材料.rar", "archive", "先解压"),
    (ole("EncryptionInfo"), "方案.docx", "encrypted_office", "不加密"),
    (b"PK\x03\x04" + bytes(50), "方案.docx", "damaged_file", "打不开"),
    (b"MZ\x90\x00" + bytes(60), "方案.doc", "not_a_plan", "Windows 程序文件"),
]


@pytest.mark.parametrize(("data", "name", "rule", "words"), REFUSED, ids=[name + rule for _, name, rule, _ in REFUSED])
def test_what_cannot_be_read_is_refused_with_what_it_is(
    data: bytes, name: str, rule: str, words: str, aliases: Aliases
) -> None:
    with pytest.raises(Refused) as caught:
        read_plan(data, name, aliases)
    assert caught.value.rule == rule
    assert words in caught.value.sentence
    assert name in caught.value.sentence
    assert "未作改动" in caught.value.sentence
    assert caught.value.sentence.count("。") == 1


def test_names_in_an_archive_of_chinese_windows_are_readable() -> None:
    found = kind_of(zipped("ABCD.docx").replace(b"ABCD", "方案".encode("gb18030")))
    assert found is not None
    assert found.inside == ("方案.docx",)


def test_an_archive_with_a_table_of_contents_of_many_megabytes_is_not_opened() -> None:
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + (900_000_000).to_bytes(4, "little") + bytes(6)
    assert kind_of(b"PK\x03\x04" + bytes(100) + end) == kind_of(b"PK\x03\x04")


@pytest.mark.parametrize("name", ["方案.pdf", "方案.docx", "方案.png"])
def test_a_text_under_another_suffix_is_read_and_told(name: str, read: Callable[..., object], aliases: Aliases) -> None:
    draft = read_plan(PLAN.encode(), name, aliases)
    assert len(draft.problems) == 1
    assert [f.sentence for f in draft.findings if f.key == "other_suffix"] == [
        f"“{name}”实际上是文本文件，只是扩展名不同，已按文本文件读取。"
    ]


@pytest.mark.parametrize("name", ["方案.txt", "方案", "方案.2024", "方案.bak"])
def test_a_text_under_any_other_name_is_read_without_a_word(name: str, aliases: Aliases) -> None:
    assert all(f.key != "other_suffix" for f in read_plan(PLAN.encode(), name, aliases).findings)


def test_the_suffix_is_what_stands_behind_the_last_dot() -> None:
    assert [suffix_of(name) for name in ("a.b.DOCX", "方案", ".txt")] == ["docx", "", "txt"]
