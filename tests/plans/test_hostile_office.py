"""Office files that would harm or mislead: each ends soon, with one clear sentence or a good reading."""

import contextlib
import io
import random
import struct
import zipfile

import pytest

from desktop.plans.office_zip import MAX_PART
from desktop.plans.read import read_plan
from desktop.plans.sheets.old_strings import string_lengths
from desktop.rules.errors import Refused
from tests.plans.office import W, docx, par, table, xlsx, zipped
from tests.plans.old_sheet import xls

ROWS = [
    ["序号", "反馈问题", "整改目标", "整改措施", "整改时限"],
    ["1", "松林镇污水直排。", "水质达标。", "建站。", "2025年"],
    ["2", "柳河乡粪污直排。", "消除黑臭。", "清淤。", "2026年"],
]
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def parts_of(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    """The same file with words of one part replaced."""
    files = parts_of(data)
    text = bytes(files[part] if isinstance(files[part], bytes) else files[part].encode()).decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return zipped({**files, part: text.encode("utf-8", "surrogatepass")})


def bomb(part: str, head: str, block: bytes) -> bytes:
    """An office file of which one part unpacks to more than is ever read."""
    buffer = io.BytesIO()
    files = parts_of(docx(table(ROWS)) if part.startswith("word") else xlsx(ROWS))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w", force_zip64=True) as stream:
            stream.write(head.encode())
            for _ in range(MAX_PART // len(block) + 1):
                stream.write(block)
    return buffer.getvalue()


WORD, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: bomb(WORD, f"<w:document {W}><w:body>", b"<w:p/>" * 500_000), "解压后超过160 MB"),
        (lambda: bomb("xl/sharedStrings.xml", "<sst>", b"<si><t>" + b"a" * 3_000_000 + b"</t></si>"), "超过160 MB"),
        (lambda: changed(docx(par("x")), WORD, ("<w:document", BOMB + "<w:document"), (">x<", ">&b;<")), "实体"),
        (lambda: changed(xlsx(ROWS), SHEET, ("<worksheet", BOMB + "<worksheet")), "实体"),
        (lambda: docx("<w:sdt><w:sdtContent>" * 2000 + par("x") + "</w:sdtContent></w:sdt>" * 2000), "嵌套过深"),
        (lambda: docx("<w:tbl><w:tr><w:tc>" * 2000 + par("x") + "</w:tc></w:tr></w:tbl>" * 2000), "嵌套过深"),
        (lambda: changed(docx(par("甲") * 99), WORD, ("<w:sectPr/></w:body></w:document>", "")), "已损坏或不完整"),
        (lambda: changed(xlsx(ROWS), SHEET, ("</sheetData>", "")), "已损坏或不完整"),
        (lambda: zipped({"word/other.xml": "x"}), "已损坏或不完整"),
        (lambda: zipped({name: text for name, text in parts_of(xlsx(ROWS)).items() if "sheet1" not in name}), "已损坏"),
        (lambda: xlsx([str(row), "x"] for row in range(100_100)), "超过100000行"),
        (lambda: docx(table(ROWS))[:700], "打不开"),
        (lambda: xlsx(ROWS)[:2000], "打不开"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptionInfo\0".encode("utf-16-le"), "密码"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook\0".encode("utf-16-le"), "已损坏或不完整"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(aliases, make, words):
    with pytest.raises(Refused) as caught:
        read_plan(make(), "整改清单.docx", aliases)
    assert words in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert "整改清单.docx" in caught.value.sentence


def test_a_word_file_of_paragraphs_without_end_is_refused(aliases, monkeypatch):
    monkeypatch.setattr("desktop.plans.laying.MAX_PARTS", 500)
    with pytest.raises(Refused, match="多得不正常"):
        read_plan(docx("<w:p/>" * 600), "x.docx", aliases)


def strings(count: int) -> bytes:
    """A sheet in which one long text stands again and again."""
    files = parts_of(xlsx(ROWS))
    types = bytes(files["[Content_Types].xml"] if isinstance(files["[Content_Types].xml"], bytes) else b"").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = types.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, count))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped(
        {
            **files,
            "[Content_Types].xml": types,
            SHEET: f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {space}><si><t>{'的' * 30_000}</t></si></sst>",
        }
    )


def test_one_long_text_used_again_and_again_does_not_fill_the_memory(aliases):
    with pytest.raises(Refused, match="内容过多"):
        read_plan(strings(2000), "x.xlsx", aliases)


@pytest.mark.parametrize("odd", ["\ud800", "&#xD800;", "\x01", "&#0;"])
def test_characters_that_no_file_may_hold_do_not_stop_a_word_file(aliases, odd):
    data = changed(docx(table(ROWS)), WORD, ("污水", f"污{odd}水"))
    draft = read_plan(data, "x.docx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert any(finding.key == "damaged" for finding in draft.findings)


@pytest.mark.parametrize("claim", ["A1:XFD1048576", "A1", "Z99:A1"])
def test_the_declared_size_of_a_sheet_is_not_believed(aliases, claim):
    data = changed(xlsx(ROWS), SHEET, ('<dimension ref="A1:E3"/>', f'<dimension ref="{claim}"/>'))
    assert [p.number for p in read_plan(data, "x.xlsx", aliases).problems] == [1, 2]


def test_merged_cells_that_claim_the_whole_sheet_are_survived(aliases):
    merges = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>"
    data = changed(xlsx(ROWS), SHEET, ("</sheetData>", "</sheetData>" + merges))
    read_plan(data, "x.xlsx", aliases)


def test_cells_that_claim_a_million_columns_are_survived(aliases):
    wide = changed(docx(table(ROWS)), WORD, ("<w:tcPr></w:tcPr>", '<w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>'))
    read_plan(wide, "x.docx", aliases)


def test_a_file_with_a_few_bytes_changed_is_read_or_refused(aliases):
    rng = random.Random(5)
    for whole in (docx(table(ROWS)), xlsx(ROWS)):
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(rng.randint(1, 6)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            with contextlib.suppress(Refused):
                read_plan(bytes(data), "x.docx", aliases)


def test_shared_texts_of_an_old_workbook_are_measured_over_their_breaks():
    plain = struct.pack("<HB", 3, 0) + b"abc"
    wide = struct.pack("<HBHI", 4, 1 | 4 | 8, 1, 6) + "甲乙".encode("utf-16-le")
    rest = bytes([1]) + "丙丁".encode("utf-16-le") + bytes(4 + 6)
    rest += struct.pack("<HB", 2, 1) + "戊己".encode("utf-16-le")
    assert string_lengths([struct.pack("<II", 3, 3) + plain + wide, rest]) == [3, 4, 2]
    assert string_lengths([struct.pack("<II", 3, 3) + plain + wide]) == [3, 4]
    assert string_lengths([b""]) == []


@pytest.mark.parametrize("cut", [0, 30, 600, 1100, 2000])
def test_a_cut_off_old_workbook_is_refused(aliases, cut):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le") + xls(ROWS)[8:][:cut]
    with pytest.raises(Refused, match="已损坏或不完整"):
        read_plan(data, "清单.xls", aliases)
