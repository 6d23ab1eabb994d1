"""What the first pages show: the morning's list and the month's grid."""

from datetime import date

from desktop.operations.profile import region_of
from desktop.operations.progress import report_progress
from desktop.rules.dispatch import DispatchRow, dispatch_rows
from desktop.rules.entries import ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.figures import Figures, figures_of
from desktop.rules.records import Changes
from desktop.rules.sentences import overall_sentence
from desktop.rules.todo import Todo, todo_list
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_case, read_cases


def todos(ledger: Ledger, today: date) -> tuple[Todo, ...]:
    """All that waits this morning."""
    return todo_list(read_cases(ledger, all_problems(ledger)), region_of(ledger), today)


def figures_now(ledger: Ledger, today: date) -> tuple[Figures, str]:
    """The figures as of today, and the standard sentence on them."""
    figures = figures_of(read_cases(ledger, all_problems(ledger)), today)
    return figures, overall_sentence(figures)


def month_rows(ledger: Ledger, month: str, today: date) -> tuple[DispatchRow, ...]:
    """The dispatch grid of a month (``2026-11``)."""
    return tuple(dispatch_rows(read_cases(ledger, all_problems(ledger)), month, today))


def report_row(ledger: Ledger, row: DispatchRow, entry: ProgressEntry, today: date, person: str = "") -> Changes:
    """Report one row of the grid."""
    case = read_case(ledger, row.problem_id)
    if case is None:
        raise Refused("这个问题已不在台账中，没有保存。", "problem_unknown")
    return report_progress(ledger, case, entry, today, person)
