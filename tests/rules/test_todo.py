"""What waits in one case, in words."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.rules.followup import Chase, Rung, Visit
from desktop.rules.records import CaseFile, Gate, Measure, Problem, Progress, Step, StepAction
from desktop.rules.region import parse_region
from desktop.rules.todo import TODO_WORDS, TodoKind, todo_list, tone_of

TODAY = date(2026, 11, 23)
RESOURCES = Path(__file__).parents[2] / "resources"


def load(name: str) -> dict[str, object]:
    """A table of the program's resources."""
    return tomllib.loads((RESOURCES / name).read_text(encoding="utf-8"))


REGION = parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")


def case_of(left: int | None = 100, *steps: Step, month: str = "2026-11") -> CaseFile:
    """A case with a deadline so many days away and a report of the month."""
    deadline = None if left is None else TODAY + timedelta(days=left)
    report = Progress("x", "p", "", month, date(2026, 11, 2), "正在施工", 40)
    return CaseFile(Problem("p", 5, "污水直排", deadline=deadline), progress=(report,), steps=steps)


def step(action: StepAction, order: int, end: date | None = None, reason: str = "") -> Step:
    """A step of the first days of November."""
    return Step(f"s{order}", "p", action, date(2026, 11, order), end=end, reason=reason, order=order)


def kinds(case: CaseFile) -> list[TodoKind]:
    """The groups that a case is in."""
    return [item.kind for item in todo_list([case], REGION, TODAY)]


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (-1, TodoKind.OVERDUE),
        (0, TodoKind.DUE_7),
        (7, TodoKind.DUE_7),
        (8, TodoKind.DUE_15),
        (15, TodoKind.DUE_15),
        (16, TodoKind.DUE_30),
        (30, TodoKind.DUE_30),
    ],
)
def test_a_deadline_stands_in_one_group_by_the_days_left(left: int, kind: TodoKind) -> None:
    assert kinds(case_of(left)) == [kind]


@pytest.mark.parametrize("left", [31, None])
def test_a_far_or_unknown_deadline_does_not_wait(left: int | None) -> None:
    assert kinds(case_of(left)) == []


def test_a_finished_problem_is_not_overdue() -> None:
    """What is rectified in time does not become late while its papers go their way."""
    case = case_of(-30, step(StepAction.SELF_CHECK, 1))
    assert TodoKind.OVERDUE not in kinds(case)


def test_the_sentence_names_number_days_and_deadline() -> None:
    (item,) = todo_list([case_of(-3)], REGION, TODAY)
    assert item.sentence == "问题5逾期3天（2026年11月20日）"
    assert (item.head, item.day) == ("污水直排", date(2026, 11, 20))


def test_a_report_that_is_missing_this_month_waits() -> None:
    (item,) = todo_list([case_of(month="2026-10")], REGION, TODAY)
    assert item.sentence == "问题5尚未填报11月进展"
    assert item.part == "progress"


@pytest.mark.parametrize(("end", "kind"), [(23, TodoKind.NOTICE_TODAY), (20, TodoKind.NOTICE_OVER)])
def test_a_notice_that_ends_waits_at_its_gate(end: int, kind: TodoKind) -> None:
    actions = (StepAction.SELF_CHECK, StepAction.APPLY, StepAction.ACCEPT)
    steps = [step(action, order) for order, action in enumerate(actions, 1)]
    case = case_of(100, *steps, step(StepAction.NOTICE, 4, end=date(2026, 11, end)))
    (item,) = (found for found in todo_list([case], REGION, TODAY) if found.kind == kind)
    assert item.gate == (Gate.NOTICE if end == 23 else Gate.FILE)


def test_a_return_waits_with_its_reason_until_the_next_self_check() -> None:
    steps = (step(StepAction.SELF_CHECK, 1), step(StepAction.RETURN, 2, reason="照片没有日期"))
    (item,) = (found for found in todo_list([case_of(100, *steps)], REGION, TODAY) if found.kind == TodoKind.RETURNED)
    assert item.sentence == "问题5被退回：照片没有日期"
    assert TodoKind.RETURNED not in kinds(case_of(100, *steps, step(StepAction.SELF_CHECK, 3)))


