"""Logic checks of a month's reports (domain §6): each a key and a sentence, answered by a reason or a correction.

A check warns and never refuses: what is odd may be true, and then its reason is kept beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.rules.followup import Explanation
from desktop.rules.lifecycle import passed_gates
from desktop.rules.measures import percent_done
from desktop.rules.records import PROGRESS_WORDS, CaseFile, Gate, Measure, Progress, ProgressClass
from desktop.rules.standing import Judged
from desktop.rules.texts import clean
from desktop.rules.wording import date_in_text

RULE_WORDS = {
    "done_open": "完成未销号",
    "overdue_normal": "逾期报正常",
    "due_normal": "措施逾期报正常",
    "claim_percent": "判定与百分比",
    "expected_early": "预计时间过早",
    "expected_late": "预计超过时限",
    "expected_done": "完成时间未到",
    "quantity_less": "数量减少",
    "quantity_more": "数量超过应完成",
    "quantity_percent": "数量与百分比",
    "percent_less": "百分比下降",
    "repeated": "与上月相同",
}
# Which cell of the grid a check is about.
RULE_CELLS = {
    "done_open": "percent",
    "claim_percent": "percent",
    "percent_less": "percent",
    "quantity_less": "quantity",
    "quantity_more": "quantity",
    "quantity_percent": "quantity",
}
_NORMAL = (ProgressClass.ON_SCHEDULE, ProgressClass.AHEAD)
_NORMAL_WORDS = frozenset((*(PROGRESS_WORDS[found] for found in _NORMAL), "正常", "有序推进"))


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """One thing that is odd in a month; ``measure`` is 0 for the problem as a whole, ``given`` the reason on record."""

    problem_id: str
    number: int
    measure_id: str
    measure: int
    month: str
    rule: str
    sentence: str
    units: str = ""
    given: Explanation | None = None

    @property
    def is_open(self) -> bool:
        """True while nobody has said why."""
        return self.given is None

    @property
    def cell(self) -> str:
        """The key of the grid's column that it is about."""
        return RULE_CELLS.get(self.rule, "text")


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of a month beside what was reported before it: a measure, or the problem as a whole."""

    case: CaseFile
    measure: Measure | None
    month: str
    last: Progress | None
    now: Progress | None

    @property
    def due(self) -> date | None:
        """The day the row is measured by."""
        return (self.measure.due if self.measure else None) or self.case.problem.current_deadline


def check_row(row: Compared, cut_off: date) -> Iterator[tuple[str, str]]:
    """Keys and sentences of what is odd in one row; nothing where the month has no report."""
    if row.now is None:
        return
    yield from _words(row, row.now)
    yield from _numbers(row, row.now)
    yield from _dates(row, row.now, cut_off)


def check_problem(case: CaseFile, month: str, judged: Judged, cut_off: date) -> Iterator[tuple[str, str]]:
    """What is odd in a problem as a whole: all done but still open, overdue but called normal."""
    if not any(entry.month == month for entry in case.progress) and not judged.judgement:
        return
    if percent_done(case) == 100 and Gate.SELF_CHECK not in passed_gates(case):
        yield "done_open", "各项都填报完成100%，但还没有自查自验，请说明或办理自查自验"
    deadline = case.problem.current_deadline
    if not deadline or deadline >= cut_off or judged.suggested == ProgressClass.COMPLETED:
        return
    whole = [entry for entry in case.progress if entry.month == month and not entry.measure_id]
    claimed = whole[-1].claimed if whole else ""
    decided = judged.judgement.decided if judged.judgement else None
    said = PROGRESS_WORDS[decided] if decided in _NORMAL else claimed if claimed in _NORMAL_WORDS else ""
    if said:
        yield "overdue_normal", f"整改时限{date_in_text(deadline)}已过，仍判定为“{said}”"


def _words(row: Compared, now: Progress) -> Iterator[tuple[str, str]]:
    if row.last and clean(now.text) and clean(now.text) == clean(row.last.text):
        yield "repeated", f"进展文字与{int(row.last.month[5:7])}月完全相同"


def _numbers(row: Compared, now: Progress) -> Iterator[tuple[str, str]]:
    last, measure = row.last, row.measure
    unit = measure.quantity_unit if measure else ""
    if last and last.percent is not None and now.percent is not None and now.percent < last.percent:
        yield "percent_less", f"完成{now.percent}%，低于上次填报的{last.percent}%"
    done = now.quantity_done
    if last and last.quantity_done is not None and done is not None and done < last.quantity_done:
        yield "quantity_less", f"完成数量{done}{unit}，少于上次填报的{last.quantity_done}{unit}"
    whole = (measure.quantity_of or measure.quantity) if measure else None
    if whole is not None and done is not None and done > whole:
        yield "quantity_more", f"完成数量{done}{unit}，多于方案写明的{whole}{unit}"
    promised = measure.quantity if measure else None
    if promised and done is not None and done < promised and now.percent == 100:
        yield "quantity_percent", f"填报完成100%，数量却是{done}/{promised}{unit}"


def _dates(row: Compared, now: Progress, cut_off: date) -> Iterator[tuple[str, str]]:
    day, due = now.expected_on, row.due
    if now.percent == 100:
        if day and day > cut_off:
            yield "expected_done", f"已完成100%，完成时间{date_in_text(day)}却还没有到"
    else:
        if day and day < date.fromisoformat(f"{row.month}-01"):
            yield "expected_early", f"预计完成时间{date_in_text(day)}早于填报的月份"
        if day and due and day > due:
            yield "expected_late", f"预计{date_in_text(day)}完成，超过时限{date_in_text(due)}，没有延期批准"
        if row.measure and due and due < cut_off and now.claimed in _NORMAL_WORDS:
            yield "due_normal", f"措施时限{date_in_text(due)}已过，仍填报“{now.claimed}”"
    done = PROGRESS_WORDS[ProgressClass.COMPLETED]
    if now.claimed == done and now.percent not in (None, 100):
        yield "claim_percent", f"填报“{done}”，完成百分比却是{now.percent}%"
    if now.percent == 100 and now.claimed and now.claimed != done:
        yield "claim_percent", f"完成100%，填报的判定却是“{now.claimed}”"


def explained(case: CaseFile, measure_id: str, month: str, rule: str) -> Explanation | None:
    """The latest reason on record for a check of a month."""
    found = [
        e for e in case.explanations if e.measure_id == measure_id and e.month == month and e.rule == rule and e.reason
    ]
    return found[-1] if found else None
