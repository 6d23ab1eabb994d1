"""Unit names: normal form, matching, groups, rank (domain §9)."""

import pytest

from desktop.rules.names import in_rank_order, is_group_word, match_unit, normal_name, rank_group
from desktop.rules.records import Unit

FARM = Unit("farm", "蒸湘区农业农村局", short_name="区农业农村局")
CITY_FARM = Unit("city_farm", "衡阳市农业农村局")
OTHER_FARM = Unit("other_farm", "雁峰区农业农村局")
COMMISSION = Unit("eco", "区生态环境保护委员会办公室", aliases=("区生环委办",))
GOVERNMENT = Unit("gov", "蒸湘区人民政府办公室")
STEEL = Unit("steel", "湖南衡阳钢管（集团）有限公司")
MARKET = Unit("market", "区市场监管局")
UNITS = (FARM, CITY_FARM, COMMISSION, GOVERNMENT, STEEL, MARKET)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" 区 农业农村局。", "区农业农村局"),
        ("区农业\u3000农村局", "区农业农村局"),
        ("湖南衡阳钢管(集团)有限公司", "湖南衡阳钢管（集团）有限公司"),
        ("区\u200b公安分局；", "区公安分局"),
        ("ＡＢＣ公司", "ABC公司"),
    ],
)
def test_names_have_one_normal_form(written: str, normal: str) -> None:
    assert normal_name(written) == normal
    assert normal_name(normal) == normal


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("蒸湘区农业农村局", FARM),
        ("区农业农村局", FARM),
        ("区 农业农村局", FARM),
        ("农业农村局", FARM),
        ("衡阳市蒸湘区农业农村局", FARM),
        ("市农业农村局", CITY_FARM),
        ("区生环委办", COMMISSION),
        ("蒸湘区生态环境保护委员会办公室", COMMISSION),
        ("区政府办公室", GOVERNMENT),
        ("湖南衡阳钢管(集团)有限公司", STEEL),
        ("市场监管局", MARKET),
        ("蒸湘区市场监管局", MARKET),
    ],
)
def test_unit_is_found_however_it_is_written(written: str, unit: Unit) -> None:
    assert match_unit(written, UNITS) == unit


@pytest.mark.parametrize("written", ["雁峰区农业农村局", "区水利局", "市市场监管局", "", "农业", "耒阳市农业农村局"])
def test_unknown_unit_is_none(written: str) -> None:
    assert match_unit(written, UNITS) is None


def test_name_that_may_mean_two_units_gives_both() -> None:
    assert match_unit("区农业农村局", (OTHER_FARM, CITY_FARM, Unit("x", "蒸湘区农业农村局"))) == (
        OTHER_FARM,
        Unit("x", "蒸湘区农业农村局"),
    )
    assert match_unit("甲", (Unit("a", "甲"), Unit("b", "乙", aliases=("甲",)))) == (
        Unit("a", "甲"),
        Unit("b", "乙", aliases=("甲",)),
    )


def test_exact_name_wins_over_a_likeness() -> None:
    assert match_unit("蒸湘区农业农村局", (Unit("x", "农业农村局"), FARM)) == FARM


@pytest.mark.parametrize(
    "name", ["松木经济开发区管委会", "高新区管委会", "市政公司", "社区服务中心", "城市管理局", "市民中心"]
)
def test_qu_and_shi_inside_a_word_are_no_place(name: str) -> None:
    core = name.partition("区")[2] or name.partition("市")[2]
    assert match_unit(name, (Unit("x", f"蒸湘区{core}"), Unit("y", core))) is None


@pytest.mark.parametrize(
    "name", ["各镇街", "各乡镇党委、政府", "区直各部门", "省直各有关部门", "相关单位", "驻区市管各单位", "沿江各镇"]
)
def test_group_words_are_groups(name: str) -> None:
    assert is_group_word(name)


@pytest.mark.parametrize("name", ["区农业农村局", "区工商联", "呆鹰岭镇人民政府"])
def test_organisations_are_no_groups(name: str) -> None:
    assert not is_group_word(name)


def test_custom_puts_party_before_government_before_companies() -> None:
    names = [
        "湖南衡阳钢管（集团）有限公司",
        "区环境监测中心",
        "区总工会",
        "区人民法院",
        "区政协办公室",
        "区人民政府办公室",
        "区人大常委会办公室",
        "中共蒸湘区委办公室",
    ]
    assert [rank_group(name) for name in names] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_units_stand_by_manual_rank_and_unranked_ones_last() -> None:
    units = (Unit("a", "安"), Unit("b", "博", rank=20), Unit("c", "财", rank=10), Unit("d", "德", rank=20))
    assert [unit.id for unit in in_rank_order(units)] == ["c", "b", "d", "a"]
