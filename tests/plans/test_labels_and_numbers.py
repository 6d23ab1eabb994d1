"""Every label alias and every numbering style of the field guide, in small lists (plan-formats §1, §2)."""

import tomllib
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "resources" / "aliases" / "plan_labels.toml"
LIST = "某县整改清单\n"
FIELDS = "整改目标：达标。\n整改措施：做好。\n整改时限：2024年12月31日\n责任单位：县水利局\n"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("整改目标", "target"),
        ("办结目标", "target"),
        ("整改要求", "target"),
        ("重点措施", "measures"),
        ("整改措施及完成情况", "measures"),
        ("整改期限", "deadline_text"),
        ("完成时限", "deadline_text"),
        ("整改完成时限", "deadline_text"),
        ("牵头区领导", "leaders"),
        ("牵头县领导", "leaders"),
        ("牵头省领导", "leaders"),
        ("包案领导", "leaders"),
        ("责任领导", "leaders"),
        ("责任人", "leaders"),
        ("牵头部门", "lead_units"),
        ("整改责任单位", "responsible_units"),
        ("责任主体", "responsible_units"),
        ("整改实施主体", "responsible_units"),
        ("涉及团场及部门", "responsible_units"),
        ("配合单位", "assisting_units"),
        ("协办", "assisting_units"),
        ("督查部门", "supervising_units"),
        ("督导单位", "supervising_units"),
        ("验收销号单位", "acceptance_units"),
        ("督导验收部门", "acceptance_units"),
        ("市直牵头督导验收单位", "acceptance_units"),
        ("整改进展情况", "progress"),
        ("整改效果(或整改完成情况)", "progress"),
    ],
)
@pytest.mark.parametrize("colon", ["：", ":", " ： "])
def test_each_alias_leads_to_its_field(read, label, key, colon):
    other = "整改目标：达标。" if key == "deadline_text" else "整改时间：2024年"
    draft = read(f"{LIST}一、甲镇污水直排，影响水质。\n{other}\n{label}{colon}张三李\n")
    value = getattr(draft.problems[0], key)
    if key == "deadline_text":
        assert "张三李" in value
    elif key == "measures":
        assert value[0].text == "张三李"
    else:
        assert "张三李" in value


@pytest.mark.parametrize("label", ["反馈问题", "督察意见", "存在问题", "整改任务", "交办问题基本情况", "反映情况"])
def test_a_problem_label_is_not_part_of_the_text(read, label):
    draft = read(f"{LIST}（四）{label}:甲镇污水直排。\n{FIELDS}")
    assert [(p.number, p.text) for p in draft.problems] == [(4, "甲镇污水直排。")]


@pytest.mark.parametrize(
    "pattern",
    ["{cn}、{t}", "（{cn}）{t}", "({cn}) {t}", "{n}.{t}", "{n}、{t}", "第{cn}项 {t}", "第{n}项整改任务：{t}",
     "问题{cn}：{t}", "问题编号：{n}\n反馈问题：{t}", "{cn}:{t}", "第{n}号 {t}", "{n}　{t}"],
)  # fmt: skip
def test_each_numbering_style_gives_the_printed_numbers(read, pattern):
    texts = {5: "甲镇污水直排，影响下游水质。", 6: "乙厂未批先建，擅自投产运行。", 8: "丙河采砂毁堤，群众多次投诉。"}
    numerals = {5: "五", 6: "六", 8: "八"}
    items = [pattern.format(cn=numerals[n], n=n, t=t) + "\n" + FIELDS for n, t in texts.items()]
    draft = read(LIST + "".join(items))
    assert {p.number: p.text for p in draft.problems} == texts
    assert not draft.unassigned


@pytest.mark.parametrize(
    "measures",
    [
        "（一）清淤河道。（二）建站；接管。（三）巡查。",
        "\n(一) 清淤河道。\n（二）建站；接管。\n(三)巡查。",
        "\n1.清淤河道。\n2.建站；接管。\n3.巡查。",
        "1．清淤河道。2．建站；接管。3．巡查。",
        "1、清淤河道。2、建站；接管。3、巡查。",
        "（1）清淤河道。（2）建站；接管。（3）巡查。",
        "①清淤河道。②建站；接管。③巡查。",
        "一是清淤河道。二是建站；接管。三是巡查。",
        "\n清淤河道。\n建站；接管。\n巡查。",
    ],
)
def test_each_marker_style_splits_the_measures(read, measures):
    draft = read(f"{LIST}一、甲镇污水直排。\n整改目标：达标。\n整改措施：{measures}\n整改时限：立行立改\n")
    assert [m.text.rstrip("。") for m in draft.problems[0].measures] == ["清淤河道", "建站；接管", "巡查"]


def test_a_single_paragraph_without_markers_is_split_at_semicolons_outside_brackets(read):
    draft = read(f"{LIST}一、甲镇污水直排。\n整改措施：清淤（先上游；后下游）；建站。\n整改目标：达标。\n")
    assert [m.text for m in draft.problems[0].measures] == ["清淤（先上游；后下游）", "建站。"]


def test_nested_markers_stay_inside_their_measure(read):
    text = "1.分类处理：（1）接管；（2）关停。2024年9月底前完成。\n2.巡查：一是白天；二是夜间。"
    draft = read(f"{LIST}一、甲镇污水直排。\n整改目标：达标。\n整改措施：\n{text}\n整改时限：2024年\n")
    assert [m.number for m in draft.problems[0].measures] == [1, 2]
    assert "（2）关停" in draft.problems[0].measures[0].text


