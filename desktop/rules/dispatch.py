"""The month's dispatch as a grid: one row for each measure, what was said last month and what is said this month."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.rules.lifecycle import is_closed, is_elsewhere, passed_gates
from desktop.rules.month_checks import Compared, MonthCheck, check_problem, check_row, explained
from desktop.rules.months import case_of_month
from desktop.rules.records import CaseFile, Gate, Judgement, Measure, Progress, ProgressClass, UnitRole
from desktop.rules.rounds import cut_off
from desktop.rules.standing import USUAL, Judged, Yardstick, class_of
from desktop.rules.texts import clean
from desktop.rules.wording import month_in_text

LATE, LATE_CORRECTION = "冻结后补报", "冻结后更正"


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An entry that came after its month was frozen; ``was`` is the frozen entry that it corrects, if it does."""

    entry: Progress
    was: Progress | None = None

    @property
    def words(self) -> str:
        """冻结后更正（2026年10月）：…，完成60%."""
        entry, kind = self.entry, LATE_CORRECTION if self.was else LATE
        share = "" if entry.percent is None else f"（完成{entry.percent}%）"
        return f"{kind}（{month_in_text(entry.month)}）：{entry.text}{share}"


Late = Mapping[str, LateEntry]


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One measure (or, with ``measure`` 0, the problem as a whole) in one month.

    ``last_…`` are of the latest entry before the month; ``text``, ``percent`` and ``quantity_now`` of the latest of
    the month, empty and None while nothing is reported. ``is_expected``: a report is asked for every month until the
    problem is self-checked. ``decided`` is the class of the month that a person decided, with ``reason``; ``checks``
    are the checks of this row, ``late`` what came after the month before, or this month, was frozen.
    """

    problem_id: str
    number: int
    measure_id: str
    measure: int
    head: str
    due: date | None
    units: str
    last_month: str
    last_text: str
    last_percent: int | None
    text: str
    percent: int | None
    quantity: int | None
    quantity_done: int | None
    quantity_unit: str
    suggested: ProgressClass
    is_expected: bool = True
    last_quantity: int | None = None
    decided: ProgressClass | None = None
    reason: str = ""
    checks: tuple[MonthCheck, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def is_reported(self) -> bool:
        """True when the month has an entry."""
        return bool(self.text)

    @property
    def is_repeated(self) -> bool:
        """True when this month's text is last month's word for word (domain §6)."""
        return bool(self.text) and clean(self.text) == clean(self.last_text)

    @property
    def open_checks(self) -> tuple[MonthCheck, ...]:
        """The checks that nobody has answered."""
        return tuple(check for check in self.checks if check.is_open)


def is_dispatched(case: CaseFile) -> bool:
    """Closed problems and those carried over to another one are no longer asked about."""
    return not is_closed(case) and not is_elsewhere(case.problem)


def dispatch_rows(
    cases: Iterable[CaseFile],
    month: str,
    today: date,
    late: Late | None = None,
    by: Yardstick = USUAL,
) -> Iterator[DispatchRow]:
    """The rows of one month (``2026-11``); closed and transferred problems are left out.

    ``late`` are the entries that came after their month was frozen: they stand beside, never in, its text.
    """
    day, by = cut_off(month, today), Yardstick(month, by.points)
    for case in cases:
        if not is_dispatched(case):
            continue
        judged = class_of(case_of_month(case, month, today), day, by)
        for at, measure in enumerate(case.measures or (None,)):
            found = compare(case, measure, month, late)
            checks = tuple(_checks(case, found, judged if at == 0 else None, day))
            yield _row(found, judged, checks, late or {})


def compare(case: CaseFile, measure: Measure | None, month: str, late: Late | None = None) -> Compared:
    """A measure, or the problem as a whole, as reported before a month and in it; late entries are passed over."""
    late = late or {}
    own = [p for p in case.progress if p.measure_id == (measure.id if measure else "")]
    sound = [p for p in own if p.id not in late]
    # What a late entry corrects is no longer read with the case: it is what was frozen, and stands.
    sound += [was for p in own if p.id in late and (was := late[p.id].was) and was.month == p.month]
    before = sorted((p for p in sound if p.month < month), key=lambda p: p.month)
    during = [p for p in sound if p.month == month]
    return Compared(case, measure, month, before[-1] if before else None, during[-1] if during else None)


def month_checks(
    case: CaseFile, month: str, today: date, late: Late | None = None, by: Yardstick = USUAL
) -> Iterator[MonthCheck]:
    """All that is odd in one problem in a month, the answered checks too."""
    for row in dispatch_rows((case,), month, today, late, by):
        yield from row.checks


def judgement_of_month(case: CaseFile, month: str, today: date, by: Yardstick = USUAL) -> Judged:
    """Suggestion and decision of one problem for a month, as of its cut-off."""
    return class_of(case_of_month(case, month, today), cut_off(month, today), Yardstick(month, by.points))


def units_of(case: CaseFile) -> str:
    """The units that a problem's rows name: the responsible ones, else those in the lead."""
    return "、".join(case.unit_names(UnitRole.RESPONSIBLE) or case.unit_names(UnitRole.LEAD))


def _checks(case: CaseFile, row: Compared, judged: Judged | None, day: date) -> Iterator[MonthCheck]:
    """The checks of a row, with those of the problem as a whole in its first one."""
    measure = row.measure
    found = [(measure, rule, words) for rule, words in check_row(row, day)]
    if judged is not None:
        found = [(None, rule, words) for rule, words in check_problem(case, row.month, judged, day)] + found
    for about, rule, words in found:
        key = about.id if about else ""
        yield MonthCheck(
            case.problem.id,
            case.problem.number,
            key,
            about.number if about else 0,
            row.month,
            rule,
            words,
            units_of(case),
            explained(case, key, row.month, rule),
        )


def _row(found: Compared, judged: Judged, checks: tuple[MonthCheck, ...], late: Late) -> DispatchRow:
    case, measure, last, now = found.case, found.measure, found.last, found.now
    decided: Judgement | None = judged.judgement
    counted = now or last
    own = [p for p in case.progress if p.measure_id == (measure.id if measure else "") and p.id in late]
    return DispatchRow(
        problem_id=case.problem.id,
        number=case.problem.number,
        measure_id=measure.id if measure else "",
        measure=measure.number if measure else 0,
        head=(measure.text if measure else case.problem.text),
        due=measure.due if measure else case.problem.current_deadline,
        units=units_of(case),
        last_month=last.month if last else "",
        last_text=last.text if last else "",
        last_percent=last.percent if last else None,
        text=now.text if now else "",
        percent=now.percent if now else None,
        quantity=measure.quantity if measure else None,
        quantity_done=counted.quantity_done if counted else None,
        quantity_unit=measure.quantity_unit if measure else "",
        suggested=judged.suggested,
        is_expected=Gate.SELF_CHECK not in passed_gates(case),
        last_quantity=last.quantity_done if last else None,
        decided=decided.decided if decided else None,
        reason=decided.reason if decided else "",
        checks=checks,
        late=tuple(late[p.id].words for p in own),
    )
