"""Entries of the text → pages of 22 rows: no heading alone at a foot, tables cut between their rows.

The end of a document (signature, 版记) is kept together with some text: where it does not fit under the last row, the
text's end goes over to its page. All y are points from the upper edge of the 版心.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from desktop.documents.body import Entry, Line, TableEntry, corner_line
from desktop.documents.cell_table import (
    CONTINUED,
    OVER_TABLE,
    count_words,
    least_height,
    moved,
    table_rows,
    turned_pages,
)
from desktop.documents.flow import Part, Row, paginate
from desktop.documents.grid import CELL, HEIGHT, MM, PITCH, ROWS, WIDTH
from desktop.documents.pen import Pen

CARRIED_ROWS = 2
_SHORT_PARAGRAPH = 2
_OVER_FOOT = 3 * MM
_MOST_CARRIED = 3 * ROWS
_LEADING = PITCH - CELL
_EPS = 0.01


@dataclass
class GridPage:
    """One page: rows of text and parts of tables at their y. ``start`` is the entry it begins with, -1 inside one.

    ``bottom`` is the lower edge of what stands last. On a ``turned`` page x runs up the paper's left edge, beginning
    ``raised`` points over the 版心's foot, and y to the right.
    """

    start: int = -1
    bottom: float = -_LEADING
    lines: list[tuple[float, Line]] = field(default_factory=list)
    tables: list[list[Part]] = field(default_factory=list)
    turned: bool = False
    raised: float = 0.0

    @property
    def is_empty(self) -> bool:
        """True while nothing stands on the page."""
        return not self.lines and not self.tables

    @property
    def next_row(self) -> int:
        """The first grid row that is still free; 22 on a turned page."""
        return ROWS if self.turned else ceil((self.bottom + OVER_TABLE) / PITCH - _EPS)


@dataclass(frozen=True, slots=True)
class Tail:
    """What must stand under the last row: ``rows`` of the grid, then ``foot`` points at the foot of the 版心."""

    rows: int
    foot: float

    def fits(self, page: GridPage) -> bool:
        """Whether it fits on this page under what stands there."""
        if page.turned:
            return self.rows == 0 and page.raised >= self.foot
        end = (page.next_row + self.rows) * PITCH - _LEADING if self.rows else page.bottom
        return end + (_OVER_FOOT if self.foot else 0.0) <= HEIGHT - self.foot + _EPS

    @property
    def height(self) -> float:
        """Room in pt to keep under a table, whatever row it ends on."""
        return (self.rows + 1) * PITCH + self.foot + _OVER_FOOT

    @property
    def beside(self) -> float:
        """Room in pt to keep free at the end of a turned page."""
        return self.foot + _OVER_FOOT if self.foot else 0.0


NO_TAIL = Tail(0, 0.0)


def lay_out(pen: Pen, entries: Sequence[Entry], first_row: int, tail: Tail) -> list[GridPage]:
    """The pages of the entries; the last one has room for the tail under some of them.

    The first row of text stays on the first page. If nothing else helps, an empty page is added for the tail.
    """
    pages = fill(pen, entries, first_row, tail=tail)
    if tail.fits(pages[-1]) and (not tail.rows or _has_text(pages[-1])):
        return pages
    opening = next((k for k, entry in enumerate(entries) if _is_text(entry)), 0) + 1
    least = max(opening, len(entries) - _MOST_CARRIED)
    with_text = range(max(_carry_from(entries), opening), least - 1, -1)
    any_rows = range(max(len(entries) - CARRIED_ROWS, opening), least - 1, -1)
    for choices, text_needed in ((with_text, True), (any_rows, False)):
        for kept in choices:
            carried = fill(pen, entries[kept:], offset=kept, tail=tail)
            if tail.fits(carried[-1]) and (not text_needed or _has_text(carried[-1])):
                return _refilled(pen, entries, first_row, pages, kept) + carried
    return [*pages, GridPage()]


def _refilled(pen: Pen, entries: Sequence[Entry], first_row: int, pages: list[GridPage], kept: int) -> list[GridPage]:
    """The pages of the first ``kept`` entries; those that end well before are taken as they are."""
    same = [k for k, page in enumerate(pages) if k and 0 <= page.start < kept]
    turn = same[-2] if len(same) > 1 else 0
    start = pages[turn].start if turn else 0
    return pages[:turn] + fill(pen, entries[start:kept], 0 if turn else first_row, offset=start)


def _has_text(page: GridPage) -> bool:
    return bool(page.tables) or any(_is_text(line) for _, line in page.lines)


def _is_text(entry: Entry) -> bool:
    return isinstance(entry, TableEntry) or (entry.para > 0 and not entry.listed and bool(entry.items))


def _carry_from(entries: Sequence[Entry]) -> int:
    """Index of the first row that goes over with the tail.

    Two rows of text go, so that little of the page before stays white; 附件说明 and paragraphs of two rows go whole,
    with the headings over them. A table goes only where nothing else stands behind it.
    """
    k = next((k for k, entry in enumerate(entries) if isinstance(entry, Line) and entry.listed), len(entries))
    rows = 0
    while k > 1 and rows < CARRIED_ROWS and not (rows and isinstance(entries[k - 1], TableEntry)):
        length = next((n for n in range(1, k) if entries[k - n - 1].para != entries[k - 1].para), k)
        take = length if length <= _SHORT_PARAGRAPH else CARRIED_ROWS - rows
        k -= take
        rows += take
    while k > 1 and _is_heading(entries[k - 1]):
        k -= 1
    return k


# Filling


def fill(
    pen: Pen, entries: Sequence[Entry], first_row: int = 0, offset: int = 0, tail: Tail = NO_TAIL
) -> list[GridPage]:
    """The pages of the entries, of which the first has the number ``offset``.

    The tail counts only where the last entry is a table; ``lay_out`` makes room for it under rows of text.
    """
    filler = _Filler(pen, GridPage(offset, first_row * PITCH - _LEADING))
    for k, entry in enumerate(entries):
        if isinstance(entry, Line):
            filler.line(entry, offset + k, _least_rows(pen, entries, k))
        else:
            filler.table(entry, offset + k, tail if k == len(entries) - 1 else NO_TAIL)
    return filler.pages


def _least_rows(pen: Pen, entries: Sequence[Entry], k: int) -> int:
    """Rows that must stand together on a page from entry ``k`` on.

    A heading stands over a row of text, whatever stands over a table over the beginning of it.
    """
    count, last = 1, len(entries) - 1
    if _is_heading(entries[k]) and not (k and entries[k - 1].para == entries[k].para):
        while k + count <= last and _is_heading(entries[k + count]):
            count += 1
        if k + count > last:
            return 1
        count += isinstance(entries[k + count], Line)
    under = entries[min(k + count, last)]
    if isinstance(under, TableEntry) and not under.block.wide:
        count += ceil((least_height(under.block, WIDTH, pen) + OVER_TABLE) / PITCH)
    return count


def _is_heading(entry: Entry) -> bool:
    return isinstance(entry, Line) and entry.heading


class _Filler:
    """Puts entries on pages one after the other."""

    def __init__(self, pen: Pen, first: GridPage) -> None:
        self.pen = pen
        self.pages = [first]

    @property
    def page(self) -> GridPage:
        """The page being filled."""
        return self.pages[-1]

    def turn(self, start: int) -> None:
        """Begin a new page, unless the present one is a page from its top and still empty."""
        if not self.page.is_empty or self.page.next_row:
            self.pages.append(GridPage(start))

    def line(self, line: Line, number: int, least: int) -> None:
        """Place one row of text; no blank row on top of a page."""
        if self.page.next_row + least > ROWS:
            self.turn(number)
        row = self.page.next_row
        if line.items or row:
            self.page.lines.append((row * PITCH, line))
            self.page.bottom = row * PITCH + CELL

    def table(self, entry: TableEntry, number: int, tail: Tail) -> None:
        """Place a table: on pages of its own where it is wide, else from here on."""
        if entry.block.wide:
            self._wide(entry, number, tail)
            return
        rows = table_rows(entry.block, WIDTH, self.pen)
        if HEIGHT - self.page.bottom - OVER_TABLE < least_height(entry.block, WIDTH, self.pen) or self.page.turned:
            self.turn(number)
        if self.page.is_empty and not self.page.next_row:
            self._over(count_words(entry.block), entry)
        top = self.page.bottom + OVER_TABLE
        if tail is not NO_TAIL:
            rows.append(Row((), height=tail.height, whole=True, stays=True, boxed=False))
        later = CELL + OVER_TABLE
        for k, parts in enumerate(paginate(rows, self.pen.broken, HEIGHT - top, HEIGHT - later)):
            if k:
                self.pages.append(GridPage())
                self._over(CONTINUED, entry)
                top = later
            shown = moved(parts, top)
            self.page.tables.append(shown)
            self.page.bottom = shown[-1].top + shown[-1].height if shown else top

    def _over(self, words: str, entry: TableEntry) -> None:
        """Words over a table that begins at the top of a page: text stands on the 版心's upper edge."""
        self.page.lines.append((0.0, corner_line(self.pen.setter, words, entry.para)))
        self.page.bottom = CELL

    def _wide(self, entry: TableEntry, number: int, tail: Tail) -> None:
        for k, (lines, parts) in enumerate(turned_pages(entry, self.pen, tail.beside)):
            self.turn(-1 if k else number)
            self.page.lines, self.page.tables = lines, [parts]
            self.page.turned, self.page.raised = True, tail.beside
