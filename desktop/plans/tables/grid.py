"""Cells put back in rows and columns: which cell covers which place of its table."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.plans.folding import squeeze
from desktop.plans.source import Cell, Source

_WIDEST = 400
_MOST_COVERED = 1_500_000


@dataclass(slots=True)
class Grid:
    """One table. ``own`` lists the cells that begin in each row, ``over`` which cell covers which column of it.

    Rows are those in which a cell begins, in order, ``numbers`` what the file calls them; columns are counted as in
    the file.
    """

    table: int
    sheet: str
    numbers: list[int] = field(default_factory=list)
    own: list[list[Cell]] = field(default_factory=list)
    full: list[list[Cell]] = field(default_factory=list)
    over: list[dict[int, Cell]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    width: int = 0

    def begins(self, row: int, cell: Cell) -> bool:
        """Does a cell begin in this row, or does it only reach down to it?"""
        return cell.row == self.numbers[row]

    def words(self, cell: Cell) -> str:
        """The words of a cell without blanks."""
        return self.texts[cell.row, cell.column]

    def filled(self, row: int) -> list[Cell]:
        """The cells with words that begin in a row, from left to right."""
        return self.full[row]

    def is_across(self, row: int, cell: Cell) -> bool:
        """Is the cell merged over most of the width of its table, with no other words in its row?"""
        return self.width > 1 and cell.columns * 2 > self.width and self.filled(row) == [cell]


def grids(source: Source) -> Iterator[Grid]:
    """The tables of a source in their order."""
    tables: dict[int, list[Cell]] = {}
    for cell in source.cells:
        tables.setdefault(cell.table, []).append(cell)
    for table, cells in tables.items():
        yield _grid(table, cells, source.text)


def _grid(table: int, cells: list[Cell], text: str) -> Grid:
    grid = Grid(table, cells[0].sheet)
    numbers = sorted({cell.row for cell in cells})
    places = {number: index for index, number in enumerate(numbers)}
    grid.numbers = numbers
    grid.own = [[] for _ in numbers]
    grid.over = [{} for _ in numbers]
    # A merge may claim columns that nothing stands in; the width is that of the cells.
    last = min(max(cell.column for cell in cells), _WIDEST)
    ends = max((min(cell.column + cell.columns - 1, last) for cell in cells), default=last)
    grid.width = ends - min(cell.column for cell in cells) + 1
    room = _MOST_COVERED
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        grid.texts[cell.row, cell.column] = squeeze(text[cell.start : cell.end])
        if cell.column > last:
            continue
        first = places[cell.row]
        grid.own[first].append(cell)
        below = max(first + 1, bisect_right(numbers, cell.row + cell.rows - 1))
        right = min(cell.column + cell.columns, last + 1)
        room -= (below - first) * (right - cell.column)
        if room < 0:
            below, right = first + 1, cell.column + 1
        for row in range(first, below):
            for column in range(cell.column, right):
                grid.over[row].setdefault(column, cell)
    grid.full = [[cell for cell in cells if grid.texts[cell.row, cell.column]] for cells in grid.own]
    return grid
