"""Forms and ledgers as docx: tables whose cells share their upright lines, heads, boxes for seals, running heads."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from desktop.documents.flow import Cell, Note, Row, Style
from desktop.documents.fonts import Role
from desktop.documents.grid import MM
from desktop.documents.page import FormPaper, Page
from desktop.documents.word.form import write_form
from desktop.documents.word.grouping import Shown, pieces

STYLE = Style(Role.FANG, 12, 18)
HEAD = Style(Role.HEI, 12, 18)
_SIDES = (24 * MM, 20 * MM, 22 * MM, 25 * MM)
PAGE = Page(210 * MM, 297 * MM, *_SIDES, "内部资料", "申请表（续）", "第{page}页 共{pages}页")
GROUP = Cell("责任分工", 200, HEAD, True, under=(Cell("牵头", 80, HEAD), Cell("责任", 120, HEAD)))
LEDGER_HEAD = Row((Cell("序号", 60, HEAD), GROUP), 30, whole=True)


def written(fonts, *rows):
    form = FormPaper(PAGE, "申请表", "区整改办", date(2026, 11, 3), lambda _: rows, ("留空待填。",))
    return write_form(form, fonts)


def test_rows_of_any_widths_make_one_table(fonts, reading):
    rows = (
        Row((Cell("问题来源", 80, HEAD), Cell("督察", 180, STYLE), Cell("编号", 80, HEAD), Cell("5", 120, STYLE))),
        Row((Cell("问题内容", 80, HEAD), Cell("第一行\n第二行", 380, STYLE))),
    )
    tables = reading.found(reading.part(written(fonts, *rows).data), "tbl")
    assert len(tables) == 1
    widths = [int(reading.value(column, "w")) for column in reading.found(tables[0], "gridCol")]
    assert widths == [1600, 3600, 1600, 2400]
    spans = [reading.value(span) for span in reading.found(tables[0], "gridSpan")]
    assert spans == ["3"]
    assert reading.paragraphs(written(fonts, *rows).data)[-2:] == ["第一行", "第二行"]


def test_a_head_over_columns_is_two_merged_rows_repeated_on_every_page(fonts, reading):
    body = Row((Cell("1", 60, STYLE), Cell("甲局", 80, STYLE), Cell("乙局", 120, STYLE)), head=(LEDGER_HEAD,))
    table = reading.found(reading.part(written(fonts, body, body).data), "tbl")[0]
    rows = reading.found(table, "tr")
    assert [bool(reading.found(row, "tblHeader")) for row in rows] == [True, True, False, False]
    assert [[reading.text(cell) for cell in reading.found(row, "tc")] for row in rows[:2]] == [
        ["序号", "责任分工"],
        ["", "牵头", "责任"],
    ]
    assert [reading.value(merge) for merge in reading.found(table, "vMerge")] == ["restart", "continue"]


def test_a_very_long_table_is_several_that_begin_on_new_pages_with_their_head(fonts, reading):
    text = "管" * 25_000
    rows = [
        Row(
            (Cell(f"{k}", 60, STYLE), Cell(text, 80, STYLE), Cell("乙局", 120, STYLE)),
            head=(LEDGER_HEAD,),
            stays=k == 3,
        )
        for k in range(5)
    ]
    body = reading.part(written(fonts, *rows).data)
    tables = reading.found(body, "tbl")
    shown = [[reading.text(reading.found(row, "tc")[0]) for row in reading.found(table, "tr")] for table in tables]
    assert shown == [["序号", "", "0"], ["序号", "", "1"], ["序号", "", "2", "3"], ["序号", "", "4"]]
    heads = [[bool(reading.found(row, "tblHeader")) for row in reading.found(table, "tr")[:2]] for table in tables]
    assert heads == [[True, True]] * 4
    breaks = [reading.found(table.getprevious(), "pageBreakBefore") for table in tables[1:]]
    assert all(breaks), "two tables of Word that touch are one"


def test_a_table_is_cut_by_what_its_cells_hold():
    short = [Shown(Row((Cell("一", 60, STYLE), Cell("二", 80, STYLE)), head=(LEDGER_HEAD,))) for _ in range(100)]
    blocks = Row((Cell("一", 60, STYLE), Cell("", 80, STYLE, blocks=("甲", "乙", "丙"))), head=(LEDGER_HEAD,))
    high = STYLE.leading + 2 * STYLE.above
    assert [len(piece) for piece in pieces(short, 40 * high)] == [40, 40, 20]
    assert [len(piece) for piece in pieces([Shown(blocks)] * 4, 4 * STYLE.leading + 2 * STYLE.above)] == [1, 1, 1, 1]
    bare = [Shown(replace(shown.row, head=())) for shown in short]
    assert [len(piece) for piece in pieces(bare, 40 * high)] == [100], "only a table with a head goes on under one"


def test_a_short_row_of_a_list_is_not_cut_and_one_of_many_lines_may_be(fonts, reading):
    rows = [Row((Cell("1", 60, STYLE), Cell("管" * count, 200, STYLE)), head=(LEDGER_HEAD,)) for count in (60, 400)]
    made = reading.found(reading.part(written(fonts, *rows).data), "tr")
    assert [bool(reading.found(row, "cantSplit")) for row in made] == [True, True, True, False]


def test_a_box_for_seals_keeps_its_texts_at_their_places(fonts, reading):
    notes = (
        Note("意见：", 5, 170),
        Note("（盖章）", 100, 60, "center"),
        Note("（盖章）", 300, 60, "center"),
        Note("年　月　日", 390, 20, "right"),
    )
    box = Row((Cell("意见", 60, HEAD), Cell("", 400, STYLE, notes=notes)), 190, whole=True)
    table = reading.found(reading.part(written(fonts, box).data), "tbl")[0]
    paragraphs = reading.found(reading.found(table, "tc")[1], "p")
    assert [reading.text(paragraph) for paragraph in paragraphs] == ["意见：", "（盖章）（盖章）", "年月日"]
    stops = [(reading.value(tab), int(reading.value(tab, "pos"))) for tab in reading.found(paragraphs[1], "tab")[:2]]
    assert stops == [("center", 1900), ("center", 5900)]
    height = sum(
        int(reading.value(spacing, "before") if "before" in str(spacing.attrib) else 0) + 360
        for spacing in reading.found(table, "spacing")[1:]
    )
    assert height / 20 == pytest.approx(190 - 4 - 20 + 9, abs=1)
    assert reading.value(reading.found(table, "trHeight")[0]) == "3800"


def test_rows_without_lines_are_paragraphs_and_tables_do_not_touch(fonts, reading):
    rows = (
        Row((Cell("申请表", 460, Style(Role.TITLE, 22, 32, 0, 0), center=True),), 32, boxed=False),
        Row((), 11, boxed=False),
        Row((Cell("填报单位：", 360, STYLE), Cell("2026年11月3日", 100, STYLE)), boxed=False),
        Row((Cell("内容", 460, STYLE),)),
    )
    body = reading.part(written(fonts, *rows).data)[0]
    kinds = [element.tag.split("}")[1] for element in body]
    assert kinds == ["p", "p", "p", "tbl", "p", "tbl", "p", "sectPr"]
    assert len(reading.found(reading.found(body, "tbl")[0], "tblBorders")) == 0


def test_the_running_head_begins_on_the_second_page_and_word_counts_the_pages(fonts):
    document = Document(io.BytesIO(written(fonts, Row((Cell("内容", 460, STYLE),))).data))
    section = document.sections[0]
    assert section.first_page_header.paragraphs[0].text == "内部资料"
    assert section.header.paragraphs[0].text == "内部资料\t申请表（续）"
    assert [word in section.footer.part.element.xml for word in ("PAGE", "NUMPAGES")] == [True, True]
    assert not document.settings.odd_and_even_pages_header_footer
    assert (section.page_width.mm, section.top_margin.mm) == pytest.approx((210, 24), abs=0.05)
