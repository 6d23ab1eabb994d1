"""Lays paragraphs and tables out as the one text of a source, and keeps the address of every cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desktop.plans.source import Cell, Source

MAX_TEXT = 20 * 1024 * 1024
MAX_PARTS = 400_000


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of one cell with its address: ``row`` and ``column`` from 1, ``rows`` and ``columns`` it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_head: bool = False


@dataclass(slots=True)
class Laying:
    """A source that grows: lines of text and tables in the order of the file."""

    parts: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    length: int = 0
    tables: int = 0

    def line(self, text: str) -> None:
        """One paragraph or line, with the line feed behind it."""
        self._put(text + "\n")

    def table(self, sheet: str, placed: Iterable[Placed]) -> None:
        """One table, its cells in reading order; a tab parts the cells of a row, a line feed the rows."""
        self.tables += 1
        self._put("\n")
        row = 0
        for cell in placed:
            if row:
                self._put("\n" if cell.row != row else "\t")
            row = cell.row
            text = cell.text.strip(" \t\r\n\v")
            start = self.length
            self._put(text)
            where = (sheet, cell.row, cell.column, cell.rows, cell.columns, self.tables, cell.is_head)
            self.cells.append(Cell(start, self.length, *where))
        self._put("\n\n")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    @property
    def is_full(self) -> bool:
        """More text or lines than any plan has."""
        return self.length > MAX_TEXT or len(self.parts) > MAX_PARTS

    def source(self, template: Source) -> Source:
        """What was laid out as a source; name, flags and findings are those of the template."""
        text = "".join(self.parts)
        return replace(template, text=text, cells=tuple(self.cells), damaged=text.count("\ufffd"))
