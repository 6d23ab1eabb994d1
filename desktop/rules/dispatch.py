"""The month's dispatch as a grid: one row for each measure, what was said last month and what is said this month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.rules.lifecycle import is_closed, is_elsewhere, passed_gates
from desktop.rules.records import CaseFile, Gate, Measure, ProgressClass, UnitRole
from desktop.rules.standing import suggest_progress


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One measure (or, with ``measure`` 0, the problem as a whole) in one month.

    ``last_text`` and ``last_percent`` are the latest entry before the month; ``text`` and ``percent`` the latest of
    the month, empty and None while nothing is reported. ``is_repeated`` flags a text that is last month's again.
    ``is_expected``: a report is asked for every month until the problem is self-checked.
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

    @property
    def is_reported(self) -> bool:
        """True when the month has an entry."""
        return bool(self.text)

    @property
    def is_repeated(self) -> bool:
        """True when this month's text is last month's word for word (domain §6)."""
        return bool(self.text) and self.text == self.last_text


def dispatch_rows(cases: Iterable[CaseFile], month: str, today: date) -> Iterator[DispatchRow]:
    """The rows of one month (``2026-11``); closed and transferred problems are left out."""
    for case in cases:
        if is_closed(case) or is_elsewhere(case.problem):
            continue
        suggested = suggest_progress(case, today)
        if not case.measures:
            yield _row(case, None, month, suggested)
        for measure in case.measures:
            yield _row(case, measure, month, suggested)


def _row(case: CaseFile, measure: Measure | None, month: str, suggested: ProgressClass) -> DispatchRow:
    own = [p for p in case.progress if p.measure_id == (measure.id if measure else "")]
    before = [p for p in own if p.month < month]
    during = [p for p in own if p.month == month]
    last, now = before[-1] if before else None, during[-1] if during else None
    counted = now or last
    return DispatchRow(
        problem_id=case.problem.id,
        number=case.problem.number,
        measure_id=measure.id if measure else "",
        measure=measure.number if measure else 0,
        head=(measure.text if measure else case.problem.text),
        due=measure.due if measure else case.problem.current_deadline,
        units="、".join(case.unit_names(UnitRole.RESPONSIBLE) or case.unit_names(UnitRole.LEAD)),
        last_month=last.month if last else "",
        last_text=last.text if last else "",
        last_percent=last.percent if last else None,
        text=now.text if now else "",
        percent=now.percent if now else None,
        quantity=measure.quantity if measure else None,
        quantity_done=counted.quantity_done if counted else None,
        quantity_unit=measure.quantity_unit if measure else "",
        suggested=suggested,
        is_expected=Gate.SELF_CHECK not in passed_gates(case),
    )
