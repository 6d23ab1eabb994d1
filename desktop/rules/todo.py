"""What waits for the clerk this morning: due, late, missing, ending, returned, not yet reported (domain §11).

The groups of ``LINE_KINDS`` can be told from a line of the ledger's table, so that a large ledger shows them at once;
the others need the whole case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from desktop.rules.deadlines import days_left, finished_on, left_words, pending_extension, stages_due
from desktop.rules.ladder import rung_words
from desktop.rules.lifecycle import (
    current_attempt,
    gate_dates,
    is_closed,
    is_elsewhere,
    is_long_term,
    missing_papers,
    next_gate,
    notice_end,
)
from desktop.rules.line_words import line_left_words
from desktop.rules.look_back import next_look_back, next_review
from desktop.rules.objections import founded_objections, open_objections
from desktop.rules.records import GATE_WORDS, CaseFile, Gate, ProblemLine, StepAction, UnitRole
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text

SOON = (7, 15, 30)
ANSWER_SOON = 3  # days before an answer is due
_HEAD = 60


class TodoKind(StrEnum):
    """The groups of the list, in the order they are shown."""

    OVERDUE = "overdue"
    NOTICE_TODAY = "notice_today"
    NOTICE_OVER = "notice_over"
    OBJECTION = "objection"
    RETURNED = "returned"
    CHASE_LATE = "chase_late"
    VISIT_LATE = "visit_late"
    CHASE_DUE = "chase_due"
    CHASE_REPLIED = "chase_replied"
    DUE_7 = "due_7"
    DUE_15 = "due_15"
    DUE_30 = "due_30"
    STAGE = "stage"
    MEASURE = "measure"
    MISSING = "missing"
    EXTENSION = "extension"
    REVIEW = "review"
    LOOK_BACK = "look_back"
    UNREPORTED = "unreported"


TODO_WORDS = {
    TodoKind.OVERDUE: "已逾期",
    TodoKind.NOTICE_TODAY: "公示今天到期",
    TodoKind.NOTICE_OVER: "公示期满待备案",
    TodoKind.OBJECTION: "异议待处理",
    TodoKind.RETURNED: "退回待补充",
    TodoKind.CHASE_LATE: "督办逾期未复",
    TodoKind.VISIT_LATE: "检查逾期未改",
    TodoKind.CHASE_DUE: "督办检查将到期",
    TodoKind.CHASE_REPLIED: "督办待办结",
    TodoKind.DUE_7: "7天内到期",
    TodoKind.DUE_15: "15天内到期",
    TodoKind.DUE_30: "30天内到期",
    TodoKind.STAGE: "阶段目标到期",
    TodoKind.MEASURE: "措施到期未完成",
    TodoKind.MISSING: "下一环节缺材料",
    TodoKind.EXTENSION: "延期待批准",
    TodoKind.REVIEW: "长期坚持待评估",
    TodoKind.LOOK_BACK: "回头看",
    TodoKind.UNREPORTED: "本月未报进展",
}


LINE_KINDS = (
    TodoKind.OVERDUE,
    TodoKind.NOTICE_TODAY,
    TodoKind.NOTICE_OVER,
    TodoKind.DUE_7,
    TodoKind.DUE_15,
    TodoKind.DUE_30,
    TodoKind.UNREPORTED,
)
_TONES = {
    TodoKind.OVERDUE: "late",
    TodoKind.NOTICE_TODAY: "late",
    TodoKind.OBJECTION: "late",
    TodoKind.RETURNED: "late",
    TodoKind.CHASE_LATE: "late",
    TodoKind.VISIT_LATE: "late",
    TodoKind.MEASURE: "late",
    TodoKind.DUE_30: "muted",
    TodoKind.UNREPORTED: "muted",
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: which problem, what is to be done in words, by which day; ``gate`` is where to jump, if to a gate.

    ``part`` is another part of the case to jump to; ``head`` and ``lead`` say which problem it is.
    """

    kind: TodoKind
    problem_id: str
    number: int
    sentence: str
    day: date | None = None
    gate: Gate | None = None
    part: str = ""
    head: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """One group: how many wait in it, and the most pressing of them."""

    kind: TodoKind
    count: int
    items: tuple[Todo, ...]


def tone_of(kind: TodoKind) -> str:
    """The tone of a group: late, warn or muted; its word always stands beside it."""
    return _TONES.get(kind, "warn")


