"""What waits for the clerk this morning: due, late, missing, ending, returned, not yet reported (domain §11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.rules.deadlines import days_left, left_words, stages_due
from desktop.rules.lifecycle import gate_dates, is_closed, missing_papers, next_gate, notice_end, state_of
from desktop.rules.records import GATE_WORDS, CaseFile, CaseState, Gate, StepAction
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text

SOON = (7, 15, 30)


class TodoKind(StrEnum):
    """The groups of the list, in the order they are shown."""

    OVERDUE = "overdue"
    NOTICE_TODAY = "notice_today"
    NOTICE_OVER = "notice_over"
    RETURNED = "returned"
    DUE_7 = "due_7"
    DUE_15 = "due_15"
    DUE_30 = "due_30"
    STAGE = "stage"
    MEASURE = "measure"
    MISSING = "missing"
    UNREPORTED = "unreported"


TODO_WORDS = {
    TodoKind.OVERDUE: "已逾期",
    TodoKind.NOTICE_TODAY: "公示今天到期",
    TodoKind.NOTICE_OVER: "公示期满待备案",
    TodoKind.RETURNED: "退回待补充",
    TodoKind.DUE_7: "7天内到期",
    TodoKind.DUE_15: "15天内到期",
    TodoKind.DUE_30: "30天内到期",
    TodoKind.STAGE: "阶段目标到期",
    TodoKind.MEASURE: "措施到期未完成",
    TodoKind.MISSING: "下一环节缺材料",
    TodoKind.UNREPORTED: "本月未报进展",
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: which problem, what is to be done in words, by which day; ``gate`` is where to jump, if to a gate."""

    kind: TodoKind
    problem_id: str
    number: int
    sentence: str
    day: date | None = None
    gate: Gate | None = None


def todo_list(cases: Iterable[CaseFile], region: Region, today: date) -> tuple[Todo, ...]:
    """All that waits, group by group, the most pressing day first."""
    found = [item for case in cases for item in _of_case(case, region, today)]
    order = {kind: place for place, kind in enumerate(TodoKind)}
    return tuple(sorted(found, key=lambda t: (order[t.kind], t.day or date.max, t.number)))


def _of_case(case: CaseFile, region: Region, today: date) -> Iterator[Todo]:
    if is_closed(case) or case.problem.transferred_to:
        return
    yield from _deadline(case, today)
    yield from _notice(case, today)
    yield from _returned(case)
    yield from _inner_dates(case, today)
    yield from _papers(case, region)
    if not any(entry.month == f"{today:%Y-%m}" for entry in case.progress) and not gate_dates(case)[Gate.SELF_CHECK]:
        sentence = f"问题{case.problem.number}尚未填报{today.month}月进展"
        yield Todo(TodoKind.UNREPORTED, case.problem.id, case.problem.number, sentence)


def _deadline(case: CaseFile, today: date) -> Iterator[Todo]:
    left = days_left(case, today)
    if left is None or left > SOON[-1]:
        return
    kinds = (TodoKind.DUE_7, TodoKind.DUE_15, TodoKind.DUE_30)
    kind = TodoKind.OVERDUE if left < 0 else next(k for k, days in zip(kinds, SOON, strict=True) if left <= days)
    deadline = case.problem.current_deadline
    words = f"问题{case.problem.number}{left_words(case, today)}"
    if deadline:
        words += f"（{date_in_text(deadline)}）"
    yield Todo(kind, case.problem.id, case.problem.number, words, deadline)


def _notice(case: CaseFile, today: date) -> Iterator[Todo]:
    end, gates = notice_end(case), gate_dates(case)
    if end is None or gates[Gate.FILE]:
        return
    number = case.problem.number
    if end == today:
        yield Todo(TodoKind.NOTICE_TODAY, case.problem.id, number, f"问题{number}的公示今天到期", end, Gate.NOTICE)
    elif end < today:
        words = f"问题{number}的公示已于{date_in_text(end)}期满，可以备案"
        yield Todo(TodoKind.NOTICE_OVER, case.problem.id, number, words, end, Gate.FILE)


def _returned(case: CaseFile) -> Iterator[Todo]:
    if not case.steps or max(case.steps, key=lambda step: step.order).action != StepAction.RETURN:
        return
    step = max(case.steps, key=lambda step: step.order)
    words = f"问题{case.problem.number}被退回：{step.text or step.reason}"
    yield Todo(TodoKind.RETURNED, case.problem.id, case.problem.number, words, step.on)


def _inner_dates(case: CaseFile, today: date) -> Iterator[Todo]:
    number = case.problem.number
    for stage in stages_due(case, today, SOON[-1]):
        words = f"问题{number}的阶段目标应于{date_in_text(stage.due)}达到"
        yield Todo(TodoKind.STAGE, case.problem.id, number, words, stage.due)
    if gate_dates(case)[Gate.SELF_CHECK]:
        return
    for measure in case.measures:
        if measure.due and measure.due <= today and not measure.is_done:
            words = f"问题{number}第{measure.number}项措施应于{date_in_text(measure.due)}完成"
            words += f"，现报{measure.percent or 0}%"
            yield Todo(TodoKind.MEASURE, case.problem.id, number, words, measure.due)


def _papers(case: CaseFile, region: Region) -> Iterator[Todo]:
    """Missing papers matter once the rectification itself is done; before that every problem would be listed."""
    gate = next_gate(case, region)
    begun = any(gate_dates(case).values()) or (case.measures and all(m.is_done for m in case.measures))
    if gate is None or not begun:
        return
    lacking = missing_papers(case, gate, region)
    if lacking:
        names = "、".join(paper.name for paper in lacking)
        words = f"问题{case.problem.number}办理{GATE_WORDS[gate]}还缺{names}"
        yield Todo(TodoKind.MISSING, case.problem.id, case.problem.number, words, gate=gate)


def state_counts(cases: Iterable[CaseFile], today: date) -> dict[CaseState, int]:
    """How many problems stand in each state."""
    counts = dict.fromkeys(CaseState, 0)
    for case in cases:
        counts[state_of(case, today)] += 1
    return counts
