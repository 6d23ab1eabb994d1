"""Large tables with a head, as Word tables and as sheets: columns by their heads, rows to problems."""

from datetime import date, datetime
from typing import Any

import pytest

from desktop.plans.aliases import with_headings
from desktop.plans.read import read_plan
from desktop.rules.drafts import PlanDraft
from desktop.rules.records import TermClass
from tests.plans.office import cell, docx, merged, par, table, xlsx

HEAD = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "牵头区领导", "牵头单位", "责任单位", "验收单位"]
FIRST = [
    "1",
    "松林镇两家砖厂烟气脱硫设施闲置，周边群众反映强烈。",
    "烟气稳定达标排放。",
    "1.修复脱硫设施，2025年3月底前投运。",
    "2025年6月30日",
    "白  嵩（区委常委）",
    "市生态环境局青柳分局",
    "松林镇、区工业和信息化局",
    "市生态环境局",
]
SECOND = [
    "2",
    "柳河沿岸散养户粪污直排，沟渠黑臭。",
    "沟渠消除黑臭。",
    "取缔禁养区散养户；修建化粪池6座。",
    "立行立改、长期坚持",
    "严敏、秦岩",
    "区农业农村局",
    "各镇街、区水利局",
    "市农业农村局",
]


@pytest.fixture
def read_rows(aliases):
    """The same rows as a sheet and as a Word table, which must read alike; the answer is the reading of the sheet."""

    def read(rows: list[list[Any]]) -> PlanDraft:
        book = read_plan(xlsx(rows), "清单.xlsx", aliases)
        words = [[str(value or "") for value in row] for row in rows]
        file = read_plan(docx(table(words)), "清单.docx", aliases)
        assert [plain(problem) for problem in book.problems] == [plain(problem) for problem in file.problems]
        return book

    return read


def plain(problem):
    """A problem without its places in the text."""
    measures = tuple((m.number, m.text, m.due) for m in problem.measures)
    words = (problem.number, problem.text, problem.target, measures, problem.deadline_text, problem.deadline)
    units = (problem.leaders, problem.lead_units, problem.responsible_units, problem.acceptance_units)
    return words + units


def test_every_column_goes_to_its_field(read_rows):
    draft = read_rows([HEAD, FIRST, SECOND])
    first, second = draft.problems
    assert (first.number, first.text) == (1, "松林镇两家砖厂烟气脱硫设施闲置，周边群众反映强烈。")
    assert first.target == "烟气稳定达标排放。"
    assert [(m.text, m.due) for m in first.measures] == [("修复脱硫设施，2025年3月底前投运。", date(2025, 3, 31))]
    assert (first.deadline, first.term_class) == (date(2025, 6, 30), TermClass.DATED)
    assert first.leaders == ("白嵩",)
    assert first.lead_units == ("市生态环境局青柳分局",)
    assert first.responsible_units == ("松林镇", "区工业和信息化局")
    assert first.acceptance_units == ("市生态环境局",)
    assert [m.text for m in second.measures] == ["取缔禁养区散养户", "修建化粪池6座。"]
    assert (second.term_class, second.leaders) == (TermClass.LONG_TERM, ("严敏", "秦岩"))
    assert draft.unassigned == ()


def test_columns_are_found_by_their_heads_in_any_order(read_rows):
    order = [0, 1, 7, 4, 2, 3, 8, 6, 5]
    moved = read_rows([[row[place] for place in order] for row in (HEAD, FIRST, SECOND)])
    straight = read_rows([HEAD, FIRST, SECOND])
    assert [plain(problem) for problem in moved.problems] == [plain(problem) for problem in straight.problems]


def test_blanks_and_line_breaks_in_heads_do_not_count(read_rows):
    heads = ["序 号", "反馈\n问题", " 整改 目标", "整改\n措 施", "完成时限\n（年月）", "牵头\n县领导", "牵头\n部门"]
    heads += ["整改责任\n单位", "督导验收\n单位"]
    assert [p.number for p in read_rows([heads, FIRST, SECOND]).problems] == [1, 2]
    assert read_rows([heads, FIRST]).problems[0].acceptance_units == ("市生态环境局",)


def test_a_row_with_only_a_measure_goes_on_with_the_problem_above(read_rows):
    more = ["", "", "", "2.建立巡查台账。", "", "", "", "", ""]
    draft = read_rows([HEAD, FIRST, more, SECOND])
    assert [m.text for m in draft.problems[0].measures] == ["修复脱硫设施，2025年3月底前投运。", "建立巡查台账。"]
    assert len(draft.problems) == 2


def test_values_repeated_in_every_row_of_a_problem_are_read_once(read_rows):
    again = [*FIRST[:3], "2.建立巡查台账。", *FIRST[4:]]
    draft = read_rows([HEAD, FIRST, again, SECOND])
    assert len(draft.problems) == 2
    assert draft.problems[0].text == FIRST[1]
    assert draft.problems[0].responsible_units == ("松林镇", "区工业和信息化局")
    assert len(draft.problems[0].measures) == 2


