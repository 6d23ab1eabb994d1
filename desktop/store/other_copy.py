"""Another copy of this ledger, brought from the office's other PC: what it knows is taken in, nothing is given up."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.rules.errors import Refused
from desktop.store.journal import append_stubs
from desktop.store.ledger import Ledger
from desktop.store.migrations import migrate
from desktop.store.offices import (
    KeyState,
    find_in,
    packages_in,
    packages_out,
    put_in,
    put_key,
    put_out,
    put_own_keys,
    read_keys,
    read_own_keys,
    set_receipt,
    set_undone,
)
from desktop.store.seal_book import SealLine
from desktop.store.writer import Writer

_STATES = {state: rank for rank, state in enumerate((KeyState.ACTIVE, KeyState.RETIRED, KeyState.REVOKED))}
_STUB = "id, row, scope, hlc, office, day, stub"


def require_own_shape(ledger: Ledger) -> None:
    """Refuse a database with triggers or views that this program did not make: they would change what is read."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh)
        ours = set(fresh.execute(_ACTING))
    finally:
        fresh.close()
    if set(ledger.db.execute_sql(_ACTING)) != ours:
        raise Refused(
            "这份台账的内部结构被改动过，没有采用，本机的台账未变；请从原来的电脑重新带出一份。", "carried_shape"
        )


_ACTING = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"


def seals_of(other: Ledger) -> Iterator[SealLine]:
    """Every seal that the other copy holds."""
    for key, office, line in other.db.execute_sql("SELECT id, office, line FROM seal ORDER BY n"):
        yield SealLine(bytes(key).hex(), bytes(office).hex(), line.encode("utf-8"))


def lines_lacking(ledger: Ledger, other: Ledger) -> Iterator[tuple[str, str, bytes]]:
    """Id, office and bytes of the ops that only the other copy holds, in the order in which they arrived there."""
    known = {bytes(row[0]) for row in ledger.db.execute_sql("SELECT id FROM op")}
    sql = "SELECT id, office, body FROM op WHERE body IS NOT NULL ORDER BY lsn"
    for key, office, body in other.db.execute_sql(sql):
        if bytes(key) not in known:
            yield bytes(key).hex(), bytes(office).hex(), body.encode("utf-8")


def purged_there(ledger: Ledger, other: Ledger) -> tuple[str, ...]:
    """Ids of ops that were purged in the other copy and still have their text in this one."""
    gone = {bytes(row[0]) for row in other.db.execute_sql("SELECT id FROM op WHERE body IS NULL")}
    held = (bytes(row[0]) for row in ledger.db.execute_sql("SELECT id FROM op WHERE body IS NOT NULL")) if gone else ()
    return tuple(key.hex() for key in held if key in gone)


def take_stubs(writer: Writer, other: Ledger) -> None:
    """Note the ops that were purged in the other copy before they came here, as that copy does."""
    rows = other.db.execute_sql(f"SELECT {_STUB} FROM op WHERE body IS NULL ORDER BY lsn").fetchall()
    append_stubs(writer.connection, rows)


def take_facts(writer: Writer, other: Ledger) -> None:
    """Take in what the other copy knows beside the journal: keys, and the packages that came and went there.

    Places in the other journal mean nothing here: an import of the other copy is taken back there, and what was sent
    from there is confirmed here only for its files.
    """
    ledger, connection = writer.ledger, writer.connection
    _take_keys(ledger, connection, other)
    # What this office sends from now on comes after all that either copy ever sent.
    ledger.was_at_hlc(max((package.made for package in packages_out(other)), default=0))
    for came in reversed(packages_in(other)):
        known = find_in(ledger, came.id)
        if known is None:
            # Readings of the other PC's clock are not compared with those of this one: it came here just now.
            put_in(connection, replace(came, first=0, last=0, taken=ledger.next_hlc()))
        if came.undone and not (known and known.undone):
            set_undone(connection, came.id, came.undone)
    sent = {package.id: package for package in packages_out(ledger)}
    for package in packages_out(other):
        if package.id not in sent:
            put_out(connection, replace(package, upto=0, scopes=(), receipt=""))
        if package.receipt and not (package.id in sent and sent[package.id].receipt):
            set_receipt(connection, package.id, package.receipt)


def _take_keys(ledger: Ledger, connection: sqlite3.Connection, other: Ledger) -> None:
    """The keys of both copies; of two states of one key the stricter. Renewed keys of the office itself are taken."""
    own = {key.key_id: key for key in read_keys(ledger)}
    theirs: Mapping[str, KeyState] = {}
    for key in read_keys(other):
        theirs = {**theirs, key.key_id: key.state}
        known = own.get(key.key_id)
        if known is None:
            put_key(connection, key)
        elif _STATES[key.state] > _STATES[known.state]:
            put_key(connection, replace(known, state=key.state))
    active = next((k for k in own.values() if k.office == ledger.office_id and k.state == KeyState.ACTIVE), None)
    sealed = read_own_keys(other)
    if sealed and (active is None or theirs.get(active.key_id, KeyState.ACTIVE) != KeyState.ACTIVE):
        put_own_keys(connection, sealed)
