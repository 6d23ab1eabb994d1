"""What the first pages show: the morning's list and the month's grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.operations.profile import region_of, yardstick_of
from desktop.operations.progress import report_progress
from desktop.operations.rounds import FrozenMonth
from desktop.rules.dispatch import DispatchRow, dispatch_rows
from desktop.rules.entries import ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.figures import Figures, figures_of
from desktop.rules.records import Changes
from desktop.rules.region import Region
from desktop.rules.sentences import overall_sentence
from desktop.rules.standing import Standing, Yardstick, standing_of
from desktop.rules.todo import LINE_KINDS, Todo, TodoGroup, TodoKind, todo_list, todo_of_line, todos_of
from desktop.store.dispatch_index import RowKey, read_row_keys
from desktop.store.freezes import late_after_freeze, late_entries
from desktop.store.ledger import Ledger
from desktop.store.read_cases import counted_problems, read_case, read_cases
from desktop.store.waiting import reading_order, waiting_lines

__all__ = [
    "CaseReading",
    "RowKey",
    "figures_now",
    "line_todos",
    "month_rows",
    "month_rows_of",
    "read_row_keys",
    "read_waiting",
    "reading_order",
    "report_row",
    "todos",
]
SHOWN = 200


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What some cases add to the morning's list and to the figures."""

    todos: tuple[Todo, ...]
    standings: tuple[Standing, ...]


def line_todos(ledger: Ledger, kind: TodoKind, today: date, limit: int = SHOWN) -> TodoGroup:
    """A group of ``LINE_KINDS``, for which no case is read: the exact count, and the most pressing lines."""
    found = waiting_lines(ledger, kind, today, limit)
    return TodoGroup(kind, found.count, tuple(todo_of_line(line, kind, today) for line in found.lines))


def read_waiting(ledger: Ledger, problems: Sequence[str], today: date, region: Region | None = None) -> CaseReading:
    """What waits in some cases beyond ``line_todos``, and how they stand.

    About a millisecond a case: a window reads a large ledger in small parts, in ``reading_order``.
    """
    region, todos, standings = region or region_of(ledger), [], []
    by = Yardstick(points=region.dispatch.behind_points)
    for case in read_cases(ledger, problems):
        todos += [item for item in todos_of(case, region, today) if item.kind not in LINE_KINDS]
        standings.append(standing_of(case, today, by))
    return CaseReading(tuple(todos), tuple(standings))


def todos(ledger: Ledger, today: date) -> tuple[Todo, ...]:
    """All that waits this morning."""
    return todo_list(read_cases(ledger, counted_problems(ledger)), region_of(ledger), today)


def figures_now(ledger: Ledger, today: date) -> tuple[Figures, str]:
    """The figures as of today, and the standard sentence on them."""
    figures = figures_of(read_cases(ledger, counted_problems(ledger)), today, by=yardstick_of(ledger))
    return figures, overall_sentence(figures)


def month_rows(ledger: Ledger, month: str, today: date) -> tuple[DispatchRow, ...]:
    """The dispatch grid of a month (``2026-11``)."""
    return month_rows_of(ledger, counted_problems(ledger), month, today)


def month_rows_of(
    ledger: Ledger,
    problems: Sequence[str],
    month: str,
    today: date,
    frozen: FrozenMonth | None = None,
    region: Region | None = None,
) -> tuple[DispatchRow, ...]:
    """The rows of some problems in the dispatch grid of a month.

    Of a ``frozen`` one as they stood then, and beside each what has come since. ``region`` is that of the ledger, for
    whoever asks often.
    """
    if frozen is None:
        late = late_entries(ledger, problems, month)
        known = region or region_of(ledger)
        by = Yardstick(points=known.dispatch.behind_points)
        return tuple(dispatch_rows(read_cases(ledger, problems), month, today, late, by))
    view, by = frozen.ledger, yardstick_of(frozen.ledger)
    since = late_after_freeze(ledger, problems, month)
    told = late_entries(view, problems, month)
    rows = dispatch_rows(map(frozen.case, read_cases(view, problems)), month, frozen.as_of, told, by)
    return tuple(
        replace(row, late=row.late + since.get((row.problem_id, row.measure_id), ())) for row in rows
    )


def report_row(
    ledger: Ledger, row: DispatchRow, entry: ProgressEntry, today: date, person: str = "", save: str = ""
) -> Changes:
    """Report one row of the grid. The rows of one ``save``, a name never given again, are one step to take back."""
    case = read_case(ledger, row.problem_id)
    if case is None:
        raise Refused("这个问题已不在台账中，没有保存。", "problem_unknown")
    return report_progress(ledger, case, entry, today, person, label=save)
