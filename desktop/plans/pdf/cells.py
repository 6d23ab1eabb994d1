"""Words of the cells of a ruled table: glyphs put into their cells, wrapped lines joined."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop.plans.pdf.grid import Grid, GridCell
from desktop.plans.pdf.pages import Glyph
from desktop.plans.pdf.paragraphs import DOUBTFUL, PARAGRAPH, begins_with_number
from desktop.plans.pdf.rows import Row, make_rows
from desktop.plans.pdf.wrapping import is_full, joined

_PADDING = (0.5, 8.0)
_PARAGRAPH_GAP = 1.75
_SHORTEST_NAME = 3
_SHORT = 4  # characters that the name of a person has at most
_ENDS = "。；;：:"
_UNIT_ENDS = tuple("局委办府镇乡道司厂心站院所队会部组处校矿")
_NO_PEOPLE = "、区县市省局委办府镇乡街部"


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


def fill_grid(grid: Grid, glyphs: Iterable[Glyph]) -> PageTable:
    """The table that a grid makes with the glyphs that lie in it."""
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
    cells = tuple(_cell(cell, inside[number]) for number, cell in enumerate(grid.cells))
    return PageTable(grid.xs, grid.ys[0], grid.ys[-1], cells)


def lies_in(grid: Grid, glyph: Glyph) -> bool:
    """Does a glyph stand inside of a table?"""
    (x, y), (left, top, right, bottom) = glyph.middle, grid.box
    return left <= x <= right and top <= y <= bottom


def _cell(cell: GridCell, glyphs: list[Glyph]) -> TableCell:
    rows = make_rows(glyphs)
    padding = min((row.left - cell.left for row in rows), default=0.0)
    right = cell.right - min(max(padding, _PADDING[0]), _PADDING[1])
    text, is_cut = cell_text(rows, right)
    return TableCell(cell.row, cell.column, cell.rows, cell.columns, text, is_cut)


def cell_text(rows: list[Row], right: float) -> tuple[str, bool]:
    """The paragraphs of a cell, and whether they end so that they may go on elsewhere."""
    text = ""
    # A sentence is not broken off on purpose, wherever its line ends.
    is_prose = any(mark in row.text for row in rows for mark in "。；;，,")
    are_names = _are_names(rows)
    are_people = all(len(row.text) <= _SHORT and not any(char in row.text for char in _NO_PEOPLE) for row in rows)
    gaps = sorted(low.base - high.base for high, low in pairwise(rows))
    pitch = gaps[0] if gaps else 0.0
    for at, row in enumerate(rows):
        sign = _between(rows[at - 1], row, right, pitch) if at else ""
        if sign == DOUBTFUL and is_prose:
            sign = ""
        if not sign and at and are_names and (are_people or _ends_name(text, row)):
            # In a narrow column a name may fill a line just so; what stands in the column tells.
            sign = DOUBTFUL
        text = text + sign + row.text if sign else joined(text, row.text)
    reaches = bool(rows) and rows[-1].right > right - 1.5 * rows[-1].size
    is_cut = bool(rows) and text[-1] not in _ENDS and (is_prose or reaches)
    return text, is_cut


def _are_names(rows: list[Row]) -> bool:
    """Nothing but names, one below the other: no sentence, no list with numbers."""
    return not any(sign in row.text for row in rows for sign in "。；;，,：:") and not begins_with_number(
        rows[0].text if rows else ""
    )


def _ends_name(text: str, row: Row) -> bool:
    """May a unit's name end here? Both it and what follows must be more than a piece of one: 区农业农村 + 局."""
    name = text[text.rfind("、") + 1 :].split(DOUBTFUL)[-1]
    return name.endswith(_UNIT_ENDS) and min(len(name), len(row.text)) >= _SHORTEST_NAME


def _between(before: Row, row: Row, right: float, pitch: float) -> str:
    """What parts two lines of a cell: nothing, a doubtful break, or the end of a paragraph."""
    ends = before.text[-1] in _ENDS
    if row.base - before.base > _PARAGRAPH_GAP * pitch:
        return PARAGRAPH
    if not is_full(before, row, right):
        return PARAGRAPH if ends or begins_with_number(row.text) else DOUBTFUL
    return PARAGRAPH if ends and begins_with_number(row.text) else ""
