"""Whole PDFs: the official page, tables, columns, odd characters, pages that are pictures."""

import io
from collections.abc import Callable

import pypdf
import pytest
from PIL import Image
from pypdf.generic import NameObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop import paths
from desktop.documents.font_build import build_missing
from desktop.plans.source import Source
from desktop.rules.drafts import PlanDraft
from desktop.rules.errors import Refused
from tests.plans.pdf.paper import CHARS, LEFT, PITCH, SIZE, WIDE, Numbering, official, paper, put, table, wrap

Reader = Callable[[bytes], Source]
Cells = Callable[[bytes], list[tuple[int, int, int, int, str]]]

HEAD = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "牵头领导", "责任单位"]
WIDTHS = [40, 200, 150, 300, 90, 70, 150]
TEXT = "石鼓街道电镀小区围堰开裂，4家企业跑冒滴漏，集水沟铬含量异常"
MEASURES = [
    "1.修补围堰并重做防腐，2024年10月31日前完工。",
    "2.对4家企业停电整顿，复产须经验收。",
    "3.每半年开展一次周边土壤监测。",
]


def items(count: int) -> list[str]:
    """A list of problems as paragraphs, each long enough to be broken over lines and pages."""
    found = ["=某区整改清单"]
    for number in range(1, count + 1):
        found += [
            f"{'一二三四五六七八九'[number - 1]}、{TEXT}，第{number}次督察时仍未整改到位，群众反映强烈。",
            "整改目标：电镀小区跑冒滴漏问题清零，周边土壤环境质量保持稳定并逐步得到改善。",
            "整改措施：（一）修补围堰并重做防腐，2024年10月31日前完工，验收合格后方可恢复生产。（二）对4家企业停电整顿，复产须经验收。",
            f"整改时限：2024年{number}月底前",
            "牵头区领导：李  嵩、王小明",
            "责任单位：区生态环境局、宏达铸造（青石）有限公司、区工业和信息化局、石鼓街道",
        ]
    return found


def of_page(page: int, pages: int) -> str:
    return f"第{page}页 共{pages}页"


def short(page: int, pages: int) -> str:
    return f"-{page}-"


def bare(page: int, pages: int) -> str:
    return str(page)


def chinese(page: int, pages: int) -> str:
    return f"第{'一二三四五六七'[page - 1]}页"


def share(page: int, pages: int) -> str:
    return f"{page} / {pages}"


@pytest.mark.parametrize("number", [of_page, short, bare, chinese, share])
def test_page_numbers_and_running_heads_belong_nowhere(source: Reader, number: Numbering) -> None:
    paragraphs = items(4)
    found = source(official(paragraphs, head="某区督察整改办公室", number=number))
    lines = found.text.replace("李 嵩", "李  嵩").splitlines()
    assert lines == [paragraph.lstrip("=") for paragraph in paragraphs]
    assert [finding.key for finding in found.findings] == ["left_out"]
    assert "某区督察整改办公室" in found.findings[0].sentence


def test_problems_are_read_from_official_pages(draft: Callable[[bytes], PlanDraft]) -> None:
    read = draft(official(items(5), head="某区督察整改办公室"))
    assert [problem.number for problem in read.problems] == [1, 2, 3, 4, 5]
    assert read.title == "某区整改清单"
    assert read.unassigned == ()
    for problem in read.problems:
        assert problem.text == f"{TEXT}，第{problem.number}次督察时仍未整改到位，群众反映强烈。"
        assert [measure.text[:6] for measure in problem.measures] == ["修补围堰并重", "对4家企业停"]
        assert problem.leaders == ("李嵩", "王小明")
        assert problem.responsible_units[1] == "宏达铸造（青石）有限公司"


def test_paragraphs_without_an_indent_are_told_by_short_lines(source: Reader) -> None:
    paragraphs = [paragraph.lstrip("=") for paragraph in items(3)]
    text = source(official(paragraphs, indent=0)).text
    assert text.replace("李 嵩", "李  嵩").splitlines() == paragraphs


def test_a_title_over_two_lines_and_the_red_head_stay_lines_of_their_own(source: Reader) -> None:
    head = ["=中共某区委办公室文件", "=某办发〔2024〕11号", "=某区落实督察反馈问题", "=整改方案", "各镇街："]
    lines = source(official([*head, *items(1)])).text.splitlines()
    assert lines[:5] == [line.lstrip("=") for line in head]


def plan_table(rows: list[list[str]], merged: list[tuple[int, int, int, int]], thin_boxes: bool = False) -> bytes:
    sheet = paper(WIDE)
    put(sheet, 500, 60, "某区整改清单", 18)
    table(sheet, rows, WIDTHS, 80, 90, merged, thin_boxes=thin_boxes)
    sheet.end_page()
    return sheet.done()


