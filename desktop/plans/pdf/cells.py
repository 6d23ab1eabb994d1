"""Words of the cells of a ruled table: glyphs put into their cells, wrapped lines joined."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.plans.pdf.grid import Grid, GridCell
from desktop.plans.pdf.pages import Glyph
from desktop.plans.pdf.paragraphs import DOUBTFUL, PARAGRAPH, begins_with_number
from desktop.plans.pdf.rows import Row, make_rows
from desktop.plans.pdf.wrapping import is_full, joined
from desktop.plans.units import has_surname

_PADDING = (0.5, 8.0)
_PARAGRAPH_GAP = 1.75
_SHORTEST_NAME = 3
_SHORT = 4  # characters that the name of a person has at most
_ENDS = "。；;：:"
_UNIT_ENDS = tuple("局委办府镇乡道司厂心站院所队会部组处校矿场业")
_NO_PEOPLE = "、·区县市省局委办府镇乡街部"
_SAME_COLUMN = 4.0  # points
_FILLED = 0.3  # of a character, that a line filled up to its edge may end before it


Habits = dict[tuple[int, ...], tuple[set[int], set[int]]]
"""For the places of a table's columns: which of them list names with signs, and which line by line."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its words; ``row`` and ``column`` count from 0, ``is_cut``: they may go on over the page."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that stands on a page: where its columns are and its cells in reading order."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    cells: tuple[TableCell, ...]
    head_rows: int = 0

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


def fill_grid(grid: Grid, glyphs: Iterable[Glyph], habits: Habits | None = None) -> PageTable:
    """The table that a grid makes with the glyphs that lie in it; ``habits`` are those of the pages before."""
    owner: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rows):
            owner |= {(row, column): number for column in range(cell.column, cell.column + cell.columns)}
    inside: list[list[Glyph]] = [[] for _ in grid.cells]
    for glyph in glyphs:
        x, y = glyph.middle
        number = owner.get((bisect_right(grid.ys, y) - 1, bisect_right(grid.xs, x) - 1), -1)
        if number >= 0:
            inside[number].append(glyph)
    rows = [make_rows(glyphs) for glyphs in inside]
    rights = [_right_of(cell, own) for cell, own in zip(grid.cells, rows, strict=True)]
    listing = _Listing(grid.cells, rows, rights, {} if habits is None else habits, grid.xs)
    cells = []
    for cell, own, right in zip(grid.cells, rows, rights, strict=True):
        text, is_cut = cell_text(own, right, listing.is_signed(cell.column))
        cells.append(TableCell(cell.row, cell.column, cell.rows, cell.columns, text, is_cut))
    return PageTable(grid.xs, grid.ys[0], grid.ys[-1], tuple(cells))


def lies_in(grid: Grid, glyph: Glyph) -> bool:
    """Does a glyph stand inside of a table?"""
    (x, y), (left, top, right, bottom) = glyph.middle, grid.box
    return left <= x <= right and top <= y <= bottom


class _Listing:
    """How the columns of a table list names: with a sign between them, or each on a line of its own."""

    def __init__(
        self,
        cells: Sequence[GridCell],
        rows: Sequence[list[Row]],
        rights: Sequence[float],
        habits: Habits,
        xs: Sequence[float],
    ) -> None:
        # A table of the same columns on an earlier page tells what a page of single names does not.
        place = tuple(round(x / _SAME_COLUMN) for x in xs)
        self._signed, self._lined = habits.setdefault(place, (set(), set()))
        for cell, own, right in zip(cells, rows, rights, strict=True):
            if not _are_names(own):
                continue
            if _has_signs("".join(row.text for row in own)):
                self._signed.add(cell.column)
            elif any(_ends_name(high.text, low) and not is_full(high, low, right) for high, low in pairwise(own)):
                self._lined.add(cell.column)

    def is_signed(self, column: int) -> bool:
        """Do names end at a sign here, so that a full line without one goes on? Without lists: as elsewhere."""
        if column in self._lined:
            return False
        return column in self._signed or (bool(self._signed) and not self._lined)


