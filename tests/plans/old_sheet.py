"""An xls file (BIFF8 in a compound file) made by code: one sheet of texts and numbers, with merged cells."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def xls(
    rows: Sequence[Sequence[str | float]],
    merges: Sequence[tuple[int, int, int, int]] = (),
    stray: tuple[int, int] | None = None,
    hidden: int | None = None,
) -> bytes:
    """The bytes of an xls; ``merges`` are first row, last row, first column, last column, from 0.

    ``stray`` is the place of one more number, ``hidden`` a row that is hidden.
    """
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, float):
                sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
            elif value:
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
    if hidden is not None:
        sheet += _record(0x0208, struct.pack("<HHHHHHHH", hidden, 0, 9, 255, 0, 0, 0x20, 0))
    if stray:
        sheet += _record(0x0203, struct.pack("<HHHd", *stray, 0, 1.0))
    if merges:
        sheet += _record(0x00E5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<HHHH", *m) for m in merges))
    sheet += _record(0x000A, b"")
    name = "清单".encode("utf-16-le")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    length = len(head) + 4 + 8 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBBBB", length, 0, 0, 2, 1) + name) + _record(0x000A, b"")
    return _compound(head + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """A compound file that holds the one stream ``Workbook``."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fat = [_FAT, _END, *range(3, count + 2), _END]
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream)) + bytes(256)
    return header + struct.pack("<128I", *fat) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    places = struct.pack("<HBBIII", len(words), kind, 1, _FREE, _FREE, child)
    return words.ljust(64, b"\0") + places + bytes(36) + struct.pack("<IQ", start, size)
