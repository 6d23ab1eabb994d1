"""The tables of a TrueType file read at one stroke: reportlab reads them number by number, at most of a paper's time.

Names and measures are still reportlab's; only the long tables (which character is which glyph, how wide, where) are
read here, and only in the formats that Chinese fonts have. Any other file is read by reportlab as before.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

_SPACE, _NO_BREAK = 0x20, 0xA0


class QuickFace(TTFontFace):  # type: ignore[misc]
    """reportlab's face of a TrueType file, read in a tenth of the time."""

    def extractInfo(self, charInfo: int = 1) -> None:
        """Read names, measures and, with ``charInfo``, the glyphs (called by reportlab when the file is opened)."""
        super().extractInfo(0)
        if not charInfo:
            return
        try:
            glyphs = dict(self._glyphs())
        except _OtherFormat:
            super().extractInfo(1)
            return
        self.charToGlyph = glyphs
        self._read_widths()
        self._read_places()

    def get_table(self, tag: str) -> Any:
        """The bytes of a table; of the outlines, some megabytes, only what is taken (called for each subset)."""
        start, length = self.get_table_pos(tag)
        return _Outlines(self._ttf_data, start) if tag == "glyf" else self._ttf_data[start : start + length]

    def heights(self, code: int) -> tuple[int, int] | None:
        """Lower and upper edge of a character's ink in units of the font; None for one that draws nothing."""
        glyph = self.charToGlyph[code]
        if self.glyphPos[glyph + 1] <= self.glyphPos[glyph]:
            return None
        low, _, high = self._numbers("h", 3, self.get_table_pos("glyf")[0] + self.glyphPos[glyph] + 4)
        return low, high

    def _numbers(self, kind: str, count: int, at: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}{kind}", self._ttf_data, at)

    def _one(self, tag: str, offset: int) -> int:
        return self._numbers("H", 1, self.get_table_pos(tag)[0] + offset)[0]

    # cmap

    def _glyphs(self) -> Iterator[tuple[int, int]]:
        """Code point and glyph of every character, as the table that reportlab would choose says."""
        if self._one("head", 52) != 0:
            raise TTFError("Unknown glyph data format")
        start = self.get_table_pos("cmap")[0]
        version, count = self._numbers("H", 2, start)
        if version or not count:
            raise _OtherFormat
        chosen = None
        for at in range(count):
            platform, encoding = self._numbers("H", 2, start + 4 + at * 8)
            (offset,) = self._numbers("L", 1, start + 8 + at * 8)
            if platform == 3 or (platform, encoding) == (1, 1) or (platform == 0 and encoding != 5):
                chosen = start + offset
        kind = self._numbers("H", 1, chosen)[0] if chosen is not None else 0
        if chosen is None or kind not in (4, 12):
            raise _OtherFormat
        return self._segments(chosen) if kind == 4 else self._groups(chosen)

    def _segments(self, start: int) -> Iterator[tuple[int, int]]:
        """Format 4: runs of characters below U+10000."""
        length, _, twice = self._numbers("H", 3, start + 2)
        count = twice // 2
        ends = self._numbers("H", count, start + 14)
        begins, deltas, offsets = (self._numbers("H", count, start + 16 + twice * at) for at in (1, 2, 3))
        place = start + 16 + twice * 3
        words = self._numbers("H", max(0, (start + length - place) // 2), place)
        for n, (begin, end, delta, offset) in enumerate(zip(begins, ends, deltas, offsets, strict=True)):
            codes = range(begin, end + 1)
            if not offset:
                first = (begin + delta) & 0xFFFF
                glyphs = range(first, first + len(codes))
                yield from zip(codes, glyphs if glyphs.stop <= 0x10000 else (g & 0xFFFF for g in glyphs), strict=True)
                continue
            found = words[n + offset // 2 : n + offset // 2 + len(codes)]
            # Some fonts promise more than the table holds.
            found += (0,) * (len(codes) - len(found))
            yield from zip(codes, ((glyph + delta) & 0xFFFF if glyph else 0 for glyph in found), strict=True)

    def _groups(self, start: int) -> Iterator[tuple[int, int]]:
        """Format 12: runs of any characters."""
        (count,) = self._numbers("L", 1, start + 12)
        flat = self._numbers("L", count * 3, start + 16)
        for begin, end, glyph in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            yield from zip(range(begin, end + 1), range(glyph, glyph + end - begin + 1), strict=True)

    # hmtx, loca

    def _read_widths(self) -> None:
        """``hmetrics`` by glyph, ``charWidths`` by character in thousandths of an em."""
        full = self._one("hhea", 34)
        start = self.get_table_pos("hmtx")[0]
        flat = self._numbers("H", full * 2, start)
        rest = self._numbers("H", max(0, self.numGlyphs - full), start + full * 4)
        advances = flat[::2] + (flat[-2],) * len(rest)
        self.hmetrics: list[tuple[int, int]] = list(zip(advances, flat[1::2] + rest, strict=True))
        scale = self._pdfScale
        scaled = [scale(advance) for advance in advances]
        self.defaultWidth, known = scaled[0], len(scaled)
        glyphs = self.charToGlyph
        self.charWidths = {code: scaled[glyph] for code, glyph in glyphs.items() if glyph < known}
        for one, other in ((_NO_BREAK, _SPACE), (_SPACE, _NO_BREAK)):
            if other in glyphs:
                glyphs[one], self.charWidths[one] = glyphs[other], self.charWidths[other]
                break

    def _read_places(self) -> None:
        """``glyphPos``: where the outline of each glyph begins."""
        if "loca" not in self.table:
            raise TTFError("missing location table")
        start, is_long = self.get_table_pos("loca")[0], self._one("head", 50)
        if is_long not in (0, 1):
            raise TTFError(f"Unknown location table format ({is_long})")
        places = self._numbers("L" if is_long else "H", self.numGlyphs + 1, start)
        self.glyphPos = list(places) if is_long else [place * 2 for place in places]
        if any(after < before for before, after in pairwise(self.glyphPos)):
            raise TTFError("Outlines of glyphs overlap")


class _Outlines:
    """The outlines of a file, taken a glyph at a time."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _OtherFormat(Exception):
    """The file is of a format that is left to reportlab."""

