"""The projection: rows as folded from their ops. The only writer of the projection tables."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.rules.fold import RowState, fold_row
from desktop.rules.kinds import KINDS, RecordKind, Type
from desktop.rules.ops import NEW, Op, Value, is_hex
from desktop.store.journal import all_ops, count_ops, ops_of_rows

_QUOTED = {name: ", ".join(f'"{f.name}"' for f in kind.fields) for name, kind in KINDS.items()}
_INSERT = {
    name: f'INSERT INTO "{name}" (id, owner, created, person, {_QUOTED[name]}) '
    f"VALUES (?, ?, ?, ?, {', '.join('?' * len(kind.fields))})"
    for name, kind in KINDS.items()
}
_UPDATE = {
    name: f'UPDATE "{name}" SET owner = ?, created = ?, person = ?, '
    + ", ".join(f'"{f.name}" = ?' for f in kind.fields)
    + " WHERE id = ?"
    for name, kind in KINDS.items()
}


@dataclass(slots=True)
class Touched:
    """What a projection changed: rows by kind, and the problems whose summary is stale."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    shared: bool = False


def project(connection: sqlite3.Connection, fresh: Iterable[Op]) -> Touched:
    """Fold and write every row the given ops touch; runs inside the caller's transaction."""
    by_row: dict[str, list[Op]] = {}
    for op in fresh:
        by_row.setdefault(op.row, []).append(op)
    connection.execute("UPDATE projecting SET active = 1")
    # A row whose ops are all new needs no second reading; a bulk import consists of such rows.
    older = [row for row, count in count_ops(connection, by_row).items() if count != len(by_row[row])]
    known = {**by_row, **ops_of_rows(connection, older)}
    touched = _write(connection, {row: fold_row(ops) for row, ops in known.items()}, known)
    connection.execute("UPDATE projecting SET active = 0")
    for ops in by_row.values():
        touched.problems.update(op.scope for op in ops if len(op.scope) == 32)
    return touched


def rebuild(connection: sqlite3.Connection) -> Touched:
    """Throw the projection away and fold the whole journal again."""
    connection.execute("UPDATE projecting SET active = 1")
    for table in (*KINDS, "conflict", "summary"):
        connection.execute(f'DELETE FROM "{table}"')
    by_row: dict[str, list[Op]] = {}
    for op in all_ops(connection):
        by_row.setdefault(op.row, []).append(op)
    touched = _write(connection, {row: fold_row(ops) for row, ops in by_row.items()}, by_row)
    connection.execute("UPDATE projecting SET active = 0")
    for ops in by_row.values():
        touched.problems.update(op.scope for op in ops if len(op.scope) == 32)
    return touched


def _write(connection: sqlite3.Connection, states: Mapping[str, RowState], ops: Mapping[str, list[Op]]) -> Touched:
    touched = Touched()
    inserts: dict[str, list[tuple[Any, ...]]] = {}
    for row, state in states.items():
        kind = KINDS.get(state.table)
        if kind is None or not state.exists:
            continue
        touched.rows.setdefault(kind.name, []).append(row)
        touched.shared |= kind.name in ("inspection", "plan")
        touched.units.update([row] if kind.name == "unit" else [])
        head = _head(ops[row])
        values = _columns(kind, state)
        changed = connection.execute(_UPDATE[kind.name], (*head, *values, bytes.fromhex(row))).rowcount
        if not changed:
            inserts.setdefault(kind.name, []).append((bytes.fromhex(row), *head, *values))
        _write_conflicts(connection, row, state)
    for name, lines in inserts.items():
        connection.executemany(_INSERT[name], lines)
    return touched


def _head(ops: list[Op]) -> tuple[bytes, int, str]:
    """Office, clock and person of the creation: those of the creating op with the smallest id."""
    first = min((op for op in ops if op.kind == NEW), key=lambda op: op.id)
    return bytes.fromhex(first.office), first.hlc, first.person


def _columns(kind: RecordKind, state: RowState) -> list[Any]:
    return [column(f.type, state.fields[f.name].value if f.name in state.fields else None) for f in kind.fields]


def column(kind: Type, value: Value) -> Any:
    """A field's value as SQLite keeps it; a value of the wrong type (a hostile or newer op) is left out."""
    if value is None:
        return None
    if kind in (Type.TEXT, Type.DATE):
        return value if isinstance(value, str) else None
    if kind == Type.LIST:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else None
    if kind == Type.REF:
        return bytes.fromhex(value) if is_hex(value, 32) else None
    return int(value) if isinstance(value, int) else None


def _write_conflicts(connection: sqlite3.Connection, row: str, state: RowState) -> None:
    key = bytes.fromhex(row)
    connection.execute("DELETE FROM conflict WHERE row = ?", (key,))
    connection.executemany(
        "INSERT INTO conflict VALUES (?, ?, ?)",
        [(key, name, found.disagreement) for name, found in state.fields.items() if found.disagreement],
    )
