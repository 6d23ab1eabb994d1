"""A paper as a file: its name, and a copy for another program to show."""

import contextlib
import re
import shutil
import tempfile
import time
from pathlib import Path

from desktop.operations.files import write_whole
from desktop.rules.records import CaseFile
from desktop.store.faults import known_faults

PDF, WORD = ".pdf", ".docx"
"""The files a paper can be: for printing, and for changing its wording in Word or WPS."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LOOK_FOLDER = "zhenggai-paper-"
_LONGEST = 80  # characters: three bytes each, and no system takes more than 255
_KEPT_SECONDS = 86_400  # a copy opened yesterday is in no program's hands any more


def paper_file_name(name: str, case: CaseFile | None, doc_no: str = "", suffix: str = PDF) -> str:
    """The file name of a paper: 销号请示_问题5.pdf, with the plan's 文号 where it tells two problems apart."""
    words = [name, f"问题{case.problem.number}" if case else "", doc_no]
    return _FORBIDDEN.sub("_", "_".join(word for word in words if word)) + suffix


def safe_file_name(name: str) -> str:
    """A name as any system takes it; one that came from elsewhere may hold anything. Its ending stays."""
    clean = _FORBIDDEN.sub("_", name).strip(" .") or "_"
    stem, dot, ending = clean.rpartition(".")
    return clean if len(clean) <= _LONGEST else (stem or ending)[: _LONGEST - len(ending) - 1] + dot + ending[:10]


def copy_to_look(data: bytes | Path, name: str) -> Path:
    """Write a paper, or copy its file, among the system's temporary files, for another program to show or print.

    Copies older than a day go at the next call.
    """
    root = Path(tempfile.gettempdir())
    limit = time.time() - _KEPT_SECONDS
    for old in root.glob(f"{_LOOK_FOLDER}*"):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < limit:
                shutil.rmtree(old, ignore_errors=True)
    with known_faults(root):
        # A folder of its own: the last copy may still be open elsewhere, and Windows would not let it go.
        target = Path(tempfile.mkdtemp(prefix=_LOOK_FOLDER)) / name
        if isinstance(data, Path):
            shutil.copyfile(data, target)
            return target
    write_whole(target, data)
    return target
