"""Small helpers of the store's tests: ledgers in memory, deliveries, whole pictures of a ledger's state."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import peewee

from desktop.rules.kinds import KINDS
from desktop.rules.ops import Op
from desktop.store import journal
from desktop.store.integrity import table_rows
from desktop.store.ledger import Ledger, Surroundings
from desktop.store.migrations import migrate
from desktop.store.project import project, rebuild
from desktop.store.summary import refresh_summaries

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
NOW = 1_795_400_000_000
OFFICE = "0192f3a4b5c67000800000000000000a"


class Steady:
    """A clock that is set by hand and random bytes from a seed."""

    def __init__(self, seed: int = 1, now_ms: int = NOW) -> None:
        self.now_ms = now_ms
        self.chance = Random(seed)

    def at(self) -> datetime:
        """The moment as a date and time, for the names of backups."""
        return datetime.fromtimestamp(self.now_ms / 1000)

    def surroundings(self, holder: str = "测试员") -> Surroundings:
        """What a ledger takes from outside."""
        return Surroundings(lambda: self.now_ms, self.chance.randbytes, holder)


class _NoLock:
    def release(self) -> None:
        """Nothing was taken."""


def memory_ledger(office: str = OFFICE, outside: Surroundings | None = None, folder: Path = Path("nowhere")) -> Ledger:
    """A writable ledger without a folder, for tests of the journal alone."""
    database = peewee.SqliteDatabase("file:?mode=rwc", uri=True)
    database.connect()
    migrate(database.connection())
    database.execute_sql("INSERT INTO meta VALUES ('office', ?)", (office,))
    lock: Any = _NoLock()
    return Ledger(folder, database, outside or Steady().surroundings(), lock)


def deliver(ledger: Ledger, ops: Iterable[tuple[Op, bytes]], day: date = TODAY) -> list[Op]:
    """Take ops in as a package would: append, project, renew the summaries; returns those that were new."""
    connection = ledger.db.connection()
    connection.execute("BEGIN IMMEDIATE")
    fresh = journal.append(connection, ops, day)
    refresh_summaries(ledger, project(connection, fresh))
    connection.execute("COMMIT")
    return fresh


def rebuilt(ledger: Ledger) -> None:
    """Fold the whole journal again."""
    connection = ledger.db.connection()
    connection.execute("BEGIN IMMEDIATE")
    refresh_summaries(ledger, rebuild(connection))
    connection.execute("COMMIT")


def state_of(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the projection, conflicts and summary lines included."""
    return {name: list(table_rows(ledger, name)) for name in (*KINDS, "conflict", "summary")}


def bodies_of(ledger: Ledger) -> set[bytes]:
    """The bytes of all ops that are not purged."""
    rows = ledger.db.execute_sql("SELECT body FROM op WHERE body IS NOT NULL")
    return {row[0].encode("utf-8") for row in rows}


def ids_of(ledger: Ledger) -> list[str]:
    """The ids of all ops in the order of arrival."""
    return [bytes(row[0]).hex() for row in ledger.db.execute_sql("SELECT id FROM op ORDER BY lsn")]


def folder_print(folder: Path) -> dict[str, str]:
    """Name and hash of every file under a folder, to see that nothing changed.

    Left out: SQLite's shared memory and a log without content, which a reader makes and which say nothing.
    """
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith("-shm") and (file.stat().st_size or not file.name.endswith("-wal"))
    }


def program(source: str, *arguments: object) -> subprocess.Popen[str]:
    """A second program with the store at hand; it reads what the test writes and says lines to the test."""
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )


def can_mount() -> bool:
    """True where this user may mount in a name space of its own, which ends with the program and leaves nothing."""
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run_mounted(mount: str, source: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program on a folder after mounting over it, in a name space of its own (shell text, ``$1`` the folder)."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$2" -c "$3" "$1"', "sh", str(folder), sys.executable, source],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more},
        check=False,
    )


def run_plain(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program on a folder."""
    with program(source, folder) as other:
        out, err = other.communicate("")
        return subprocess.CompletedProcess(other.args, other.returncode, out, err)
