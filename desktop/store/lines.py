"""Filters and orders over the summary table.

A list is read in two steps: the keys of all lines under a filter in their order, 16 bytes each, then the lines of
the page in sight. So the sorting is paid once, and every page costs the same, the last one too.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from desktop.rules.records import ProblemLine
from desktop.rules.search_words import NOTHING, query_of
from desktop.store.ledger import Ledger
from desktop.store.reading import among, chunks, keys
from desktop.store.summary import LINE_COLUMNS, as_lines

_KEY = 16
_RUNNING = "closed = 0 AND transferred = 0"
_DATED = f"{_RUNNING} AND term_class IS NOT 'long_term'"  # 长期坚持 has stages instead of a deadline
_UNDONE = f"{_DATED} AND self_check IS NULL AND (percent < 100 OR returned + reopened > 0)"
_WITH_WORDS = (
    "SELECT row FROM search_index JOIN search_text ON search_text.n = search_index.rowid "
    "WHERE search_index MATCH :q{at}"
)
_GATES = " + ".join(f"({gate} IS NOT NULL)" for gate in ("self_check", "apply", "accept", "notice", "file"))
# Lines without a value stand at the end, whichever way the list is sorted.
_ORDERS = {
    "number": ("", "plan_order, number"),
    "head": ("", "head"),
    "source": ("source = ''", "source"),
    "deadline": ("deadline IS NULL", "deadline"),
    "left": (f"NOT ({_UNDONE}) OR deadline IS NULL", "deadline"),
    "lead": ("lead = ''", "lead"),
    "responsible": ("responsible = ''", "responsible"),
    "percent": ("", "percent"),
    "measures": ("", "measures"),
    "last_month": ("last_month = ''", "last_month"),
    "term": ("term_class IS NULL", "term_class"),
    "inspection": ("inspection = ''", "inspection"),
    "state": ("", f"transferred, closed, {_GATES}, returned + reopened"),
}
_CHASED = "SELECT problem FROM chase WHERE void IS NULL AND closed_on IS NULL"
STATES = {
    "open": _RUNNING,
    "overdue": f"{_UNDONE} AND deadline < :today",
    "due_7": f"{_UNDONE} AND deadline BETWEEN :today AND :in_7",
    "due_15": f"{_UNDONE} AND deadline BETWEEN :today AND :in_15",
    "due_30": f"{_UNDONE} AND deadline BETWEEN :today AND :in_30",
    "unreported": f"{_RUNNING} AND self_check IS NULL AND last_month < :month",
    "rectifying": f"{_RUNNING} AND self_check IS NULL",
    "ready": f"{_RUNNING} AND self_check IS NULL AND percent >= 100 AND measures > 0",
    "self_checked": f"{_RUNNING} AND self_check IS NOT NULL AND apply IS NULL",
    "applied": f"{_RUNNING} AND apply IS NOT NULL AND accept IS NULL",
    "accepted": f"{_RUNNING} AND accept IS NOT NULL AND notice IS NULL",
    "in_notice": f"{_RUNNING} AND notice IS NOT NULL AND notice_end >= :today AND file IS NULL",
    "notice_ended": f"{_RUNNING} AND notice IS NOT NULL AND notice_end < :today AND file IS NULL",
    "returned": f"{_RUNNING} AND returned + reopened > 0 AND ({_GATES}) = 0",
    "long_term": "term_class = 'long_term'",
    "listed": "problem IN (SELECT id FROM problem WHERE listed_for_chasing = 1)",
    "watched": "problem IN (SELECT id FROM problem WHERE dedicated_watch = 1)",
    "flagged": "problem IN (SELECT id FROM problem WHERE listed_for_chasing = 1 OR dedicated_watch = 1)",
    "chased": f"problem IN ({_CHASED})",
    "chase_late": f"problem IN ({_CHASED} AND replied_on IS NULL AND due < :today)",
    "closed": "closed = 1",
    "transferred": "transferred = 1",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows. ``text`` narrows by words in text, number, unit; ``unit`` is a unit id, ``role`` a role.

    ``state`` is a key of STATES, ``year`` the year of the deadline, ``source`` the words of a source. ``only`` are the
    ids of the problems that may be shown at all; none: every one. ``light`` is a light of today, which is not asked of
    the tables but told from the cases (``operations.lights``).
    """

    text: str = ""
    unit: str = ""
    role: str = ""
    year: int | None = None
    source: str = ""
    state: str = ""
    only: tuple[str, ...] = ()
    light: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of the list: a column's key and the direction."""

    column: str = "number"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ProblemKeys:
    """The ids of a list in its order, packed."""

    packed: bytes = b""

    def __len__(self) -> int:
        return len(self.packed) // _KEY

    def ids(self, start: int = 0, count: int | None = None) -> tuple[str, ...]:
        """Row ids of some lines."""
        end = len(self) if count is None else min(len(self), start + count)
        return tuple(self.packed[at * _KEY : (at + 1) * _KEY].hex() for at in range(start, end))

    def place(self, problem: str) -> int:
        """Where a problem stands in the list, -1 when it is not in it."""
        key, at = bytes.fromhex(problem), -1
        while key and (at := self.packed.find(key, at + 1)) >= 0:
            if at % _KEY == 0:
                return at // _KEY
        return -1


