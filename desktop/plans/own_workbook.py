"""Whether a workbook is one that this program wrote, and safe to be read as a whole; looked up before it is unpacked.

The reading library holds the whole rectangle between the first and the last cell of a sheet: one cell in the last
corner of an empty sheet would bring the program down.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError

from desktop.plans.office_zip import MAX_PART, ZIP_FAULTS
from desktop.plans.sheets.old_scan import LARGEST_AREA, LARGEST_TEXT, scan_old
from desktop.rules.errors import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20
_BOOK, _TEXTS, _SHEETS, _OPEN = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/", "content.xml"
# A row of six digits, or a column behind CZ: farther than any ledger goes.
_FAR = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3,}\d|[D-Z][A-Z]\d|[A-Z]{0,2}\d{6})""")
_FAR_LENGTH = 40


@contextmanager
def without_panic() -> Iterator[None]:
    """Turns the panics of the reading library, which are no ``Exception``, into CalamineError."""
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise CalamineError(str(fault)) from fault


def is_own_workbook(path: Path, sheet: str, sign: str = "") -> bool:
    """Does a workbook have a sheet of this name, or this text in one of its cells?

    What is no workbook, or larger than any of ours, is none. An older format (xls, et) does not tell: True. Refused:
    one of ours with cells so far from the rest that reading it would fill the memory.
    """
    with path.open("rb") as handle:
        start = handle.read(4)
    if start == _OLE:
        scan = scan_old(path.read_bytes())
        return scan.area <= LARGEST_AREA and scan.characters <= LARGEST_TEXT
    if start != _ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist() if entry.filename.endswith(".xml")]
            if any(archive.getinfo(name).file_size > MAX_PART for name in names):
                return False
            if not _has_mark(archive, names, sheet, sign):
                return False
            is_far = any(_has_far_cells(archive, name) for name in names if name.startswith(_SHEETS))
    except ZIP_FAULTS:
        return False
    if is_far:
        what = f"“{path.name}”里有远离表格的零散单元格，占的范围过大，没有读取，台账没有变化"
        raise Refused(f"{what}。请删去多余的行列，保存后再导入。", "sheet_size")
    return True


def _has_mark(archive: zipfile.ZipFile, names: list[str], sheet: str, sign: str) -> bool:
    if _BOOK in names:
        if _holds(archive, _BOOK, sheet):
            return True
        return bool(sign) and any(_holds(archive, name, sign) for name in names if name.startswith((_TEXTS, _SHEETS)))
    return _OPEN in names and (_holds(archive, _OPEN, sheet) or (bool(sign) and _holds(archive, _OPEN, sign)))


def _holds(archive: zipfile.ZipFile, name: str, words: str) -> bool:
    # As it stands, or each character by its number: some programs write files in ASCII.
    spellings = [words.encode(), words.encode("ascii", "xmlcharrefreplace")]
    spellings.append("".join(f"&#x{ord(char):x};" for char in words).encode())
    longest = max(map(len, spellings))
    return any(spelling in piece for piece in _pieces(archive, name, longest) for spelling in spellings)


def _has_far_cells(archive: zipfile.ZipFile, name: str) -> bool:
    return any(_FAR.search(piece) for piece in _pieces(archive, name, _FAR_LENGTH))


def _pieces(archive: zipfile.ZipFile, name: str, overlap: int) -> Iterator[bytes]:
    """A part piece by piece, each with the end of the one before."""
    tail = b""
    with archive.open(name) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece
            tail = piece[-overlap:]
