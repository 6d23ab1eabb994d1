"""Read by parts, and many at once, a case says of lights, suggestions and figures what the whole case says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from desktop.operations.chase_board import months_said, read_suggestions
from desktop.operations.figures import read_figures
from desktop.operations.lights import glance_at_lights, lights_of
from desktop.operations.profile import region_of, yardstick_of
from desktop.rules.case_parts import LADDER_PARTS, LIGHT_PARTS, STANDING_PARTS
from desktop.rules.kinds import KINDS
from desktop.rules.ladder import suggest_all
from desktop.rules.lights import light_of
from desktop.rules.records import CaseFile, ProgressClass
from desktop.rules.region_chasing import Light
from desktop.rules.standing import standing_of
from desktop.store.ledger import Ledger, create
from desktop.store.read_cases import all_problems, counted_problems, read_case
from desktop.store.writer import writing
from tests.store.support import Steady
from tests.store.varied import TODAY, varied_ledger

MONTHS = ("2026-11", "2026-10", "2026-08")
SAID = ("基本完成，正在扫尾", "尚未启动", "正在推进", "已全部完成整改")


@pytest.fixture(scope="module", params=(3, 4))
def ledger(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Problems in every state, judged, reported as a whole, with sites and publications, some the same as others."""
    made = create(tmp_path_factory.mktemp("parts") / "台账", Steady(request.param).surroundings())
    varied_ledger(made, 120, seed=request.param)
    chance, every = Random(request.param), all_problems(made)
    for problem in every:
        with writing(made, "李明", TODAY) as writer:
            _more(writer.new, chance, problem)
            if chance.random() < 0.05:
                writer.set("problem", problem, {"same_as": every[0]}, scope=problem)
    yield made
    made.close()


def _more(new: object, chance: Random, problem: str) -> None:
    def add(kind: str, **fields: object) -> str:
        return str(new(kind, {"problem": problem, **fields}, scope=problem))  # type: ignore[operator]

    if chance.random() < 0.4:
        classes = tuple(ProgressClass)
        month, light = chance.choice(MONTHS), chance.choice(("", *Light))
        judged = {"suggested": chance.choice(classes), "decided": chance.choice(classes), "reason": "曝光"}
        add("judgement", month=month, on=TODAY.isoformat(), light=light, **judged)
    if chance.random() < 0.4:
        whole = {"month": chance.choice(MONTHS), "on": "2026-11-20", "text": chance.choice(SAID)}
        entry = add("progress", percent=chance.choice((None, 30, 100)), **whole)
        if chance.random() < 0.3:
            add("progress", percent=60, corrects=entry, **(whole | {"month": "2026-09"}))
    if chance.random() < 0.3:
        add("deadline_change", new="2027-06-30", on="2026-11-01", reason="汛期停工", approver="市整改办")
    if chance.random() < 0.3:
        add("site", number=1, name="排口", closed_on=chance.choice(("2026-11-01", None)))
        add("publication", on="2026-11-02", platform="区政府网站", title="整改情况")


def whole(ledger: Ledger) -> dict[str, CaseFile]:
    """Every case, each read alone and whole."""
    found = {problem: read_case(ledger, problem) for problem in all_problems(ledger)}
    return {problem: case for problem, case in found.items() if case}


@pytest.mark.parametrize("month", ["", *MONTHS])
def test_lights_of_many_are_those_of_each_whole_case(ledger: Ledger, month: str) -> None:
    region, cases = region_of(ledger), whole(ledger)
    slow = {problem: light_of(case, region, TODAY, month) for problem, case in cases.items()}
    assert lights_of(ledger, tuple(cases), TODAY, region, month) == {p: state for p, state in slow.items() if state}
    lights = {state.light for state in slow.values() if state}
    assert lights == set(Light)
    assert None in slow.values()


@pytest.mark.parametrize("today", [TODAY, date(2026, 9, 30), date(2027, 3, 1)])
def test_a_glance_never_denies_the_light_that_a_whole_case_has(ledger: Ledger, today: date) -> None:
    region, cases = region_of(ledger), whole(ledger)
    possible = glance_at_lights(ledger, tuple(cases), today, region)
    slow = {problem: light_of(case, region, today) for problem, case in cases.items()}
    for problem, state in slow.items():
        assert state.light in possible[problem] if state else not possible[problem]
    told = [lights for lights in possible.values() if len(lights) < len(Light)]
    assert {frozenset({Light.GOOD}), frozenset()} <= set(told)
    assert today < TODAY or frozenset({Light.RED}) in told


@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 28), date(2027, 3, 1)])
def test_suggestions_of_many_are_those_of_each_whole_case(ledger: Ledger, today: date) -> None:
    region, said, cases = region_of(ledger), months_said(ledger, today), whole(ledger)
    slow = suggest_all(cases.values(), region, today, said)
    assert read_suggestions(ledger, tuple(cases), today, region, said) == slow
    assert len({one.step.rung for one in slow}) > 1


def test_figures_of_many_are_those_of_each_whole_case(ledger: Ledger) -> None:
    by, cases = yardstick_of(ledger), whole(ledger)
    slow = tuple(standing_of(cases[problem], TODAY, by) for problem in counted_problems(ledger))
    assert read_figures(ledger, TODAY, TODAY).standings == slow
    assert any(found.sites and found.publications and found.is_chased for found in slow)


def test_a_rule_that_looks_at_more_than_its_parts_would_be_seen(ledger: Ledger) -> None:
    """The test above can fail: without its reports a case has another light."""
    region, cases = region_of(ledger), whole(ledger)
    bare = {problem: light_of(replace(case, progress=()), region, TODAY) for problem, case in cases.items()}
    assert bare != {problem: light_of(case, region, TODAY) for problem, case in cases.items()}


def test_parts_name_records_and_fields_that_there_are() -> None:
    for parts in (LIGHT_PARTS, LADDER_PARTS, STANDING_PARTS):
        for kind, fields in parts.items():
            assert fields <= {field.name for field in KINDS[kind].fields}
