"""What workbooks hold beside rows of words: notes, hidden sheets and rows, formulas, dates, wrong sizes, old files."""

from datetime import date, datetime

import pytest

from desktop.plans.read import read_plan
from desktop.plans.sheets.reader import in_format, in_words
from desktop.rules.errors import Refused
from tests.plans.office import xlsx
from tests.plans.old_sheet import xls

HEAD = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位"]
ROWS = [
    ["1", "松林镇污水直排沟渠。", "水质达标。", "1.建站。\n2.清淤。", "2025年6月30日", "区水利局、松林镇"],
    ["2", "柳河乡粪污直排。", "消除黑臭。", "1.取缔散养户。", "立行立改", "柳河乡"],
]


def keys(draft):
    """The keys of all remarks."""
    return {finding.key for finding in draft.findings}


def test_a_sheet_of_notes_before_the_list_gives_totals_and_no_problems(aliases):
    notes = [["填表说明"], ["反馈的2个问题中，2025年底前完成1个，立行立改1个。"]]
    notes += [["1.由责任单位填写整改措施：逐条列出。"]]
    draft = read_plan(xlsx(notes, "说明", 清单=[["青柳区整改任务清单"], HEAD, *ROWS]), "x.xlsx", aliases)
    assert draft.title == "青柳区整改任务清单"
    assert draft.stated_total == 2
    assert [p.number for p in draft.problems] == [1, 2]
    assert draft.unassigned == ()
    assert any("说明" in f.sentence for f in draft.findings if f.key == "skipped_sheet")


def test_several_sheets_are_read_in_their_order(aliases):
    draft = read_plan(xlsx([HEAD, ROWS[0]], "水", 大气=[HEAD, ROWS[1]]), "x.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]


def test_a_hidden_sheet_is_left_out_and_said(aliases):
    def fill(sheet):
        for row in [HEAD, *ROWS]:
            sheet.append(row)

    def old(sheet):
        sheet.append(HEAD)
        sheet.append(["3", *ROWS[0][1:]])
        sheet.sheet_state = "hidden"

    draft = read_plan(xlsx(fill, "清单", 旧表=old), "x.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert any("旧表" in f.sentence for f in draft.findings if f.key == "hidden_sheet")


def test_hidden_rows_are_read_and_said(aliases):
    def fill(sheet):
        for row in [HEAD, *ROWS]:
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True

    draft = read_plan(xlsx(fill), "x.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert any("1行" in f.sentence for f in draft.findings if f.key == "hidden_rows")


def test_a_formula_without_a_kept_result_is_said_with_its_cell(aliases):
    rows = [["=ROW()-1", *ROWS[0][1:]], ["=ROW()-1", *ROWS[1][1:4], "=DATE(2025,6,30)", ROWS[1][5]]]
    draft = read_plan(xlsx([HEAD, *rows]), "x.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert any("A2、A3、E3" in f.sentence for f in draft.findings if f.key == "formula")


def test_a_date_is_read_as_it_is_shown(aliases):
    def fill(sheet):
        sheet.append(HEAD)
        formats = ("yyyy-mm-dd", 'yyyy"年"m"月"', 'yyyy"年底前"')
        for number, code in enumerate(formats, 1):
            sheet.append([number, f"{number}号沟渠污水直排。", "达标。", "建站。", datetime(2025, 6, 1), "区水利局"])
            sheet.cell(number + 1, 5).number_format = code

    problems = read_plan(xlsx(fill), "x.xlsx", aliases).problems
    assert [p.deadline_text for p in problems] == ["2025年6月1日", "2025年6月", "2025年底前"]
    assert [p.deadline for p in problems] == [date(2025, 6, 1), date(2025, 6, 30), date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5.0, "5"),
        (12.5, "12.5"),
        (20241231.0, "20241231"),
        (True, "是"),
        (datetime(2024, 12, 31, 8, 0), "2024年12月31日"),
        (date(2024, 1, 2), "2024年1月2日"),
        ("甲\r\n乙", "甲\n乙"),
        ("残\ud800缺", "残?缺"),
    ],
)
def test_values_are_written_as_a_clerk_reads_them(value, words):
    assert in_words(value) == words


def test_a_format_without_a_day_keeps_its_own_words():
    assert in_format(date(2025, 3, 1), 'yyyy"年"m"月底前"') == "2025年3月底前"


def test_a_stray_value_far_below_does_not_fill_the_memory(aliases):
    def fill(sheet):
        for row in [HEAD, *ROWS]:
            sheet.append(row)
        sheet.cell(1_048_576, 40).value = "x"

    draft = read_plan(xlsx(fill), "清单.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert draft.unassigned == ("x",)


def test_empty_rows_and_columns_around_the_list_do_not_count(aliases):
    def fill(sheet):
        for index, row in enumerate([HEAD, ROWS[0], [], ROWS[1]]):
            for column, value in enumerate(row):
                sheet.cell(5 + index, 4 + column).value = value

    draft = read_plan(xlsx(fill), "x.xlsx", aliases)
    assert [(p.number, len(p.measures)) for p in draft.problems] == [(1, 2), (2, 1)]


def test_two_lists_in_one_sheet_are_both_read(aliases):
    other = ["序号", "整改时限", "反馈问题", "整改措施", "责任单位", "整改目标"]
    row = ["2", "2026年", "柳河乡粪污直排。", "清淤。", "柳河乡", "消除黑臭。"]
    rows = [HEAD, ROWS[0], [], ["二、立行立改问题"], other, row]
    second = read_plan(xlsx(rows), "x.xlsx", aliases).problems[1]
    assert (second.number, second.text, second.deadline) == (2, "柳河乡粪污直排。", date(2026, 12, 31))


def test_an_old_xls_file_reads_like_a_new_one(aliases):
    rows = [["青柳区整改任务清单"], HEAD, [1.0, *ROWS[0][1:]], ["", "", "", "3.巡查。"], [2.0, *ROWS[1][1:]]]
    draft = read_plan(xls(rows, merges=[(2, 3, 1, 1)]), "清单.xls", aliases)
    assert draft.title == "青柳区整改任务清单"
    assert [(p.number, len(p.measures)) for p in draft.problems] == [(1, 3), (2, 1)]
    assert draft.problems[0].responsible_units == ("区水利局", "松林镇")


def test_hidden_rows_of_an_old_file_are_said(aliases):
    draft = read_plan(xls([HEAD, ROWS[0], ROWS[1]], hidden=2), "清单.xls", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert any("1行" in f.sentence for f in draft.findings if f.key == "hidden_rows")


def test_an_old_file_with_a_stray_value_far_away_is_refused(aliases):
    with pytest.raises(Refused, match="范围过大"):
        read_plan(xls([HEAD, *ROWS], stray=(65535, 255)), "清单.xls", aliases)


def test_reading_tells_how_far_it_is_and_can_be_stopped(aliases):
    class Stop(Exception):
        pass

    told = []
    read_plan(xlsx([HEAD, *ROWS]), "x.xlsx", aliases, lambda text, share: told.append((text, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] < shares[-1] <= 1.0

    def stop(text, share):
        raise Stop

    with pytest.raises(Stop):
        read_plan(xlsx([HEAD, *ROWS]), "x.xlsx", aliases, stop)
