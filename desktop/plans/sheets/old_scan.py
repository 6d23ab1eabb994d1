"""Looks through an xls before it is read: how wide its values are spread, and which rows are hidden."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.plans.sheets.compound import read_stream
from desktop.plans.sheets.old_strings import string_lengths

LARGEST_AREA = 4_000_000
LARGEST_TEXT = 40_000_000
_BEGIN, _ROW, _STRINGS, _CONTINUE, _SHARED = 0x0809, 0x0208, 0x00FC, 0x003C, 0x00FD
_SHEET = 0x0010
_HIDDEN = 0x20
# Records that hold a value begin with its row and column.
_VALUES = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00FD, 0x0006, 0x00D6})


@dataclass(slots=True)
class OldScan:
    """``area`` counts the cells of the rectangles around the values of all sheets, ``hidden`` the hidden rows.

    ``characters`` are those of all cells that hold a shared text.
    """

    area: int = 0
    hidden: int = 0
    characters: int = 0


def scan_old(data: bytes) -> OldScan:
    """Look through the records of a workbook."""
    found = OldScan()
    rows: set[int] = set()
    hidden: set[int] = set()
    extent: list[int] = []
    shared: list[bytes] = []
    lengths: list[int] | None = None
    before = 0
    for kind, body in _records(read_stream(data, ("Workbook", "Book", "WORKBOOK", "BOOK"))):
        if kind == _BEGIN and body[2:4] == struct.pack("<H", _SHEET):
            _close(found, rows, hidden, extent)
        elif kind == _STRINGS or (kind == _CONTINUE and before in (_STRINGS, _CONTINUE) and shared):
            shared.append(body)
        elif kind == _ROW and len(body) >= 16 and body[12] & _HIDDEN:
            hidden.add(body[0] | body[1] << 8)
        elif kind in _VALUES and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows.add(row)
            extent[:] = _widened(extent, row, column)
        if kind == _SHARED and len(body) >= 10:
            lengths = string_lengths(shared) if lengths is None else lengths
            (index,) = struct.unpack_from("<I", body, 6)
            found.characters += lengths[index] if index < len(lengths) else 0
        before = kind
    _close(found, rows, hidden, extent)
    return found


def _widened(extent: list[int], row: int, column: int) -> list[int]:
    if not extent:
        return [row, row, column, column]
    top, bottom, left, right = extent
    return [min(top, row), max(bottom, row), min(left, column), max(right, column)]


def _close(found: OldScan, rows: set[int], hidden: set[int], extent: list[int]) -> None:
    """One sheet is done: add it up and begin anew."""
    if extent:
        found.area += (extent[1] - extent[0] + 1) * (extent[3] - extent[2] + 1)
    found.hidden += len(rows & hidden)
    rows.clear()
    hidden.clear()
    extent.clear()


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if not kind and not length:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length
