"""What is odd in a month's reports: each check by its key, and silent where nothing is odd."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.rules.dispatch import month_checks
from desktop.rules.followup import Explanation
from desktop.rules.month_checks import RULE_CELLS, RULE_WORDS
from desktop.rules.records import CaseFile, Judgement, Measure, Problem, Progress, ProgressClass

D = date
MONTH, TODAY, YEAR_END = "2026-11", D(2026, 11, 23), D(2026, 12, 31)
BEFORE = Progress("a", "p", "m", "2026-10", D(2026, 10, 20), "已完成4处", 50, 4)
NOW = Progress("b", "p", "m", MONTH, D(2026, 11, 20), "已完成5处", 60, 5)


def case_of(*progress: Progress, deadline: date = YEAR_END, **more: Any) -> CaseFile:
    last = progress[-1] if progress else None
    measure = Measure("m", "p", 1, "治理8处", D(2026, 12, 20), 8, None, "处", last.percent if last else None)
    return CaseFile(Problem("p", 5, "问题", deadline=deadline), measures=(measure,), progress=progress, **more)


def rules(case: CaseFile, today: date = TODAY) -> list[str]:
    return [check.rule for check in month_checks(case, MONTH, today)]


def test_an_ordinary_report_has_nothing_odd() -> None:
    assert rules(case_of(BEFORE, NOW)) == []
    assert rules(case_of(BEFORE)) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"text": "已完成4处\n"}, ["repeated"]),
        ({"percent": 40}, ["percent_less"]),
        ({"quantity_done": 3}, ["quantity_less"]),
        ({"quantity_done": 9}, ["quantity_more"]),
        ({"percent": 100}, ["done_open", "quantity_percent"]),
        ({"expected_on": D(2026, 10, 31)}, ["expected_early"]),
        ({"expected_on": D(2026, 12, 21)}, ["expected_late"]),
        ({"percent": 100, "quantity_done": 8, "expected_on": D(2026, 12, 1)}, ["done_open", "expected_done"]),
        ({"claimed": "完成整改"}, ["claim_percent"]),
        ({"percent": 100, "quantity_done": 8, "claimed": "达到序时进度"}, ["done_open", "claim_percent"]),
    ],
)
def test_each_check_sees_its_fault(now: dict[str, Any], expected: list[str]) -> None:
    assert rules(case_of(BEFORE, replace(NOW, **now))) == expected


def test_a_measure_past_its_day_is_not_normal() -> None:
    assert rules(case_of(BEFORE, replace(NOW, claimed="达到序时进度")), D(2026, 12, 25)) == []
    late = case_of(BEFORE, replace(NOW, claimed="达到序时进度"))
    late = replace(late, measures=(replace(late.measures[0], due=D(2026, 11, 10)),))
    assert rules(late) == ["due_normal"]


def test_a_problem_past_its_deadline_is_not_called_normal() -> None:
    normal = Judgement("j", "p", MONTH, TODAY, ProgressClass.OVERDUE, ProgressClass.ON_SCHEDULE, reason="已验收")
    overdue = case_of(BEFORE, NOW, deadline=D(2026, 11, 1), judgements=(normal,))
    found = list(month_checks(overdue, MONTH, TODAY))
    assert [(check.rule, check.measure) for check in found] == [("overdue_normal", 0)]
    assert found[0].sentence == "整改时限2026年11月1日已过，仍判定为“达到序时进度”"
    behind = replace(normal, decided=ProgressClass.BEHIND)
    assert rules(replace(overdue, judgements=(behind,))) == []


def test_a_reason_answers_its_own_check_only() -> None:
    reason = Explanation("e", "p", "m", MONTH, "percent_less", "上月误填", TODAY)
    case = case_of(BEFORE, replace(NOW, percent=40, quantity_done=3), explanations=(reason,))
    found = {check.rule: check.is_open for check in month_checks(case, MONTH, TODAY)}
    assert found == {"percent_less": False, "quantity_less": True}
    other = replace(case, explanations=(replace(reason, month="2026-10"),))
    assert all(check.is_open for check in month_checks(other, MONTH, TODAY))


def test_every_check_has_a_word_and_a_known_cell() -> None:
    assert set(RULE_CELLS) <= set(RULE_WORDS)
    assert set(RULE_CELLS.values()) <= {"text", "percent", "quantity"}
