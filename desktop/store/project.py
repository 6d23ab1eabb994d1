"""The projection: rows as folded from their ops. The only writer of the projection tables."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.rules.fold import fold_row, only_creation
from desktop.rules.kinds import KINDS, RecordKind, Type
from desktop.rules.ops import NEW, Op, Value, is_hex
from desktop.store.journal import all_rows, count_ops, ops_of_rows, unguarded

Heard = Callable[[], object]


def _put(kind: RecordKind) -> str:
    """The statement that writes a row, whether it stands there already or not."""
    names = ["owner", "created", "person", *(f'"{f.name}"' for f in kind.fields)]
    return (
        f'INSERT INTO "{kind.name}" (id, {", ".join(names)}) VALUES (?, {", ".join("?" * len(names))}) '
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}"
    )


_PUT = {name: _put(kind) for name, kind in KINDS.items()}


@dataclass(slots=True)
class Touched:
    """What a projection changed: rows by kind, and the problems whose summary is stale.

    ``wider`` are those of the problems of which more changed than the record of the problem itself.
    """

    rows: dict[str, list[str]] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    wider: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    shared: bool = False

    def add(self, more: "Touched") -> None:
        """Take in what a further projection changed."""
        for name, rows in more.rows.items():
            self.rows.setdefault(name, []).extend(rows)
        self.problems |= more.problems
        self.wider |= more.wider
        self.units |= more.units
        self.shared |= more.shared


def project(
    connection: sqlite3.Connection, fresh: Iterable[Op], known: Mapping[str, list[Op]] | None = None
) -> Touched:
    """Fold and write every row the given ops touch; runs inside the caller's transaction.

    ``known`` are rows whose ops the caller has read already, the fresh ones with them.
    """
    by_row: dict[str, list[Op]] = {}
    for op in fresh:
        by_row.setdefault(op.row, []).append(op)
    # A row whose ops are all new needs no second reading; a bulk import consists of such rows.
    older = []
    for row, count in count_ops(connection, by_row).items():
        held = known.get(row, ()) if known else ()
        if count == len(held):
            by_row[row] = list(held)
        elif count != len(by_row[row]):
            older.append(row)
    touched = Touched()
    with unguarded(connection):
        _write(connection, {**by_row, **ops_of_rows(connection, older)}, touched)
    return touched


def rebuild(connection: sqlite3.Connection) -> Touched:
    """Throw the projection away and fold the whole journal again; runs inside the caller's transaction."""
    touched = Touched(shared=True)
    with unguarded(connection):
        for table in (*KINDS, "conflict", "summary"):
            connection.execute(f'DELETE FROM "{table}"')
        for rows in all_rows(connection):
            _write(connection, rows, touched)
    return touched


def fold_again(connection: sqlite3.Connection) -> None:
    """Fold every row anew where it stands, for kinds and fields that this version knows and the last one did not.

    Summaries stay: they tell of nothing that an older version did not know. Inside the caller's transaction.
    """
    with unguarded(connection):
        for rows in all_rows(connection):
            _write(connection, rows, Touched())


def _write(connection: sqlite3.Connection, rows: Mapping[str, list[Op]], touched: Touched) -> None:
    lines: dict[str, list[tuple[Any, ...]]] = {}
    settled: list[tuple[bytes]] = []
    conflicts: list[tuple[bytes, str, str]] = []
    for row, ops in rows.items():
        key = bytes.fromhex(row)
        values = only_creation(ops)
        if values is None:
            _clear_other_kinds(connection, key, ops)
            state = fold_row(ops)
            values = {name: found.value for name, found in state.fields.items()}
            table = state.table if state.exists else ""
            settled.append((key,))
            if table in KINDS:
                conflicts += [(key, name, f.disagreement) for name, f in state.fields.items() if f.disagreement]
        else:
            table = ops[0].table
        _touch(touched, table, row, ops)
        if table in KINDS:
            columns = [None if (v := values.get(n)) is None else read(v) for n, read in _COLUMNS[table]]
            lines.setdefault(table, []).append((key, *_head(ops), *columns))
    for name, found in lines.items():
        connection.executemany(_PUT[name], found)
    connection.executemany("DELETE FROM conflict WHERE row = ?", settled)
    connection.executemany("INSERT INTO conflict VALUES (?, ?, ?)", conflicts)


def _clear_other_kinds(connection: sqlite3.Connection, key: bytes, ops: list[Op]) -> None:
    """A row whose ops name several kinds (a hostile or broken sender) stands in one table only."""
    kinds = {op.table for op in ops}
    for table in kinds if len(kinds) > 1 else ():
        if table in KINDS:
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))


def _touch(touched: Touched, table: str, row: str, ops: list[Op]) -> None:
    """Note what hangs on this row: the problems it names now or named before, the units, what all problems share."""
    for name in {op.table for op in ops}:
        touched.shared |= name in ("inspection", "plan")
        if name == "unit":
            touched.units.add(row)
        if name == "problem":
            touched.problems.add(row)
    for op in ops:
        named = op.fields.get("problem")
        if isinstance(named, str) and is_hex(named, 32):
            touched.problems.add(named)
            touched.wider.add(named)
        if len(op.scope) == 32:
            touched.problems.add(op.scope)
            if op.table != "problem" or op.scope != row:
                touched.wider.add(op.scope)
    if table in KINDS:
        touched.rows.setdefault(table, []).append(row)


def _head(ops: list[Op]) -> tuple[bytes, int, str]:
    """Office, clock and person of the creation: those of the creating op with the smallest id."""
    first = ops[0] if len(ops) == 1 else min((op for op in ops if op.kind == NEW), key=lambda op: op.id)
    return bytes.fromhex(first.office), first.hlc, first.person


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _list(value: Value) -> str | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else None


def _reference(value: Value) -> bytes | None:
    return bytes.fromhex(value) if is_hex(value, 32) else None


def _number(value: Value) -> int | None:
    return int(value) if isinstance(value, int) else None


# A value of the wrong type (a hostile or newer op) is left out: the op keeps it.
_READ: dict[Type, Callable[[Value], Any]] = {
    Type.TEXT: _text,
    Type.DATE: _text,
    Type.LIST: _list,
    Type.REF: _reference,
    Type.INT: _number,
    Type.FLAG: _number,
}
_COLUMNS = {name: tuple((f.name, _READ[f.type]) for f in kind.fields) for name, kind in KINDS.items()}
