"""What every reader of a format hands to the grammar: one stretch of text, with cells where there were any.

A text file is a ``Source`` without cells. A reader of tables or pages lays its words out in one string and
says which stretch came from which cell, so that spans mean the same for every format.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.rules.drafts import Finding

Progress = Callable[[str, float], None]


def silent(text: str, share: float) -> None:
    """The progress of a reading that nobody watches; one that raises stops the reading."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: ``source.text[start:end]``, with its address counted from 1.

    ``rows`` and ``columns`` say how many a merged cell covers; what it covers is not listed again. ``table`` numbers
    the tables of a file: a table that goes on over the page keeps its number and counts its rows on. ``sheet`` is
    what a clerk calls the place (a sheet's name, 表2). ``is_head`` is set where the file itself marks a head row.
    Cells without words may be left out.
    """

    start: int
    end: int
    sheet: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    table: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The readable words of one file: decoded text and, for tables, its cells in reading order.

    In the text the cells of a row are parted by a tab, rows by a line feed, a table from what stands around it by an
    empty line. ``damaged`` counts characters that could not be made out and stand as U+FFFD. ``paragraphs`` says
    that a line feed ends a paragraph (Word files, where U+000B is a break inside of one); elsewhere lines may be
    wrapped, in cells too. ``findings`` are remarks of the reader itself, such as hidden rows.
    """

    name: str
    text: str
    cells: tuple[Cell, ...] = ()
    damaged: int = 0
    paragraphs: bool = False
    findings: tuple[Finding, ...] = ()
