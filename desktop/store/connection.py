"""Opening the SQLite file of a ledger: pragmas, version gate, signs of damage."""

import sqlite3
from pathlib import Path

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
    with known_faults(file):
        if write:
            database = peewee.SqliteDatabase(str(file), pragmas=_WRITING, timeout=15)
            database.connect()
            return database
        return _connect_reading(file)


def _connect_reading(file: Path) -> peewee.SqliteDatabase:
    uri = file.resolve().as_uri() + "?mode=ro"
    database = peewee.SqliteDatabase(uri, uri=True, pragmas=_PRAGMAS, timeout=15)
    try:
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master")
    except (peewee.OperationalError, sqlite3.OperationalError):
        # On a read-only disk SQLite cannot make the WAL's shared memory; a file nobody writes is read as it is.
        database.close()
        database = peewee.SqliteDatabase(uri + "&immutable=1", uri=True, pragmas=_PRAGMAS)
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master")
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
        raise KnownFault(f"这个文件不是台账，或已损坏：{file}。没有改动它。", "请从备份恢复（restore）。")
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    if size < page * pages and not _has_wal(file):
        raise KnownFault(
            f"台账文件不完整：{file}（应有 {page * pages} 字节，只有 {size} 字节）。没有改动它。",
            "请从备份恢复（restore）。",
        )


def _has_wal(file: Path) -> bool:
    wal = file.with_name(file.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def check_version(database: peewee.SqliteDatabase, file: Path) -> int:
    """The schema version; refuses another program's file and a ledger of a newer version."""
    with known_faults(file):
        application = database.execute_sql("PRAGMA application_id").fetchone()[0]
        version: int = database.execute_sql("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise KnownFault(f"这个文件不是督察整改台账：{file}。没有改动它。", "请选择正确的台账文件夹。")
    if version > CURRENT:
        raise KnownFault(
            f"这个台账由更新版本的程序建立（格式 {version}），本程序只认识到格式 {CURRENT}；台账没有改动。",
            "请用新版程序打开。",
        )
    return version
