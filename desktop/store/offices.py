"""What this copy of the ledger knows of other offices: their keys, their packages, and what they have received."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.rules.errors import Refused
from desktop.store.faults import known_faults
from desktop.store.leavings import HELD_FOLDER
from desktop.store.ledger import Ledger

_ASK, _ENDED = "ask_again:", "key_ended:"
SUPERSEDED = "superseded"


class KeyState(StrEnum):
    """``active`` signs; ``retired`` verifies what it signed before; ``revoked`` is believed no more."""

    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """One confirmed pair of keys. ``how`` says by what it was confirmed: the paper's number, or the hub's list.

    ``card`` is the line by which the office above vouches for it, empty when it was confirmed here.
    """

    key_id: str
    office: str
    name: str
    sign: str
    age: str
    since: str
    how: str
    parent: str = ""
    state: KeyState = KeyState.ACTIVE
    card: str = ""


@dataclass(frozen=True, slots=True)
class PackageIn:
    """A package that was taken in, with its report and the places in the journal of what was new in it.

    ``made`` and ``taken`` are readings of the clock: the sender's when he wrote it, ours when it came.
    """

    id: str
    sender: str
    kind: str
    made: int
    taken: int
    day: str
    first: int
    last: int
    report: Mapping[str, Any]
    undone: str = ""


@dataclass(frozen=True, slots=True)
class PackageOut:
    """A package that was sent: up to which place of the journal, of which scopes, with which files."""

    id: str
    receiver: str
    kind: str
    made: int
    day: str
    upto: int
    scopes: tuple[str, ...]
    files: tuple[str, ...]
    name: str
    receipt: str = ""

    @property
    def is_confirmed(self) -> bool:
        """True once the receiver's receipt has come, unless one of the two has gone back to a backup since."""
        return bool(self.receipt) and self.receipt != SUPERSEDED


@dataclass(frozen=True, slots=True)
class PackageHeld:
    """A package of an office that nobody has confirmed yet (待核验); its file lies in the ledger's folder."""

    id: str
    sender: str
    sender_name: str
    key_id: str
    day: str
    file: str
    why: str


def read_keys(ledger: Ledger, office: str = "") -> tuple[OfficeKey, ...]:
    """The confirmed keys of one office, or of all, oldest first."""
    where, values = ("WHERE office = ?", (bytes.fromhex(office),)) if office else ("", ())
    columns = "key_id, office, name, sign, age, since, how, parent, state, card"
    sql = f"SELECT {columns} FROM office_key {where} ORDER BY since, key_id"
    return tuple(_key(*row) for row in ledger.db.execute_sql(sql, values))


def _key(
    key_id: bytes, office: bytes, name: str, sign: str, age: str, since: str, how: str, parent: bytes | None,
    state: str, card: str | None,
) -> OfficeKey:  # fmt: skip
    return OfficeKey(_hex(key_id), _hex(office), name, sign, age, since, how, _hex(parent), KeyState(state), card or "")


def put_key(connection: sqlite3.Connection, key: OfficeKey) -> None:
    """Keep a pair of keys, or its new state."""
    connection.execute(
        "INSERT OR REPLACE INTO office_key (key_id, office, name, parent, sign, age, state, since, how, card) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(key.key_id),
            bytes.fromhex(key.office),
            key.name,
            bytes.fromhex(key.parent) if key.parent else None,
            key.sign,
            key.age,
            str(key.state),
            key.since,
            key.how,
            key.card or None,
        ),
    )


def end_key(connection: sqlite3.Connection, key: OfficeKey, state: KeyState, hlc: int, card: str = "") -> None:
    """Keys are not to sign any more from a reading of the clock on; ``card`` is kept with them where it is given."""
    put_key(connection, replace(key, state=state, card=card or key.card))
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_ENDED + key.key_id, str(hlc)))


def key_ended(ledger: Ledger, key_id: str) -> int:
    """Since when keys are not to sign any more: a reading of the clock, 0 when that is not known."""
    return int(ledger.meta(_ENDED + key_id) or 0)


def find_in(ledger: Ledger, package: str) -> PackageIn | None:
    """A package that was taken in before, by its id."""
    return next(iter(_packages_in(ledger, "WHERE id = ?", (bytes.fromhex(package),))), None)


