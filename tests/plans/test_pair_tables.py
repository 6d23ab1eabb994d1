"""Tables of label and value, one for each problem, and other shapes without a head of columns."""

from datetime import date

import pytest

from desktop.plans.aliases import with_headings
from desktop.plans.read import read_plan
from tests.plans.office import cell, docx, merged, par, table, xlsx

FIRST = [
    ["序号", "三"],
    ["反馈问题", "松林镇两家砖厂烟气脱硫设施闲置。"],
    ["整改目标", "烟气稳定达标排放。"],
    ["整改措施", "1.修复脱硫设施，2025年3月底前投运。\n2.建立巡查台账。"],
    ["整改时限", "2025年6月30日"],
    ["牵头区领导", "白  嵩"],
    ["责任单位", "松林镇、区工业和信息化局"],
    ["验收单位", "市生态环境局"],
]
SECOND = [["序号", "四"], ["反馈问题", "柳河沿岸散养户粪污直排。"], ["整改目标", "消除黑臭。"], ["整改措施", "清淤。"]]


def check(draft):
    """The first problem as a person reads it."""
    problem = draft.problems[0]
    assert (problem.number, problem.text) == (3, "松林镇两家砖厂烟气脱硫设施闲置。")
    assert problem.target == "烟气稳定达标排放。"
    assert [m.text for m in problem.measures] == ["修复脱硫设施，2025年3月底前投运。", "建立巡查台账。"]
    assert (problem.deadline, problem.leaders) == (date(2025, 6, 30), ("白嵩",))
    assert problem.responsible_units == ("松林镇", "区工业和信息化局")
    assert problem.acceptance_units == ("市生态环境局",)
    assert draft.unassigned == ()


@pytest.fixture
def read(aliases):
    return lambda body: read_plan(docx(body), "清单.docx", aliases)


def test_two_columns_are_label_and_value(read):
    draft = read(par("青柳区整改清单") + table(FIRST) + par() + table(SECOND))
    check(draft)
    assert [p.number for p in draft.problems] == [3, 4]
    assert draft.title == "青柳区整改清单"


def test_four_columns_hold_two_pairs_in_a_row(read):
    rows = [
        ["序号", "三", "整改时限", "2025年6月30日"],
        ["反馈问题", cell(FIRST[1][1], 3)],
        ["整改目标", cell(FIRST[2][1], 3)],
        ["整改措施", cell(FIRST[3][1], 3)],
        ["牵头区领导", "白  嵩", "责任单位", "松林镇、区工业和信息化局"],
        ["验收单位", cell("市生态环境局", 3)],
    ]
    check(read(table(rows)))


def test_labels_may_have_blanks_colons_and_notes(read):
    spaced = [[f" {' '.join(label)}（必填）：", value] for label, value in FIRST]
    check(read(table(spaced)))


def test_several_problems_may_stand_in_one_table(read):
    draft = read(table(FIRST + SECOND))
    check(draft)
    assert draft.problems[1].measures[0].text == "清淤。"


def test_the_number_may_stand_across_the_table(read):
    check(read(table([[cell("问题三", 2)], *FIRST[1:]])))
    check(read(table([[cell("三、松林镇两家砖厂烟气脱硫设施闲置。", 2)], *FIRST[2:]])))


def test_number_and_problem_may_stand_above_the_table(read):
    check(read(par("三、松林镇两家砖厂烟气脱硫设施闲置。") + table(FIRST[2:])))
    check(read(par("青柳区整改清单") + par("第三项") + table(FIRST[1:])))


def test_a_column_of_groups_left_of_the_labels_is_no_label(read):
    rows = [["基本情况" if not index else None, *row] for index, row in enumerate(FIRST)]
    draft = read(merged(rows))
    assert draft.problems[0].target == "烟气稳定达标排放。"
    assert draft.problems[0].number == 3


def test_one_label_may_stand_beside_several_rows(read):
    first = ["整改措施", "1.修复脱硫设施，2025年3月底前投运。"]
    check(read(merged([*FIRST[:3], first, [None, "2.建立巡查台账。"], *FIRST[4:]])))
    check(read(table([*FIRST[:3], first, ["", "2.建立巡查台账。"], *FIRST[4:]])))


def test_a_label_may_stand_above_its_value(read):
    rows = [["序号", "三"]]
    for label, value in FIRST[1:]:
        rows += [[cell(label, 2)], [cell(value, 2)]]
    check(read(table(rows)))


def test_label_and_value_may_share_a_cell_across_the_table(read):
    rows = [["序号", "三"], ["反馈问题", FIRST[1][1]], *[[cell(f"{label}：{value}", 2)] for label, value in FIRST[2:]]]
    check(read(table(rows)))


def test_a_table_of_one_column_reads_like_text(read):
    rows = [[f"{label}：{value}"] for label, value in FIRST[2:]]
    check(read(table([[f"三、{FIRST[1][1]}"], *rows])))


def test_an_unknown_label_is_said_and_can_be_mapped(read, aliases):
    rows = [*FIRST[:4], ["完成节点", "2025年6月30日"], *FIRST[5:]]
    finding = next(f for f in read(table(rows)).findings if f.key == "unknown_heading")
    assert finding.heading == "完成节点"
    assert "2025年6月30日" in finding.sentence
    check(read_plan(docx(table(rows)), "清单.docx", with_headings(aliases, {"完成节点": "deadline"})))


