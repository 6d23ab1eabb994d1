"""The journal table: the only way in for ops, and the reading of them."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any

from desktop.rules.errors import Refused
from desktop.rules.ops import SHARED, Op, canonical, parse_op

CHUNK = 400
WRITING, PURGING = 1, 2


@contextmanager
def unguarded(connection: sqlite3.Connection, what: int = WRITING) -> Iterator[None]:
    """Let the guards pass writes of the journal and the projection, or with ``PURGING`` the emptying of a body.

    Only inside a transaction: a crash in the block must take the open guard back with it.
    """
    if not connection.in_transaction:
        raise RuntimeError("the journal and its projection are written inside a transaction")
    connection.execute("UPDATE projecting SET active = ?", (what,))
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("UPDATE projecting SET active = 0")
        raise
    connection.execute("UPDATE projecting SET active = 0")


def append(
    connection: sqlite3.Connection,
    ops: Iterable[tuple[Op, bytes]],
    day: date,
    seals: Mapping[str, int | None] | None = None,
) -> list[Op]:
    """Store ops that are not known yet and return those; repeating an op adds nothing.

    ``day`` is the day the ops arrived in this ledger, by which an as-of view is taken (domain §5.1). ``seals`` numbers
    the seal of each op that came with one. Runs inside the caller's transaction.
    """
    offered = {op.id: (op, body) for op, body in ops}
    known = _known(connection, list(offered))
    fresh = [(op, body) for i, (op, body) in offered.items() if i not in known]
    arrived = day.isoformat()
    with unguarded(connection):
        connection.executemany(
            "INSERT INTO op (id, row, scope, hlc, office, day, seal, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    bytes.fromhex(op.id),
                    bytes.fromhex(op.row),
                    None if op.scope == SHARED else bytes.fromhex(op.scope),
                    op.hlc,
                    bytes.fromhex(op.office),
                    arrived,
                    seals.get(op.id) if seals else None,
                    body.decode("utf-8"),
                )
                for op, body in fresh
            ],
        )
    return [op for op, _ in fresh]


def _known(connection: sqlite3.Connection, ids: list[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts([bytes.fromhex(i) for i in ids]):
        rows = connection.execute(f"SELECT id FROM op WHERE id IN ({_marks(part)})", part)
        found.update(bytes(row[0]).hex() for row in rows)
    return found


def last_place(connection: sqlite3.Connection) -> int:
    """The place of the op that arrived last, 0 in an empty journal."""
    place: int | None = connection.execute("SELECT max(lsn) FROM op").fetchone()[0]
    return place or 0


def ops_of_rows(connection: sqlite3.Connection, rows: Iterable[str]) -> dict[str, list[Op]]:
    """All known ops of each row, purged ones as stubs without values."""
    found: dict[str, list[Op]] = {row: [] for row in rows}
    for part in _parts([bytes.fromhex(row) for row in found]):
        sql = f"SELECT row, id, body, stub FROM op WHERE row IN ({_marks(part)}) ORDER BY lsn"
        for row, op_id, body, stub in connection.execute(sql, part):
            found[bytes(row).hex()].append(read_op(bytes(op_id).hex(), body, stub))
    return found


def places_of(connection: sqlite3.Connection, row: str) -> dict[str, int]:
    """Where in the order of arrival the ops of a row stand, by their ids."""
    rows = connection.execute("SELECT id, lsn FROM op WHERE row = ?", (bytes.fromhex(row),))
    return {bytes(op_id).hex(): lsn for op_id, lsn in rows}


def count_ops(connection: sqlite3.Connection, rows: Iterable[str]) -> dict[str, int]:
    """How many ops each row has."""
    found: dict[str, int] = {}
    for part in _parts([bytes.fromhex(row) for row in rows]):
        sql = f"SELECT row, count(*) FROM op WHERE row IN ({_marks(part)}) GROUP BY row"
        found.update({bytes(row).hex(): count for row, count in connection.execute(sql, part)})
    return found


def all_ops(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> Iterator[Op]:
    """Every op in the order of arrival, filtered by a condition on the journal's columns."""
    for op_id, body, stub in connection.execute(f"SELECT id, body, stub FROM op WHERE {where} ORDER BY lsn", values):
        yield read_op(bytes(op_id).hex(), body, stub)


def all_rows(connection: sqlite3.Connection) -> Iterator[dict[str, list[Op]]]:
    """Every row with all its ops, some hundreds of rows at a time: a journal need not fit into memory."""
    lines = connection.execute("SELECT row, id, body, stub FROM op ORDER BY row")
    found: dict[str, list[Op]] = {}
    for row, ops in groupby(lines, key=lambda line: bytes(line[0])):
        found[row.hex()] = [read_op(bytes(op_id).hex(), body, stub) for _, op_id, body, stub in ops]
        if len(found) == CHUNK:
            yield found
            found = {}
    if found:
        yield found


def read_op(op_id: str, body: str | None, stub: str | None) -> Op:
    """An op from its stored line; a purged one keeps field names and bases, its values are None."""
    if body is not None:
        raw = json.loads(body)
        fields, purged = raw["f"], False
    else:
        raw = json.loads(stub or "{}")
        fields, purged = dict.fromkeys(raw["f"]), True
    base = {name: tuple(ids) for name, ids in raw["b"].items()}
    return Op(
        op_id, raw["t"], raw["r"], raw["s"], raw["k"], fields, base, raw["o"], raw["p"], raw["h"], raw["v"],
        raw.get("n", ""), purged,
    )  # fmt: skip


def find_op(connection: sqlite3.Connection, op_id: str) -> Op:
    """One op by its id; refused when the journal does not hold it."""
    line = connection.execute("SELECT body, stub FROM op WHERE id = ?", (bytes.fromhex(op_id),)).fetchone()
    if line is None:
        raise Refused("要清除的记录不在本台账中，没有改动。", "purge_unknown")
    return read_op(op_id, *line)


def purge_body(connection: sqlite3.Connection, op_id: str) -> None:
    """Erase the body of one op; who, when, which fields and bases stay as a stub (exchange §6a).

    The nonce goes too: with it a short value, such as a name, could be found again by hashing guesses.
    """
    line = connection.execute("SELECT body FROM op WHERE id = ?", (bytes.fromhex(op_id),)).fetchone()
    raw = json.loads(line[0])
    raw["f"] = sorted(raw["f"])
    del raw["n"]
    stub = canonical(raw).decode("utf-8")
    with unguarded(connection, PURGING):
        connection.execute("UPDATE op SET body = NULL, stub = ? WHERE id = ?", (stub, bytes.fromhex(op_id)))


def append_stubs(connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Note ops that were purged before they came here: id, row, scope, clock, office, day, stub. Known ones stay."""
    sql = "INSERT OR IGNORE INTO op (id, row, scope, hlc, office, day, stub) VALUES (?, ?, ?, ?, ?, ?, ?)"
    with unguarded(connection):
        connection.executemany(sql, rows)


def verify_line(op_id: str, body: bytes) -> bool:
    """True when a stored line still has the hash that names it and is a sound op."""
    try:
        return parse_op(body).id == op_id
    except Refused:
        return False


def _parts(values: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _marks(part: Sequence[object]) -> str:
    return ",".join("?" * len(part))
