"""Rows of running text to paragraphs, by the look of the page: full lines, indents, wide gaps, size of type."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from desktop.plans.folding import fold_table, squeeze
from desktop.plans.numbers import mark_at
from desktop.plans.pdf.rows import Row
from desktop.plans.pdf.wrapping import is_full, joined

_INDENT = 1.2
_MOST_INDENT = 3.5
_CENTRED = 2.5
_WIDE_GAP = 1.6
_OTHER_SIZE = 1.12
PARAGRAPH, DOUBTFUL = "\n", "\v"
_HANGING = "，。、；：！？”）》"  # marks that may stand beyond the right edge
_ENDS = "。；！？：;!?:"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the edges of the column it stands in, the page it is on and the usual distance of rows there."""

    row: Row
    left: float
    right: float
    page: int
    pitch: float

    @property
    def indent(self) -> float:
        """How far from the left edge the row begins, in characters."""
        return (self.row.left - self.left) / self.row.size

    @property
    def is_centred(self) -> bool:
        """A title in the middle of its column."""
        rest = (self.right - self.row.right) / self.row.size
        return self.indent > _CENTRED and rest > _CENTRED and abs(self.indent - rest) < 1.5


def make_paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of lines in reading order; every line is in one of them.

    Where the look does not tell whether a line goes on, U+000B stands between the two.
    """
    found: list[str] = []
    begun = 0
    for at, here in enumerate(lines):
        sign = _between(lines[at - 1], here, lines[begun], found[-1]) if at else PARAGRAPH
        if sign == PARAGRAPH:
            found.append(here.row.text)
            begun = at
        else:
            found[-1] = joined(found[-1], here.row.text) if not sign else found[-1] + sign + here.row.text
    return found


def _between(before: Line, here: Line, begun: Line, paragraph: str) -> str:
    """What parts a line from the one before: nothing, a doubtful break, or the end of the paragraph."""
    sizes = sorted((before.row.size, here.row.size))
    if sizes[1] > sizes[0] * _OTHER_SIZE or before.is_centred or here.is_centred:
        return PARAGRAPH
    gap = here.row.base - before.row.base
    if here.page == before.page and gap > _WIDE_GAP * here.pitch > 0:
        return PARAGRAPH
    if here.indent < -_INDENT:
        return PARAGRAPH
    if not is_full(before.row, here.row, before.right):
        return DOUBTFUL if here.indent < _INDENT and paragraph[-1] not in _ENDS else PARAGRAPH
    if here.indent < _INDENT:
        # Where paragraphs have no indent, a number behind a full stop begins one; inside of one it does no harm.
        return PARAGRAPH if paragraph[-1] in _ENDS and begins_with_number(here.row.text) else ""
    if paragraph[-1] in _ENDS or begins_with_number(here.row.text):
        return PARAGRAPH
    # A whole block set in, or a number that hangs before its text.
    hangs = begun.indent < here.indent - _INDENT and begins_with_number(begun.row.text)
    return "" if hangs or (before is not begun and abs(before.indent - here.indent) < 0.5) else PARAGRAPH


def begins_with_number(text: str) -> bool:
    """Does a row begin with a number of a list: 一、 （二） 3. ④?"""
    return mark_at(squeeze(text[:24].translate(fold_table(()))), 0) is not None


def edges_of(rows: Sequence[Row], width: float) -> tuple[float, float]:
    """Left and right edge of the text that these rows make on a page so wide; rows that stick out do not count.

    Where nothing tells up to where a line could run, no line is known to be full: the right edge is infinitely far.
    """
    size = median(row.size for row in rows)
    lefts = sorted(row.left for row in rows)
    left = next((low for low, high in pairwise(lefts[: 2 + len(rows) // 20]) if high - low < size), lefts[0])
    # One wrapped line among indented ones is no row that sticks out.
    left = lefts[0] if left - lefts[0] < _MOST_INDENT * size else left
    solid = [row for row in rows if row.text[-1] not in _HANGING]
    for group in (solid, rows):
        edge = _right_edge(group, left, width, size)
        if edge is not None and sum(row.right > edge + 1.3 * size for row in rows) <= len(rows) // 20:
            return left, edge
    return left, math.inf


def _right_edge(rows: Sequence[Row], left: float, width: float, size: float) -> float | None:
    """The outermost place where several rows end, or which leaves as much margin as there is at the left."""
    rights = sorted((row.right for row in rows), reverse=True)
    least = 3 if len(rights) >= 20 else 2
    for place in rights[: 1 + len(rights) // 20]:
        ends = sum(place - right < size for right in rights if right <= place)
        if ends >= least or abs(width - place - left) < 3 * size:
            return place
    return None