def todo_list(cases: Iterable[CaseFile], region: Region, today: date) -> tuple[Todo, ...]:
    """All that waits, group by group, the most pressing day first."""
    return in_order(item for case in cases for item in todos_of(case, region, today))


def in_order(found: Iterable[Todo]) -> tuple[Todo, ...]:
    """Lines group by group, the most pressing day first, then by number."""
    order = {kind: place for place, kind in enumerate(TodoKind)}
    return tuple(sorted(found, key=lambda t: (order[t.kind], t.day or date.max, t.number)))


def todos_of(case: CaseFile, region: Region, today: date) -> Iterator[Todo]:
    """What waits in one case."""
    if is_elsewhere(case.problem):
        return
    head, lead = case.problem.text[:_HEAD], "、".join(case.unit_names(UnitRole.LEAD))
    waiting = () if is_closed(case) else _of_case(case, region, today)
    for item in (*waiting, *_after_closing(case, region, today)):
        yield replace(item, head=head, lead=lead)


def todo_of_line(line: ProblemLine, kind: TodoKind, today: date) -> Todo:
    """The same from a line of the list that is known to be in a group of LINE_KINDS."""
    number, day, gate, part = line.number, line.deadline, None, ""
    if kind == TodoKind.UNREPORTED:
        words, day, part = _unreported(number, today), None, "progress"
    elif kind in (TodoKind.NOTICE_TODAY, TodoKind.NOTICE_OVER):
        day = line.notice_end
        gate = Gate.NOTICE if kind == TodoKind.NOTICE_TODAY else Gate.FILE
        words = _notice_words(number, day, kind)
    else:
        words = _deadline_words(number, line_left_words(line, today), day)
    return Todo(kind, line.id, number, words, day, gate, part, line.head, line.lead)


def _of_case(case: CaseFile, region: Region, today: date) -> Iterator[Todo]:
    yield from _deadline(case, today)
    yield from _notice(case, today)
    yield from _returned(case)
    yield from _chased(case, region, today)
    yield from _visited(case, today)
    yield from _inner_dates(case, today)
    yield from _papers(case, region)
    yield from _objections(case)
    yield from _extension(case)
    # A report for a later month, handed in early, counts as this month's too.
    latest = max((entry.month for entry in case.progress), default="")
    if latest < f"{today:%Y-%m}" and not gate_dates(case)[Gate.SELF_CHECK]:
        number = case.problem.number
        yield Todo(TodoKind.UNREPORTED, case.problem.id, number, _unreported(number, today), part="progress")


def _unreported(number: int, today: date) -> str:
    return f"问题{number}尚未填报{today.month}月进展"


def _deadline(case: CaseFile, today: date) -> Iterator[Todo]:
    left = days_left(case, today)
    if left is None or left > SOON[-1] or finished_on(case):
        return
    kinds = (TodoKind.DUE_7, TodoKind.DUE_15, TodoKind.DUE_30)
    kind = TodoKind.OVERDUE if left < 0 else next(k for k, days in zip(kinds, SOON, strict=True) if left <= days)
    number, deadline = case.problem.number, case.problem.current_deadline
    yield Todo(kind, case.problem.id, number, _deadline_words(number, left_words(case, today), deadline), deadline)


def _deadline_words(number: int, left: str, deadline: date | None) -> str:
    return f"问题{number}{left}" + (f"（{date_in_text(deadline)}）" if deadline else "")


def _notice(case: CaseFile, today: date) -> Iterator[Todo]:
    end, gates = notice_end(case), gate_dates(case)
    if end is None or gates[Gate.FILE] or end > today:
        return
    kind, gate = (TodoKind.NOTICE_TODAY, Gate.NOTICE) if end == today else (TodoKind.NOTICE_OVER, Gate.FILE)
    number = case.problem.number
    yield Todo(kind, case.problem.id, number, _notice_words(number, end, kind), end, gate)


def _notice_words(number: int, end: date | None, kind: TodoKind) -> str:
    if kind == TodoKind.NOTICE_TODAY or end is None:
        return f"问题{number}的公示今天到期"
    return f"问题{number}的公示已于{date_in_text(end)}期满，可以备案"


def _returned(case: CaseFile) -> Iterator[Todo]:
    opener = current_attempt(case.steps, staged=is_long_term(case.problem))[:1]
    if not opener or opener[0].action != StepAction.RETURN or any(gate_dates(case).values()):
        return
    step = opener[0]
    words = f"问题{case.problem.number}被退回：{step.text or step.reason}"
    yield Todo(TodoKind.RETURNED, case.problem.id, case.problem.number, words, step.on)


