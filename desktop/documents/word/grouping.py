"""Which rows make one table of Word, and what each has to know of the rows beside it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.documents.flow import Cell, Row, width_inside

LONGEST = 42_000.0
"""Height in points of one table, some 60 pages of A3. The longer a table, the slower are office programs: all that is
left of it moves from page to page. 880 problems on 616 pages took LibreOffice 97 s as one table, 20 s as ten."""


class Shown(NamedTuple):
    """A row as it is written: ``repeated`` on every page, ``kept`` on the page of the next."""

    row: Row
    repeated: bool = False
    kept: bool = False


def with_next(rows: Iterable[Row]) -> Iterator[Shown]:
    """Every row, with a word on whether the next one stays on its page."""
    waiting: Row | None = None
    for row in rows:
        if waiting is not None:
            yield Shown(waiting, kept=row.stays)
        waiting = row
    if waiting is not None:
        yield Shown(waiting)


def with_heads(rows: Iterable[Shown]) -> Iterator[Shown]:
    """Every row, under its head where that changes; only a head at the top of the table can be repeated."""
    head: tuple[Row, ...] = ()
    for k, shown in enumerate(rows):
        if shown.row.head != head:
            yield from (Shown(part, k == 0, True) for part in shown.row.head)
        head = shown.row.head
        yield shown


def pieces(rows: Iterable[Shown], longest: float = LONGEST) -> Iterator[list[Shown]]:
    """The rows in their order, cut into tables that are hardly higher than ``longest`` points.

    A table ends only where the next row stands under a head and need not keep to the page of the row before. The
    height of a row is reckoned from the number of its characters: Word makes pages of its own.
    """
    piece: list[Shown] = []
    height = 0.0
    for shown in rows:
        more = about_height(shown.row)
        if piece and height + more > longest and shown.row.head and not shown.row.stays:
            yield piece
            piece, height = [], 0.0
        piece.append(shown)
        height += more
    if piece:
        yield piece


def about_height(row: Row) -> float:
    """The height of a row in points, were every character as wide as it is high."""
    return max((row.height, *map(_cell_height, row.cells)))


def _cell_height(cell: Cell) -> float:
    fit = max(1.0, width_inside(cell) // cell.style.size)
    lines = sum(max(1.0, -(-len(part) // fit)) for text in cell.blocks or (cell.text,) for part in text.split("\n"))
    return lines * cell.style.leading + 2 * cell.style.above