def _has_signs(text: str) -> bool:
    names = [name for name in text.split("、") if name]
    units = sum(name.endswith((*_UNIT_ENDS, "）", ")")) for name in names)
    people = sum(len(name) <= _SHORT for name in names)
    return len(names) > 1 and units > 0 and (units + people) * 2 > len(names)


def _right_of(cell: GridCell, rows: list[Row]) -> float:
    """Up to where the lines of a cell may run."""
    padding = min((row.left - cell.left for row in rows), default=0.0)
    return cell.right - min(max(padding, _PADDING[0]), _PADDING[1])


def cell_text(rows: list[Row], right: float, is_signed: bool = False) -> tuple[str, bool]:
    """The paragraphs of a cell, and whether they end so that they may go on elsewhere.

    ``is_signed``: lists of names have a sign between the names here.
    """
    text = ""
    # A sentence is not broken off on purpose, wherever its line ends.
    is_prose = any(mark in row.text for row in rows for mark in "。；;，,")
    are_names = _are_names(rows)
    are_people = _are_people(rows)
    gaps = sorted(low.base - high.base for high, low in pairwise(rows))
    pitch = gaps[0] if gaps else 0.0
    # Where even the last line is filled up to the edge, that tells nothing of the others.
    is_even = bool(rows) and _is_filled(rows[-1], right)
    for at, row in enumerate(rows):
        sign = _between(rows[at - 1], row, right, pitch) if at else ""
        is_filled = at > 0 and not is_even and _is_filled(rows[at - 1], right)
        if (sign == DOUBTFUL and is_prose) or (is_filled and row.base - rows[at - 1].base <= _PARAGRAPH_GAP * pitch):
            sign = ""
        if not sign and at and are_names and not is_signed and not is_filled and (are_people or _ends_name(text, row)):
            # In a narrow column a name may fill a line just so; what stands in the column tells.
            sign = DOUBTFUL
        text = text + sign + row.text if sign else joined(text, row.text)
    reaches = bool(rows) and rows[-1].right > right - 1.5 * rows[-1].size
    is_cut = bool(rows) and text[-1] not in _ENDS and (is_prose or reaches)
    return text, is_cut


def _are_people(rows: list[Row]) -> bool:
    """Short lines, half of which at least begin as names of persons do: the others may be ends of names."""
    if any(len(row.text) > _SHORT or any(char in row.text for char in _NO_PEOPLE) for row in rows):
        return False
    return sum(has_surname(row.text) for row in rows) * 2 >= len(rows)


def _is_filled(row: Row, right: float) -> bool:
    """Is a line set apart so that it ends at the edge? Then it was broken because it was full."""
    return row.spread > 0 and abs(right - row.right) < _FILLED * row.size


def _are_names(rows: list[Row]) -> bool:
    """Nothing but names, one below the other: no sentence, no list with numbers."""
    return not any(sign in row.text for row in rows for sign in "。；;，,：:") and not begins_with_number(
        rows[0].text if rows else ""
    )


def _ends_name(text: str, row: Row) -> bool:
    """May a unit's name end here? Both it and what follows must be more than a piece of one: 区农业农村 + 局."""
    name, following = text[text.rfind("、") + 1 :].split(DOUBTFUL)[-1], row.text.split("、")[0]
    if following[:1] in ("（", "("):
        return False
    return name.endswith(_UNIT_ENDS) and min(len(name), len(following)) >= _SHORTEST_NAME


def _between(before: Row, row: Row, right: float, pitch: float) -> str:
    """What parts two lines of a cell: nothing, a doubtful break, or the end of a paragraph."""
    ends = before.text[-1] in _ENDS
    if row.base - before.base > _PARAGRAPH_GAP * pitch:
        return PARAGRAPH
    if not is_full(before, row, right):
        return PARAGRAPH if ends or begins_with_number(row.text) else DOUBTFUL
    return PARAGRAPH if ends and begins_with_number(row.text) else ""