def packages_in(ledger: Ledger) -> tuple[PackageIn, ...]:
    """Every package that was taken in, the latest first."""
    return tuple(_packages_in(ledger, "ORDER BY taken DESC", ()))


def _packages_in(ledger: Ledger, rest: str, values: tuple[Any, ...]) -> Iterator[PackageIn]:
    sql = f"SELECT id, sender, kind, made, taken, day, first, last, report, undone FROM package_in {rest}"
    for key, sender, kind, made, taken, day, first, last, report, undone in ledger.db.execute_sql(sql, values):
        yield PackageIn(
            *(_hex(key), _hex(sender), kind, made, taken, day, first, last), json.loads(report), undone or ""
        )


def put_in(connection: sqlite3.Connection, package: PackageIn) -> None:
    """Note a package as taken in."""
    connection.execute(
        "INSERT INTO package_in (id, sender, kind, made, taken, day, first, last, report) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(package.id),
            bytes.fromhex(package.sender),
            package.kind,
            package.made,
            package.taken,
            package.day,
            package.first,
            package.last,
            _json(dict(package.report)),
        ),
    )


def set_receipt(connection: sqlite3.Connection, package: str, receipt: str) -> None:
    """Note the receipt of a package that another copy of this ledger sent."""
    connection.execute("UPDATE package_out SET receipt = ? WHERE id = ?", (receipt, bytes.fromhex(package)))


def set_undone(connection: sqlite3.Connection, package: str, words: str) -> None:
    """Note that an import was taken back, by whom and when."""
    connection.execute("UPDATE package_in SET undone = ? WHERE id = ?", (words, bytes.fromhex(package)))


def packages_out(ledger: Ledger, receiver: str = "") -> tuple[PackageOut, ...]:
    """Every package that was sent to an office, or to all, the latest first."""
    where, values = ("WHERE receiver = ?", (bytes.fromhex(receiver),)) if receiver else ("", ())
    columns = "id, receiver, kind, made, day, upto, scopes, files, name, receipt"
    sql = f"SELECT {columns} FROM package_out {where} ORDER BY made DESC, id"
    return tuple(
        PackageOut(
            *(_hex(key), _hex(peer), kind, made, day, upto),
            *(tuple(json.loads(scopes)), tuple(json.loads(files)), name, got or ""),
        )
        for key, peer, kind, made, day, upto, scopes, files, name, got in ledger.db.execute_sql(sql, values)
    )


def put_out(connection: sqlite3.Connection, package: PackageOut) -> None:
    """Note a package as sent."""
    connection.execute(
        "INSERT INTO package_out (id, receiver, kind, made, day, upto, scopes, files, name) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(package.id),
            bytes.fromhex(package.receiver),
            package.kind,
            package.made,
            package.day,
            package.upto,
            _json(list(package.scopes)),
            _json(list(package.files)),
            package.name,
        ),
    )


def acknowledge(connection: sqlite3.Connection, sent: PackageOut, receipt: str, lacking: Iterable[str]) -> None:
    """The receiver has confirmed a package: its records need not be sent again, the files it lacks go once more.

    Of a package confirmed before, only the files are looked at: volumes may have come since.
    """
    if sent.receipt == SUPERSEDED:
        return
    peer, without = bytes.fromhex(sent.receiver), set(lacking)
    connection.executemany(
        "INSERT INTO peer_file (peer, sha256, has) VALUES (?, ?, ?) "
        "ON CONFLICT (peer, sha256) DO UPDATE SET has = max(has, excluded.has)",
        [(peer, digest, digest not in without) for digest in sent.files],
    )
    if sent.receipt:
        return
    connection.executemany(
        "INSERT INTO peer_scope (peer, scope, acked) VALUES (?, ?, ?) "
        "ON CONFLICT (peer, scope) DO UPDATE SET acked = max(acked, excluded.acked)",
        [(peer, bytes.fromhex(scope), sent.upto) for scope in sent.scopes],
    )
    connection.execute("UPDATE package_out SET receipt = ? WHERE id = ?", (receipt, bytes.fromhex(sent.id)))