def test_measures_numbered_like_the_problems_are_not_taken_for_problems(read):
    items = "".join(
        f"{n}.某镇污水直排，影响水质。\n整改目标：达标。\n责任单位：县水利局\n整改措施：\n1.建站。\n2.接管。\n3.巡查。\n"
        for n in (1, 2, 3, 4)
    )
    draft = read(LIST + items)
    assert [p.number for p in draft.problems] == [1, 2, 3, 4]
    assert [len(p.measures) for p in draft.problems] == [3, 3, 3, 3]


def test_group_headings_are_neither_problems_nor_parts_of_fields(read):
    item = "{}、某镇污水直排，影响水质。\n" + FIELDS
    text = LIST + "（一）水环境方面\n" + item.format("一") + "（二）大气污染防治领域\n" + item.format("二")
    draft = read(text)
    assert [p.number for p in draft.problems] == [1, 2]
    assert all(p.responsible_units == ("县水利局",) for p in draft.problems)
    assert not draft.unassigned


def test_field_headings_numbered_like_problems_are_fields(read):
    text = "公示\n一、整改任务\n甲镇污水直排。\n二、整改目标\n全部接管。\n三、整改措施\n(一)建站。\n(二)接管。\n"
    text += "四、整改时限\n2021年年底前\n"
    problem = read(text).problems[0]
    assert (problem.text, problem.target, str(problem.deadline)) == ("甲镇污水直排。", "全部接管。", "2021-12-31")
    assert len(problem.measures) == 2


def test_chapters_of_the_plan_with_the_names_of_fields_are_no_fields(read):
    text = "某县整改方案\n一、整改目标及要求\n全部完成。\n二、整改措施\n（一）提高站位。\n（二）压实责任。\n"
    text += "三、组织保障\n（一）加强领导。\n"
    draft = read(text + "附件：某县整改清单\n一、甲镇污水直排。\n" + FIELDS)
    assert [(p.number, p.text) for p in draft.problems] == [(1, "甲镇污水直排。")]


def test_items_may_number_their_own_field_headings(read):
    item = "{}、某镇污水直排问题\n（一）整改目标\n达标。\n（二）整改措施\n1.建站。\n2.接管。\n（三）整改时限：2024年\n"
    problems = read(LIST + item.format("一") + item.format("二")).problems
    assert [(p.text, p.target, len(p.measures)) for p in problems] == [("某镇污水直排问题", "达标。", 2)] * 2


def test_traditional_labels_and_a_big5_copy_are_read(aliases):
    from desktop.plans.read import read_plan

    text = (
        "某縣整改清單\n一、甲鎮污水直排，影響水質。\n整改目標：達標。\n整改時限：2024年12月底前\n責任單位：縣水利局\n"
    )
    problem = read_plan(text.encode("big5"), "copy.txt", aliases).problems[0]
    assert (problem.target, str(problem.deadline), problem.responsible_units) == ("達標。", "2024-12-31", ("縣水利局",))


def test_an_alias_table_that_gives_one_word_twice_is_refused():
    from desktop.plans.aliases import parse_aliases

    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    table["labels"]["measures"]["strong"].append("整改目标")
    with pytest.raises(ValueError, match="整改目标"):
        parse_aliases(table)


def test_labels_inside_single_measures_stay_with_the_measure(read):
    first = (
        "1.建站。\n责任单位：县水利局\n完成时限：2024年9月底\n2.接管。\n责任单位：县住建局\n完成时限：2024年10月底\n"
    )
    second = "1.洒水。\n责任单位：县城管局\n"
    draft = read(
        f"{LIST}一、甲镇污水直排，影响水质。\n整改目标：达标。\n整改措施：\n{first}"
        f"二、乙镇扬尘，群众投诉。\n整改目标：达标。\n整改措施：\n{second}"
    )
    assert [(p.number, len(p.measures)) for p in draft.problems] == [(1, 2), (2, 1)]
    assert str(draft.problems[0].measures[1].due) == "2024-10-31"
    assert "县住建局" in draft.problems[0].measures[1].text


def test_problems_numbered_like_a_single_measure_before_them_stay_problems(read):
    item = "{}.某镇污水直排，影响水质。\n整改目标：达标。\n整改措施：\n1.建站。\n责任单位：县水利局\n"
    draft = read(LIST + item.format(1) + item.format(2) + item.format(3))
    assert [(p.number, len(p.measures), p.responsible_units) for p in draft.problems] == [
        (n, 1, ("县水利局",)) for n in (1, 2, 3)
    ]


def test_labels_in_square_brackets_need_no_colon(read):
    text = "【整改目标】达标。\n【整改措施】（一）建站；（二）接管。\n【整改时限】2024年底前\n【牵头单位】县水利局\n"
    problem = read(f"{LIST}一、甲镇污水直排。\n{text}").problems[0]
    assert (problem.deadline_text, problem.lead_units, len(problem.measures)) == ("2024年底前", ("县水利局",), 2)


def test_a_list_inside_the_plan_ends_where_its_next_chapter_begins(read):
    items = "".join(
        f"（{n}）某镇污水直排，影响水质。\n1.整改目标：达标。\n2.整改措施：（1）建站；（2）接管。\n3.整改时限：10月底前\n"
        for n in "一二"
    )
    head = "某县督察反馈\n问题整改方案\n（2024年7月）\n一、总体要求\n坚决整改。\n二、整改任务\n"
    draft = read(head + items + "三、保障措施\n（一）加强领导。成立专班。\n（二）强化督办。\n")
    assert [(p.number, len(p.measures), str(p.deadline)) for p in draft.problems] == [
        (1, 2, "2024-10-31"),
        (2, 2, "2024-10-31"),
    ]
    assert draft.title == "某县督察反馈问题整改方案"
    assert not draft.unassigned
