"""Looking at proof: small pictures, copies to open or keep, pairs of before and after, pictures used twice."""

import contextlib
import re
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from desktop.operations.files import whole_file
from desktop.operations.ledgers import Progress
from desktop.operations.pace import Pace
from desktop.rules.errors import KnownFault
from desktop.rules.records import CaseFile, Evidence
from desktop.store import pictures
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger

_VIEW_FOLDER = "zhenggai-view"
_BLOCK = 1 << 20
_KEPT_SECONDS = 86_400  # a copy opened yesterday is in no program's hands any more
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def thumbnail_of(ledger: Ledger, sha256: str) -> bytes:
    """A JPEG of at most 320 pixels a side; empty for what is no picture. May be called off the window's thread."""
    return pictures.thumbnail(ledger, sha256)


def original_of(ledger: Ledger, piece: Evidence) -> Path:
    """The stored file itself, only to be read; a KnownFault when it is missing (缺附件)."""
    path = file_of(ledger.folder, piece.sha256)
    if not piece.present or not path.is_file():
        raise KnownFault(
            f"“{piece.name}”的文件不在台账文件夹里（缺附件），登记的内容还在。",
            "请找到原文件重新收入，或从备份恢复。",
        )
    return path


def picture_day(path: Path) -> tuple[bool, date | None]:
    """Whether a file is a picture, and the day its camera wrote. May be called off the window's thread."""
    try:
        is_picture = pictures.media_type(path, path.name).startswith("image/")
    except OSError:  # it is gone meanwhile, as the list of files will say
        return False, None
    return is_picture, pictures.read_exif(path).taken_on if is_picture else None


def copy_out(ledger: Ledger, piece: Evidence, target: Path, progress: Progress | None = None) -> Path:
    """Write a copy of a stored file for the clerk; it appears whole or not at all.

    ``progress`` hears words and a share, and may raise to cancel.
    """
    tell = progress or (lambda words, share: None)
    source = original_of(ledger, piece)
    with source.open("rb") as read, whole_file(target) as write:
        pace = Pace(tell, piece.size)
        pace.step(f"正在复制“{piece.name}”", piece.size)
        while block := read.read(_BLOCK):
            write.write(block)
            pace.add(len(block))
    return target


def copy_to_view(ledger: Ledger, piece: Evidence, progress: Progress | None = None) -> Path:
    """A copy under its own name for another program to open, so that none can change the stored file.

    Copies lie in the system's folder for temporary files; those older than a day go at the next call.
    """
    root = Path(tempfile.gettempdir()) / _VIEW_FOLDER
    _sweep(root)
    return copy_out(ledger, piece, root / piece.sha256[:16] / safe_name(piece), progress)


def safe_name(piece: Evidence) -> str:
    """The file's name as any system takes it; a name that came from elsewhere may hold anything."""
    name = _FORBIDDEN.sub("_", piece.name).strip(" .")
    return name[-120:] or piece.sha256[:16]


def other_problems(ledger: Ledger, case: CaseFile) -> dict[str, tuple[int, ...]]:
    """Numbers of other problems that use the same file, by its SHA-256 (domain §8)."""
    sql = (
        "SELECT DISTINCT e.sha256, p.number FROM evidence e JOIN problem p ON p.id = e.problem "
        "WHERE e.sha256 IN (SELECT sha256 FROM evidence WHERE problem = :here AND void IS NULL) "
        "AND e.problem <> :here AND e.void IS NULL AND p.void IS NULL ORDER BY p.number"
    )
    found: dict[str, tuple[int, ...]] = {}
    for sha256, number in ledger.db.execute_sql(sql, {"here": bytes.fromhex(case.problem.id)}):
        found[sha256] = (*found.get(sha256, ()), number)
    return found


def _sweep(root: Path) -> None:
    limit = time.time() - _KEPT_SECONDS
    for folder in root.glob("*") if root.is_dir() else ():
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