def test_one_sheet_for_each_problem(aliases):
    draft = read_plan(xlsx([["青柳区整改清单"], *FIRST], "问题三", 问题四=SECOND), "清单.xlsx", aliases)
    check(draft)
    assert [p.number for p in draft.problems] == [3, 4]


def test_labels_inside_the_cell_of_a_problem_name_its_other_fields(read):
    text = "存在问题：松林镇两家砖厂烟气脱硫设施闲置。\n整改目标：烟气稳定达标排放。"
    rows = [["序号", "问题及目标", "整改措施", "整改时限", "牵头区领导", "责任单位", "验收单位"]]
    rows += [["3", text, *[value for _, value in FIRST[3:]]]]
    check(read(table(rows)))


def test_problems_across_a_table_stand_above_the_rows_of_their_measures(read):
    rows = [["整改措施", "整改时限", "责任单位"], [cell("三、松林镇两家砖厂烟气脱硫设施闲置。", 3)]]
    rows += [["修复脱硫设施。", "2025年3月底前", "松林镇"], ["建立台账。", "2025年6月底前", "区水利局"]]
    rows += [[cell("四、柳河沿岸散养户粪污直排。", 3)], ["清淤。", "2026年", "区水利局"]]
    first, second = read(table(rows)).problems
    assert (first.number, [m.due for m in first.measures]) == (3, [date(2025, 3, 31), date(2025, 6, 30)])
    assert (second.number, second.text) == (4, "柳河沿岸散养户粪污直排。")


def test_a_table_of_people_or_dates_is_no_list_of_problems(read):
    people = table([["序号", "单位", "联系人", "联系电话"], ["1", "区水利局", "张三", "8220000"]])
    steps = table([["序号", "工作内容", "责任单位", "完成时限"], ["1", "召开动员会", "区整改办", "2025年3月"]])
    draft = read(par("青柳区整改方案") + people + steps + table(FIRST))
    assert [p.number for p in draft.problems] == [3]
    assert read(people + steps).problems == ()


def test_a_table_that_goes_on_without_a_head_is_read_on(read):
    head = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限"]
    rows = [[str(n), f"{'甲乙丙'[n - 1]}镇污水直排。", "达标。", "建站。", "2025年"] for n in (1, 2, 3)]
    draft = read(table([head, rows[0]]) + par() + table([["", "", "", "清淤。", ""]]) + par() + table(rows[1:]))
    assert [p.number for p in draft.problems] == [1, 2, 3]
    assert [m.text for m in draft.problems[0].measures] == ["建站。", "清淤。"]


def test_heads_stacked_over_their_values_belong_to_one_problem(read):
    rows = [["序号", "反馈问题", "整改目标"], ["3", FIRST[1][1], FIRST[2][1]]]
    rows += [["整改措施", "整改时限", "牵头区领导"], [FIRST[3][1], FIRST[4][1], FIRST[5][1]]]
    rows += [["责任单位", "验收单位", "备注"], [FIRST[6][1], FIRST[7][1], ""]]
    check(read(table(rows)))


def test_a_problem_that_stands_on_two_sheets_is_read_once(aliases):
    head = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限"]
    rows = [[str(n), f"{'甲乙'[n - 1]}镇污水直排。", "达标。", "建站。", "2025年"] for n in (1, 2)]
    changed = [rows[0], [*rows[1][:4], "2026年"]]
    draft = read_plan(xlsx([head, *rows], "清单", 打印版=[head, *changed]), "清单.xlsx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    levels = {finding.number: finding.level for finding in draft.findings if finding.key == "twin"}
    assert levels == {1: "note", 2: "warning"}


def test_problems_as_text_beside_a_table_are_read_too(read):
    fields = ("整改目标：达标。", "整改措施：建站。", "整改时限：2025年")
    text = par("一、甲镇污水直排沟渠，群众反映强烈。") + "".join(map(par, fields))
    draft = read(par("青柳区整改清单") + text + table(FIRST))
    assert [p.number for p in draft.problems] == [1, 3]


def test_of_a_short_table_and_a_full_one_the_full_one_is_read(read):
    short = table([["序号", "反馈问题", "整改时限"], ["3", "松林镇砖厂烟气脱硫设施闲置", "2025年6月30日"]])
    for body in (short + par() + table(FIRST), table(FIRST) + par() + short):
        draft = read(body)
        check(draft)
        assert [p.number for p in draft.problems] == [3]
        assert any(finding.key == "twin" for finding in draft.findings)


def test_a_table_of_tasks_beside_the_list_makes_no_problems(read):
    tasks = table(
        [
            ["序号", "整改任务", "责任单位", "完成时限"],
            ["1", "召开整改动员会", "区整改办", "2025年1月"],
            ["3", "编制污水管网规划", "区住房和城乡建设局", "2025年3月"],
        ]
    )
    draft = read(table(FIRST) + par() + tasks)
    assert [p.number for p in draft.problems] == [3]
    assert any(finding.key == "table_of_tasks" for finding in draft.findings)
    assert [p.number for p in read(tasks).problems] == [1, 3]