def rows_of(number: int) -> list[list[str]]:
    units = "区水务局、区生态环境局、区工业和信息化局"
    first = [str(number), TEXT, "跑冒滴漏清零", MEASURES[0], "2024年12月31日", "李嵩", units]
    return [first, ["", "", "", MEASURES[1], "", "", ""], ["", "", "", MEASURES[2], "", "", ""]]


def merges(row: int) -> list[tuple[int, int, int, int]]:
    return [(row, column, 3, 1) for column in (0, 1, 2, 4, 5, 6)]


@pytest.mark.parametrize("thin_boxes", [False, True], ids=["lines", "thin boxes"])
def test_a_ruled_table_gives_cells_with_what_they_cover(cells: Cells, thin_boxes: bool) -> None:
    rows = [HEAD, *rows_of(1), *rows_of(2)]
    found = cells(plan_table(rows, merges(1) + merges(4), thin_boxes))
    assert [text for row, *_, text in found if row == 1] == HEAD
    assert (2, 2, 3, 1, TEXT) in found
    assert (2, 7, 3, 1, rows[1][6]) in found
    assert [text for _, column, _, _, text in found if column == 4][1:4] == MEASURES
    assert [(row, high) for row, column, high, _, _ in found if column == 1] == [(1, 1), (2, 3), (5, 3)]


def test_a_head_of_two_rows_keeps_its_merged_cells(cells: Cells) -> None:
    rows = [["序号", "反馈问题", "整改要求", "", "", "责任", ""], ["", "", *HEAD[2:]], *rows_of(1)]
    found = cells(plan_table(rows, [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 3), (0, 5, 1, 2), *merges(2)]))
    assert (1, 1, 2, 1, "序号") in found
    assert (1, 3, 1, 3, "整改要求") in found
    assert (1, 6, 1, 2, "责任") in found


def over_pages(parts: list[list[list[str]]], merged: list[list[tuple[int, int, int, int]]]) -> bytes:
    sheet = paper(WIDE)
    for page, (rows, own) in enumerate(zip(parts, merged, strict=True), 1):
        put(sheet, 80, 40, "某区督察整改台账", 9)
        table(sheet, rows, WIDTHS, 80, 90, own)
        put(sheet, 600, 800, f"第{page}页", 9)
        sheet.end_page()
    return sheet.done()


def test_a_table_goes_on_over_the_page_and_says_its_head_once(source: Reader, cells: Cells) -> None:
    data = over_pages([[HEAD, *rows_of(1)], [HEAD, *rows_of(2)], [HEAD, *rows_of(3)]], [merges(1)] * 3)
    numbers = [(row, text) for row, column, _, _, text in cells(data) if column == 1]
    assert numbers == [(1, "序号"), (2, "1"), (5, "2"), (8, "3")]
    assert {cell.table for cell in source(data).cells} == {1}
    assert all(cell.is_head == (cell.row == 1) for cell in source(data).cells)


def test_a_row_that_the_page_broke_is_whole_again(cells: Cells) -> None:
    long = "1.修补围堰并重做防腐，2024年10月31日前完工，并建立围堰巡查制度，发现渗漏立即停产处置直至修复"
    cut = len(wrap(long, WIDTHS[3] - 6, 9, 0)[0])
    first = ["1", TEXT, "清零", long[:cut], "2024年底前", "李嵩", "区水务局"]
    found = cells(over_pages([[HEAD, first], [["", "", "", long[cut:], "", "", ""]]], [[], []]))
    assert [text for _, column, _, _, text in found if column == 4] == ["整改措施", long]


def test_a_row_with_a_measure_only_stays_a_row_on_the_next_page(cells: Cells) -> None:
    blank = ["", "", "", MEASURES[1], "", "", ""]
    found = cells(over_pages([[HEAD, rows_of(1)[0]], [blank]], [[], []]))
    assert [text for _, column, _, _, text in found if column == 4] == ["整改措施", MEASURES[0], MEASURES[1]]


def test_measures_with_units_of_their_own_stay_rows_on_the_next_page(cells: Cells) -> None:
    first, second = rows_of(1)[0], ["", "", "", MEASURES[1], "", "", "石鼓街道"]
    found = cells(over_pages([[HEAD, first], [second]], [[], []]))
    assert [text for _, column, _, _, text in found if column == 7][1:] == [first[6], "石鼓街道"]


