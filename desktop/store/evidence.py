"""The evidence folder: files copied in under their SHA-256, each stored once, never changed."""

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import peewee

from desktop.rules.errors import KnownFault, Refused
from desktop.store.disk import BLOCK, hash_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger

_NAMING = {"evidence": "name", "paper": "file", "paper_scan": "name"}
MAX_SIZE = 500 * 1024 * 1024
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies in the evidence folder."""

    sha256: str
    size: int
    name: str
    was_known: bool


def file_of(folder: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie: ``evidence/ab/<64 hex>`` (exchange §1)."""
    return folder / "evidence" / sha256[:2] / sha256


def named_files(database: peewee.SqliteDatabase) -> dict[str, str]:
    """Hash and name of every file the ledger names: evidence, archived papers, their scans, withdrawn or not.

    Nothing is thrown away. A backup of an older version has fewer tables.
    """
    there = {row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    parts = [f'SELECT sha256, "{name}" AS name FROM {table}' for table, name in _NAMING.items() if table in there]
    rows = database.execute_sql(
        f"SELECT sha256, min(name) FROM ({' UNION ALL '.join(parts)}) GROUP BY sha256 ORDER BY sha256"
    )
    return {digest: name or digest for digest, name in rows if digest}


def purged_files(database: peewee.SqliteDatabase) -> frozenset[str]:
    """Hashes of files that were removed on purpose: where they are not there, nobody misses them."""
    rows = database.execute_sql("SELECT sha256 FROM purge WHERE sha256 IS NOT NULL")
    return frozenset(row[0] for row in rows)


def store_bytes(ledger: Ledger, data: bytes, name: str) -> Stored:
    """Keep bytes made by the program under their hash, as ``store_file`` keeps a file: once, whole or not at all."""
    ledger.require_writable()
    folder = ledger.folder / "evidence"
    part = folder / f".{ledger.nonce()}.part"
    digest = hashlib.sha256(data).hexdigest()
    target = file_of(ledger.folder, digest)
    with known_faults(target):
        if target.is_file() and hash_file(target) == digest:
            return Stored(digest, len(data), name, True)
        folder.mkdir(exist_ok=True)
        try:
            with part.open("xb") as write:
                write.write(data)
                write.flush()
                os.fsync(write.fileno())
            settle_file(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Stored(digest, len(data), name, False)


def store_file(ledger: Ledger, source: Path, progress: Progress | None = None) -> Stored:
    """Copy a file in, hashing it in the same pass; fsync, then rename, so that a crash leaves no half file.

    Refused: folders, empty files, files over 500 MB. KnownFault: unreadable, full disk. ``progress(done, size)`` may
    raise to cancel; nothing is left behind then. Harmless when the ledger's transaction fails later.
    """
    ledger.require_writable()
    with known_faults(source):
        size = _check(source)
        folder = ledger.folder / "evidence"
        folder.mkdir(exist_ok=True)
        part = folder / f".{ledger.nonce()}.part"
        try:
            digest, copied = _copy(source, part, size, progress)
            if copied != size:
                raise KnownFault(f"复制时文件内容在变化：{source.name}。没有收入。", "请等文件写完后再试。")
            target = file_of(ledger.folder, digest)
            # Bytes that changed on the disk are replaced: adding the original again mends them.
            was_known = target.is_file() and hash_file(target) == digest
            if was_known:
                part.unlink()
            else:
                settle_file(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Stored(digest, size, _name(source), was_known)


def _name(source: Path) -> str:
    """The file's name; one that Windows wrote in GBK on a stick is read as such."""
    raw = os.fsencode(source.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _check(source: Path) -> int:
    info = source.stat()
    if stat.S_ISDIR(info.st_mode):
        raise Refused(f"“{source.name}”是文件夹，没有收入。请选择文件。", "evidence_folder")
    if not stat.S_ISREG(info.st_mode):
        raise Refused(f"“{source.name}”不是普通文件，没有收入。", "evidence_kind")
    if info.st_size == 0:
        raise Refused(f"“{source.name}”是空文件，没有收入。请检查原文件。", "evidence_empty")
    if info.st_size > MAX_SIZE:
        raise Refused(f"“{source.name}”超过 500 MB，没有收入。请压缩或分段后再试。", "evidence_size")
    return info.st_size


def _copy(source: Path, part: Path, size: int, progress: Progress | None) -> tuple[str, int]:
    digest, copied = hashlib.sha256(), 0
    with source.open("rb") as read, part.open("xb") as write:
        while block := read.read(BLOCK):
            digest.update(block)
            write.write(block)
            copied += len(block)
            if copied > size:
                break
            if progress:
                progress(copied, size)
        write.flush()
        os.fsync(write.fileno())
    return digest.hexdigest(), copied


def settle_file(part: Path, target: Path) -> None:
    """Give a finished copy its name in the evidence folder, durably and never to be written again."""
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        target.chmod(0o644)  # Windows does not replace a read-only file
    part.chmod(0o444)
    part.replace(target)
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def sweep_parts(folder: Path) -> int:
    """Remove what an interrupted copy left behind; returns how many files."""
    found = [*(folder / "evidence").glob(".*.part"), *(folder / "thumbs").glob("*/*.part")]
    swept = 0
    for part in found:
        # What a virus scanner holds just now goes the next time; it must not keep the ledger from opening.
        with suppress(OSError):
            part.unlink()
            swept += 1
    return swept
