"""What a package for one office holds: the ops it may see and has not got yet, with their seals and files."""

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.rules.audience import Relation, kinds_for, passes_unknown
from desktop.rules.kinds import KINDS
from desktop.rules.ops import is_hex
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger

# What all share has no row id; this stands for it among the scopes.
SHARED_KEY = "0" * 32
_OFTEN = 200
_BROUGHT = "SELECT 1 FROM package_in WHERE sender = :peer AND op.lsn BETWEEN first AND last"

Heard = Callable[[], object]


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of evidence that a package should bring; ``present`` is False in the state 缺附件."""

    digest: str
    size: int
    name: str
    present: bool


@dataclass(slots=True)
class Outgoing:
    """What there is for a receiver. ``places`` are places in the journal; ``scopes`` what they belong to.

    ``upto`` is the last place looked at: what the receiver confirms is everything of these scopes up to it.
    """

    places: list[int] = field(default_factory=list)
    seals: set[int] = field(default_factory=set)
    scopes: tuple[str, ...] = ()
    upto: int = 0
    files: tuple[OutgoingFile, ...] = ()
    tables: dict[str, int] = field(default_factory=dict)


def look_for(
    ledger: Ledger,
    peer: str,
    relation: Relation,
    units: Iterable[str] = (),
    *,
    full: bool = False,
    sealed_only: bool = True,
    heard: Heard = lambda: None,
) -> Outgoing:
    """What a package for ``peer`` would hold now.

    ``units`` are the unit ids under which the peer works on cases (its own and the groups it belongs to); ``full``
    sends again what it has confirmed before, and what it wrote itself. Only sealed ops can travel; for a look ahead
    ``sealed_only`` is False. ``heard`` is called every few hundred scopes and may raise to cancel.
    """
    connection = ledger.db.connection()
    out = Outgoing()
    out.upto = connection.execute("SELECT coalesce(max(lsn), 0) FROM op").fetchone()[0]
    acked = {} if full else _acked(connection, peer)
    # What came from the peer it has: where it has confirmed a scope, that does not go back to it.
    came = () if full else _came_from(connection, peer)
    scopes, former = _scopes(connection, peer, relation, tuple(units))
    allowed = kinds_for(relation)
    hidden = frozenset(KINDS) - allowed
    digests: dict[str, None] = {}
    for number, scope in enumerate(scopes):
        if number % _OFTEN == 0:
            heard()
        for place, seal, table, digest in _ops(connection, scope, acked.get(scope), peer, sealed_only):
            if table in hidden or (table not in allowed and not passes_unknown(relation)):
                continue
            if scope in acked and _is_in(place, came):
                continue
            _add(out, place, seal, table)
            if digest:
                digests[digest] = None
    for row, scope in former:
        # A unit that was taken off a case hears of that, and of nothing else.
        for place, seal, table, _ in _ops(connection, scope, acked.get(row), peer, sealed_only, row):
            _add(out, place, seal, table)
    out.scopes = (*scopes, *(row for row, _ in former))
    out.places.sort()
    out.files = _files(ledger, connection, peer, digests, full)
    return out


def op_lines(connection: sqlite3.Connection, places: Iterable[int]) -> Iterator[bytes]:
    """The exact bytes of the ops at these places; purged ones have none and are passed over."""
    for place in places:
        found = connection.execute("SELECT body FROM op WHERE lsn = ?", (place,)).fetchone()
        if found and found[0] is not None:
            yield found[0].encode("utf-8")


def _add(out: Outgoing, place: int, seal: int, table: str) -> None:
    out.places.append(place)
    out.seals.add(seal)
    out.tables[table] = out.tables.get(table, 0) + 1


def _came_from(connection: sqlite3.Connection, peer: str) -> tuple[tuple[int, int], ...]:
    """The places in the journal of what packages of the peer brought, in order."""
    sql = "SELECT first, last FROM package_in WHERE sender = ? AND first > 0 ORDER BY first"
    return tuple((first, last) for first, last in connection.execute(sql, (bytes.fromhex(peer),)))


def _is_in(place: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    at = bisect_right(ranges, place, key=lambda found: found[0]) - 1
    return at >= 0 and place <= ranges[at][1]


def _acked(connection: sqlite3.Connection, peer: str) -> Mapping[str, int]:
    rows = connection.execute("SELECT scope, acked FROM peer_scope WHERE peer = ?", (bytes.fromhex(peer),))
    return {bytes(scope).hex(): acked for scope, acked in rows}


def _scopes(
    connection: sqlite3.Connection, peer: str, relation: Relation, units: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, str]]]:
    """The scopes that go, and the rows by which a unit was taken off a case, with the scope each lies in."""
    if relation == Relation.OTHER:
        return [SHARED_KEY], []
    if relation != Relation.CASE:
        found = connection.execute("SELECT DISTINCT scope FROM op WHERE scope IS NOT NULL ORDER BY scope")
        return [SHARED_KEY, *(bytes(row[0]).hex() for row in found)], []
    marks = ",".join("?" * len(units))
    rows = connection.execute(
        f"SELECT id, problem, active FROM problem_unit WHERE problem IS NOT NULL AND (unit IN ({marks}) OR unit IN "
        f"(SELECT id FROM unit WHERE merged_into IN ({marks}))) ORDER BY problem, id",
        [bytes.fromhex(unit) for unit in (*units, *units)],
    ).fetchall()
    # What an office found and entered itself stays its own case, whatever its role in it.
    own = connection.execute("SELECT id FROM problem WHERE owner = ?", (bytes.fromhex(peer),)).fetchall()
    held = {bytes(row[0]).hex() for row in own} | {bytes(problem).hex() for _, problem, active in rows if active}
    former = [(bytes(row).hex(), bytes(problem).hex()) for row, problem, active in rows if not active]
    return [SHARED_KEY, *sorted(held)], [(row, scope) for row, scope in former if scope not in held]


def _ops(
    connection: sqlite3.Connection, scope: str, acked: int | None, peer: str, sealed_only: bool, row: str = ""
) -> Iterator[tuple[int, int, str, str]]:
    """Place, seal, kind and file (of evidence) of the sealed ops of a scope, or of one row in it.

    Where the peer has confirmed a scope up to ``acked``, nothing goes back to it that it wrote and brought itself.
    What it wrote and a third office brought it may have lost. Where it has confirmed nothing it may have lost all that
    it wrote: its ledger was restored, or the case has just come back to it.
    """
    where = "scope IS NULL" if scope == SHARED_KEY else "scope = :scope"
    where += " AND row = :row" if row else ""
    where += "" if acked is None else f" AND (office <> :peer OR NOT EXISTS ({_BROUGHT}))"
    where += " AND seal IS NOT NULL" if sealed_only else ""
    sql = (
        "SELECT lsn, seal, json_extract(body, '$.t'), json_extract(body, '$.f.sha256') FROM op "
        f"WHERE {where} AND lsn > :after AND body IS NOT NULL ORDER BY lsn"
    )
    values = {
        "scope": bytes.fromhex(scope),
        "row": bytes.fromhex(row),
        "peer": bytes.fromhex(peer),
        "after": acked or 0,
    }
    for place, seal, table, digest in connection.execute(sql, values):
        yield place, seal or 0, table, digest if table == "evidence" and is_hex(digest, 64) else ""


def _files(
    ledger: Ledger, connection: sqlite3.Connection, peer: str, digests: Iterable[str], full: bool
) -> tuple[OutgoingFile, ...]:
    """The files that these ops name, less those the peer has for sure, and those it asked for."""
    known: dict[str, int] = {}
    if not full:
        known = dict(connection.execute("SELECT sha256, has FROM peer_file WHERE peer = ?", (bytes.fromhex(peer),)))
    had = {digest for digest, has in known.items() if has}
    digests = dict.fromkeys((*digests, *(digest for digest, has in known.items() if not has)))
    found = []
    for digest in digests:
        if digest in had:
            continue
        size, name = connection.execute(
            "SELECT max(size), min(name) FROM evidence WHERE sha256 = ?", (digest,)
        ).fetchone()
        path = file_of(ledger.folder, digest)
        present = path.is_file()
        found.append(OutgoingFile(digest, path.stat().st_size if present else size or 0, name or digest, present))
    return tuple(found)
