"""Opening the SQLite file of a ledger: pragmas, version gate, signs of damage."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from desktop.rules.errors import KnownFault
from desktop.store.faults import known_faults
from desktop.store.migrations import APPLICATION_ID, CURRENT

FILE = "ledger.sqlite"
_PRAGMAS = {"foreign_keys": 1, "trusted_schema": 0, "cache_size": -16000}
_WRITING = {"journal_mode": "wal", "synchronous": "full", **_PRAGMAS}
_HEADER = 100
_MAGIC = b"SQLite format 3\x00"


def connect(file: Path, *, write: bool) -> peewee.SqliteDatabase:
    """A connection for writing (WAL, synchronous FULL: a power cut loses nothing confirmed) or for reading only."""
    with known_faults(file), _readable(file):
        if write:
            database = _database(str(file), pragmas=_WRITING, timeout=15)
            database.connect()
            return database
        return _connect_reading(file)


def _database(name: str, **settings: Any) -> peewee.SqliteDatabase:
    # Whoever asks a database that was closed, or on a thread without a connection, would open one that nobody closes.
    return peewee.SqliteDatabase(name, autoconnect=False, **settings)


def engine() -> str:
    """The name and version of the SQLite at work; KnownFault when it cannot search texts."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE found USING fts5(words)")
    except sqlite3.OperationalError as error:
        raise KnownFault(f"SQLite {sqlite3.sqlite_version} 不支持全文检索。", "请换用完整的程序文件夹。") from error
    finally:
        database.close()
    return f"SQLite {sqlite3.sqlite_version}，支持全文检索"


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Where the table of contents itself is damaged, SQLite's message quotes bytes that Python cannot read."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise KnownFault(
            f"台账文件已损坏，没有改动它：{file}。", "请从备份恢复，损坏的文件请留着备查。"
        ) from error


def _connect_reading(file: Path) -> peewee.SqliteDatabase:
    uri = file.resolve().as_uri() + "?mode=ro"
    try:
        return _tried(_database(uri, uri=True, pragmas=_PRAGMAS, timeout=15))
    except (peewee.OperationalError, sqlite3.OperationalError) as error:
        # On a read-only disk SQLite cannot make the WAL's shared memory; a file nobody writes is read as it is.
        if not any(words in str(error) for words in ("unable to open", "readonly database")):
            raise
        if _has_wal(file):
            raise KnownFault(
                f"台账在只读的位置，又有上次没有并入的记录，没有打开，也没有改动：{file.parent}。",
                "请把整个台账文件夹复制到本机可写的位置，再打开。",
            ) from error
    return _tried(_database(uri + "&immutable=1", uri=True, pragmas=_PRAGMAS))


def _tried(database: peewee.SqliteDatabase) -> peewee.SqliteDatabase:
    """The database once a first reading has shown that it opens; closed when it does not."""
    try:
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master")
    except BaseException:
        database.close()
        raise
    return database


def inspect_file(file: Path) -> None:
    """Refuse what is no ledger, is cut short, or was made by a newer version, before anything writes to it."""
    with known_faults(file):
        if not file.is_file():
            raise KnownFault(f"这里没有台账：{file.parent}。", "请选择存有 ledger.sqlite 的台账文件夹。")
        size = file.stat().st_size
        with file.open("rb") as handle:
            head = handle.read(_HEADER)
    if size == 0 or not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise KnownFault(f"这个文件不是台账，或已损坏：{file}。没有改动它。", "请从备份恢复。")
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    if size < page * pages and not _has_wal(file):
        raise KnownFault(
            f"台账文件不完整：{file}（应有 {page * pages} 字节，只有 {size} 字节）。没有改动它。",
            "请从备份恢复。",
        )
    if not _has_wal(file):
        _check_numbers(int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"), file)
        return
    # The newest pages lie in the log that a crash left behind, perhaps the version among them.
    database = connect(file, write=False)
    try:
        check_version(database, file)
    finally:
        database.close()


def _has_wal(file: Path) -> bool:
    wal = file.with_name(file.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def is_older(file: Path) -> bool:
    """True for a sound ledger of an older version, which is upgraded when it is next opened for writing."""
    inspect_file(file)
    database = connect(file, write=False)
    try:
        return check_version(database, file) < CURRENT
    finally:
        database.close()


def check_version(database: peewee.SqliteDatabase, file: Path) -> int:
    """The schema version; refuses another program's file and a ledger of a newer version."""
    with known_faults(file):
        application = database.execute_sql("PRAGMA application_id").fetchone()[0]
        version: int = database.execute_sql("PRAGMA user_version").fetchone()[0]
    _check_numbers(application, version, file)
    return version


def _check_numbers(application: int, version: int, file: Path) -> None:
    if application != APPLICATION_ID:
        raise KnownFault(f"这个文件不是督察整改台账：{file}。没有改动它。", "请选择正确的台账文件夹。")
    if version > CURRENT:
        raise KnownFault(
            f"这个台账由更新版本的程序建立（格式 {version}），本程序只认识到格式 {CURRENT}；台账没有改动。",
            "请用新版程序打开。",
        )
