"""Backups are whole ledger folders: the database by SQLite's own backup, the evidence file by file, then checked."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import peewee

from desktop.rules.errors import KnownFault, Refused
from desktop.rules.ops import is_hex, op_id
from desktop.store import drives, lock
from desktop.store.connection import FILE, check_version, connect, inspect_file
from desktop.store.disk import free_name, hash_file, sync_file, sync_folder
from desktop.store.evidence import file_of, named_files, purged_files
from desktop.store.faults import known_faults
from desktop.store.ledger import PARTS, Ledger
from desktop.store.templates import FOLDER as TEMPLATES
from desktop.store.templates import copy_templates

Progress = Callable[[str, float], None]
_PAGES = 2_000


def make_backup(ledger: Ledger, now: datetime, target: Path | None = None, progress: Progress | None = None) -> Path:
    """Write a whole backup and return its folder: in the ledger's ``backups/``, or in a new folder of ``target``.

    It appears under its name only when complete and checked; a failure leaves nothing. Evidence is linked where the
    disk allows (no room needed), else copied.
    """
    parent = target or ledger.folder / "backups"
    final = free_name(parent, f"{ledger.folder.name}_备份_{now:%Y%m%d_%H%M%S}" if target else f"{now:%Y%m%d_%H%M%S}")
    part = parent / (final.name + ".part")
    with known_faults(parent):
        parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        try:
            for name in PARTS:
                (part / name).mkdir(parents=True)
            copy_database(ledger.db, part / FILE)
            _copy_evidence(ledger.folder, part, _files(ledger.db), progress, link=target is None)
            copy_templates(ledger.folder, part)
            check_copy(part)
            part.replace(final)
            sync_folder(parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return final


def copy_database(source: peewee.SqliteDatabase, target: Path, heard: Callable[[], object] = lambda: None) -> None:
    """Copy the file of a ledger, which may be in use; ``heard`` is called every few megabytes, raises to cancel."""
    copy = sqlite3.connect(target)
    try:
        source.connection().backup(copy, pages=_PAGES, progress=lambda *_: heard(), sleep=0)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    sync_file(target)


def _files(database: peewee.SqliteDatabase) -> dict[str, str]:
    """The files that belong to the ledger, by hash; a hash that is none (a hostile op) names nothing."""
    return {digest: name for digest, name in named_files(database).items() if is_hex(digest, 64)}


def _copy_evidence(
    source: Path, target: Path, hashes: Iterable[str], progress: Progress | None, *, link: bool = False
) -> None:
    wanted = list(hashes)
    for done, digest in enumerate(wanted, 1):
        found, copy = file_of(source, digest), file_of(target, digest)
        if found.is_file() and not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            if not (link and _try_link(found, copy)):
                shutil.copyfile(found, copy)
                sync_file(copy)
        if progress:
            progress(f"备份佐证材料 {done}/{len(wanted)}", done / len(wanted))


def _try_link(found: Path, copy: Path) -> bool:
    """Within one disk a second name costs no room; evidence files are never written again."""
    try:
        os.link(found, copy)
    except OSError:
        return False
    return True


def check_copy(folder: Path) -> None:
    """Refuse a copy whose file is damaged or in which an op no longer has the hash that names it."""
    inspect_file(folder / FILE)
    database = connect(folder / FILE, write=False)
    try:
        check_version(database, folder / FILE)
        sound = database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
        lines = database.execute_sql("SELECT id, CAST(body AS BLOB) FROM op WHERE body IS NOT NULL")
        sound = sound and all(op_id(bytes(body)) == bytes(key).hex() for key, body in lines)
    finally:
        database.close()
    if not sound:
        raise KnownFault(f"这份备份没有通过检查：{folder}。台账未变。", "请检查磁盘，换一份备份或重新备份。")


def restore_backup(backup: Path, folder: Path, now: datetime) -> tuple[Path | None, tuple[str, ...]]:
    """Put a backup in the place of a ledger, after checking it whole.

    Returns where the ledger that stood there was moved to (None when there was none) and the names of evidence that
    neither has. Nothing is deleted; the old ledger's own backups move along into the restored one.
    """
    drives.require_local(folder)
    inspect_file(backup / FILE)
    with known_faults(backup):
        if backup.resolve() == folder.resolve():
            raise Refused("备份和要恢复的位置是同一个文件夹，没有改动。请另选位置。", "restore_same")
        check_copy(backup)
    with known_faults(folder):
        _require_ledger_or_nothing(folder)
        part = folder.with_name(folder.name + ".恢复中")
        shutil.rmtree(part, ignore_errors=True)
        try:
            missing = _fill(part, backup, folder)
            aside = _swap(part, folder, now)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        if aside and (aside / "backups").is_dir():
            with contextlib.suppress(OSError):
                (folder / "backups").rmdir()
                (aside / "backups").replace(folder / "backups")
            (folder / "backups").mkdir(exist_ok=True)
    return aside, missing


def _require_ledger_or_nothing(folder: Path) -> None:
    """A restore replaces a ledger or makes one; any other folder of the clerk's stays where it is."""
    ours = {*PARTS, TEMPLATES, "thumbs", lock.NAME}
    sound = not folder.exists() or (
        folder.is_dir() and ((folder / FILE).exists() or {entry.name for entry in folder.iterdir()} <= ours)
    )
    if not sound:
        raise Refused(f"这个位置有别的内容，不是台账，没有恢复，也没有改动：{folder}。请另选位置。", "restore_place")
    folder.parent.mkdir(parents=True, exist_ok=True)


def _fill(part: Path, backup: Path, folder: Path) -> tuple[str, ...]:
    """Make the restored ledger beside the old one; evidence the backup lacks is taken from the old one."""
    for name in PARTS:
        (part / name).mkdir(parents=True)
    database = connect(backup / FILE, write=False)
    try:
        # Not a plain copy: a folder given as backup may hold newer pages in its log.
        copy_database(database, part / FILE)
        wanted, purged = _files(database), purged_files(database)
    finally:
        database.close()
    left = dict(wanted)
    for source in (backup, folder):
        _copy_evidence(source, part, left, None)
        for digest in tuple(left):
            copy = file_of(part, digest)
            if copy.is_file() and hash_file(copy) == digest:
                del left[digest]
            else:
                copy.unlink(missing_ok=True)
    copy_templates(backup if (backup / TEMPLATES).is_dir() else folder, part)
    return tuple(sorted(name for digest, name in left.items() if digest not in purged))


def _swap(part: Path, folder: Path, now: datetime) -> Path | None:
    """Move the old ledger aside and the new one in its place; the old one comes back when that fails."""
    aside = None
    if folder.exists():
        taken = lock.take(folder, "恢复备份")
        if taken is None:
            who = lock.holder_of(folder) or "另一个程序"
            raise KnownFault(f"台账正被使用（{who}），没有恢复，也没有改动。", "请关闭正在使用它的程序后再恢复。")
        taken.release()  # Windows does not move a folder with an open file in it
        aside = free_name(folder.parent, f"{folder.name}_替换前_{now:%Y%m%d_%H%M%S}")
        folder.replace(aside)
    try:
        part.replace(folder)
    except BaseException:
        if aside:
            aside.replace(folder)
        raise
    sync_folder(folder.parent)
    return aside
