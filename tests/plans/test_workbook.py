"""The ledger as xlsx: an office's own look, real dates, drop-downs, and no text that runs as a formula."""

import io
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.plans.columns import read_layout
from desktop.plans.export_marks import BookMarks, digest, normal
from desktop.plans.workbook import Book, write_workbook
from desktop.rules.errors import Refused
from desktop.rules.records import (
    CaseFile,
    Office,
    Problem,
    ProblemUnit,
    Step,
    StepAction,
    TermClass,
    UnitRole,
)

TODAY = date(2026, 11, 23)
TEMPLATE: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "resources" / "templates" / "merged_ledger.toml").read_text("utf-8")
)


def case(number: int = 1, text: str = "青溪河断面超标。", **more: Any) -> CaseFile:
    problem = Problem(
        f"p{number}",
        number,
        text,
        deadline=date(2026, 12, 31),
        deadline_raw="2026年12月31日",
        term_class=TermClass.DATED,
    )
    return CaseFile(problem, units=(ProblemUnit("u", "区生态环境分局", UnitRole.LEAD),), **more)


def sheet(*cases: CaseFile, template: dict[str, Any] = TEMPLATE) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(*cases, template=template))).active


def written(*cases: CaseFile, template: dict[str, Any] = TEMPLATE, marks: BookMarks | None = None) -> bytes:
    office, target = Office("o", "青溪区整改办", "青溪区"), io.BytesIO()
    write_workbook(target, Book(read_layout(template), office, TODAY, lambda: "截至目前。", marks), cases)
    return target.getvalue()


def column(ws: Any, title: str) -> int:
    for row in ws["3:4"]:
        for cell in row:
            if str(cell.value).replace("\n", "") == title:
                return int(cell.column)
    raise AssertionError(title)


def test_the_sheet_looks_like_the_office_s_own() -> None:
    ws = sheet(case())
    assert ws["A1"].value == "青溪区生态环境保护督察反馈问题整改台账"
    assert ws["A2"].value == "截至目前。本表列1个问题，统计截止2026年11月23日。"
    assert ws.freeze_panes == "B5"
    assert ws.print_title_rows == "$3:$4"
    assert (ws.page_setup.orientation, int(ws.page_setup.paperSize)) == ("landscape", 8)
    assert ws.sheet_properties.pageSetUpPr.fitToPage
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
    assert ws["A6"].value.startswith("填报单位（盖章）：青溪区整改办")


def test_the_head_is_merged_over_groups_and_over_both_rows() -> None:
    ws = sheet(case())
    merged = {str(part) for part in ws.merged_cells.ranges}
    assert {"A3:A4", "A1:T1", "I3:L3", "O3:S3"} <= merged
    assert ws["I3"].value == "责任分工"
    assert ws["J3"].value is None


def test_cells_wrap_and_have_borders() -> None:
    cell = sheet(case())["D5"]
    assert cell.alignment.wrap_text
    assert cell.border.left.style == cell.border.bottom.style == "thin"


def test_days_are_real_dates() -> None:
    steps = (Step("s", "p1", StepAction.NOTICE, date(2026, 9, 28), end=date(2026, 10, 10)),)
    ws = sheet(case(steps=steps))
    assert ws.cell(5, column(ws, "公示开始")).value == datetime(2026, 9, 28)
    assert ws.cell(5, column(ws, "公示结束")).value == datetime(2026, 10, 10)
    deadline = ws.cell(5, column(ws, "整改时限"))
    assert deadline.value == datetime(2026, 12, 31)
    assert deadline.number_format == "yyyy/m/d"


def test_an_open_notice_has_a_first_day_only() -> None:
    steps = (Step("s", "p1", StepAction.NOTICE, date(2026, 9, 28)),)
    ws = sheet(case(steps=steps))
    assert ws.cell(5, column(ws, "公示开始")).value == datetime(2026, 9, 28)
    assert ws.cell(5, column(ws, "公示结束")).value == "/"


def test_state_columns_have_drop_downs_with_the_words_in_use() -> None:
    ws = sheet(case(), case(2))
    ranges = {str(v.sqref): v.formula1 for v in ws.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(column(ws, "进度判定"))
    assert "未达序时进度" in ranges[f"{letter}5:{letter}6"]
    assert ws.cell(5, column(ws, "类型")).value == "限时整改"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_begins_like_a_formula_stays_text(start: str) -> None:
    cell = sheet(case(text=start))["D5"]
    assert cell.value == start
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_ordinary_text_after_risky_text_is_not_marked() -> None:
    ws = sheet(case(1, "=1"), case(2, "平常"))
    assert ws["D5"].quotePrefix
    assert not ws["D6"].quotePrefix


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=60).filter(str.strip))
def test_any_text_that_a_file_can_hold_is_read_back_whole(text: str) -> None:
    unwritable = {chr(code) for code in range(32)} - {"\t", "\n"} | {"\ufffe", "\uffff"}
    kept = "".join(char for char in text.strip() if char not in unwritable)
    read = sheet(case(text=text))["D5"].value
    assert (read or "").split() == kept.split()