def read_keys(ledger: Ledger, chosen: Filter, sort: Sort, today: date) -> ProblemKeys:
    """The keys of all lines under a filter, in an order; equal ones in the order of the ledger."""
    where, values = where_of(chosen, today)
    sql = f"SELECT problem FROM summary WHERE {where} ORDER BY {_order(sort)}"
    return ProblemKeys(b"".join(chain.from_iterable(ledger.db.execute_sql(sql, values))))


def read_lines_of(ledger: Ledger, problems: Sequence[str]) -> tuple[ProblemLine, ...]:
    """The lines of some problems (a page: at most a few hundred), in the order given; those gone are passed over."""
    if not problems:
        return ()
    marks = ", ".join("?" * len(problems))
    sql = f"SELECT {LINE_COLUMNS} FROM summary WHERE problem IN ({marks})"
    found = {line.id: line for line in as_lines(ledger.db.execute_sql(sql, [bytes.fromhex(p) for p in problems]))}
    return tuple(found[problem] for problem in problems if problem in found)


def read_lines(
    ledger: Ledger, chosen: Filter, sort: Sort, today: date, start: int = 0, limit: int = 100
) -> tuple[ProblemLine, ...]:
    """Some lines under a filter, in an order; for a single page, where no keys are held."""
    where, values = where_of(chosen, today)
    sql = f"SELECT {LINE_COLUMNS} FROM summary WHERE {where} ORDER BY {_order(sort)} LIMIT :limit OFFSET :start"
    return tuple(as_lines(ledger.db.execute_sql(sql, values | {"limit": limit, "start": start})))


def numbers_of(ledger: Ledger, problems: Sequence[str]) -> dict[str, int]:
    """The numbers of some problems that are listed, by their ids."""
    found: dict[str, int] = {}
    for ids in chunks(problems):
        sql = f"SELECT problem, number FROM summary WHERE {among('problem', ids)}"
        found |= {row[0].hex(): row[1] for row in ledger.db.execute_sql(sql, keys(ids))}
    return found


def problems_numbered(ledger: Ledger, number: int) -> tuple[str, ...]:
    """The problems with this number, in the order of the ledger."""
    sql = "SELECT problem FROM summary WHERE number = ? ORDER BY plan_order, problem"
    return tuple(bytes(row[0]).hex() for row in ledger.db.execute_sql(sql, (number,)))


def problems_noticed(ledger: Ledger, upto: date, lacking: str = "") -> tuple[tuple[str, int], ...]:
    """Id and number of the problems whose notice was up by a day, those struck off among them.

    With ``lacking``, the key of a paper, those struck off only while they have no such paper on file.
    """
    sql = "SELECT problem, number FROM summary WHERE notice <= ? AND transferred = 0"
    values = [upto.isoformat()]
    if lacking:
        sql += (
            " AND (closed = 0 OR NOT EXISTS (SELECT 1 FROM evidence e "
            "WHERE e.problem = summary.problem AND e.item = ? AND e.void IS NULL))"
        )
        values.append(lacking)
    rows = ledger.db.execute_sql(f"{sql} ORDER BY plan_order, number, problem", values)
    return tuple((bytes(row[0]).hex(), row[1]) for row in rows)


def still_running(ledger: Ledger, problems: Sequence[str]) -> tuple[str, ...]:
    """Those of some problems that are neither struck off nor counted elsewhere, in the order given."""
    found: set[bytes] = set()
    for ids in chunks(problems):
        sql = f"SELECT problem FROM summary WHERE {among('problem', ids)} AND +closed = 0 AND +transferred = 0"
        found.update(row[0] for row in ledger.db.execute_sql(sql, keys(ids)))
    return tuple(problem for problem in problems if bytes.fromhex(problem) in found)


def with_passed_days(ledger: Ledger, problems: Sequence[str], today: date) -> frozenset[str]:
    """Those of some problems that have a measure or stage whose day is before today."""
    return _found(ledger, problems, ("measure", "stage"), "due < ?", today.isoformat())


