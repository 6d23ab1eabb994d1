"""One clerk action = one transaction: collect ops, store them, fold them, renew the summaries; all or nothing."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import cast

from desktop.rules.errors import Refused
from desktop.rules.fold import FieldState, fold_row
from desktop.rules.kinds import KINDS, Type
from desktop.rules.ops import MAX_BASES, MAX_INT, NEW, SET, SHARED, Op, Value, is_hex, make_op
from desktop.store import journal
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.project import Heard, Touched, project
from desktop.store.search_index import refresh_search
from desktop.store.steps import Step, Way, note_step, read_steps
from desktop.store.summary import refresh_summaries

Base = Mapping[str, tuple[str, ...]]


class Writer:
    """Collects the changes of one action. ``person`` and ``day`` (today) stand in every op and its arrival.

    Attributes: ``touched``, the record kinds and rows changed, complete once the transaction has ended; ``is_final``,
    True once it did what no correcting op can take back; ``heard``, called often while what is shown is renewed at the
    end, may raise to take all back.
    """

    def __init__(self, ledger: Ledger, connection: sqlite3.Connection, person: str, day: date) -> None:
        self.ledger = ledger
        self.person = person
        self.day = day
        self.touched = Touched()
        self.is_final = False
        self.heard: Heard = lambda: None
        self._connection = connection
        self._pending: list[tuple[Op, bytes]] = []
        self._pending_of: dict[str, list[Op]] = {}
        # All ops of the rows that were looked at since the last flush, those not yet stored behind the others.
        self._known: dict[str, list[Op]] = {}

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this transaction, for what this room keeps beside the journal."""
        self.is_final = True
        return self._connection

    def new(self, table: str, fields: Mapping[str, Value], *, row: str = "", scope: str = SHARED) -> str:
        """Create a row and return its id; empty values are left out. A problem is its own scope."""
        row = row or self.ledger.new_id()
        written = {name: value for name, value in fields.items() if value is not None and value != ""}
        self._add(table, row, row if table == "problem" else scope, NEW, written, {})
        return row

    def set(
        self, table: str, row: str, fields: Mapping[str, Value], *, scope: str = SHARED, settle: bool = False
    ) -> bool:
        """Change fields of a row; fields that already have the value are left alone. False when none changed.

        ``settle``: a person has decided a disagreement, so the value is written even where it is already shown.
        """
        ops = {op.id: op for op in self._ops(row)}
        if not ops:
            raise Refused("要修改的记录不在本台账中，没有保存。", "row_unknown")
        state = fold_row(ops.values(), fields).fields
        changed = {
            name: value
            for name, value in fields.items()
            if not self._stands(ops, state.get(name), name, value)
            or (settle and name in state and state[name].disagreement)
        }
        if not changed:
            return False
        base = {name: state[name].replaced for name in changed if name in state}
        self._replace(table, row, row if table == "problem" else scope, changed, base)
        return True

    def _stands(self, ops: Mapping[str, Op], state: FieldState | None, name: str, value: Value) -> bool:
        """True when a field shows the value, or this office has proposed it already to the one that decides."""
        if state is None:
            return value is None
        own = (ops[i] for i in state.proposals if ops[i].office == self.ledger.office_id and not ops[i].purged)
        return state.value == value or any(op.fields[name] == value for op in own)

    def _replace(self, table: str, row: str, scope: str, fields: Mapping[str, Value], base: Base) -> None:
        """Write the new values; what one op cannot name as replaced is gathered by ops before it."""
        left = dict(base)
        for name in fields:
            while len(left.get(name, ())) > MAX_BASES:
                part = {name: left[name][:MAX_BASES]}
                gathered = self._add(table, row, scope, SET, {name: fields[name]}, part)
                left[name] = (gathered, *left[name][MAX_BASES:])
        self._add(table, row, scope, SET, fields, left)

    def put(self, table: str, fields: Mapping[str, Value], *, row: str, scope: str = SHARED) -> bool:
        """Create the row, or change it where it differs; True when something was written."""
        if self._ops(row):
            return self.set(table, row, fields, scope=scope)
        self.new(table, fields, row=row, scope=scope)
        return True

    def ahead(self, rows: Iterable[str]) -> None:
        """Read what stands in rows that will be changed next, some hundreds in one go; what was collected is stored."""
        self.flush()
        self._known = journal.ops_of_rows(self._connection, rows)

    def _ops(self, row: str) -> list[Op]:
        if row not in self._known:
            self._known[row] = journal.ops_of_rows(self._connection, [row])[row] + self._pending_of.get(row, [])
        return self._known[row]

    def flush(self) -> None:
        """Store and fold what was collected so far, inside the transaction."""
        if not self._pending:
            return
        fresh = journal.append(self._connection, self._pending, self.day)
        known, self._known, self._pending, self._pending_of = self._known, {}, [], {}
        self.touched.add(project(self._connection, fresh, known))
        self.ledger.keep_clock(self._connection)

    def take(self, ops: Iterable[tuple[Op, bytes]], seals: Mapping[str, int | None]) -> tuple[int, int, int]:
        """Store and fold ops of a package, which name the number of their seal.

        Returns how many were new and the places in the journal of the first and last of them, 0 where none was.
        """
        self.flush()
        self.is_final = True
        self._known = {}
        fresh = journal.append(self._connection, ops, self.day, seals)
        if not fresh:
            return 0, 0, 0
        for op in fresh:
            self.ledger.saw_hlc(op.hlc)
        self.touched.add(project(self._connection, fresh))
        self.ledger.keep_clock(self._connection)
        last = journal.last_place(self._connection)
        return len(fresh), last - len(fresh) + 1, last

    def purge(self, op_id: str, reason: str) -> bool:
        """Erase one op's body on purpose and record the order to do so; False when it was erased before."""
        if not self.erase(op_id):
            return False
        self.new("purge", {"op": op_id, "reason": reason})
        return True

    def erase(self, op_id: str) -> bool:
        """Erase one op's body, as an order says that is recorded already; False when it was erased before."""
        self.flush()
        self.is_final = True
        self._known = {}
        op = journal.find_op(self._connection, op_id)
        if op.purged:
            return False
        # Before and after: what the erased value pointed to is shown differently from now on.
        self._reproject(op)
        journal.purge_body(self._connection, op_id)
        self._reproject(op)
        return True

    def _reproject(self, op: Op) -> None:
        self.touched.add(project(self._connection, journal.ops_of_rows(self._connection, [op.row])[op.row]))

    def _add(self, table: str, row: str, scope: str, kind: str, fields: Mapping[str, Value], base: Base) -> str:
        check_fields(table, fields, kind)
        op, body = make_op(
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
        self._pending.append((op, body))
        self._pending_of.setdefault(row, []).append(op)
        if row in self._known:
            self._known[row].append(op)
        return op.id


def check_fields(table: str, fields: Mapping[str, Value], kind: str) -> None:
    """Refuse what this version would not write itself: an unknown kind or field, a wrong type, a change in place."""
    record = KINDS[table]
    for name, value in fields.items():
        found = record.field(name)
        if found is None or not (value is None or _FITS[found.type](value)):
            raise Refused(f"“{record.words}”的“{found.words if found else name}”填写有误，没有保存。", "field_type")
        if record.appends and kind == SET and name != "void":
            raise Refused(f"“{record.words}”只增不改：请新增一条更正。", "appends")


def _is_day(value: Value) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INT


_FITS: dict[Type, Callable[[Value], bool]] = {
    Type.TEXT: lambda value: isinstance(value, str),
    Type.DATE: _is_day,
    Type.REF: lambda value: is_hex(value, 32),
    Type.LIST: lambda value: isinstance(value, list),
    Type.FLAG: lambda value: isinstance(value, bool),
    Type.INT: _is_number,
}


@contextmanager
def writing(ledger: Ledger, person: str, day: date, *, label: str = "", way: Way = Way.NEW) -> Iterator[Writer]:
    """A transaction on the ledger: everything in the block is kept together, or nothing at all.

    It is one step for the clerk; with a ``label``, one with those of the same label just before it. ``way``: the
    block takes the last step back, or does again what was taken back.
    """
    ledger.require_writable()
    connection = cast(sqlite3.Connection, ledger.db.connection())
    with known_faults(ledger.folder):
        connection.execute("BEGIN IMMEDIATE")
        writer = Writer(ledger, connection, person, day)
        try:
            steps, first = read_steps(connection), journal.last_place(connection) + 1
            yield writer
            writer.flush()
            # Readings that went into no op, as those of packages, must not be given out again either.
            ledger.keep_clock(connection)
            refresh_summaries(ledger, writer.touched, writer.heard)
            refresh_search(connection, writer.touched, writer.heard)
            last = journal.last_place(connection)
            note_step(connection, steps, Step(first, last, writer.is_final, label), way)
            connection.execute("COMMIT")
        except BaseException:
            # A full disk ends the transaction by itself; a second rollback would hide the real reason.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
