"""Who changed what and when, for one problem or the whole ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.operations.profile import load_region, region_keys
from desktop.rules.history import Change, LedgerChange, history_of, moment_words
from desktop.rules.ops import is_hex
from desktop.rules.paper import Printed
from desktop.store.journal import all_ops, ops_of_rows
from desktop.store.ledger import Ledger
from desktop.store.offices import read_keys
from desktop.store.read_shared import read_office, read_office_rows

PAGE = 500
_NEVER = 1 << 62
_NAMED = {"unit": "name", "person": "name", "plan": "title", "inspection": "name", "measure": "text", "office": "name"}


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A part of the history, the latest first; ``earlier`` asks for the part before it, 0 when there is none."""

    lines: tuple[LedgerChange, ...]
    earlier: int


def problem_history(ledger: Ledger, problem: str) -> tuple[Change, ...]:
    """All changes of one problem, oldest first."""
    ops = all_ops(ledger.db.connection(), "scope = ?", (bytes.fromhex(problem),))
    return history_of(ops, _naming(ledger))


def ledger_history(ledger: Ledger, until: int = 0, limit: int = PAGE) -> HistoryPage:
    """Changes of the whole ledger in the order in which they came here, the latest first.

    ``until`` is ``HistoryPage.earlier`` of the part before, 0 for the latest part.
    """
    lines, found = _lines(ledger, "lsn < ?", until or _NEVER, limit)
    more = len(found) == limit and found[-1] > 1
    return HistoryPage(lines, found[-1] if more else 0)


def changes_since(ledger: Ledger, first: int, limit: int = PAGE) -> tuple[LedgerChange, ...]:
    """What came into the ledger from a place in the order of arrival on, the latest first, ``limit`` ops at most."""
    return _lines(ledger, "lsn >= ?", first, limit)[0]


def _lines(ledger: Ledger, where: str, place: int, limit: int) -> tuple[tuple[LedgerChange, ...], list[int]]:
    """The changes of the latest ops that meet a condition on their place, and the places of those ops."""
    connection = ledger.db.connection()
    sql = f"SELECT lsn, id, row FROM op WHERE {where} ORDER BY lsn DESC LIMIT ?"
    found = connection.execute(sql, (place, limit)).fetchall()
    places = {bytes(op_id).hex(): lsn for lsn, op_id, _ in found}
    naming = _naming(ledger)
    # What stood there before may have come long before this part of the history.
    rows = ops_of_rows(connection, dict.fromkeys(bytes(row).hex() for _, _, row in found))
    ops = (op for known in rows.values() for op in known)
    offices = {row.id: row.name for row in read_office_rows(ledger)}
    offices |= {key.office: key.name for key in read_keys(ledger)}
    lines = [
        LedgerChange(change, _who(ledger, change, offices), naming(change.problem) if change.problem else "")
        for change in history_of(ops, naming)
        if change.op in places
    ]
    lines.sort(key=lambda line: places[line.change.op], reverse=True)
    return tuple(lines), [lsn for lsn, _, _ in found]


def print_history(ledger: Ledger, lines: Sequence[LedgerChange], title: str, today: date) -> Printed:
    """修改历史 as a list on paper: the lines shown, ``title`` says which they are."""
    from desktop.documents.history_sheet import HistoryLine, print_history_sheet
    from desktop.operations.paper.printing import fonts_at_hand

    told = tuple(
        HistoryLine(moment_words(change.at), line.who, line.problem, change.title, change.before, change.after)
        for line in lines
        for change in (line.change,)
    )
    return print_history_sheet(told, read_office(ledger).name, title, today, fonts_at_hand())


def _who(ledger: Ledger, change: Change, offices: Mapping[str, str]) -> str:
    """The person; of another office its name before."""
    own = change.office == ledger.office_id
    return " ".join(part for part in ("" if own else offices.get(change.office, "其他单位"), change.person) if part)


def _naming(ledger: Ledger) -> Callable[[str], str]:
    """``name_of`` that asks for each row once: a year of reports names the same few measures."""
    known: dict[str, str] = {}

    def name(row: str) -> str:
        if row not in known:
            known[row] = name_of(ledger, row)
        return known[row]

    return name


def name_of(ledger: Ledger, row: str) -> str:
    """What people call a row: a unit's or person's name, 问题5, the number of a measure; or a region by its key."""
    if not is_hex(row, 32):
        return load_region(row).name if row in region_keys() else ""
    ops = ops_of_rows(ledger.db.connection(), [row])[row]
    if not ops:
        return ""
    table = ops[0].table
    if table == "problem":
        found = ledger.db.execute_sql("SELECT number FROM problem WHERE id = ?", (bytes.fromhex(row),)).fetchone()
        return f"问题{found[0]}" if found else ""
    if table not in _NAMED:
        return ""
    sql = f'SELECT "{_NAMED[table]}" FROM "{table}" WHERE id = ?'
    found = ledger.db.execute_sql(sql, (bytes.fromhex(row),)).fetchone()
    return str(found[0])[:20] if found and found[0] else ""