def with_decided_light(ledger: Ledger, problems: Sequence[str], month: str) -> frozenset[str]:
    """Those of some problems whose light a clerk decided for a month."""
    return _found(ledger, problems, ("judgement",), "month = ? AND light <> ''", month)


def _found(ledger: Ledger, problems: Sequence[str], tables: Sequence[str], where: str, value: str) -> frozenset[str]:
    """Those of some problems that have a row of which something holds."""
    found: set[str] = set()
    for ids in chunks(problems):
        for table in tables:
            sql = f"SELECT DISTINCT problem FROM {table} WHERE {among('problem', ids)} AND {where} AND void IS NULL"
            found |= {row[0].hex() for row in ledger.db.execute_sql(sql, (*keys(ids), value))}
    return frozenset(found)


def count_lines(ledger: Ledger, chosen: Filter, today: date) -> int:
    """How many lines a filter leaves."""
    where, values = where_of(chosen, today)
    count: int = ledger.db.execute_sql(f"SELECT count(*) FROM summary WHERE {where}", values).fetchone()[0]
    return count


def count_states(ledger: Ledger, states: Sequence[str], today: date) -> dict[str, int]:
    """How many problems are in each of some states, told in one go through the lines."""
    counts = ", ".join(f"count(*) FILTER (WHERE {STATES[state]})" for state in states)
    found = ledger.db.execute_sql(f"SELECT {counts} FROM summary", as_days(today)).fetchone()
    return dict(zip(states, found, strict=True))


def count_all(ledger: Ledger) -> int:
    """How many problems the ledger holds."""
    count: int = ledger.db.execute_sql("SELECT count(*) FROM summary").fetchone()[0]
    return count


def _order(sort: Sort) -> str:
    last, terms = _ORDERS.get(sort.column, _ORDERS["number"])
    parts = terms.split(", ")
    if sort.descending:
        parts = [f"{part} DESC" for part in parts]
    tail = ["plan_order", "number", "problem"] if sort.column != "number" else ["problem"]
    return ", ".join([*([last] if last else []), *parts, *tail])


def where_of(chosen: Filter, today: date) -> tuple[str, dict[str, Any]]:
    """A filter as the condition of a statement over ``summary``, with its values by name."""
    terms, values = ["1"], as_days(today)
    for at, word in enumerate(chosen.text.split()):
        terms.append(
            f"(problem IN ({_WITH_WORDS.format(at=at)}) OR instr(lead, :w{at}) OR instr(responsible, :w{at}) "
            f"OR instr(source, :w{at}) OR number = :n{at})"
        )
        values |= {f"w{at}": word, f"q{at}": query_of(word, "problem") or NOTHING}
        values[f"n{at}"] = int(word) if word.isdecimal() and len(word) < 9 else -1
    if chosen.unit:
        # A problem still names the unit that was merged into this one.
        role = " AND role = :role" if chosen.role else ""
        terms.append(
            "problem IN (SELECT problem FROM problem_unit WHERE active = 1 AND (unit = :unit OR unit IN "
            f"(SELECT id FROM unit WHERE merged_into = :unit)){role})"
        )
        values |= {"unit": bytes.fromhex(chosen.unit), "role": chosen.role}
    if chosen.year is not None:
        terms.append("deadline BETWEEN :first AND :last")
        values |= {"first": f"{chosen.year:04}-01-01", "last": f"{chosen.year:04}-12-31"}
    if chosen.source:
        terms.append("source = :source")
        values["source"] = chosen.source
    if chosen.only:
        terms.append("lower(hex(problem)) IN (SELECT value FROM json_each(:only))")
        values["only"] = json.dumps(chosen.only)
    if chosen.state in STATES:
        terms.append(f"({STATES[chosen.state]})")
    return " AND ".join(terms), values


def as_days(today: date) -> dict[str, Any]:
    """The dates that the states speak of, by their names in SQL."""
    days = {f"in_{n}": (today + timedelta(days=n)).isoformat() for n in (7, 15, 30)}
    return {"today": today.isoformat(), "month": f"{today:%Y-%m}", **days}


def list_sources(ledger: Ledger) -> tuple[str, ...]:
    """The sources that occur, for the filter."""
    rows = ledger.db.execute_sql("SELECT DISTINCT source FROM summary WHERE source <> '' ORDER BY source")
    return tuple(row[0] for row in rows)


def list_years(ledger: Ledger) -> tuple[int, ...]:
    """The deadline years that occur, for the filter."""
    rows = ledger.db.execute_sql("SELECT DISTINCT substr(deadline, 1, 4) FROM summary WHERE deadline IS NOT NULL")
    return tuple(sorted(int(row[0]) for row in rows if str(row[0]).isdigit()))
