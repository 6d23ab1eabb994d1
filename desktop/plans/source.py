"""What every reader of a format hands to the grammar: one stretch of text, with cells where there were any.

A text file is a ``Source`` without cells. A reader of tables or pages lays its words out in one string and
says which stretch came from which cell, so that spans mean the same for every format.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: ``source.text[start:end]``, with its address counted from 1.

    ``rows`` and ``columns`` say how many a merged cell covers.
    """

    start: int
    end: int
    sheet: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """The readable words of one file: decoded text and, for tables, its cells in reading order.

    ``damaged`` counts characters that could not be made out and stand as U+FFFD.
    """

    name: str
    text: str
    cells: tuple[Cell, ...] = ()
    damaged: int = 0
