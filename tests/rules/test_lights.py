"""Lights: what the rule table suggests, what a clerk decided, what a past month shows, and slips in the table."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.errors import Refused
from desktop.rules.lights import SHAPES, light_of
from desktop.rules.months import case_in_month, last_day, months_back
from desktop.rules.records import CaseFile, Judgement, Measure, Plan, Problem, Progress, ProgressClass, StageTarget
from desktop.rules.region import Region, parse_region
from desktop.rules.region_chasing import Light
from desktop.rules.standing import class_of

TODAY = date(2026, 11, 23)
RESOURCES = Path(__file__).parents[2] / "resources"


def load(name: str) -> dict[str, object]:
    """A table of the program's resources."""
    return tomllib.loads((RESOURCES / name).read_text(encoding="utf-8"))


def region(**changed: object) -> Region:
    """The region of Hengyang with some keys changed."""
    return parse_region(load("regions/hengyang.toml") | changed, load("gate_orders.toml"), "hengyang.toml")


REGION = region()


def reported(percent: int, month: str = "2026-11") -> CaseFile:
    """A problem of 2026, due at the end of 2027, reported so far in a month."""
    plan = Plan("d", "方案", issued_on=date(2026, 6, 1))
    entry = Progress("x", "p", "m", month, date(int(month[:4]), int(month[5:]), 20), "正在施工", percent)
    measure = Measure("m", "p", 1, "建设管网", percent=percent, latest="正在施工", latest_month=month)
    problem = Problem("p", 5, "污水直排", deadline=date(2027, 12, 31))
    return CaseFile(problem, plan=plan, measures=(measure,), progress=(entry,))


def shown(case: CaseFile, month: str = "") -> tuple[str, tuple[str, ...]]:
    """Word and reasons of a light."""
    state = light_of(case, REGION, TODAY, month)
    assert state is not None
    return state.word, state.reasons


def test_on_schedule_is_blue_without_a_reason() -> None:
    assert shown(reported(40)) == ("蓝灯", ())


def test_a_deadline_that_has_passed_is_red_and_says_how_long() -> None:
    case = reported(40)
    late = replace(case, problem=replace(case.problem, deadline=date(2026, 11, 1)))
    assert shown(late) == ("红灯", ("整改时限2026年11月1日已过22天",))


@pytest.mark.parametrize(
    ("due", "word", "late"),
    [(date(2026, 11, 1), "黄灯", 22), (date(2026, 9, 24), "黄灯", 60), (date(2026, 9, 23), "红灯", 61)],
)
def test_a_missed_node_is_yellow_and_red_once_it_is_long_past(due: date, word: str, late: int) -> None:
    case = reported(40)
    missed = replace(case, measures=(replace(case.measures[0], due=due),))
    found, reasons = shown(missed)
    assert found == word
    assert any(f"第1项措施的节点2026年{due.month}月{due.day}日已过{late}天" in reason for reason in reasons)


def test_a_stage_target_is_a_node_too() -> None:
    case = replace(reported(40), stages=(StageTarget("s", "p", date(2026, 10, 31), "完成一期"),))
    assert shown(case)[0] == "黄灯"
    assert "阶段目标的节点2026年10月31日已过23天" in shown(case)[1]


def test_near_the_deadline_is_yellow() -> None:
    case = reported(95)
    near = replace(case, problem=replace(case.problem, deadline=date(2026, 11, 30)))
    assert shown(near) == ("黄灯", ("距整改时限还有7天",))


def test_the_decided_class_of_the_month_counts_instead_of_the_suggested_one() -> None:
    judged = Judgement("j", "p", "2026-11", TODAY, ProgressClass.ON_SCHEDULE, ProgressClass.BEHIND, order=1)
    assert shown(replace(reported(40), judgements=(judged,))) == ("黄灯", ("进度判定为“未达序时进度”",))


