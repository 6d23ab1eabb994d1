"""Who changed what and when, for one problem or the whole ledger; and taking the last step back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.errors import Refused
from desktop.rules.history import Change, LedgerChange, history_of, moment_words
from desktop.rules.kinds import KINDS
from desktop.rules.ops import NEW, Op
from desktop.rules.paper import Printed
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.journal import all_ops, ops_of_rows
from desktop.store.ledger import Ledger
from desktop.store.offices import read_keys
from desktop.store.read_shared import read_office, read_office_rows
from desktop.store.writer import writing

PAGE = 500
_NEVER = 1 << 62
# What was printed is printed; a number is given back in the register, with a reason.
_NOT_UNDONE = ("doc_number", "paper", "paper_scan")
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
    from desktop.operations.papers import fonts_at_hand

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
    """What people call a row: a unit's or person's name, 问题5, the number of a measure."""
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


def last_own_change(ledger: Ledger, person: str) -> str:
    """What undoing would take back, in words; empty when there is nothing of this person's to take back."""
    op = _last(ledger, person)
    return _told(ledger, op) if op else ""


def undo_last(ledger: Ledger, today: date, person: str) -> Changes:
    """Take this person's last record back by a correcting op; the record and its withdrawal stay in the history.

    A record that was added is withdrawn, a field that was changed gets its former value. Only the latest op of the
    ledger can be taken back, so that nothing built on it is torn out.
    """
    op = _last(ledger, person)
    if op is None:
        raise Refused("没有可以撤销的操作。", "undo_nothing")
    scope = op.scope
    with writing(ledger, clean(person), today) as writer:
        if op.kind == NEW:
            writer.set(op.table, op.row, {"void": "撤销"}, scope=scope)
        else:
            known = {o.id: o for o in ops_of_rows(ledger.db.connection(), [op.row])[op.row]}
            former = {name: _former(op, name, known) for name in op.fields}
            writer.set(op.table, op.row, former, scope=scope)
    return Changes(f"已撤销：{_told(ledger, op)}", ((op.table, op.row),))


def _told(ledger: Ledger, op: Op) -> str:
    """One op in words, with what stood there before."""
    changes = history_of(ops_of_rows(ledger.db.connection(), [op.row])[op.row], lambda row: name_of(ledger, row))
    own = [change.sentence for change in changes if change.op == op.id]
    if not own:  # an order on the screen and the like, that the history is silent about
        return f"修改{KINDS[op.table].words}{name_of(ledger, op.row)}"
    return own[0] + (f"等{len(own)}处" if len(own) > 1 else "")


def _former(op: Op, name: str, known: dict[str, Op]) -> object:
    replaced = [known[i] for i in op.base.get(name, ()) if i in known]
    return max(replaced, key=lambda o: (o.hlc, o.id)).fields.get(name) if replaced else None


def _last(ledger: Ledger, person: str) -> Op | None:
    """The latest op, if it is this person's and can be taken back by a correcting op."""
    last = ledger.db.execute_sql("SELECT coalesce(max(lsn), 0) FROM op").fetchone()[0]
    op = next(all_ops(ledger.db.connection(), "lsn = ?", (last,)), None)
    if op is None or op.office != ledger.office_id or op.person != clean(person):
        return None
    kind = KINDS.get(op.table) if op.table not in _NOT_UNDONE else None
    if kind is None or (op.kind == NEW and kind.field("void") is None) or "void" in op.fields:
        return None
    return op