def test_a_return_still_waits_after_a_look_back_was_noted() -> None:
    steps = (step(StepAction.RETURN, 1, reason="缺检测报告"), step(StepAction.LOOK_BACK, 2))
    assert TodoKind.RETURNED in kinds(case_of(100, *steps))


def test_a_measure_past_its_day_waits_until_it_is_done() -> None:
    measure = Measure("m", "p", 2, "铺设管网", due=date(2026, 11, 20), percent=80)
    case = replace(case_of(), measures=(measure,))
    (item,) = todo_list([case], REGION, TODAY)
    assert item.sentence == "问题5第2项措施应于2026年11月20日完成，现报80%"
    assert TodoKind.MEASURE not in kinds(replace(case, measures=(replace(measure, percent=100),)))


def test_missing_papers_wait_once_the_measures_are_done() -> None:
    done = replace(case_of(), measures=(Measure("m", "p", 1, "铺设管网", percent=100),))
    (item,) = todo_list([done], REGION, TODAY)
    assert (item.kind, item.gate) == (TodoKind.MISSING, Gate.SELF_CHECK)
    assert item.sentence.startswith("问题5办理自查自验还缺")
    assert kinds(replace(done, measures=(Measure("m", "p", 1, "铺设管网", percent=99),))) == []


def test_closed_and_transferred_problems_do_not_wait() -> None:
    transferred = case_of(-9)
    assert kinds(replace(transferred, problem=replace(transferred.problem, transferred_to="q"))) == []


def test_groups_come_in_their_order_and_the_most_pressing_first() -> None:
    cases = [replace(case_of(left), problem=replace(case_of(left).problem, number=n)) for n, left in ((1, -2), (2, -9))]
    found = todo_list([*cases, case_of(3)], REGION, TODAY)
    assert [item.number for item in found] == [2, 1, 5]


def test_every_group_has_words_and_a_tone() -> None:
    assert set(TODO_WORDS) == set(TodoKind)
    assert {tone_of(kind) for kind in TodoKind} == {"late", "warn", "muted"}


CHASE = Chase("c", "p", "c", Rung.CHASE, date(2026, 11, 2), due=date(2026, 11, 16), month="2026-11")
VISIT = Visit("v", "p", "v", date(2026, 11, 10), "暗访", demand="修复围挡", due=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("chase", "kind", "words"),
    [
        (CHASE, TodoKind.CHASE_LATE, "问题5的督办（2026年11月2日）应于2026年11月16日回复，已逾期7天"),
        (replace(CHASE, due=date(2026, 11, 26)), TodoKind.CHASE_DUE, "2026年11月26日回复"),
        (replace(CHASE, replied_on=date(2026, 11, 15)), TodoKind.CHASE_REPLIED, "可以办结"),
    ],
)
def test_a_paper_of_the_ladder_waits_for_its_answer_and_its_end(chase: Chase, kind: TodoKind, words: str) -> None:
    (found,) = todo_list([replace(case_of(), chases=(chase,))], REGION, TODAY)
    assert (found.kind, found.part) == (kind, "chasing")
    assert words in found.sentence


def test_what_has_time_or_is_settled_does_not_wait() -> None:
    far, done = replace(CHASE, due=date(2026, 11, 27)), replace(CHASE, closed_on=TODAY)
    assert kinds(replace(case_of(), chases=(far, done), visits=(replace(VISIT, due=date(2026, 11, 27)),))) == []


def test_the_demand_of_a_visit_waits() -> None:
    (late,) = todo_list([replace(case_of(), visits=(VISIT,))], REGION, TODAY)
    assert late.kind == TodoKind.VISIT_LATE
    assert "问题5的暗访（2026年11月10日）要求应于2026年11月20日改好，已逾期3天" in late.sentence
    assert kinds(replace(case_of(), visits=(replace(VISIT, due=TODAY),))) == [TodoKind.CHASE_DUE]
    assert kinds(replace(case_of(), visits=(replace(VISIT, handled_on=TODAY),))) == []
