"""Pages to the blocks of a document in reading order: paragraphs, and tables that may go on over several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from desktop.plans.pdf.cells import Habits, PageTable, fill_grid, lies_in
from desktop.plans.pdf.columns import split_columns
from desktop.plans.pdf.grid import find_grids
from desktop.plans.pdf.joined_tables import goes_on, join_parts
from desktop.plans.pdf.pages import PdfPage, Rule
from desktop.plans.pdf.paragraphs import Line, edges_of, make_paragraphs
from desktop.plans.pdf.plain_table import find_plain_table
from desktop.plans.pdf.rows import Row, make_rows
from desktop.plans.pdf.running import running_rows

Block = str | PageTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart: the rows outside of its tables, and its tables from top to bottom."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    tables: tuple[PageTable, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a document, the running rows that were left out, and pages where words hide words."""

    blocks: tuple[Block, ...]
    left_out: tuple[str, ...]
    hidden: tuple[int, ...] = ()


def take_apart(page: PdfPage, habits: Habits | None = None) -> Sheet:
    """Rows and tables of one page; its glyphs are not needed any more afterwards. ``habits`` grow page by page."""
    grids = find_grids(page.rules)
    free = [glyph for glyph in page.glyphs if not any(lies_in(grid, glyph) for grid in grids)]
    tables = tuple(fill_grid(grid, page.glyphs, habits) for grid in grids)
    flat = tuple(rule for rule in page.rules if rule.is_flat)
    return Sheet(page.number, page.width, page.height, tuple(make_rows(free)), tables, flat)


def lay_out(sheets: Sequence[Sheet]) -> Layout:
    """The document that the pages make."""
    running = running_rows([(sheet.height, sheet.rows) for sheet in sheets])
    left_out = [sheet.rows[at].text for sheet, own in zip(sheets, running, strict=True) for at in sorted(own)]
    kept = [
        replace(sheet, rows=tuple(row for at, row in enumerate(sheet.rows) if at not in own))
        for sheet, own in zip(sheets, running, strict=True)
    ]
    edges = _shared_edges(kept)
    blocks: list[Block] = []
    waiting: list[Line] = []
    for sheet in kept:
        first = True
        for part in _parts(sheet):
            if isinstance(part, PageTable):
                blocks += make_paragraphs(waiting)
                waiting = []
                table = blocks[-1] if blocks and first else None
                if isinstance(table, PageTable) and goes_on(table, part):
                    blocks[-1] = join_parts(table, part)
                else:
                    blocks.append(part)
            else:
                waiting += _lines(sheet, part, edges)
            first = False
    hidden = tuple(sheet.number for sheet in kept if any(row.overlaps for row in sheet.rows))
    return Layout((*blocks, *make_paragraphs(waiting)), tuple(left_out), hidden)


def _parts(sheet: Sheet) -> list[PageTable | tuple[Row, ...]]:
    """The tables of a page and the rows between them, from top to bottom."""
    found: list[PageTable | tuple[Row, ...]] = []
    rest = list(sheet.rows)
    for table in sheet.tables:
        above = [row for row in rest if row.base < table.top + row.size / 2]
        rest = rest[len(above) :]
        found += _with_plain(above, sheet.rules)
        found.append(table)
    return found + _with_plain(rest, sheet.rules)


def _with_plain(rows: list[Row], rules: Sequence[Rule]) -> list[PageTable | tuple[Row, ...]]:
    found: list[PageTable | tuple[Row, ...]] = []
    while rows:
        plain = find_plain_table(rows, rules)
        if plain is None:
            break
        start, end, table = plain
        found += [tuple(rows[:start])] * bool(start)
        found.append(table)
        rows = rows[end:]
    return [*found, tuple(rows)] if rows else found


def _shared_edges(sheets: Sequence[Sheet]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the text by the width of the page: a wide page has edges of its own."""
    found = {}
    for width in {round(sheet.width) for sheet in sheets}:
        rows = [row for sheet in sheets if round(sheet.width) == width for row in sheet.rows]
        if rows:
            found[width] = edges_of(rows, width)
    return found


def _lines(sheet: Sheet, rows: tuple[Row, ...], edges: dict[int, tuple[float, float]]) -> list[Line]:
    gaps = [low.base - high.base for high, low in pairwise(rows) if low.base - high.base > 1]
    pitch = median(gaps) if len(gaps) > 3 else 0.0
    found = []
    for column in split_columns(rows):
        left, right = column.edges or _own_edges(rows, sheet.width, edges[round(sheet.width)])
        found += [Line(row, left, right, sheet.number, pitch) for row in column.rows]
    return found


def _own_edges(rows: Sequence[Row], width: float, shared: tuple[float, float]) -> tuple[float, float]:
    """The edges of the text on this page: margins may change sides from page to page."""
    left, right = edges_of(rows, width)
    size = median(row.size for row in rows)
    full = sum(row.right > right - size for row in rows) >= 3
    if not full or abs((right - left) - (shared[1] - shared[0])) > size:
        return shared
    return left, right
