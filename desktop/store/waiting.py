"""Which problems wait for the clerk, asked of the summary table before any case is read."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from desktop.rules.records import ProblemLine
from desktop.rules.todo import TodoKind
from desktop.store.ledger import Ledger
from desktop.store.lines import STATES, ProblemKeys, as_days
from desktop.store.summary import LINE_COLUMNS, as_lines

_RUNNING = "closed = 0 AND transferred = 0"
_NOTICE = f"{_RUNNING} AND notice IS NOT NULL AND file IS NULL"
_UNDONE = STATES["overdue"].removesuffix("deadline < :today")
_WHERE = {
    TodoKind.OVERDUE: (STATES["overdue"], "deadline"),
    TodoKind.NOTICE_TODAY: (f"{_NOTICE} AND notice_end = :today", "notice_end"),
    TodoKind.NOTICE_OVER: (f"{_NOTICE} AND notice_end < :today", "notice_end"),
    TodoKind.DUE_7: (f"{_UNDONE} deadline BETWEEN :today AND :in_7", "deadline"),
    TodoKind.DUE_15: (f"{_UNDONE} deadline > :in_7 AND deadline <= :in_15", "deadline"),
    TodoKind.DUE_30: (f"{_UNDONE} deadline > :in_15 AND deadline <= :in_30", "deadline"),
    TodoKind.UNREPORTED: (STATES["unreported"], "number"),
}
_READING_ORDER = "SELECT problem FROM summary ORDER BY closed + transferred > 0, deadline IS NULL, deadline, number"


@dataclass(frozen=True, slots=True)
class WaitingLines:
    """The lines of one group: how many there are, and the first of them."""

    kind: TodoKind
    count: int
    lines: tuple[ProblemLine, ...]


def waiting_lines(ledger: Ledger, kind: TodoKind, today: date, limit: int) -> WaitingLines:
    """One of the groups that a line alone tells (``rules.todo.LINE_KINDS``), the most pressing day first."""
    where, order = _WHERE[kind]
    values = as_days(today)
    count = ledger.db.execute_sql(f"SELECT count(*) FROM summary WHERE {where}", values).fetchone()[0]
    if not count:
        return WaitingLines(kind, 0, ())
    # The index tells which lines come first; only those are read.
    first = f"SELECT rowid FROM summary WHERE {where} ORDER BY {order}, number, problem LIMIT {int(limit)}"
    sql = f"SELECT {LINE_COLUMNS} FROM summary WHERE rowid IN ({first}) ORDER BY {order}, number, problem"
    return WaitingLines(kind, count, tuple(as_lines(ledger.db.execute_sql(sql, values))))


def reading_order(ledger: Ledger) -> ProblemKeys:
    """All problems as their cases are worth reading: open ones first, the earliest deadline first."""
    return ProblemKeys(b"".join(chain.from_iterable(ledger.db.execute_sql(_READING_ORDER))))
