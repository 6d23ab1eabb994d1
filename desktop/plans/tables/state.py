"""What is known of a large table while its rows are read, and which field a cell of it belongs to."""

from dataclasses import dataclass, field

from desktop.plans.source import Cell, Source
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.heads import Head
from desktop.plans.tables.record import Record
from desktop.plans.words import Words


@dataclass(slots=True)
class Reading:
    """A large table while it is read: its head, the records so far, and the cells that were understood.

    ``text`` is the source's text with widths folded. ``left`` counts the filled cells of each column that belongs to
    no field; ``odd`` are problems without a number although others have one, ``merged`` rows that name a problem
    but were taken for a part of the one above. ``below`` is the number, with its token, of
    the next row below that has one.
    """

    grid: Grid
    source: Source
    words: Words
    head: Head
    text: str
    records: list[Record] = field(default_factory=list)
    used: list[Cell] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)
    odd: list[tuple[Record, Cell]] = field(default_factory=list)
    merged: list[tuple[Record, Cell]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    is_numbered: bool = False
    open: Record | None = None
    is_listed: bool = True
    is_footed: bool = False

    def folded(self, cell: Cell) -> str:
        """The words of a cell with widths folded and blanks gone."""
        return self.grid.words(cell).translate(self.words.fold)


def kinds_of(head: Head, cell: Cell) -> list[str]:
    """The fields of the columns a cell covers: several only where all of them are lists of units."""
    place = cell.column, cell.columns
    if place not in head.reach:
        head.reach[place] = _kinds_over(head, cell)
    return head.reach[place]


def _kinds_over(head: Head, cell: Cell) -> list[str]:
    last = cell.column + min(cell.columns, 400)
    covered = [head.kinds[column] for column in range(cell.column, last) if column in head.kinds]
    if not covered:
        return []
    if len(set(covered)) > 1 and all(kind.endswith("_units") for kind in covered):
        return list(dict.fromkeys(covered))
    return [max(dict.fromkeys(covered), key=covered.count)]


def kind_of(head: Head, cell: Cell) -> str:
    """The field of a cell, or nothing."""
    kinds = kinds_of(head, cell)
    return kinds[0] if kinds else ""