def forget_acknowledged(connection: sqlite3.Connection, peer: str) -> None:
    """Send everything to this office again: it, or this ledger, has gone back to a backup.

    What it confirms of packages sent before says nothing any more.
    """
    for table in ("peer_scope", "peer_file"):
        connection.execute(f"DELETE FROM {table} WHERE peer = ?", (bytes.fromhex(peer),))
    sql = "UPDATE package_out SET receipt = ? WHERE receiver = ?"
    connection.execute(sql, (SUPERSEDED, bytes.fromhex(peer)))


def ask_again(connection: sqlite3.Connection, peer: str, hlc: int) -> None:
    """Note that this office is to send everything once more; ``hlc`` is a reading of the clock now, 0 when it has."""
    if hlc:
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_ASK + peer, str(hlc)))
    else:
        connection.execute("DELETE FROM meta WHERE key = ?", (_ASK + peer,))


def asked_again(ledger: Ledger, peer: str) -> int:
    """Since when an office is asked to send everything once more: a reading of the clock, 0 when it is not."""
    return int(ledger.meta(_ASK + peer) or 0)


def ask_all_again(ledger: Ledger) -> None:
    """After going back to a backup: what came since is lost here, and everybody is asked to send it again."""
    connection = ledger.db.connection()
    with known_faults(ledger.folder), ledger.db.atomic("IMMEDIATE"):
        for (office,) in connection.execute("SELECT DISTINCT office FROM office_key").fetchall():
            if _hex(office) != ledger.office_id:
                ask_again(connection, _hex(office), ledger.next_hlc())
                forget_acknowledged(connection, _hex(office))


def held_packages(ledger: Ledger, sender: str = "") -> tuple[PackageHeld, ...]:
    """The packages that wait for their sender to be confirmed.

    One whose file is gone, as after a restored backup, waits no more: its sender has no receipt and sends it again.
    """
    where, values = ("WHERE sender = ?", (bytes.fromhex(sender),)) if sender else ("", ())
    sql = f"SELECT id, sender, sender_name, key_id, day, file, why FROM package_held {where} ORDER BY day, id"
    rows = ledger.db.execute_sql(sql, values)
    found = (PackageHeld(_hex(row[0]), _hex(row[1]), row[2], _hex(row[3]), *row[4:]) for row in rows)
    return tuple(held for held in found if (ledger.folder / HELD_FOLDER / held.file).is_file())


def put_held(connection: sqlite3.Connection, held: PackageHeld) -> None:
    """Keep a package aside."""
    connection.execute(
        "INSERT OR REPLACE INTO package_held (id, sender, sender_name, key_id, day, file, why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(held.id),
            bytes.fromhex(held.sender),
            held.sender_name,
            bytes.fromhex(held.key_id),
            held.day,
            held.file,
            held.why,
        ),
    )


def drop_held(connection: sqlite3.Connection, package: str) -> None:
    """A package that was kept aside has been taken in, or turned away by a person."""
    connection.execute("DELETE FROM package_held WHERE id = ?", (bytes.fromhex(package),))


def read_own_keys(ledger: Ledger) -> bytes:
    """This office's keys, sealed; empty while none were made."""
    return ledger.meta("identity").encode("utf-8")


def put_own_keys(connection: sqlite3.Connection, sealed: bytes) -> None:
    """Keep this office's keys, sealed under its passphrase."""
    sql = "INSERT OR REPLACE INTO meta (key, value) VALUES ('identity', ?)"
    connection.execute(sql, (sealed.decode("utf-8"),))


def drop_own_keys(connection: sqlite3.Connection) -> None:
    """This office's keys go from this copy for good."""
    connection.execute("DELETE FROM meta WHERE key = 'identity'")


def require_key(keys: Iterable[OfficeKey], key_id: str) -> OfficeKey:
    """The confirmed keys of that name that are still believed; Refused when they are unknown or revoked."""
    found = next((key for key in keys if key.key_id == key_id), None)
    if found is None:
        raise Refused("发送单位的交换身份还没有核对，数据包先放在一旁，台账未变。", "key_unknown")
    if found.state == KeyState.REVOKED:
        raise Refused(f"“{found.name}”的这份交换身份已作废，没有接收，台账未变。", "key_revoked")
    return found


def _hex(value: bytes | None) -> str:
    return bytes(value).hex() if value else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
