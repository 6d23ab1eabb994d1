"""The progress class that dates and reports suggest (domain §6)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.records import (
    CaseFile,
    Inspection,
    Judgement,
    Level,
    Measure,
    Plan,
    Problem,
    ProblemSource,
    ProblemUnit,
    Progress,
    ProgressClass,
    StageTarget,
    Step,
    StepAction,
    TermClass,
    UnitRole,
)
from desktop.rules.standing import Slot, Yardstick, class_of, elapsed_percent, standing_of, suggest_progress

D = date
AS_OF = D(2026, 11, 23)
PLAN = Plan("plan", "方案", issued_on=D(2026, 1, 1))


YEAR_END = D(2026, 12, 31)


def case_of(percent: int | None = None, deadline: date | None = YEAR_END, text: str = "正在施工") -> CaseFile:
    case = CaseFile(Problem("p", 5, "问题", deadline=deadline), plan=PLAN)
    if percent is None:
        return case
    return replace(case, progress=(Progress("x", "p", "", "2026-11", D(2026, 11, 20), text, percent=percent),))


@pytest.mark.parametrize(
    ("percent", "progress"), [(60, "behind"), (70, "on_schedule"), (89, "on_schedule"), (100, "completed")]
)
def test_class_follows_percent_against_elapsed_time(percent: int, progress: str) -> None:
    assert elapsed_percent(case_of(), AS_OF) == 89
    assert suggest_progress(case_of(percent), AS_OF) == progress


def test_far_ahead_of_time_is_ahead() -> None:
    assert suggest_progress(case_of(60, deadline=D(2029, 12, 31)), AS_OF) == ProgressClass.AHEAD


def test_nothing_reported_is_not_started_and_after_the_deadline_overdue() -> None:
    assert suggest_progress(case_of(), AS_OF) == ProgressClass.NOT_STARTED
    assert suggest_progress(case_of(0, text="尚未启动"), AS_OF) == ProgressClass.NOT_STARTED
    assert suggest_progress(case_of(deadline=D(2026, 11, 22)), AS_OF) == ProgressClass.OVERDUE
    assert suggest_progress(case_of(80, deadline=AS_OF), AS_OF) == ProgressClass.ON_SCHEDULE


def test_mostly_done_is_kept_apart_even_after_the_deadline() -> None:
    assert suggest_progress(case_of(95, D(2026, 10, 31), "基本完成"), AS_OF) == ProgressClass.MOSTLY_DONE


def test_measure_past_its_own_day_puts_a_problem_behind() -> None:
    late = Measure("m", "p", 1, "一", due=D(2026, 11, 22), percent=89)
    assert suggest_progress(replace(case_of(89), measures=(late,)), AS_OF) == ProgressClass.BEHIND
    in_time = replace(late, due=AS_OF)
    assert suggest_progress(replace(case_of(89), measures=(in_time,)), AS_OF) == ProgressClass.ON_SCHEDULE


def test_missed_stage_and_missing_monthly_report_put_a_problem_behind() -> None:
    stage = StageTarget("s", "p", D(2026, 10, 31), "阶段")
    assert suggest_progress(replace(case_of(89), stages=(stage,)), AS_OF) == ProgressClass.BEHIND
    case = case_of(89)
    for month, progress in (("2026-10", "on_schedule"), ("2026-09", "behind")):
        entry = replace(case.progress[0], month=month)
        assert suggest_progress(replace(case, progress=(entry,)), AS_OF) == progress


def test_last_months_report_is_enough_in_january() -> None:
    case = case_of(80, deadline=D(2027, 3, 31))
    entry = replace(case.progress[0], month="2026-12")
    assert suggest_progress(replace(case, progress=(entry,)), D(2027, 1, 20)) == ProgressClass.ON_SCHEDULE


def test_returned_problem_is_no_longer_completed() -> None:
    case = case_of(100)
    steps = (
        Step("a", "p", StepAction.SELF_CHECK, D(2026, 11, 20), order=1),
        Step("b", "p", StepAction.RETURN, D(2026, 11, 21), reason="无佐证", order=2),
    )
    assert suggest_progress(replace(case, steps=steps[:1]), AS_OF) == ProgressClass.COMPLETED
    assert suggest_progress(replace(case, steps=steps), AS_OF) != ProgressClass.COMPLETED


def test_long_term_and_transferred_problems_have_their_own_class() -> None:
    case = case_of(100)
    long_term = replace(case, problem=replace(case.problem, term_class=TermClass.LONG_TERM))
    moved = replace(case, problem=replace(case.problem, transferred_to="q"))
    assert standing_of(case, AS_OF).slot == Slot.COMPLETED
    assert standing_of(long_term, AS_OF).slot == Slot.LONG_TERM
    assert standing_of(moved, AS_OF).slot == Slot.TRANSFERRED


def test_persons_decision_stands_over_the_suggestion() -> None:
    judged = replace(case_of(60), judgements=(decided("2026-11", ProgressClass.BEHIND, ProgressClass.ON_SCHEDULE),))
    standing = standing_of(judged, AS_OF)
    assert standing.slot == Slot.ON_SCHEDULE
    assert (standing.progress, standing.suggested) == (ProgressClass.ON_SCHEDULE, ProgressClass.BEHIND)


def decided(month: str, suggested: ProgressClass, chosen: ProgressClass, order: int = 1) -> Judgement:
    return Judgement(f"{order:032x}", "p", month, AS_OF, suggested, chosen, reason="雨季停工", order=order)


def test_the_last_decision_of_a_month_counts() -> None:
    first = decided("2026-11", ProgressClass.BEHIND, ProgressClass.ON_SCHEDULE, 1)
    second = decided("2026-11", ProgressClass.BEHIND, ProgressClass.MOSTLY_DONE, 2)
    assert class_of(replace(case_of(60), judgements=(first, second)), AS_OF).progress == ProgressClass.MOSTLY_DONE


def test_a_decision_of_the_month_before_counts_while_its_suggestion_stands() -> None:
    october = (decided("2026-10", ProgressClass.BEHIND, ProgressClass.ON_SCHEDULE),)
    assert class_of(replace(case_of(60), judgements=october), AS_OF).progress == ProgressClass.ON_SCHEDULE
    late = replace(case_of(60, deadline=D(2026, 11, 22)), judgements=october)
    assert class_of(late, AS_OF).progress == ProgressClass.OVERDUE
    assert class_of(replace(case_of(60), judgements=october), AS_OF, Yardstick("2026-11")).judgement is None
    september = (decided("2026-09", ProgressClass.BEHIND, ProgressClass.ON_SCHEDULE),)
    assert class_of(replace(case_of(60), judgements=september), AS_OF).progress == ProgressClass.BEHIND


def test_what_was_finished_after_it_was_judged_is_finished() -> None:
    november = (decided("2026-11", ProgressClass.BEHIND, ProgressClass.BEHIND),)
    assert class_of(replace(case_of(100), judgements=november), AS_OF).progress == ProgressClass.COMPLETED
    doubted = (decided("2026-11", ProgressClass.COMPLETED, ProgressClass.MOSTLY_DONE),)
    assert class_of(replace(case_of(100), judgements=doubted), AS_OF).progress == ProgressClass.MOSTLY_DONE


def test_the_threshold_is_a_setting() -> None:
    assert class_of(case_of(60), AS_OF, Yardstick(points=40)).progress == ProgressClass.ON_SCHEDULE


def test_standing_names_source_and_units() -> None:
    case = replace(
        case_of(),
        inspection=Inspection("i", "第二轮省督察", Level.PROVINCE, ProblemSource.PROVINCE_INSPECTION),
        units=(ProblemUnit("a", "甲局", UnitRole.LEAD), ProblemUnit("b", "乙局", UnitRole.RESPONSIBLE)),
    )
    standing = standing_of(case, AS_OF)
    assert (standing.source, standing.inspection) == (ProblemSource.PROVINCE_INSPECTION, "第二轮省督察")
    assert (standing.lead, standing.responsible) == (("甲局",), ("乙局",))
