"""Who changed what and when, for one problem or the whole ledger; and taking the last step back."""

from collections.abc import Callable
from datetime import date

from desktop.rules.errors import Refused
from desktop.rules.history import Change, history_of
from desktop.rules.kinds import KINDS
from desktop.rules.ops import NEW, Op
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.journal import all_ops, ops_of_rows
from desktop.store.ledger import Ledger
from desktop.store.writer import writing

PAGE = 500
# What was printed is printed; a number is given back in the register, with a reason.
_NOT_UNDONE = ("doc_number", "paper", "paper_scan")
_NAMED = {"unit": "name", "person": "name", "plan": "title", "inspection": "name", "measure": "text", "office": "name"}


def problem_history(ledger: Ledger, problem: str) -> tuple[Change, ...]:
    """All changes of one problem, oldest first."""
    ops = all_ops(ledger.db.connection(), "scope = ?", (bytes.fromhex(problem),))
    return history_of(ops, _naming(ledger))


def ledger_history(ledger: Ledger, limit: int = PAGE) -> tuple[Change, ...]:
    """The latest changes of the whole ledger, oldest first."""
    last = ledger.db.execute_sql("SELECT coalesce(max(lsn), 0) FROM op").fetchone()[0]
    ops = all_ops(ledger.db.connection(), "lsn > ?", (max(0, last - limit),))
    return history_of(ops, _naming(ledger))


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
    return history_of([op], lambda row: name_of(ledger, row))[0].sentence if op else ""


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
    what = history_of([op], lambda row: name_of(ledger, row))[0].sentence
    return Changes(f"已撤销：{what}", ((op.table, op.row),))


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