def _chased(case: CaseFile, region: Region, today: date) -> Iterator[Todo]:
    """Papers of the ladder whose answer is late or due within days, and those that are answered and not settled."""
    number, problem = case.problem.number, case.problem.id
    for chase in case.chases:
        what = f"问题{number}的{rung_words(region, chase.rung)}（{date_in_text(chase.on)}）"
        if chase.is_open and chase.replied_on:
            words = f"{what}已于{date_in_text(chase.replied_on)}回复，可以办结"
            yield Todo(TodoKind.CHASE_REPLIED, problem, number, words, chase.replied_on, part="chasing")
        elif chase.is_late(today) and chase.due:
            words = f"{what}应于{date_in_text(chase.due)}回复，已逾期{(today - chase.due).days}天"
            yield Todo(TodoKind.CHASE_LATE, problem, number, words, chase.due, part="chasing")
        elif chase.is_open and chase.due and (chase.due - today).days <= ANSWER_SOON:
            words = f"{what}应于{date_in_text(chase.due)}回复"
            yield Todo(TodoKind.CHASE_DUE, problem, number, words, chase.due, part="chasing")


def _visited(case: CaseFile, today: date) -> Iterator[Todo]:
    """Demands of visits that are late or due within days."""
    number, problem = case.problem.number, case.problem.id
    for visit in case.visits:
        if visit.is_open and visit.due and (visit.due - today).days <= ANSWER_SOON:
            late = (today - visit.due).days
            what = f"问题{number}的{visit.way or '检查'}（{date_in_text(visit.on)}）"
            words = f"{what}要求应于{date_in_text(visit.due)}改好" + (f"，已逾期{late}天" if late > 0 else "")
            kind = TodoKind.VISIT_LATE if late > 0 else TodoKind.CHASE_DUE
            yield Todo(kind, problem, number, words, visit.due, part="chasing")


def _inner_dates(case: CaseFile, today: date) -> Iterator[Todo]:
    number = case.problem.number
    for stage in stages_due(case, today, SOON[-1]):
        words = f"问题{number}的阶段目标应于{date_in_text(stage.due)}达到"
        yield Todo(TodoKind.STAGE, case.problem.id, number, words, stage.due, part="stages")
    if gate_dates(case)[Gate.SELF_CHECK]:
        return
    for measure in case.measures:
        if measure.due and measure.due <= today and not measure.is_done:
            words = f"问题{number}第{measure.number}项措施应于{date_in_text(measure.due)}完成"
            words += f"，现报{measure.percent or 0}%"
            yield Todo(TodoKind.MEASURE, case.problem.id, number, words, measure.due, part="measures")


def _objections(case: CaseFile) -> Iterator[Todo]:
    """Objections without an answer, and founded ones as long as nothing was returned for them."""
    number, row = case.problem.number, case.problem.id
    for objection in open_objections(case):
        words = f"问题{number}在{date_in_text(objection.received_on)}收到的异议尚未答复"
        yield Todo(TodoKind.OBJECTION, row, number, words, objection.received_on, part="objections")
    for objection in founded_objections(case):
        words = f"问题{number}的异议{objection.result}，建议登记退回"
        yield Todo(TodoKind.OBJECTION, row, number, words, objection.answered_on, part="objections")


def _extension(case: CaseFile) -> Iterator[Todo]:
    asked, number = pending_extension(case), case.problem.number
    if asked is not None:
        words = f"问题{number}申请延期至{date_in_text(asked.new)}，尚未登记批准"
        yield Todo(TodoKind.EXTENSION, case.problem.id, number, words, part="steps")


def _after_closing(case: CaseFile, region: Region, today: date) -> Iterator[Todo]:
    """The look-back of what was closed and the review of a long-term problem, as their day comes near."""
    number, limit = case.problem.number, today + timedelta(days=SOON[-1])
    again, review = next_look_back(case, region), next_review(case)
    if again is not None and again <= limit and not is_long_term(case.problem):
        words = f"问题{number}销号后的回头看应于{date_in_text(again)}前进行"
        yield Todo(TodoKind.LOOK_BACK, case.problem.id, number, words, again, part="steps")
    if review is not None and review <= limit:
        words = f"问题{number}长期坚持，应于{date_in_text(review)}评估阶段目标和持续措施"
        yield Todo(TodoKind.REVIEW, case.problem.id, number, words, review, part="stages")


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
