"""Looks through an xls before it is read: how wide its values are spread, and which rows are hidden."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.plans.sheets.compound import read_stream

LARGEST_AREA = 4_000_000
_BEGIN, _ROW = 0x0809, 0x0208
_SHEET = 0x0010
_HIDDEN = 0x20
# Records that hold a value begin with its row and column.
_VALUES = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00FD, 0x0006, 0x00D6})


@dataclass(slots=True)
class OldScan:
    """``area`` counts the cells of the rectangles around the values of all sheets, ``hidden`` the hidden rows."""

    area: int = 0
    hidden: int = 0


def scan_old(data: bytes) -> OldScan:
    """Look through the records of a workbook."""
    found = OldScan()
    rows: set[int] = set()
    hidden: set[int] = set()
    extent: list[int] = []
    for kind, body in _records(read_stream(data, ("Workbook", "Book", "WORKBOOK", "BOOK"))):
        if kind == _BEGIN and body[2:4] == struct.pack("<H", _SHEET):
            _close(found, rows, hidden, extent)
        elif kind == _ROW and len(body) >= 16 and body[12] & _HIDDEN:
            hidden.add(body[0] | body[1] << 8)
        elif kind in _VALUES and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows.add(row)
            extent[:] = _widened(extent, row, column)
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