def test_a_repeated_head_and_a_group_row_belong_to_no_problem(aliases):
    across = [cell("一、大气环境方面", 9)]
    body = table([HEAD, across, FIRST, HEAD, [cell("二、水环境方面（1个）", 9)], SECOND])
    draft = read_plan(docx(par("青柳区整改任务清单") + body), "清单.docx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert draft.unassigned == ()
    assert draft.title == "青柳区整改任务清单"


def test_vertical_merges_carry_their_value_down(aliases):
    rows: list[list[str | None]] = [
        list(HEAD),
        list(FIRST),
        [None, None, None, "2.建立巡查台账。", None, None, None, None, None],
        [*SECOND[:8], None],
    ]
    draft = read_plan(docx(merged(rows)), "清单.docx", aliases)
    assert [len(p.measures) for p in draft.problems] == [2, 2]
    # The accepting unit is merged over both problems.
    assert draft.problems[1].acceptance_units == ("市生态环境局",)


def test_merged_cells_of_a_sheet_carry_their_value_down(aliases):
    def fill(sheet):
        sheet.append(["青柳区生态环境保护督察反馈问题整改任务清单"])
        sheet.append(["共2个问题，其中2025年底前完成1个，长期坚持1个。"])
        for row in (HEAD, FIRST, ["", "", "", "2.建立巡查台账。"], SECOND):
            sheet.append(row)
        for column in "ABCEFGHI":
            sheet.merge_cells(f"{column}4:{column}5")
        sheet.merge_cells("A1:I1")
        sheet.merge_cells("A2:I2")

    draft = read_plan(xlsx(fill), "清单.xlsx", aliases)
    assert draft.title == "青柳区生态环境保护督察反馈问题整改任务清单"
    assert (draft.stated_total, draft.stated_by_year) == (2, (("2025", 1), ("long_term", 1)))
    assert [len(p.measures) for p in draft.problems] == [2, 2]
    assert draft.unassigned == ()


def test_a_merged_head_of_two_rows_names_its_columns(aliases):
    def fill(sheet):
        sheet.append(["序号", "反馈问题", "整改要求", None, None, "责任分工", None, None, None])
        sheet.append([None, None, "目标", "措施", "时限", "牵头领导", "牵头单位", "责任单位", "验收单位"])
        sheet.append(FIRST)
        for merge in ("A1:A2", "B1:B2", "C1:E1", "F1:I1"):
            sheet.merge_cells(merge)

    problem = read_plan(xlsx(fill), "清单.xlsx", aliases).problems[0]
    assert (problem.target, problem.deadline) == ("烟气稳定达标排放。", date(2025, 6, 30))
    assert (problem.leaders, problem.lead_units) == (("白嵩",), ("市生态环境局青柳分局",))


def test_rows_with_deadlines_of_their_own_give_measures_their_due_dates(read_rows):
    first = [*FIRST[:3], "1.修复脱硫设施。", "2025年3月底前", *FIRST[5:]]
    more = ["", "", "", "2.建立巡查台账。", "2025年9月30日", "", "", "区城市管理局", ""]
    problem = read_rows([HEAD, first, more]).problems[0]
    assert [m.due for m in problem.measures] == [date(2025, 3, 31), date(2025, 9, 30)]
    assert (problem.deadline, problem.term_class) == (date(2025, 9, 30), TermClass.STAGED)
    assert problem.responsible_units == ("松林镇", "区工业和信息化局", "区城市管理局")


def test_numbers_are_read_as_they_are_written(read_rows):
    rows = [[number, *FIRST[1:]] for number in ("五", "（六）", "第7项", "8.", 10, "11（省22）")]
    draft = read_rows([HEAD, *[[row[0], f"{row[0]}号{row[1]}", *row[2:]] for row in rows]])
    assert [p.number for p in draft.problems] == [5, 6, 7, 8, 10, 11]
    assert draft.problems[-1].external_numbers == (("province", "22"),)


def test_without_a_number_column_the_number_stands_in_the_text(read_rows):
    rows = [["三、" + FIRST[1], *FIRST[2:]], ["", "", "2.建立巡查台账。"], ["四、" + SECOND[1], *SECOND[2:]]]
    draft = read_rows([HEAD[1:], *rows])
    assert [(p.number, p.text) for p in draft.problems] == [(3, FIRST[1]), (4, SECOND[1])]
    assert len(draft.problems[0].measures) == 2


def test_problems_without_any_number_are_counted(read_rows):
    draft = read_rows([HEAD[1:], FIRST[1:], SECOND[1:]])
    assert [p.number for p in draft.problems] == [1, 2]


def test_a_row_whose_number_was_forgotten_is_read_and_said(read_rows):
    draft = read_rows([HEAD, FIRST, ["", *SECOND[1:]]])
    assert [p.number for p in draft.problems] == [1, 2]
    assert any(f.key == "no_number" and "第3行" in f.sentence for f in draft.findings)


def test_an_unknown_head_is_said_and_can_be_mapped(aliases):
    rows = [[*HEAD[:4], "完成节点（年月）", *HEAD[5:]], FIRST]
    draft = read_plan(xlsx(rows), "清单.xlsx", aliases)
    finding = next(f for f in draft.findings if f.key == "unknown_heading")
    assert finding.heading == "完成节点（年月）"
    assert finding.span is not None
    assert draft.source[finding.span.start : finding.span.end] == "完成节点（年月）"
    assert draft.problems[0].deadline is None
    mapped = read_plan(xlsx(rows), "清单.xlsx", with_headings(aliases, {finding.heading: "deadline"}))
    assert mapped.problems[0].deadline == date(2025, 6, 30)
    assert not any(f.key == "unknown_heading" for f in mapped.findings)


def test_a_column_of_no_field_is_said_once_and_gets_into_none(read_rows):
    draft = read_rows([[*HEAD, "备注"], [*FIRST, "另行上报"], [*SECOND, "另行上报"]])
    notes = [f for f in draft.findings if f.key == "unread_column"]
    assert len(notes) == 1
    assert "备注" in notes[0].sentence
    assert "2格" in notes[0].sentence
    assert "另行上报" not in str(draft.problems)


def test_a_wrong_field_of_a_mapping_is_refused(aliases):
    with pytest.raises(ValueError, match="no such field"):
        with_headings(aliases, {"完成节点": "nonsense"})


def test_real_dates_and_numbers_of_a_sheet_read_like_words(aliases):
    rows = [HEAD, [1, *FIRST[1:4], datetime(2025, 6, 30), *FIRST[5:]], [2, *SECOND[1:4], 2026, *SECOND[5:]]]
    first, second = read_plan(xlsx(rows), "清单.xlsx", aliases).problems
    assert (first.number, first.deadline_text, first.deadline) == (1, "2025年6月30日", date(2025, 6, 30))
    assert second.deadline_text == "2026"


def test_lines_inside_a_cell_part_units_people_and_measures(read_rows):
    row = list(FIRST)
    row[3] = "1.修复脱硫设施，\n2025年3月底前投运。\n2.建立巡查台账。"
    row[5] = "白嵩\n严敏"
    row[7] = "松林镇\n区工业和信息化局\n区住房和城乡\n建设局"
    problem = read_rows([HEAD, row]).problems[0]
    assert len(problem.measures) == 2
    assert problem.leaders == ("白嵩", "严敏")
    assert problem.responsible_units[:2] == ("松林镇", "区工业和信息化局")


def test_a_torn_name_in_a_cell_of_a_sheet_is_joined(aliases):
    row = [*FIRST[:7], "区住房和城乡\n建设局\n松林镇", FIRST[8]]
    problem = read_plan(xlsx([HEAD, row]), "清单.xlsx", aliases).problems[0]
    assert problem.responsible_units == ("区住房和城乡建设局", "松林镇")


def test_notes_under_a_table_belong_to_no_problem(read_rows):
    notes = [["注：各责任单位每月25日前报送进展。"], ["填表人：张三", "", "", "审核人：李四"]]
    draft = read_rows([HEAD, FIRST, SECOND, *notes])
    assert len(draft.problems) == 2
    assert "每月25日前" not in str(draft.problems)
    assert any("每月25日前" in text for text in draft.unassigned)


def test_spans_of_cells_point_into_the_source(aliases):
    draft = read_plan(xlsx([HEAD, FIRST, SECOND]), "清单.xlsx", aliases)
    for problem in draft.problems:
        for key, span in problem.fields:
            words = draft.source[span.start : span.end]
            if key in ("text", "target", "deadline"):
                assert words == getattr(problem, {"deadline": "deadline_text"}.get(key, key))
        for measure in problem.measures:
            assert measure.span is not None
            assert draft.source[measure.span.start : measure.span.end] == measure.text


def test_same_as_above_takes_the_value_of_the_problem_before(read_rows):
    row = [*SECOND[:6], "同上", "同上", "同上"]
    second = read_rows([HEAD, FIRST, row]).problems[1]
    assert second.lead_units == ("市生态环境局青柳分局",)
    assert second.acceptance_units == ("市生态环境局",)


def test_what_very_many_problems_lack_is_said_once(read_rows):
    rows = [[number, f"松林镇第{number}处污水直排。", "水质达标。", "建站。", "2025年"] for number in range(1, 121)]
    draft = read_rows([HEAD[:5], *rows])
    missing = [finding.sentence for finding in draft.findings if "缺少责任单位" in finding.sentence]
    few = read_rows([HEAD[:5], *rows[:3]]).findings
    assert sum("缺少责任单位" in finding.sentence for finding in few) == 3
    assert missing == ["有120项缺少责任单位，请对照原文补填。"]
