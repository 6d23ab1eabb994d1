"""Traps of tables as offices fill them: every alias as a head, every deadline phrase in a cell, odd rows."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from desktop.plans.read import read_plan
from desktop.rules.records import TermClass
from tests.plans.office import cell, docx, par, table, xlsx

HEAD = ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位"]
ROW = ["1", "松林镇污水直排沟渠。", "水质达标。", "建站。", "2025年6月30日", "区水利局"]
TABLE = Path(__file__).resolve().parents[2] / "resources" / "aliases" / "plan_labels.toml"
FIELD_OF = {"problem": "text", "target": "target", "measures": "measures", "deadline": "deadline_text"}
COLUMN_OF = {"problem": 1, "target": 2, "measures": 3, "deadline": 4, "responsible_units": 5}


def aliases_of(part: str) -> list[tuple[str, str]]:
    """Every word of the alias table as (kind, word)."""
    labels = tomllib.loads(TABLE.read_text(encoding="utf-8"))[part]
    words = {kind: table if isinstance(table, list) else table["strong"] for kind, table in labels.items()}
    return [(kind, word) for kind, found in words.items() for word in found if kind not in ("other", "external")]


@pytest.mark.parametrize(("kind", "word"), [*aliases_of("labels"), *aliases_of("headings")])
def test_every_alias_is_a_head(aliases, kind, word):
    place = COLUMN_OF.get(kind)
    heads, row = list(HEAD), list(ROW)
    if kind == "number":
        heads[0] = word
    elif place is not None:
        heads[place] = word
    else:
        heads, row = [*heads, word], [*row, "白嵩" if kind == "leaders" else "市水利局"]
    draft = read_plan(xlsx([heads, row]), "清单.xlsx", aliases)
    problem = draft.problems[0]
    assert problem.number == 1
    assert not any(finding.key == "unknown_heading" for finding in draft.findings)
    value = getattr(problem, FIELD_OF.get(kind, kind))
    assert value not in ((), None, "")


DEADLINES = [
    ("2024年12月31日", date(2024, 12, 31), TermClass.DATED),
    ("２０２４年１２月３１日前", date(2024, 12, 31), TermClass.DATED),
    ("二〇二四年十二月底前", date(2024, 12, 31), TermClass.DATED),
    ("2024年底前", date(2024, 12, 31), TermClass.DATED),
    ("2021年年底前", date(2021, 12, 31), TermClass.DATED),
    ("2021年10月底前", date(2021, 10, 31), TermClass.DATED),
    ("2019年6月至8月", date(2019, 8, 31), TermClass.DATED),
    ("2025年上半年", date(2025, 6, 30), TermClass.DATED),
    ("2025年第三季度", date(2025, 9, 30), TermClass.DATED),
    ("2025.12", date(2025, 12, 31), TermClass.DATED),
    ("2025/6/30", date(2025, 6, 30), TermClass.DATED),
    ("20250630", date(2025, 6, 30), TermClass.DATED),
    ("10月底前", date(2025, 10, 31), TermClass.DATED),
    ("立行立改，2025年9月底前完成", date(2025, 9, 30), TermClass.DATED),
    ("2025—2027年底前分别整改完成6个、3个、1个", date(2027, 12, 31), TermClass.STAGED),
    ("分阶段推进，2026年底前完成", date(2026, 12, 31), TermClass.STAGED),
    ("立行立改、长期坚持", None, TermClass.LONG_TERM),
    ("已完成整改，长期坚持", None, TermClass.LONG_TERM),
    ("持续推进", None, TermClass.LONG_TERM),
    ("立行立改", None, TermClass.IMMEDIATE),
    ("已完成整改", None, TermClass.IMMEDIATE),
]


@pytest.mark.parametrize(("words", "day", "term"), DEADLINES)
def test_every_deadline_phrase_is_read_in_a_cell(aliases, words, day, term):
    rows = [["青柳区2025年整改清单"], HEAD, [*ROW[:4], words, ROW[5]]]
    problem = read_plan(xlsx(rows), "清单.xlsx", aliases).problems[0]
    assert (problem.deadline, problem.term_class, problem.deadline_text) == (day, term, words)


@pytest.fixture
def read(aliases):
    return lambda *rows: read_plan(docx(par("青柳区整改清单") + table([HEAD, *rows])), "清单.docx", aliases)


def test_a_stroke_in_a_cell_is_no_value(read):
    problem = read([*ROW[:2], "/", ROW[3], "——", "无"]).problems[0]
    assert (problem.target, problem.deadline_text, problem.responsible_units) == (None, None, ())


def test_a_group_in_the_cells_of_number_and_problem_is_no_problem(read):
    groups = (["一", "水环境方面", "", "", "", ""], ["二", "园区环境管理", "", "", "", ""])
    draft = read(groups[0], ROW, groups[1], ["2", *ROW[1:]])
    assert [p.number for p in draft.problems] == [1, 2]
    assert [p.text for p in draft.problems] == [ROW[1], ROW[1]]


def test_a_problem_whose_measures_follow_below_is_no_group(read):
    rows = (["1", "水环境方面", "", "", "", ""], ["", "", "达标。", "建站。", "2025年", "区水利局"], ["2", *ROW[1:]])
    draft = read(*rows)
    assert [(p.number, p.target) for p in draft.problems] == [(1, "达标。"), (2, "水质达标。")]


def test_sums_at_the_foot_are_no_problem(read):
    draft = read(ROW, ["2", *ROW[1:]], ["合计", "2个", "", "", "", ""])
    assert [p.number for p in draft.problems] == [1, 2]


def test_the_label_inside_its_own_column_is_left_out(read):
    row = ["1", "反馈问题：松林镇污水直排沟渠。", "整改目标：水质达标。", "整改措施：1.建站。2.清淤。"]
    row += ["时限：2025年", "责任单位：区水利局"]
    problem = read(row).problems[0]
    assert (problem.text, problem.target, problem.deadline_text) == ("松林镇污水直排沟渠。", "水质达标。", "2025年")
    assert ([m.text for m in problem.measures], problem.responsible_units) == (["建站。", "清淤。"], ("区水利局",))


def test_rows_that_are_counted_instead_of_problems_belong_to_one_problem(aliases):
    rows = [
        HEAD,
        ["1", cell(ROW[1], merge="restart"), cell(ROW[2], merge="restart"), "建站。", "2025年", "区水利局"],
        ["2", cell("", merge="continue"), cell("", merge="continue"), "清淤。", "2025年", "松林镇"],
        ["3", "柳河乡粪污直排。", "消除黑臭。", "巡查。", "2026年", "柳河乡"],
    ]
    draft = read_plan(docx(table(rows)), "清单.docx", aliases)
    assert [len(p.measures) for p in draft.problems] == [2, 1]
    assert draft.problems[0].responsible_units == ("区水利局", "松林镇")


def test_the_difficulties_of_a_ledger_are_not_its_problems(aliases):
    heads = [*HEAD, "目前进展", "存在问题"]
    draft = read_plan(xlsx([heads, [*ROW, "正在推进。", "资金不足。"]]), "台账.xlsx", aliases)
    assert draft.problems[0].text == ROW[1]
    assert draft.problems[0].progress == "正在推进。"


def test_tasks_beside_problems_are_what_is_to_be_done(aliases):
    heads = ["序号", "反馈问题", "整改任务", "整改目标", "整改时限"]
    problem = read_plan(xlsx([heads, ["1", ROW[1], "建站。", "达标。", "2025年"]]), "x.xlsx", aliases).problems[0]
    assert (problem.text, [m.text for m in problem.measures]) == (ROW[1], ["建站。"])


def test_a_second_column_of_days_is_not_the_deadline(aliases):
    heads = [*HEAD, "完成时间"]
    problem = read_plan(xlsx([heads, [*ROW, "2025年1月2日"]]), "x.xlsx", aliases).problems[0]
    assert problem.deadline_text == "2025年6月30日"


def test_numbers_of_upper_plans_are_kept_apart(aliases):
    heads = ["序号", "省级序号", *HEAD[1:]]
    draft = read_plan(xlsx([heads, ["3", "17", *ROW[1:]], ["4", "市序号9、省序号21", *ROW[1:]]]), "x.xlsx", aliases)
    assert [p.number for p in draft.problems] == [3, 4]
    assert [p.external_numbers for p in draft.problems] == [
        (("province", "17"),),
        (("city", "9"), ("province", "21")),
    ]


def test_a_description_between_heading_and_table_is_the_problem(aliases):
    fields = [["整改目标", "达标。"], ["整改措施", "建站。"], ["整改时限", "2025年"]]
    body = par("青柳区整改清单") + par("一、污水直排问题") + par("松林镇污水直排沟渠约50米。") + table(fields)
    draft = read_plan(docx(body), "x.docx", aliases)
    assert draft.problems[0].text == "污水直排问题\n松林镇污水直排沟渠约50米。"
    assert draft.unassigned == ()


def test_the_year_of_the_document_stands_in_where_a_cell_names_none(aliases):
    head = par("青环改〔2024〕3号") + par("青柳区整改清单")
    problem = read_plan(docx(head + table([HEAD, [*ROW[:4], "10月底前", ROW[5]]])), "x.docx", aliases).problems[0]
    assert problem.deadline == date(2024, 10, 31)


def test_totals_are_compared_with_what_the_table_holds(aliases):
    totals = "共梳理形成3项整改任务，其中2025年底前完成2项、长期坚持1项。"
    body = par("青柳区整改清单") + par(totals) + table([HEAD, ROW])
    draft = read_plan(docx(body), "x.docx", aliases)
    assert (draft.stated_total, draft.stated_by_year) == (3, (("2025", 2), ("long_term", 1)))
    assert any("方案称3项" in finding.sentence for finding in draft.findings)


def test_dates_and_names_that_a_page_tore_are_whole_again(read):
    first = [*ROW[:4], "立行立改，2025", "区水利局、区住房和城乡建"]
    draft = read(first, ["", "", "", "", "年9月底前完成", "设局、松林镇"])
    problem = draft.problems[0]
    assert (problem.deadline_text, problem.deadline) == ("立行立改，2025年9月底前完成", date(2025, 9, 30))
    assert problem.responsible_units == ("区水利局", "区住房和城乡建设局", "松林镇")


def test_two_names_without_a_gap_are_two_people(aliases):
    rows = [[*HEAD, "牵头区领导"], [*ROW, "华玉兰郑红梅"], ["2", *ROW[1:], "欧阳敏秦思源"], ["3", *ROW[1:], "阿卜杜拉"]]
    leaders = [problem.leaders for problem in read_plan(xlsx(rows), "x.xlsx", aliases).problems]
    assert leaders == [("华玉兰", "郑红梅"), ("欧阳敏", "秦思源"), ("阿卜杜拉",)]


def test_the_lines_of_signatures_and_notes_under_a_list_belong_to_no_problem(aliases):
    foot = [["注：1.各单位每月报送进展。"], ["2.整改时限以方案为准。"]]
    foot += [["填表人：张三", "", "审核人：李四", "填报日期：2025年1月1日"]]
    for heads, row in ((HEAD, ROW), (HEAD[1:], ["一、" + ROW[1], *ROW[2:]])):
        draft = read_plan(xlsx([["青柳区整改清单"], heads, row, *foot]), "x.xlsx", aliases)
        problem = draft.problems[0]
        assert (len(draft.problems), problem.text, problem.target) == (1, ROW[1], ROW[2])
        assert (len(problem.measures), problem.deadline_text) == (1, ROW[4])
        assert any("每月报送进展" in text for text in draft.unassigned)