def label_table(number: int) -> list[list[str]]:
    return [
        ["序号", str(number), "整改时限", f"2024年{number}月底前"],
        ["反馈问题", TEXT, "", ""],
        ["整改目标", "跑冒滴漏清零", "", ""],
        ["整改措施", "\n".join(MEASURES), "", ""],
        ["牵头单位", "区水务局", "责任单位", "区生态环境局、石鼓街道"],
    ]


def test_a_table_for_each_problem_stays_a_table_of_its_own(source: Reader) -> None:
    sheet = paper()
    wide = [(1, 1, 1, 3), (2, 1, 1, 3), (3, 1, 1, 3)]
    for page in (1, 2):
        low = table(sheet, label_table(page * 2 - 1), [70, 180, 70, 180], 50, 80, wide, 10)
        table(sheet, label_table(page * 2), [70, 180, 70, 180], 50, low + 40, wide, 10)
        sheet.end_page()
    found = source(sheet.done())
    assert {cell.table for cell in found.cells} == {1, 2, 3, 4}
    numbers = [found.text[c.start : c.end] for c in found.cells if (c.row, c.column) == (1, 2)]
    assert numbers == ["1", "2", "3", "4"]
    measures = [found.text[c.start : c.end] for c in found.cells if (c.row, c.column) == (4, 2)]
    assert measures == ["\n".join(MEASURES)] * 4


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(cells: Cells, turn: int) -> None:
    upright = plan_table([HEAD, *rows_of(1)], merges(1))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(upright))
    writer.pages[0].rotate(turn)
    turned = io.BytesIO()
    writer.write(turned)
    assert cells(turned.getvalue()) == cells(upright)


def test_a_table_drawn_sideways_on_an_upright_page_is_read(cells: Cells) -> None:
    sheet = paper(A4)
    sheet.canvas.translate(A4[0], 0)
    sheet.canvas.rotate(90)
    sheet.high = A4[0]
    table(sheet, [HEAD, *rows_of(1)], [30, 130, 100, 250, 70, 50, 100], 40, 60, merges(1))
    sheet.end_page()
    found = cells(sheet.done())
    assert [text for row, *_, text in found if row == 1] == HEAD
    assert (2, 2, 3, 1, TEXT) in found


def test_two_columns_are_read_one_after_the_other(source: Reader) -> None:
    sheet = paper()
    left = wrap("甲" + "左栏文字说明整改情况，" * 12, 220, 10)
    right = wrap("乙" + "右栏文字说明验收情况，" * 12, 220, 10)
    for at in range(max(len(left), len(right))):
        for x, lines in ((60, left), (310, right)):
            if at < len(lines):
                put(sheet, x + (20 if at == 0 else 0), 100 + at * 16, lines[at], 10)
    sheet.end_page()
    text = source(sheet.done()).text
    assert text == "甲" + "左栏文字说明整改情况，" * 12 + "\n乙" + "右栏文字说明验收情况，" * 12 + "\n"


def test_a_table_without_any_lines_is_told_by_its_head_and_its_columns(cells: Cells) -> None:
    sheet = paper(WIDE)
    places = [60, 120, 380, 640, 900]
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限", "责任单位"],
        ["1", "某镇污水直排，影响下游", "修复管网，接入污水处理", "2024年底前", "区水务局"],
        ["", "水质。", "厂。", "", ""],
        ["2", "某厂粉尘无组织排放", "封闭料仓", "2025年6月底前", "某镇"],
    ]
    for at, words in enumerate(rows):
        for x, text in zip(places, words, strict=True):
            put(sheet, x, 100 + at * 20, text, 12)
    sheet.end_page()
    found = cells(sheet.done())
    assert (2, 2, 1, 1, "某镇污水直排，影响下游水质。") in found
    assert (3, 4, 1, 1, "2025年6月底前") in found
    assert len({row for row, *_ in found}) == 3


def test_level_lines_part_the_rows_of_a_table_without_upright_ones(cells: Cells) -> None:
    sheet = paper(WIDE)
    places, tops = [60, 120, 380, 640, 900], [100, 130, 150, 180]
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限", "责任单位"],
        ["", "某镇污水直排，影响下游", "修复管网", "2024年底前", "区水务局"],
        ["1", "水质。", "", "", ""],
        ["2", "某厂粉尘无组织排放", "封闭料仓", "2025年6月底前", "某镇"],
    ]
    for words, top in zip(rows, tops, strict=True):
        for x, text in zip(places, words, strict=True):
            put(sheet, x, top, text, 12)
    for top in (80, 108, 158, 190):
        sheet.line(50, top, 1000, top)
    sheet.end_page()
    found = cells(sheet.done())
    assert (2, 1, 1, 1, "1") in found
    assert (3, 1, 1, 1, "2") in found


