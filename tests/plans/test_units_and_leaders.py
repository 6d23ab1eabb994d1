"""Lists of units and names (samples README: units, leaders; plan-formats traps 19–21)."""

import pytest

from desktop.plans.units import split_leaders, split_units


@pytest.mark.parametrize(
    ("value", "units"),
    [
        ("县水务局、瑞丰(集团)有限公司", ["县水务局", "瑞丰(集团)有限公司"]),
        ("各乡镇党委、政府", ["各乡镇党委、政府"]),
        ("省直各有关部门,各市(地)党委、政府(行署)", ["省直各有关部门", "各市(地)党委、政府(行署)"]),
        ("塔城市、额敏县、和布克赛尔县党委、人民政府", ["塔城市", "额敏县", "和布克赛尔县党委、人民政府"]),
        ("望桥街道党工委、办事处;县城管局。", ["望桥街道党工委、办事处", "县城管局"]),
        ("甲局(分管水、气)、乙局", ["甲局(分管水、气)", "乙局"]),
        ("甲局、各镇街", ["甲局", "各镇街"]),
        ("甲局、甲局", ["甲局"]),
        ("某公司(集团、乙局", ["某公司(集团", "乙局"]),
    ],
)
def test_units_are_split_outside_brackets_and_shared_tails_stay(aliases, value, units):
    assert list(split_units(value, value, aliases)) == units


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("李  嵩", ["李嵩"]),
        ("张三丰 王小明", ["张三丰", "王小明"]),
        ("李 嵩 王 强", ["李嵩", "王强"]),
        ("欧阳 娜", ["欧阳娜"]),
        ("秦建国、严敏。", ["秦建国", "严敏"]),
        ("邹文斌(区委常委、副区长)、白岩", ["邹文斌", "白岩"]),
        ("副区长李嵩", ["李嵩"]),
        ("李嵩同志", ["李嵩"]),
    ],
)
def test_leaders_are_names_without_posts(value, names):
    assert list(split_leaders(value)) == names


def test_a_unit_name_broken_over_a_page_is_joined(read):
    text = "某县整改清单\n一、甲镇污水直排。\n整改目标：达标。\n责任单位：县水利局、瑞丰包装制\n\n— 4 —\n\n品有限公司\n"
    text += "验收单位：市水利局\n"
    assert read(text).problems[0].responsible_units == ("县水利局", "瑞丰包装制品有限公司")


def test_units_on_lines_of_their_own_are_units_of_their_own(read):
    text = "某县整改清单\n一、甲镇污水直排。\n整改目标：达标。\n责任单位：\n县水利局\n县林业局\n整改时限：2024年\n"
    assert read(text).problems[0].responsible_units == ("县水利局", "县林业局")


def test_two_units_without_a_sign_between_them_are_two(aliases):
    glued = "区水利局、区生态环境局区农业农村局、市生态环境局高新区分局"
    assert split_units(glued, glued, aliases)[1:] == ("区生态环境局", "区农业农村局", "市生态环境局高新区分局")
