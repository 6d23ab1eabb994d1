"""Backups are whole ledger folders: the database by SQLite's own backup, the evidence file by file, then checked."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.rules.errors import KnownFault, Refused
from desktop.store import drives
from desktop.store.connection import FILE, check_version, connect, inspect_file
from desktop.store.evidence import file_of, hash_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.ledger import PARTS, Ledger

Progress = Callable[[str, float], None]


def make_backup(ledger: Ledger, now: datetime, target: Path | None = None, progress: Progress | None = None) -> Path:
    """Write a whole backup and return its folder: in the ledger's ``backups/``, or in a new folder of ``target``.

    It appears under its name only when complete and checked; a failure leaves nothing. Evidence is linked where the
    disk allows (no room needed), else copied.
    """
    parent = target or ledger.folder / "backups"
    final = _free_name(parent, f"{ledger.folder.name}_备份_{now:%Y%m%d_%H%M%S}" if target else f"{now:%Y%m%d_%H%M%S}")
    part = parent / (final.name + ".part")
    with known_faults(parent):
        parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        try:
            for name in PARTS:
                (part / name).mkdir(parents=True)
            _copy_database(ledger, part / FILE)
            _copy_evidence(ledger.folder, part, evidence_hashes(ledger), progress, link=target is None)
            _check_copy(part)
            part.replace(final)
            sync_folder(parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return final


def _free_name(parent: Path, name: str) -> Path:
    found, count = parent / name, 1
    while found.exists():
        count += 1
        found = parent / f"{name}_{count}"
    return found


def _copy_database(ledger: Ledger, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        ledger.db.connection().backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    with target.open("rb+") as handle:
        os.fsync(handle.fileno())


def evidence_hashes(ledger: Ledger) -> list[str]:
    """The hashes of all evidence the ledger names, withdrawn or not: nothing is thrown away."""
    rows = ledger.db.execute_sql("SELECT DISTINCT sha256 FROM evidence WHERE length(sha256) = 64 ORDER BY sha256")
    return [row[0] for row in rows]


def _copy_evidence(source: Path, target: Path, hashes: list[str], progress: Progress | None, *, link: bool) -> None:
    for done, digest in enumerate(hashes, 1):
        found = file_of(source, digest)
        if found.is_file():
            copy = file_of(target, digest)
            copy.parent.mkdir(exist_ok=True)
            if not (link and _try_link(found, copy)):
                shutil.copyfile(found, copy)
                with copy.open("rb") as handle:
                    os.fsync(handle.fileno())
        if progress:
            progress(f"备份佐证材料 {done}/{len(hashes)}", done / len(hashes))


def _try_link(found: Path, copy: Path) -> bool:
    try:
        os.link(found, copy)
    except OSError:
        return False
    return True


def _check_copy(folder: Path) -> None:
    inspect_file(folder / FILE)
    database = connect(folder / FILE, write=False)
    try:
        check_version(database, folder / FILE)
        result = database.execute_sql("PRAGMA integrity_check").fetchone()[0]
    finally:
        database.close()
    if result != "ok":
        raise KnownFault("备份没有通过检查，已删去这份备份，台账未变。", "请检查磁盘后重新备份。")


def restore_backup(backup: Path, folder: Path, now: datetime) -> tuple[Path | None, tuple[str, ...]]:
    """Put a backup in the place of a ledger, after checking it whole.

    Returns where the ledger that stood there was moved to (None when there was none) and the names of evidence the
    backup lacks. Nothing is deleted; the old ledger's own backups move along into the restored one.
    """
    drives.require_local(folder)
    inspect_file(backup / FILE)
    with known_faults(backup):
        if backup.resolve() == folder.resolve():
            raise Refused("备份和要恢复的位置是同一个文件夹，没有改动。请另选位置。", "restore_same")
        _check_copy(backup)
        part = folder.with_name(folder.name + ".恢复中")
        shutil.rmtree(part, ignore_errors=True)
        try:
            missing = _copy_backup(backup, part)
            aside = _free_name(folder.parent, f"{folder.name}_替换前_{now:%Y%m%d_%H%M%S}") if folder.exists() else None
            if aside:
                folder.replace(aside)
            part.replace(folder)
            sync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        if aside and (aside / "backups").is_dir():
            (folder / "backups").rmdir()
            (aside / "backups").replace(folder / "backups")
    return aside, missing


def _copy_backup(backup: Path, part: Path) -> tuple[str, ...]:
    for name in PARTS:
        (part / name).mkdir(parents=True)
    shutil.copyfile(backup / FILE, part / FILE)
    with (part / FILE).open("rb+") as handle:
        os.fsync(handle.fileno())
    database = connect(part / FILE, write=False)
    try:
        sql = "SELECT DISTINCT sha256, name FROM evidence WHERE length(sha256) = 64"
        wanted = {row[0]: row[1] for row in database.execute_sql(sql)}
    finally:
        database.close()
    _copy_evidence(backup, part, sorted(wanted), None, link=False)
    damaged = [d for d in wanted if not file_of(part, d).is_file() or hash_file(file_of(part, d)) != d]
    return tuple(sorted(wanted[d] or d for d in damaged))
