"""Days left, lateness with both deadlines, stage targets, extensions (domain §2.5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.rules.deadlines import (
    days_left,
    finished_on,
    judge_extension,
    lateness,
    left_words,
    stages_due,
)
from desktop.rules.records import (
    CaseFile,
    Measure,
    Plan,
    Problem,
    Progress,
    StageTarget,
    Step,
    StepAction,
    TermClass,
)

D = date
TODAY = D(2026, 11, 23)


def case_of(deadline: date | None = None, **more: object) -> CaseFile:
    return CaseFile(Problem("p", 5, "问题", deadline=deadline, **more))  # type: ignore[arg-type]


def checked(case: CaseFile, on: date, *later: Step) -> CaseFile:
    return replace(case, steps=(Step("s", "p", StepAction.SELF_CHECK, on), *later))


@pytest.mark.parametrize(
    ("offset", "words"), [(12, "还有12天"), (1, "还有1天"), (0, "今天到期"), (-1, "逾期1天"), (-3, "逾期3天")]
)
def test_days_left_in_words(offset: int, words: str) -> None:
    case = case_of(TODAY + timedelta(days=offset))
    assert days_left(case, TODAY) == offset
    assert left_words(case, TODAY) == words


def test_problem_without_a_date_says_why() -> None:
    assert left_words(case_of(term_class=TermClass.LONG_TERM), TODAY) == "长期坚持"
    assert left_words(case_of(term_class=TermClass.IMMEDIATE, is_immediate=True), TODAY) == "立行立改"
    assert left_words(case_of(), TODAY) == "未定期限"
    assert left_words(case_of(D(2026, 1, 1), transferred_to="q"), TODAY) == "已转入下一轮"
    assert days_left(case_of(), TODAY) is None
    assert left_words(case_of(D(2026, 1, 1), term_class=TermClass.LONG_TERM), TODAY) == "长期坚持"


def test_immediate_problem_is_reckoned_by_its_internal_date() -> None:
    case = case_of(term_class=TermClass.IMMEDIATE, is_immediate=True, internal_deadline=D(2026, 11, 30))
    assert left_words(case, TODAY) == "还有7天"


def test_finished_and_closed_problems_are_not_overdue() -> None:
    case = checked(case_of(D(2026, 1, 1)), D(2025, 12, 20))
    assert left_words(case, TODAY) == "已完成整改"
    gates = [
        Step("a", "p", StepAction.APPLY, D(2025, 12, 21)),
        Step("b", "p", StepAction.ACCEPT, D(2025, 12, 22)),
        Step("c", "p", StepAction.NOTICE, D(2025, 12, 23), end=D(2025, 12, 30)),
        Step("d", "p", StepAction.FILE, D(2025, 12, 31)),
    ]
    closed = checked(case, D(2025, 12, 20), *gates)
    assert left_words(closed, TODAY) == "已销号备案"
    assert days_left(closed, TODAY) is None


def test_lateness_names_both_deadlines() -> None:
    case = case_of(D(2026, 9, 30), approved_deadline=D(2026, 11, 20))
    late = lateness(case, TODAY)
    assert late is not None
    assert (late.days, late.original_days) == (3, 54)
    assert late.sentence == "逾期3天（原时限2026年9月30日，经批准延期至2026年11月20日，按原时限逾期54天）"


def test_lateness_stops_on_the_day_of_finishing() -> None:
    late = lateness(checked(case_of(D(2026, 1, 1)), D(2026, 1, 11)), TODAY)
    assert late is not None
    assert late.sentence == "逾期10天（整改时限2026年1月1日）"
    assert lateness(case_of(), TODAY) is None


def test_problem_is_finished_when_its_last_measure_was_first_reported_done() -> None:
    measures = (Measure("a", "p", 1, "一", percent=100), Measure("b", "p", 2, "二", percent=100))
    entries = tuple(
        Progress(f"{m}{day}", "p", m, "2026-10", D(2026, 10, day), "已完成", percent=percent)
        for m, day, percent in (("a", 1, 100), ("b", 5, 60), ("b", 9, 100), ("b", 20, 100))
    )
    case = replace(case_of(), measures=measures, progress=entries)
    assert finished_on(case) == D(2026, 10, 9)
    assert finished_on(replace(case, measures=(measures[0], replace(measures[1], percent=90)))) is None
    whole = Progress("w", "p", "", "2026-10", D(2026, 10, 7), "全部完成", percent=100)
    assert finished_on(replace(case, progress=(*entries[:1], whole))) == D(2026, 10, 7)


def test_after_a_return_only_a_new_self_check_counts_as_finished() -> None:
    back = Step("r", "p", StepAction.RETURN, D(2026, 11, 1), reason="无佐证", order=1)
    case = checked(case_of(D(2026, 10, 31)), D(2026, 10, 1), back)
    assert finished_on(case) is None
    again = replace(case, steps=(*case.steps, Step("t", "p", StepAction.SELF_CHECK, D(2026, 11, 9), order=2)))
    assert finished_on(again) == D(2026, 11, 9)


def test_stage_targets_come_due_until_they_are_reached() -> None:
    stages = (
        StageTarget("b", "p", D(2026, 12, 31), "二期"),
        StageTarget("a", "p", D(2025, 12, 31), "一期"),
        StageTarget("c", "p", D(2025, 6, 30), "前期", reached_on=D(2025, 6, 1)),
    )
    case = replace(case_of(), stages=stages)
    assert [s.id for s in stages_due(case, TODAY)] == ["a"]
    assert [s.id for s in stages_due(case, TODAY, within_days=60)] == ["a", "b"]


def extension(case: CaseFile, new: date, on: date = TODAY, reason: str = "汛期停工") -> tuple[list[str], list[str]]:
    verdict = judge_extension(case, new, on, TODAY, reason)
    return [r.rule for r in verdict.refusals], [r.rule for r in verdict.warnings]


def test_later_deadline_with_a_reason_is_granted() -> None:
    assert extension(case_of(D(2026, 12, 31)), D(2027, 6, 30)) == ([], [])
    assert extension(case_of(), D(2027, 6, 30)) == ([], [])


def test_earlier_or_past_deadline_only_warns() -> None:
    assert extension(case_of(D(2026, 12, 31)), D(2026, 12, 1)) == ([], ["deadline_earlier"])
    assert extension(case_of(D(2026, 9, 30)), D(2026, 10, 31)) == ([], ["deadline_past"])


def test_extension_is_refused_where_it_makes_no_sense() -> None:
    case = case_of(D(2026, 12, 31))
    assert extension(case, D(2027, 6, 30), reason=" ")[0] == ["reason_missing"]
    assert extension(case, D(2027, 6, 30), on=D(2026, 11, 24))[0] == ["date_order"]
    assert extension(case, D(2026, 12, 31))[0] == ["deadline_same"]
    planned = replace(case, plan=Plan("a", "方案", issued_on=D(2026, 7, 4)))
    assert extension(planned, D(2026, 7, 3))[0] == ["date_order"]
    moved = replace(case, problem=replace(case.problem, transferred_to="q"))
    assert extension(moved, D(2027, 6, 30))[0] == ["transferred"]
