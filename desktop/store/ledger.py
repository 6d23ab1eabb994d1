"""A ledger is a folder: ``ledger.sqlite``, ``evidence/ab/<sha256>`` and ``backups/``. Here it is made and opened."""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import peewee

from desktop.rules.clock import observe, remember, tick
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.ids import new_id
from desktop.store import drives, lock
from desktop.store.connection import FILE, check_version, connect, inspect_file
from desktop.store.disk import free_name, sync_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.migrations import CURRENT, migrate
from desktop.store.project import fold_again
from desktop.store.search_index import rebuild_search

PARTS = ("evidence", "backups")


@dataclass(slots=True)
class Surroundings:
    """What a ledger takes from outside: the wall clock in milliseconds and random bytes. Tests give their own."""

    now_ms: Callable[[], int] = field(default=lambda: time.time_ns() // 1_000_000)
    entropy: Callable[[int], bytes] = field(default=secrets.token_bytes)
    holder: str = ""


class Ledger:
    """An open ledger.

    Attributes: ``folder``; ``db`` the connection (this room only); ``office_id`` of the office that keeps it;
    ``writable``; ``held_by``, who writes it when this program may only read.
    """

    def __init__(
        self,
        folder: Path,
        db: peewee.SqliteDatabase,
        outside: Surroundings,
        write_lock: lock.WriteLock | None,
        held_by: str = "",
    ) -> None:
        self.folder = folder
        self.db = db
        self.outside = outside
        self.held_by = held_by
        self._lock = write_lock
        self._file = identity_of(folder)
        self.office_id = self.meta("office")
        self._hlc = int(self.meta("clock") or 0)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_in_place(self) -> bool:
        """False when the folder was moved or taken away, or another file lies there: what is written goes nowhere."""
        return self._file is not None and identity_of(self.folder) == self._file

    @property
    def is_open(self) -> bool:
        """True until it is closed, on a thread that has a connection."""
        return not self.db.is_closed()

    @property
    def writable(self) -> bool:
        """True when this program holds the writer's lock."""
        return self._lock is not None

    def meta(self, key: str) -> str:
        """A local fact of this copy of the ledger, empty when not set."""
        found = self.db.execute_sql("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else ""

    def require_writable(self) -> None:
        """Refuse to write when another program does, and say who."""
        if not self.writable:
            who = f"（{self.held_by}）" if self.held_by else ""
            raise KnownFault(f"台账正被另一个程序使用{who}，这里只能查看，没有保存。", "请等对方关闭后再试。")

    def next_hlc(self) -> int:
        """The next reading of the hybrid clock."""
        self._hlc = tick(self._hlc, self.outside.now_ms())
        return self._hlc

    def saw_hlc(self, hlc: int) -> None:
        """Move the clock past a reading that was taken in; one far in the future does not drag it."""
        self._hlc = observe(self._hlc, hlc, self.outside.now_ms())

    def was_at_hlc(self, hlc: int) -> None:
        """Move the clock past a reading that it gave itself before it went back to a backup, as a partner remembers.

        What this office sends from now on comes after all it ever sent.
        """
        self._hlc = remember(self._hlc, hlc)

    def keep_clock(self, connection: sqlite3.Connection) -> None:
        """Note the clock in the file, so that the next opening need not search the journal for it."""
        if self._hlc:
            connection.execute(
                "INSERT INTO meta (key, value) VALUES ('clock', ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                (str(self._hlc),),
            )

    def new_id(self) -> str:
        """A fresh row id."""
        return new_id(self.outside.now_ms(), self.outside.entropy(10))

    def nonce(self) -> str:
        """Eight random bytes that make every op unique."""
        return self.outside.entropy(8).hex()

    def close(self) -> None:
        """Close the file and give the writer's lock back."""
        if not self.db.is_closed():
            self.db.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def identity_of(folder: Path) -> tuple[int, int] | None:
    """What tells the file of a ledger from any other one that is put in its place; None where there is none."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def create(folder: Path, outside: Surroundings | None = None) -> Ledger:
    """Make an empty ledger in a folder that does not exist yet or is empty; it is open for writing."""
    outside = outside or Surroundings()
    drives.require_local(folder)
    with known_faults(folder):
        if folder.exists() and not _is_free(folder):
            raise Refused(f"这个位置已有内容，没有新建台账：{folder}。请换一个空文件夹。", "not_empty")
        folder.mkdir(parents=True, exist_ok=True)
        taken = lock.take(folder, outside.holder or default_holder())
    if taken is None:
        raise KnownFault(f"另一个程序正在这里新建台账：{folder}，没有再建。", "请等对方完成后再打开。")
    try:
        with known_faults(folder):
            _make_file(folder, outside)
            return Ledger(folder, connect(folder / FILE, write=True), outside, taken)
    except BaseException:
        taken.release()
        raise


def _make_file(folder: Path, outside: Surroundings) -> None:
    """The file appears under its name only when it is whole: a crash here leaves no half ledger."""
    part = folder / (FILE + ".part")
    for leftover in folder.glob(part.name + "*"):
        leftover.unlink()
    for name in PARTS:
        (folder / name).mkdir(exist_ok=True)
    database = connect(part, write=True)
    try:
        migrate(database.connection())
        facts = (new_id(outside.now_ms(), outside.entropy(10)), str(outside.now_ms()))
        database.execute_sql("INSERT INTO meta (key, value) VALUES ('office', ?), ('made', ?)", facts)
    finally:
        database.close()
    part.replace(folder / FILE)
    sync_folder(folder)


def _is_free(folder: Path) -> bool:
    """True for an empty folder, or one in which making a ledger was cut short before it had a name."""
    if not folder.is_dir():
        return False
    for entry in folder.iterdir():
        leftover = entry.name == lock.NAME or entry.name.startswith(FILE + ".part")
        if not leftover and not (entry.name in PARTS and entry.is_dir() and not any(entry.iterdir())):
            return False
    return True


def open_ledger(folder: Path, *, write: bool = True, outside: Surroundings | None = None, wait: float = 0.0) -> Ledger:
    """Open a ledger; with ``write`` take the writer's lock, and open to read only when another program has it.

    Raises KnownFault for a share, a stick, no ledger, damage, a newer version. ``wait``: seconds for the lock.
    """
    outside = outside or Surroundings()
    drives.require_local(folder)
    inspect_file(folder / FILE)
    taken, held_by = _take_lock(folder, outside, wait) if write else (None, "")
    database = None
    try:
        database = connect(folder / FILE, write=taken is not None)
        version = check_version(database, folder / FILE)
        if version < CURRENT:
            _upgrade(database, folder, version, taken)
        with known_faults(folder):
            if taken is not None:
                _catch_up(database.connection())
            return Ledger(folder, database, outside, taken, held_by)
    except BaseException:
        if database is not None:
            database.close()
        if taken is not None:
            taken.release()
        raise


def _take_lock(folder: Path, outside: Surroundings, wait: float) -> tuple[lock.WriteLock | None, str]:
    try:
        taken = lock.take(folder, outside.holder or default_holder(), wait)
    except OSError:
        return None, "文件夹只读"
    return taken, "" if taken else lock.holder_of(folder)


def _upgrade(database: peewee.SqliteDatabase, folder: Path, version: int, taken: lock.WriteLock | None) -> None:
    """Keep a copy of the file as it was, then migrate; without the copy nothing is changed."""
    if taken is None:
        raise KnownFault("这个台账需要先升级格式，但现在不能写入，没有打开。", "请关闭其他程序后再打开。")
    with known_faults(folder):
        copy = free_name(folder / "backups", f"升级前_格式{version}", ".sqlite")
        copy.parent.mkdir(exist_ok=True)
        part = copy.with_name(copy.name + ".part")
        part.unlink(missing_ok=True)
        database.execute_sql("VACUUM INTO ?", (str(part),))
        sync_file(part)
        part.replace(copy)
        sync_folder(copy.parent)
        migrate(database.connection())


def _catch_up(connection: sqlite3.Connection) -> None:
    """What an upgrade left to do, once: show what others wrote in a newer version's words, and index every text."""
    left = {row[0] for row in connection.execute("SELECT key FROM meta WHERE key IN ('refold', 'reindex')")}
    if not left:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if "refold" in left:
            fold_again(connection)
        rebuild_search(connection)
        connection.execute("DELETE FROM meta WHERE key IN ('refold', 'reindex')")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def default_holder() -> str:
    """Who runs this program, on which PC: what a second program shows."""
    user = os.environ.get("USERNAME") or os.environ.get("USER") or "本机用户"
    host = os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "本机")
    return f"{user}，电脑 {host}"
