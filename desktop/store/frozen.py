"""Copies of the ledger as it stood when a month was frozen, kept beside it and made again whenever one is missing.

A copy holds what papers and lists are read from, not the whole journal. It is thrown away by every purge.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import peewee

from desktop.rules.errors import KnownFault
from desktop.rules.kinds import KINDS
from desktop.store.as_of import LINE, ledger_at
from desktop.store.connection import FILE, connect
from desktop.store.disk import overwrite, sync_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.freezes import Freeze, read_freezes
from desktop.store.journal import unguarded
from desktop.store.ledger import Ledger
from desktop.store.migrations import CURRENT, migrate

FOLDER = "months"
Tell = Callable[[str, float], None]
_TABLES = (*KINDS, "summary")


def is_ready(ledger: Ledger, freeze: Freeze) -> bool:
    """True when the copy of a frozen month lies there and is the right one: opening it takes no time."""
    found = _opened(ledger, freeze)
    if found is not None:
        found.close()
    return found is not None


def frozen_ledger(ledger: Ledger, freeze: Freeze, tell: Tell | None = None) -> Ledger:
    """The ledger as it stood when a month was frozen, to read only; close it after use.

    Where its copy is missing it is made, which takes long in a large ledger; one that cannot be kept is still read.
    """
    tell = tell or (lambda words, share: None)
    found = _opened(ledger, freeze)
    if found is not None:
        return found
    tell("正在整理冻结月份的数据", 0.1)
    try:
        _make(ledger, freeze, tell)
    except KnownFault:
        return ledger_at(ledger, freeze.place)
    return _opened(ledger, freeze) or ledger_at(ledger, freeze.place)


def drop_copies(ledger: Ledger) -> None:
    """Throw all copies away and overwrite their bytes: they may hold what was purged."""
    for file in (ledger.folder / FOLDER).glob("*"):
        with known_faults(file):
            overwrite(file)
            file.unlink()


def _file(ledger: Ledger, freeze: Freeze) -> Path:
    return ledger.folder / FOLDER / f"{freeze.round.id}.sqlite"


def _mark(ledger: Ledger, freeze: Freeze) -> str:
    """What a copy must say of itself: another format, another place or a purge since make it useless."""
    purges = ledger.db.execute_sql("SELECT count(*) FROM purge").fetchone()[0]
    return f"{CURRENT} {freeze.place} {purges}"


def _opened(ledger: Ledger, freeze: Freeze) -> Ledger | None:
    file = _file(ledger, freeze)
    if not file.is_file():
        return None
    database = None
    try:
        database = connect(file, write=False)
        view = Ledger(ledger.folder, database, ledger.outside, None, "已冻结的月份")
        if view.meta("copy") == _mark(ledger, freeze):
            return view
    except (KnownFault, peewee.DatabaseError, sqlite3.Error):
        pass  # a damaged copy is made again
    if database is not None:
        database.close()
    return None


def _make(ledger: Ledger, freeze: Freeze, tell: Tell) -> None:
    """Write the copy; it appears under its name only when it is whole."""
    target = _file(ledger, freeze)
    part = target.with_suffix(".part")
    with known_faults(target):
        target.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)
        copy = sqlite3.connect(part, isolation_level=None)
        try:
            migrate(copy)
            _fill(ledger, freeze, copy, tell)
            copy.close()
            sync_file(part)
            part.replace(target)
            sync_folder(target.parent)
        except BaseException:
            copy.close()
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def _fill(ledger: Ledger, freeze: Freeze, copy: sqlite3.Connection, tell: Tell) -> None:
    copy.execute("PRAGMA synchronous = OFF")
    copy.execute("ATTACH ? AS live", (str(ledger.folder / FILE),))
    copy.execute("BEGIN")
    if _is_untouched(copy, freeze):
        for table, names in _told(copy, tell):
            copy.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM live."{table}"')
    else:
        view = ledger_at(ledger, freeze.place)
        try:
            for table, names in _told(copy, tell):
                rows = view.db.execute_sql(f'SELECT {names} FROM "{table}"')
                marks = ", ".join("?" * len(names.split(", ")))
                copy.executemany(f'INSERT INTO main."{table}" ({names}) VALUES ({marks})', rows)
        finally:
            view.close()
    # What came late for the months before is told in this one's table: by the places of the lines since then.
    earlier = [found.place for found in read_freezes(ledger) if found.round.month < freeze.round.month]
    since = max(earlier, default=freeze.place)
    with unguarded(copy):
        copy.execute(
            f"INSERT INTO main.op ({LINE}) SELECT {LINE} FROM live.op WHERE lsn > ? AND lsn <= ?", (since, freeze.place)
        )
    facts = (("office", ledger.office_id), ("copy", _mark(ledger, freeze)))
    copy.executemany("INSERT INTO main.meta (key, value) VALUES (?, ?)", facts)
    copy.execute("COMMIT")
    copy.execute("DETACH live")


def _told(copy: sqlite3.Connection, tell: Tell) -> Iterator[tuple[str, str]]:
    """The tables to fill with the names of their columns, the guards open while each is filled."""
    for at, table in enumerate(_TABLES):
        tell("正在保存冻结月份的数据", 0.3 + 0.6 * at / len(_TABLES))
        names = ", ".join(f'"{row[1]}"' for row in copy.execute(f'PRAGMA main.table_info("{table}")'))
        with unguarded(copy):
            yield table, names


def _is_untouched(copy: sqlite3.Connection, freeze: Freeze) -> bool:
    """True when nothing but the line that froze the month has come since: the ledger itself is the copy."""
    others, last = copy.execute(
        "SELECT sum(row <> ?), max(lsn) FROM live.op WHERE lsn > ?", (bytes.fromhex(freeze.round.id), freeze.place)
    ).fetchone()
    return last is not None and not others
