"""Bytes to text: what must simply work, and what is refused with one sentence."""

import io
import random
import time
import zipfile

import pytest

from desktop.plans.decode import MAX_BYTES, decode
from desktop.plans.read import read_plan
from desktop.rules.errors import Refused

TEXT = "一、整改目标：達标。\n（一）２０２４年Ⅲ类水质。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [TEXT, "整改时限", "plain ascii text\n" * 3 + "整改"])
def test_every_encoding_simply_works(encoding, text):
    assert decode(text.encode(encoding), "方案.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_four_bytes_a_character_without_a_mark_are_told(encoding):
    assert decode(TEXT.encode(encoding), "方案.txt").text == TEXT


LIST = (
    "某县整改清单\n一、甲镇污水直排，影响水质。\n整改目标：达标。\n整改措施：\n1.修管网。\n2.清淤。\n"
    "责任单位：县水利局\n"
)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\r", "\u2028", "\x85"])
def test_the_line_ends_of_any_system_part_lines(end, read):
    problem = read(LIST.replace("\n", end)).problems[0]
    assert (problem.target, len(problem.measures), problem.responsible_units) == ("达标。", 2, ("县水利局",))


@pytest.mark.parametrize(("first", "second"), [("gb18030", "latin-1"), ("gb18030", "cp1252"), ("utf-8", "latin-1")])
def test_chinese_that_was_saved_as_western_letters_is_restored_and_told(first, second, aliases):
    is_latin = second == "latin-1"
    data = LIST.encode(first)
    garbled = data.decode(second) if is_latin else "".join(byte_as_cp1252(byte) for byte in data)
    draft = read_plan(garbled.encode("utf-8"), "方案.txt", aliases)
    assert draft.problems[0].text == "甲镇污水直排，影响水质。"
    assert any(finding.key == "repaired" for finding in draft.findings)


def byte_as_cp1252(byte):
    """How a Western system shows a byte; five of them it shows as nothing but keeps."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_traditional_characters_are_told_in_any_encoding(aliases):
    text = "某縣整改清單\n一、甲鎮污水處理廠設備陳舊，長期超標排放，群眾反映強烈。\n整改目標：達標。\n" * 2
    for encoding in ("big5", "utf-8", "gb18030"):
        draft = read_plan(text.encode(encoding), "方案.txt", aliases)
        assert any(finding.key == "traditional" for finding in draft.findings)
    simple = read_plan(LIST.encode() * 3, "方案.txt", aliases)
    assert all(finding.key != "traditional" for finding in simple.findings)


def _docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"\r\n \t\r\n", "空文件"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "PNG 图片"),
        (b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF" * 9, "JPEG 图片"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF 文件"),
        (_docx(), "Word 文档"),
        (b"PK\x03\x04broken", "损坏的压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "Office 或 WPS"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "SQLite 数据库"),
        (random.Random(7).randbytes(4000), "不是文字"),
        (b"\x01\x02\x03\x04" * 200, "不是文字"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_it_is(data, words):
    with pytest.raises(Refused) as caught:
        decode(data, "整改方案.txt")
    assert words in caught.value.sentence
    assert "整改方案.txt" in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_text_of_more_than_20_mb_is_refused():
    with pytest.raises(Refused, match="20 MB"):
        decode(b"a" * (MAX_BYTES + 1), "大.txt")


def test_a_few_damaged_characters_do_not_stop_the_reading(aliases):
    text = "某县整改清单\n一、甲镇污水直排，影响水质。\n整改目标：达标。\n整改时限：2024年\n" + "说明文字。" * 400
    data = text.encode().replace("影响".encode(), b"\xe5\xbd" + "响".encode())
    draft = read_plan(data, "方案.txt", aliases)
    assert len(draft.problems) == 1
    assert any(finding.key == "damaged" for finding in draft.findings)


@pytest.mark.parametrize("block", ["的了在是我有和就不人都一个上也\n", "的", "a\n", "\n", " ", "一、", "2024年"])
def test_20_mb_without_a_label_end_quickly_without_problems(aliases, block):
    data = ((block.encode() * (MAX_BYTES // len(block.encode())))[: MAX_BYTES - 8] + b"\nend").decode("utf-8", "ignore")
    begin = time.perf_counter()
    assert read_plan(data.encode(), "大.txt", aliases).problems == ()
    assert time.perf_counter() - begin < 20
