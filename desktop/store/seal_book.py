"""Seals in the ledger: which own ops still lack one, and the lines of those that travel along (exchange §5)."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class SealLine:
    """A seal as it is kept: its id, the office that made it, and the line that travels."""

    id: str
    office: str
    line: bytes


def unsealed(connection: sqlite3.Connection, office: str, most: int) -> Iterator[tuple[str, ...]]:
    """Ids of own ops without a seal, at most ``most`` together, those of one scope side by side.

    A seal that mixed the cases of many units would have to travel with each of them.
    """
    sql = "SELECT id, scope FROM op WHERE seal IS NULL AND office = ? ORDER BY scope, lsn"
    waiting: list[str] = []
    before: object = None
    for op_id, scope in connection.execute(sql, (bytes.fromhex(office),)).fetchall():
        if waiting and (scope != before or len(waiting) == most):
            yield tuple(waiting)
            waiting = []
        waiting.append(bytes(op_id).hex())
        before = scope
    if waiting:
        yield tuple(waiting)


def last_seal(connection: sqlite3.Connection, office: str) -> str:
    """The id of the latest seal of an office that this ledger holds; empty when there is none."""
    sql = "SELECT id FROM seal WHERE office = ? ORDER BY n DESC LIMIT 1"
    found = connection.execute(sql, (bytes.fromhex(office),)).fetchone()
    return bytes(found[0]).hex() if found else ""


def keep_seal(connection: sqlite3.Connection, seal: SealLine) -> int:
    """Keep a seal and return its number; one that is known already keeps its own."""
    key = bytes.fromhex(seal.id)
    values = (key, bytes.fromhex(seal.office), seal.line.decode("utf-8"))
    connection.execute("INSERT OR IGNORE INTO seal (id, office, line) VALUES (?, ?, ?)", values)
    number: int = connection.execute("SELECT n FROM seal WHERE id = ?", (key,)).fetchone()[0]
    return number


def set_seal(connection: sqlite3.Connection, number: int, ids: Sequence[str]) -> None:
    """Note that these own ops are held by a seal now."""
    sql = "UPDATE op SET seal = ? WHERE id = ? AND seal IS NULL"
    connection.executemany(sql, [(number, bytes.fromhex(op_id)) for op_id in ids])


def seal_lines(connection: sqlite3.Connection, numbers: Iterable[int]) -> Mapping[int, bytes]:
    """The lines of seals by their numbers."""
    wanted = sorted(set(numbers))
    found: dict[int, bytes] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        sql = f"SELECT n, line FROM seal WHERE n IN ({','.join('?' * len(part))})"
        found.update({number: line.encode("utf-8") for number, line in connection.execute(sql, part)})
    return found


def has_seal(connection: sqlite3.Connection, seal: str) -> bool:
    """Whether this ledger holds a seal already."""
    return connection.execute("SELECT 1 FROM seal WHERE id = ?", (bytes.fromhex(seal),)).fetchone() is not None


def unseal(connection: sqlite3.Connection, office: str) -> None:
    """Forget the seals of an office's own ops, so that its new keys seal them all again; the seals themselves stay."""
    connection.execute("UPDATE op SET seal = NULL WHERE office = ?", (bytes.fromhex(office),))