def test_a_watermark_across_the_page_is_left_out_and_named(source: Reader) -> None:
    sheet = paper()
    for at, line in enumerate(items(1)):
        put(sheet, 80, 120 + at * 60, line[:24])
    sheet.canvas.translate(200, 300)
    sheet.canvas.rotate(45)
    sheet.high = 0
    put(sheet, 0, 0, "内部资料请勿外传", 40)
    sheet.end_page()
    found = source(sheet.done())
    assert "内部资料" not in found.text
    assert any("内部资料请勿外传" in finding.sentence for finding in found.findings)


@pytest.fixture(scope="module")
def own_font() -> str:
    """An embedded font, whose table of meanings a test can spoil."""
    build_missing()
    file = next((paths.fonts_cache() / "glyf").glob("GW-Fang*.ttf"))
    pdfmetrics.registerFont(TTFont("OwnFang", str(file)))
    return "OwnFang"


def with_meanings(font: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """A page of plan text; ``change`` gets the table of meanings of its font, None takes it away."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    canvas.setFont(font, 16)
    lines = ["一、某镇门前污水长流，见底发黑。", "整改目标：长期达标。", "整改时限：2024年底前", "责任单位：区水务局"]
    for at, line in enumerate(lines):
        canvas.drawString(LEFT, 700 - at * PITCH, line)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(target.getvalue()))
    for own in writer.pages[0]["/Resources"]["/Font"].values():
        item = own.get_object()
        if "/ToUnicode" in item:
            meanings = item["/ToUnicode"].get_object()
            changed = change(meanings.get_data())
            if changed is None:
                del item[NameObject("/ToUnicode")]
            else:
                meanings.set_data(changed)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_radicals_that_stand_for_characters_are_folded(source: Reader, own_font: str) -> None:
    def radicals(table: bytes) -> bytes:
        for pair in (b"4E00 2F00", b"957F 2ED3", b"95E8 2ED4", b"89C1 2EC5", b"6C34 2F54"):
            plain, radical = pair.split()
            table = table.replace(b"<" + plain + b">", b"<" + radical + b">")
        return table

    assert source(with_meanings(own_font, radicals)).text.split("\n")[0] == "一、某镇门前污水长流，见底发黑。"


def test_a_character_of_private_use_is_marked_and_counted(source: Reader, own_font: str) -> None:
    found = source(with_meanings(own_font, lambda table: table.replace(b"<9ED1>", b"<E9D1>")))
    assert "见底发\ufffd。" in found.text
    assert found.damaged == 1


def test_text_whose_meaning_is_lost_is_refused_in_one_sentence(source: Reader, own_font: str) -> None:
    with pytest.raises(Refused) as caught:
        source(with_meanings(own_font, lambda _: None))
    assert caught.value.rule == "garbled_plan"
    assert "手工录入" in caught.value.sentence


def scanned(pages: str) -> bytes:
    """Pages by letters: ``s`` a scan, ``t`` text, ``o`` a scan with text over it."""
    sheet = paper()
    picture = Image.new("L", (300, 424), 200)
    for letter in pages:
        if letter in "so":
            sheet.canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        if letter in "to":
            for at, line in enumerate(items(1)[1:]):
                for number, part in enumerate(wrap(line, CHARS * SIZE, indent=0)):
                    put(sheet, LEFT, 100 + at * 80 + number * PITCH, part)
        sheet.end_page()
    return sheet.done()


def test_a_scan_is_refused_and_says_what_to_do(source: Reader) -> None:
    with pytest.raises(Refused) as caught:
        source(scanned("ss"))
    assert caught.value.rule == "scanned_plan"
    assert "扫描件" in caught.value.sentence
    assert "手工录入" in caught.value.sentence


def test_scanned_pages_among_others_are_named_and_the_others_read(draft: Callable[[bytes], PlanDraft]) -> None:
    read = draft(scanned("tsst"))
    assert next(problem.text[:4] for problem in read.problems) == TEXT[:4]
    assert any(f.key == "scanned_pages" and "第2—3页" in f.sentence for f in read.findings)


def test_text_over_a_scan_is_read_with_a_warning(source: Reader) -> None:
    found = source(scanned("to"))
    assert TEXT in found.text.replace("\n", "")
    assert [finding.sentence for finding in found.findings if finding.key == "recognised_pages"] != []


def test_an_empty_page_is_refused_as_empty(source: Reader) -> None:
    sheet = paper()
    sheet.end_page()
    with pytest.raises(Refused) as caught:
        source(sheet.done())
    assert caught.value.rule == "empty_file"
