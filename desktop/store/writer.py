"""One clerk action = one transaction: collect ops, store them, fold them, renew the summaries; all or nothing."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import cast

from desktop.rules.errors import Refused
from desktop.rules.fold import fold_row
from desktop.rules.kinds import KINDS, Field, Type
from desktop.rules.ops import NEW, SET, SHARED, Op, Value, is_hex, make_op
from desktop.store import journal
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.project import Touched, project
from desktop.store.summary import refresh_summaries

Base = Mapping[str, tuple[str, ...]]


class Writer:
    """Collects the changes of one action. ``person`` and ``day`` (today) stand in every op and its arrival.

    Attributes: ``touched``, the record kinds and rows changed, complete once the transaction has ended.
    """

    def __init__(self, ledger: Ledger, connection: sqlite3.Connection, person: str, day: date) -> None:
        self.ledger = ledger
        self.person = person
        self.day = day
        self.touched = Touched()
        self._connection = connection
        self._pending: list[tuple[Op, bytes]] = []
        self._pending_rows: set[str] = set()

    def new(self, table: str, fields: Mapping[str, Value], *, row: str = "", scope: str = SHARED) -> str:
        """Create a row and return its id; empty values are left out. A problem is its own scope."""
        row = row or self.ledger.new_id()
        written = {name: value for name, value in fields.items() if value is not None and value != ""}
        self._add(table, row, row if table == "problem" else scope, NEW, written, {})
        return row

    def set(self, table: str, row: str, fields: Mapping[str, Value], *, scope: str = SHARED) -> bool:
        """Change fields of a row; fields that already have the value are left alone. False when none changed."""
        if row in self._pending_rows:
            self.flush()
        ops = journal.ops_of_rows(self._connection, [row])[row]
        if not ops:
            raise Refused("要修改的记录不在本台账中，没有保存。", "row_unknown")
        state = fold_row(ops).fields
        changed = {n: value for n, value in fields.items() if (state[n].value if n in state else None) != value}
        if not changed:
            return False
        base = {name: state[name].replaced for name in changed if name in state}
        self._add(table, row, row if table == "problem" else scope, SET, changed, base)
        return True

    def put(self, table: str, fields: Mapping[str, Value], *, row: str, scope: str = SHARED) -> bool:
        """Create the row, or change it where it differs; True when something was written."""
        if row in self._pending_rows or journal.count_ops(self._connection, [row]):
            return self.set(table, row, fields, scope=scope)
        self.new(table, fields, row=row, scope=scope)
        return True

    def flush(self) -> None:
        """Store and fold what was collected so far, inside the transaction."""
        if not self._pending:
            return
        fresh = journal.append(self._connection, self._pending, self.day)
        self._pending = []
        self._pending_rows = set()
        more = project(self._connection, fresh)
        for name, rows in more.rows.items():
            self.touched.rows.setdefault(name, []).extend(rows)
        self.touched.problems |= more.problems
        self.touched.units |= more.units
        self.touched.shared |= more.shared

    def purge(self, op_id: str, reason: str) -> None:
        """Erase one op's body on purpose and record the order to do so."""
        self.flush()
        op = journal.purge_body(self._connection, op_id)
        self.new("purge", {"op": op_id, "reason": reason})
        self._reproject(op)

    def _reproject(self, op: Op) -> None:
        more = project(self._connection, journal.ops_of_rows(self._connection, [op.row])[op.row])
        self.touched.problems |= more.problems

    def _add(self, table: str, row: str, scope: str, kind: str, fields: Mapping[str, Value], base: Base) -> None:
        check_fields(table, fields, kind)
        self._pending_rows.add(row)
        self._pending.append(
            make_op(
                table=table,
                row=row,
                scope=scope,
                kind=kind,
                fields=fields,
                base=base,
                office=self.ledger.office_id,
                person=self.person,
                hlc=self.ledger.next_hlc(),
                nonce=self.ledger.nonce(),
            )
        )


def check_fields(table: str, fields: Mapping[str, Value], kind: str) -> None:
    """Refuse what this version would not write itself: an unknown kind or field, a wrong type, a change in place."""
    record = KINDS[table]
    for name, value in fields.items():
        found = record.field(name)
        if found is None or not _fits(found, value):
            raise Refused(f"“{record.words}”的“{found.words if found else name}”填写有误，没有保存。", "field_type")
        if record.appends and kind == SET and name != "void":
            raise Refused(f"“{record.words}”只增不改：请新增一条更正。", "appends")


def _fits(found: Field, value: Value) -> bool:
    if value is None:
        return True
    if found.type in (Type.TEXT, Type.DATE):
        return isinstance(value, str)
    if found.type == Type.REF:
        return is_hex(value, 32)
    if found.type == Type.LIST:
        return isinstance(value, list)
    return isinstance(value, int)


@contextmanager
def writing(ledger: Ledger, person: str, day: date) -> Iterator[Writer]:
    """A transaction on the ledger: everything in the block is kept together, or nothing at all."""
    ledger.require_writable()
    connection = cast(sqlite3.Connection, ledger.db.connection())
    with known_faults(ledger.folder):
        connection.execute("BEGIN IMMEDIATE")
        writer = Writer(ledger, connection, person, day)
        try:
            yield writer
            writer.flush()
            refresh_summaries(ledger, writer.touched)
            connection.execute("COMMIT")
        except BaseException:
            # A full disk ends the transaction by itself; a second rollback would hide the real reason.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
