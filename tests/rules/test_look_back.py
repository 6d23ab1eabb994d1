"""When a closed problem is looked at again."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.look_back import add_months, next_look_back, next_review
from desktop.rules.records import Problem, StepAction, TermClass
from desktop.rules.region import Region
from desktop.rules.todo import TodoKind, todos_of
from tests.rules.test_lifecycle import ALL_STEPS, FILED, Step, case_of, load, parse_region

D = date


@pytest.fixture
def region() -> Region:
    return parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")


def test_months_end_where_the_month_ends() -> None:
    assert add_months(D(2026, 1, 31), 1) == D(2026, 2, 28)
    assert add_months(D(2026, 12, 2), 12) == D(2027, 12, 2)
    assert add_months(D(2024, 2, 29), 12) == D(2025, 2, 28)


def test_the_regions_term_counts_from_the_filing_and_then_from_the_last_look_back(region: Region) -> None:
    assert next_look_back(case_of(*ALL_STEPS[:4]), region) is None
    assert next_look_back(case_of(*ALL_STEPS), region) == D(2027, 12, 2)
    looked = Step("l", "p5", StepAction.LOOK_BACK, D(2027, 6, 1), result="巩固")
    assert next_look_back(case_of(*ALL_STEPS, looked), region) == D(2028, 6, 1)
    assert next_look_back(case_of(*ALL_STEPS, replace(looked, next_on=D(2027, 9, 1))), region) == D(2027, 9, 1)
    again = Step("o", "p5", StepAction.REOPEN, D(2027, 6, 1), reason="反弹")
    assert next_look_back(case_of(*ALL_STEPS, looked, again), region) is None


def test_without_a_term_nothing_is_scheduled(region: Region) -> None:
    assert next_look_back(case_of(*ALL_STEPS), replace(region, look_back_months=0)) is None


def test_a_long_term_problem_is_reviewed_on_its_day() -> None:
    problem = Problem("p", 1, "问题", term_class=TermClass.LONG_TERM, next_review=D(2027, 1, 10))
    assert next_review(replace(case_of(), problem=problem)) == D(2027, 1, 10)
    assert next_review(replace(case_of(), problem=replace(problem, term_class=TermClass.DATED))) is None


def test_look_back_and_review_wait_as_their_day_comes_near(region: Region) -> None:
    closed = case_of(*ALL_STEPS, FILED)
    assert list(todos_of(case_of(*ALL_STEPS), region, D(2027, 11, 1))) == []
    (item,) = todos_of(case_of(*ALL_STEPS), region, D(2027, 11, 2))
    assert (item.kind, item.sentence) == (TodoKind.LOOK_BACK, "问题5销号后的回头看应于2027年12月2日前进行")
    assert closed.problem.number == 5
    problem = Problem("p", 5, "问题", term_class=TermClass.LONG_TERM, next_review=D(2027, 12, 31))
    found = [item.kind for item in todos_of(replace(case_of(), problem=problem), region, D(2027, 12, 1))]
    assert TodoKind.REVIEW in found
    assert TodoKind.REVIEW not in [
        t.kind for t in todos_of(replace(case_of(), problem=problem), region, D(2027, 11, 1))
    ]
