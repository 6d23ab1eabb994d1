"""The problems as a list: filtered, sorted and read a page at a time, never the whole ledger at once."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.records import ProblemLine
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, count_lines, read_lines

__all__ = ["Filter", "LinePage", "Sort", "count_lines", "list_problems"]


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines of the list, and how many there are under the filter."""

    lines: tuple[ProblemLine, ...]
    total: int


def list_problems(
    ledger: Ledger, chosen: Filter, sort: Sort, today: date, start: int = 0, limit: int = 100
) -> LinePage:
    """Lines ``start`` to ``start + limit`` of the list under a filter and an order."""
    return LinePage(read_lines(ledger, chosen, sort, today, start, limit), count_lines(ledger, chosen, today))