def test_a_clerk_makes_a_light_red_with_a_reason_and_the_suggestion_stays() -> None:
    judged = Judgement("j", "p", "2026-11", TODAY, None, ProgressClass.ON_SCHEDULE, "red", "被省警示片曝光", order=1)
    state = light_of(replace(reported(40), judgements=(judged,)), REGION, TODAY)
    assert state is not None
    assert (state.light, state.suggested, state.is_decided) == (Light.RED, Light.GOOD, True)
    assert state.reasons == ("被省警示片曝光",)
    assert state.words == f"{SHAPES[Light.RED]}红灯"


def test_a_decision_on_the_light_does_not_hold_the_class_when_more_is_reported() -> None:
    behind = ProgressClass.BEHIND
    judged = Judgement("j", "p", "2026-11", TODAY, behind, behind, "red", "曝光", order=1)
    case = replace(reported(40), judgements=(judged,))
    assert class_of(case, TODAY).progress == ProgressClass.ON_SCHEDULE
    state = light_of(case, REGION, TODAY)
    assert state is not None
    assert state.suggested == Light.GOOD


def test_a_decision_holds_for_its_month_alone() -> None:
    judged = Judgement("j", "p", "2026-10", TODAY, None, ProgressClass.BEHIND, "red", "曝光", order=1)
    assert shown(replace(reported(40), judgements=(judged,)))[0] == "蓝灯"


def test_a_past_month_is_told_by_what_was_reported_then() -> None:
    case = reported(40)
    assert shown(case, "2026-10")[1] == ("进度判定为“尚未启动”",)
    assert case_in_month(case, "2026-10").measures[0].percent is None
    assert case_in_month(case, "2026-11") is case


def test_shapes_and_words_differ_so_that_no_light_is_told_by_colour_alone() -> None:
    assert len(set(SHAPES.values())) == len(Light)
    assert REGION.lights is not None
    assert len({REGION.lights.word(light) for light in Light}) == len(Light)


def test_months_are_reckoned_over_the_turn_of_the_year() -> None:
    assert list(months_back("2026-02", 3)) == ["2026-02", "2026-01", "2025-12"]
    assert (last_day("2026-02"), last_day("2026-12")) == (date(2026, 2, 28), date(2026, 12, 31))


def test_another_palette_and_words_are_data() -> None:
    made = region(lights={"palette": "green", "good": "绿灯", "yellow": "黄灯", "red": "红灯"})
    assert made.lights is not None
    assert (made.lights.palette, made.lights.word(Light.GOOD)) == ("green", "绿灯")


def test_a_profile_without_lights_shows_none() -> None:
    data = load("regions/hengyang.toml")
    data = {name: value for name, value in data.items() if name not in ("lights", "light_rules")}
    made = parse_region(data, load("gate_orders.toml"), "own.toml")
    assert made.lights is None
    assert light_of(reported(40), made, TODAY) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lights": {"palette": "pink", "good": "蓝灯", "yellow": "黄灯", "red": "红灯"}}, "lights.palette"),
        ({"lights": {"palette": "blue", "good": "蓝灯", "yellow": "黄灯"}}, "lights.red"),
        ({"lights": {"palette": "blue", "good": "红灯", "yellow": "黄灯", "red": "红灯"}}, "不能相同"),
        ({"light_rules": [{"light": "green", "when": "near"}]}, "light_rules第1项.light"),
        ({"light_rules": [{"light": "red", "when": "soon"}]}, "light_rules第1项.when"),
        ({"light_rules": [{"light": "red", "when": "class"}]}, "light_rules第1项.classes"),
        ({"light_rules": [{"light": "red", "when": "class", "classes": ["slow"]}]}, "“slow”不是进度判定"),
        ({"light_rules": [{"light": "red", "when": "near", "days": -1}]}, "不小于0的整数"),
    ],
)
def test_a_slip_in_the_table_is_named_with_file_and_key(changed: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=r"hengyang\.toml") as refused:
        region(**changed)
    assert words in refused.value.sentence
