"""What a line of the ledger's table says in words: state and days left, as the whole case would say them.

The lists never open a case; these functions answer from the line alone. A tone (ok, warn, late, muted) always stands
beside the words it colours.
"""

from datetime import date

from desktop.rules.deadlines import NO_DEADLINE
from desktop.rules.records import TERM_WORDS, CaseState, Gate, ProblemLine, StepAction, TermClass

WARN_DAYS = 30
_STATE_AFTER = {
    Gate.SELF_CHECK: CaseState.SELF_CHECKED,
    Gate.APPLY: CaseState.APPLIED,
    Gate.ACCEPT: CaseState.ACCEPTED,
}
_TONES = {
    CaseState.CLOSED: "ok",
    CaseState.STAGE_CLOSED: "ok",
    CaseState.NOTICE_ENDED: "warn",
    CaseState.RETURNED: "late",
    CaseState.REOPENED: "late",
    CaseState.TRANSFERRED: "muted",
}


def line_state(line: ProblemLine, today: date) -> CaseState:
    """The state of ``lifecycle.state_of``; of gates passed on one day the later one of the procedure counts."""
    if line.is_transferred:
        return CaseState.TRANSFERRED
    if line.is_closed:
        return CaseState.CLOSED
    passed = dict(line.passed)
    if len(passed) == len(Gate) and line.notice_end and passed[Gate.FILE] > line.notice_end:
        return CaseState.STAGE_CLOSED
    order = [gate for gate, _ in sorted(line.passed, key=lambda pair: pair[1]) if gate != Gate.FILE]
    if order and order[-1] == Gate.NOTICE:
        return CaseState.NOTICE_ENDED if line.notice_end and line.notice_end < today else CaseState.IN_NOTICE
    if order:
        return _STATE_AFTER[order[-1]]
    if line.opener is None:
        return CaseState.RECTIFYING
    return CaseState.RETURNED if line.opener == StepAction.RETURN else CaseState.REOPENED


def state_tone(state: CaseState) -> str:
    """The tone of a state; empty for those on their way."""
    return _TONES.get(state, "")


def is_finished(line: ProblemLine) -> bool:
    """True once the rectification itself is done: self-checked, or everything reported at 100 percent.

    After a return or reopening only a new self-check counts, as in ``deadlines.finished_on``.
    """
    if any(gate == Gate.SELF_CHECK for gate, _ in line.passed):
        return True
    return line.opener is None and line.percent == 100


def line_days_left(line: ProblemLine, today: date) -> int | None:
    """Days until the current deadline, negative when it has passed; None where none are counted."""
    if line.deadline is None or line.term_class == TermClass.LONG_TERM or line.is_closed or line.is_transferred:
        return None
    if is_finished(line):
        return None
    return (line.deadline - today).days


def line_left_words(line: ProblemLine, today: date) -> str:
    """还有12天, 今天到期, 逾期3天, or why no days are counted, as ``deadlines.left_words`` says it."""
    left = line_days_left(line, today)
    if left is not None:
        return f"还有{left}天" if left > 0 else f"逾期{-left}天" if left else "今天到期"
    if line.is_transferred:
        return "已转入下一轮"
    if line.is_closed:
        return "已销号备案"
    if line.term_class == TermClass.LONG_TERM:
        return TERM_WORDS[TermClass.LONG_TERM]
    if is_finished(line):
        return "已完成整改"
    return TERM_WORDS[TermClass.IMMEDIATE] if line.term_class == TermClass.IMMEDIATE else NO_DEADLINE


def left_tone(line: ProblemLine, today: date) -> str:
    """late when overdue, warn up to 30 days before the deadline, ok after, muted where no days are counted."""
    left = line_days_left(line, today)
    if left is None:
        return "muted"
    return "late" if left < 0 else "warn" if left <= WARN_DAYS else "ok"
