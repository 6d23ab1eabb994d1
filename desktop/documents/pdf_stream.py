"""A PDF written object by object to the disk, so that a bundle of hundreds of scans never stands in memory.

reportlab keeps every picture until its file is finished, and pypdf every object: neither can make a large bundle on an
old PC. Only the places of the objects are kept here.
"""

import zlib
from datetime import date
from typing import IO

HEAD = b"%PDF-1.7\n%\xe4\xe5\xe6\xe7\n"


class PdfStream:
    """A PDF being written. Objects are numbered from 1; a number may be reserved before its object is known."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._places: list[int] = []
        self._at = 0
        self._put(HEAD)

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self._places.append(0)
        return len(self._places)

    def write(self, number: int, *parts: bytes) -> int:
        """Write the object of a number."""
        self._places[number - 1] = self._at
        self._put(b"%d 0 obj\n" % number, *parts, b"\nendobj\n")
        return number

    def is_written(self, number: int) -> bool:
        """True once the object of a number was written."""
        return self._places[number - 1] > 0

    def add(self, *parts: bytes) -> int:
        """Write an object and return its number."""
        return self.write(self.reserve(), *parts)

    def add_stream(self, entries: bytes, data: bytes, *, pack: bool = False) -> int:
        """Write a stream object; ``entries`` are those of its dictionary but the length. ``pack`` deflates it."""
        return self.write_stream(self.reserve(), entries, data, pack=pack)

    def write_stream(self, number: int, entries: bytes, data: bytes, *, pack: bool = False) -> int:
        """Write the stream object of a number."""
        if pack:
            entries, data = entries + b" /Filter /FlateDecode", zlib.compress(data)
        return self.write(number, b"<< %s /Length %d >>\nstream\n" % (entries, len(data)), data, b"\nendstream")

    def finish(self, root: int, info: int) -> None:
        """Write the table of places. Every reserved object must have been written."""
        if 0 in self._places:
            raise ValueError(f"object {self._places.index(0) + 1} was reserved and never written")
        table, count = self._at, len(self._places) + 1
        lines = b"".join(b"%010d 00000 n \n" % place for place in self._places)
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % count, lines)
        self._put(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n" % (count, root, info))
        self._put(b"%d\n%%%%EOF\n" % table)

    def _put(self, *parts: bytes) -> None:
        for part in parts:
            self._at += self._handle.write(part)


def text(words: str) -> bytes:
    """A text for people as a PDF string."""
    return b"<feff" + words.encode("utf-16-be", "replace").hex().encode("ascii") + b">"


def moment(day: date | None) -> bytes:
    """A day as a PDF date; a paper never shows the clock's."""
    return f"(D:{day or date(2000, 1, 1):%Y%m%d}000000+08'00')".encode("ascii")


def numbers(*values: float) -> bytes:
    """Numbers as a PDF writes them."""
    return b" ".join(f"{value:.5f}".rstrip("0").rstrip(".").encode("ascii") or b"0" for value in values)
