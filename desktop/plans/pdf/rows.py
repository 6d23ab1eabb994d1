"""Glyphs to rows of text: what stands on one line, with its blanks, in reading order from left to right."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desktop.plans.pdf.letters import BLANK
from desktop.plans.pdf.pages import Glyph

# In units of the size of a character.
_SAME_LINE = 0.25
_RAISED = 0.6
_SMALLER = 0.8
_SPACE = 0.45
_WORD_SPACE = 0.2
_DIGIT_SPACE = 0.4  # a line filled up to its edge may have some between its digits
_GAP = 1.4
_DOUBLE = 0.2
_OVER = 0.75
_LEAST_SPREAD = 0.02
_SHARED, _SHARED_MARK = 0.3, 0.6  # of the narrower character

_Numbered = list[tuple[int, Glyph]]  # characters with their place in the order of the file


class Piece(NamedTuple):
    """A stretch of a row without a wide gap in it."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text: its pieces from left to right, the line it stands on and the size of its characters.

    ``overlaps`` says that some of them are written over one another, ``spread`` how far apart its Chinese characters
    are set, in points: a line that is filled up to an edge has more than none.
    """

    pieces: tuple[Piece, ...]
    base: float
    size: float
    overlaps: bool = False
    spread: float = 0.0

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.pieces[-1].right

    @property
    def text(self) -> str:
        """The whole line; a wide gap is two blanks."""
        return "  ".join(piece.text for piece in self.pieces)


def make_rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """The rows of a page, or of a cell, from top to bottom; rows of blanks only are left out.

    The glyphs come in the order of the file, which tells apart what is written over one another.
    """
    lines: list[_Numbered] = []
    for numbered in sorted(enumerate(glyphs), key=lambda pair: pair[1].base):
        glyph, last = numbered[1], lines[-1][-1][1] if lines else None
        if last is not None and glyph.base - last.base <= _SAME_LINE * max(glyph.size, last.size):
            lines[-1].append(numbered)
        else:
            lines.append([numbered])
    lines = [line for line in lines if any(glyph.char != BLANK for _, glyph in line)]
    return [_row(line) for line in _with_raised(lines)]


def _with_raised(lines: list[_Numbered]) -> list[_Numbered]:
    """Raised and lowered small characters (m³, SO₂) join the row that they stand beside."""
    sizes = [median(glyph.size for _, glyph in line) for line in lines]
    bases = [median(glyph.base for _, glyph in line) for line in lines]
    joined = {at: list(line) for at, line in enumerate(lines)}
    for at, line in enumerate(lines):
        for other in (at + 1, at - 1):
            if not 0 <= other < len(lines) or other not in joined or sizes[at] > _SMALLER * sizes[other]:
                continue
            near = abs(bases[at] - bases[other]) <= _RAISED * sizes[other]
            if near and all(_touches(glyph, lines[other], sizes[other]) for glyph in _ends(line)):
                joined[other] += joined.pop(at)
                break
    return [joined[at] for at in sorted(joined)]


def _ends(line: _Numbered) -> tuple[Glyph, Glyph]:
    marks = [glyph for _, glyph in line if glyph.char != BLANK]
    return min(marks, key=lambda g: g.left), max(marks, key=lambda g: g.right)


def _touches(glyph: Glyph, line: _Numbered, size: float) -> bool:
    return any(glyph.left < other.right + size and glyph.right > other.left - size for _, other in line)


def _row(line: _Numbered) -> Row:
    marks = [glyph for _, glyph in line if glyph.char != BLANK]
    size = median(glyph.size for glyph in marks)
    runs = sorted(_runs(sorted(line), size), key=lambda run: run[0].left)
    seen = sorted((glyph for run in runs for glyph in run), key=lambda glyph: glyph.left)
    overlaps = sum(_covers(*pair) for pair in pairwise(seen)) > 1
    spread = _spread(seen, size)
    pieces = _pieces_over(runs) if overlaps else _pieces(seen, _blanks(line), size, spread)
    return Row(tuple(pieces), median(glyph.base for glyph in marks), size, overlaps, spread)


def _spread(marks: list[Glyph], size: float) -> float:
    """The usual gap between two Chinese characters of a line, 0 where there is none or blanks part them."""
    gaps = [
        right.left - left.right for left, right in pairwise(marks) if _is_chinese(left.char) and _is_chinese(right.char)
    ]
    usual = median(gaps) if gaps else 0.0
    return usual if _LEAST_SPREAD * size < usual < _SPACE * size else 0.0


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _runs(line: _Numbered, size: float) -> list[list[Glyph]]:
    """Characters that follow one another in the file and on the page; bold type drawn twice counts once."""
    runs: list[list[Glyph]] = []
    seen: set[tuple[str, int]] = set()
    for _, glyph in line:
        place = round(glyph.left / (_DOUBLE * size))
        if glyph.char == BLANK or any((glyph.char, place + near) in seen for near in (-1, 0, 1)):
            continue
        seen.add((glyph.char, place))
        last = runs[-1][-1] if runs else None
        if last is not None and -_OVER * size < glyph.left - last.right < _GAP * size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _covers(left: Glyph, right: Glyph) -> bool:
    """Does a character stand on the one before it? Two marks in a row may share half of their room."""
    share = _SHARED if left.char.isalnum() and right.char.isalnum() else _SHARED_MARK
    return left.right - right.left > share * min(left.right - left.left, right.right - right.left) > 0


def _blanks(line: _Numbered) -> list[float]:
    return sorted(glyph.left for _, glyph in line if glyph.char == BLANK)


def _pieces(marks: list[Glyph], blanks: list[float], size: float, spread: float) -> list[Piece]:
    pieces: list[Piece] = []
    text, left, last = "", marks[0].left, marks[0]
    at = 0
    for glyph in marks:
        gap = glyph.left - last.right if text else 0.0
        while at < len(blanks) and blanks[at] < last.right - _DOUBLE * size:
            at += 1
        has_blank = bool(text) and at < len(blanks) and blanks[at] < glyph.left
        if gap > _GAP * size:
            pieces.append(Piece(text, left, last.right))
            text, left = "", glyph.left
        elif has_blank or gap - spread > _least_space(last.char, glyph.char) * size:
            text += BLANK
        text, last = text + glyph.char, glyph
    return [*pieces, Piece(text, left, last.right)]


def _pieces_over(runs: list[list[Glyph]]) -> list[Piece]:
    """Runs that are written over one another, as cells too narrow for their words are: each ends where one begins."""
    ends = [after[0].left for after in runs[1:]] + [float("inf")]
    return [
        Piece("".join(glyph.char for glyph in run), run[0].left, max(run[0].right, min(run[-1].right, end)))
        for run, end in zip(runs, ends, strict=True)
    ]


def _least_space(left: str, right: str) -> float:
    """The gap from which on two characters have a blank between them."""
    if left.isdigit() and right.isdigit():
        return _DIGIT_SPACE
    return _WORD_SPACE if all(char.isascii() and char.isalnum() for char in (left, right)) else _SPACE