def test_half_a_character_does_not_spoil_the_file() -> None:
    assert sheet(case(text="青溪\ud800河"))["D5"].value == "青溪河"


def test_a_text_longer_than_a_cell_holds_says_that_it_was_cut() -> None:
    value = sheet(case(text="长" * 40_000))["D5"].value
    assert len(value) == 32_767
    assert value.endswith("……（全文见台账）")


def test_hidden_columns_are_left_out_and_renamed_ones_renamed() -> None:
    columns = [c | ({"show": False} if c["field"] == "source" else {}) for c in TEMPLATE["columns"]]
    columns = [c | ({"title": "负责人"} if c["field"] == "leaders" else {}) for c in columns]
    ws = sheet(case(), template=TEMPLATE | {"columns": columns})
    titles = {str(cell.value).replace("\n", "") for row in ws["3:4"] for cell in row}
    assert "负责人" in titles
    assert "问题来源（轮次/文件）" not in titles


@pytest.mark.parametrize(
    ("change", "key"),
    [({"field": "goal"}, "field"), ({"width_mm": "宽"}, "width_mm"), ({"title": ""}, "title")],
)
def test_a_bad_column_is_refused_with_file_and_key(change: dict[str, Any], key: str) -> None:
    with pytest.raises(Refused, match=rf"merged_ledger\.toml.*columns第1项\.{key}"):
        sheet(case(), template={"columns": [TEMPLATE["columns"][0] | change]})


def test_a_template_without_columns_is_refused() -> None:
    with pytest.raises(Refused, match="至少保留一列"):
        sheet(case(), template={})


def test_an_empty_ledger_still_makes_a_sheet_to_fill_in() -> None:
    ws = sheet()
    assert ws["A5"].value.startswith("填报单位（盖章）")


def test_long_titles_are_broken_into_lines_of_like_length() -> None:
    assert sheet(case())["I4"].value == "牵头区\n领导"


def test_a_column_of_money_shows_two_decimals() -> None:
    columns = [c | ({"show": True} if c.get("money") else {}) for c in TEMPLATE["columns"]]
    ws = sheet(case(), template=TEMPLATE | {"columns": columns})
    assert ws.cell(5, column(ws, "损害赔偿（万元）")).number_format == "#,##0.00"


def test_only_columns_marked_for_it_are_public() -> None:
    shown = {column.field for column in read_layout(TEMPLATE, public=True).columns}
    assert {"text", "measures", "deadline", "lead_units", "progress"} <= shown
    assert not {"leaders", "remarks", "upper_numbers", "by_hand"} & shown
    with pytest.raises(Refused, match="没有可以公开的列"):
        read_layout({"columns": [{"field": "text", "title": "问题", "width_mm": 20}]}, public=True)


def test_rows_can_be_filtered_and_sorted_together_with_their_marks() -> None:
    marks = BookMarks("o", "青溪区整改办", "2026-11-23", "all")
    book = openpyxl.load_workbook(io.BytesIO(written(case(), case(2), marks=marks)))
    ws, hidden = book.worksheets
    assert ws.auto_filter.ref == "A4:U6"
    assert ws.column_dimensions["U"].hidden
    assert [ws["U5"].value, ws["U6"].value] == ["p1", "p2"]
    assert hidden.sheet_state == "hidden"
    rows = list(hidden.iter_rows(values_only=True))
    assert rows[0][:6] == ("督察整改台账导出", "1", "o", "青溪区整改办", "2026-11-23", "all")
    assert rows[1][1:5] == ("number", "source", "upper_numbers", "text")
    assert rows[3][0] == "p1"
    assert rows[3][1].split()[3] == digest("青溪河断面超标。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (5, 5.0),
        (date(2026, 12, 31), datetime(2026, 12, 31)),
        (None, "/"),
        ("", "／"),
        ("（一）甲。\n（二）乙。", "（一）甲。 \r\n（二）乙。 "),
        ("é", "e\u0301"),
        ("甲", "\ufeff甲\u200b"),
    ],
)
def test_a_cell_is_the_same_however_a_program_stored_it(one: Any, other: Any) -> None:
    assert normal(one) == normal(other)
    assert digest(one) == digest(other)


def test_a_row_is_as_high_as_its_longest_text_needs_in_its_column() -> None:
    """目前进展 is 38.5 mm wide: at 10.5 pt ten hanzi fit, as on paper."""
    few, many = sheet(case(text="短")), sheet(case(text="污水直排" * 40))
    room = many.column_dimensions[openpyxl.utils.get_column_letter(column(many, "问题内容"))].width / 2
    assert many.row_dimensions[5].height >= 160 / room * 13.5
    assert few.row_dimensions[5].height < 100
