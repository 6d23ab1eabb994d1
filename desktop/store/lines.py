"""Filters and orders over the summary table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.rules.records import ProblemLine
from desktop.store.ledger import Ledger
from desktop.store.summary import LINE_COLUMNS, as_lines

_ORDERS = {
    "number": "plan_order, number",
    "head": "head",
    "source": "source",
    "deadline": "deadline IS NULL, deadline",
    "lead": "lead",
    "percent": "percent",
    "gate": "closed, file IS NOT NULL, notice, accept, apply, self_check",
}
STATES = {
    "open": "closed = 0 AND transferred = 0",
    "closed": "closed = 1",
    "overdue": "closed = 0 AND transferred = 0 AND self_check IS NULL AND percent < 100 AND deadline < :today",
    "rectifying": "closed = 0 AND transferred = 0 AND self_check IS NULL",
    "self_checked": "closed = 0 AND self_check IS NOT NULL AND apply IS NULL",
    "applied": "closed = 0 AND apply IS NOT NULL AND accept IS NULL",
    "accepted": "closed = 0 AND accept IS NOT NULL AND notice IS NULL",
    "in_notice": "closed = 0 AND notice IS NOT NULL AND notice_end >= :today",
    "notice_ended": "closed = 0 AND notice IS NOT NULL AND notice_end < :today AND file IS NULL",
    "returned": "closed = 0 AND returned > 0 AND self_check IS NULL",
    "long_term": "term_class = 'long_term'",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows. ``text`` narrows by words in text, number, unit; ``unit`` is a unit id, ``role`` a role.

    ``state`` is a key of STATES, ``year`` the year of the deadline, ``source`` the words of a source.
    """

    text: str = ""
    unit: str = ""
    role: str = ""
    year: int | None = None
    source: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of the list: a column's key and the direction."""

    column: str = "number"
    descending: bool = False


def read_lines(
    ledger: Ledger, chosen: Filter, sort: Sort, today: date, start: int = 0, limit: int = 100
) -> tuple[ProblemLine, ...]:
    """Some lines under a filter, in an order; equal ones in the order of the ledger."""
    where, values = _where(chosen, today)
    parts = _ORDERS.get(sort.column, _ORDERS["number"]).split(", ")
    order = ", ".join(f"{part} DESC" if sort.descending else part for part in parts)
    sql = f"SELECT {LINE_COLUMNS} FROM summary WHERE {where} ORDER BY {order}, plan_order, number, problem"
    return tuple(as_lines(ledger.db.execute_sql(f"{sql} LIMIT ? OFFSET ?", (*values, limit, start))))


def count_lines(ledger: Ledger, chosen: Filter, today: date) -> int:
    """How many lines a filter leaves."""
    where, values = _where(chosen, today)
    count: int = ledger.db.execute_sql(f"SELECT count(*) FROM summary WHERE {where}", values).fetchone()[0]
    return count


def _where(chosen: Filter, today: date) -> tuple[str, tuple[Any, ...]]:
    terms, values = ["1"], []
    for word in chosen.text.split():
        terms.append(
            "(instr(head, ?) OR instr(lead, ?) OR instr(responsible, ?) OR instr(source, ?) OR number = ? "
            "OR problem IN (SELECT id FROM problem WHERE instr(text, ?)))"
        )
        values += [word, word, word, word, int(word) if word.isdigit() and len(word) < 9 else -1, word]
    if chosen.unit:
        role = " AND role = ?" if chosen.role else ""
        terms.append(f"problem IN (SELECT problem FROM problem_unit WHERE unit = ? AND active = 1{role})")
        values += [bytes.fromhex(chosen.unit), *([chosen.role] if chosen.role else [])]
    if chosen.year is not None:
        terms.append("deadline BETWEEN ? AND ?")
        values += [f"{chosen.year:04}-01-01", f"{chosen.year:04}-12-31"]
    if chosen.source:
        terms.append("source = ?")
        values.append(chosen.source)
    if chosen.state in STATES:
        term = STATES[chosen.state]
        values += [today.isoformat()] * term.count(":today")
        terms.append(f"({term.replace(':today', '?')})")
    return " AND ".join(terms), tuple(values)


def list_sources(ledger: Ledger) -> tuple[str, ...]:
    """The sources that occur, for the filter."""
    rows = ledger.db.execute_sql("SELECT DISTINCT source FROM summary WHERE source <> '' ORDER BY source")
    return tuple(row[0] for row in rows)


def list_years(ledger: Ledger) -> tuple[int, ...]:
    """The deadline years that occur, for the filter."""
    rows = ledger.db.execute_sql("SELECT DISTINCT substr(deadline, 1, 4) FROM summary WHERE deadline IS NOT NULL")
    return tuple(sorted(int(row[0]) for row in rows if str(row[0]).isdigit()))
