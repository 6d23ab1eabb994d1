"""A TableBlock as rows of cells: head repeated on every page, cells broken by the shared breaker; turned pages (§8)."""

from collections.abc import Iterator
from dataclasses import replace

from desktop.documents.body import Line, TableEntry, caption_lines, corner_line
from desktop.documents.flow import LEAST_LINES, Part, Row, Style, paginate, whole_height
from desktop.documents.fonts import Role
from desktop.documents.grid import CELL, HEIGHT, MM, PITCH, WIDTH
from desktop.documents.model import TableBlock
from desktop.documents.pen import Pen
from desktop.documents.tables import Column, body_rows, head_row
from desktop.rules.errors import Refused

CONTINUED = "续表"
OVER_TABLE = 2 * MM
_LEADING = 1.35
_SIDE, _ABOVE = 3.0, 3.0
_TURNED_HEIGHT = WIDTH - 1.5 * MM


def table_rows(block: TableBlock, width: float, pen: Pen) -> list[Row]:
    """The rows of a table ``width`` points wide; an empty one has its head only.

    Raises Refused if it has no column or a row of another length.
    """
    if not block.columns or any(len(row) != len(block.columns) for row in block.rows):
        raise Refused(f"表格{_named(block)}各行的栏数与表头不一致，未打印；请核对后再试。", "table_uneven")
    leading = block.size * _LEADING
    head_style = Style(Role.HEI, block.size, leading, _SIDE, _ABOVE)
    body_style = Style(Role.FANG, block.size, leading, _SIDE, _ABOVE)
    whole = sum(column.width for column in block.columns)
    columns = tuple(
        Column(str(k), column.title, column.width * width / whole, column.group, column.center, not k and column.center)
        for k, column in enumerate(block.columns)
    )
    records = ({str(k): text for k, text in enumerate(row)} for row in block.rows)
    head = head_row(columns, head_style, pen)
    return list(body_rows(columns, records, body_style, head, lambda text: f"{text}\n续")) or [head]


def least_height(block: TableBlock, width: float, pen: Pen) -> float:
    """Height a table needs to begin on a page: its head and two lines of its first row."""
    first = table_rows(replace(block, rows=block.rows[:1]), width, pen)[0]
    style = first.cells[0].style
    head = sum(whole_height(row, pen.broken) for row in first.head)
    return head + min(whole_height(first, pen.broken), LEAST_LINES * style.leading + 2 * style.above)


def _named(block: TableBlock) -> str:
    return f"“{block.caption}”" if block.caption else ""


def turned_pages(
    entry: TableEntry, pen: Pen, reserve: float = 0.0
) -> Iterator[tuple[list[tuple[float, Line]], list[Part]]]:
    """Rows over the table and its parts, page by page, in a box 225 mm wide and 156 mm high.

    ``reserve`` points at the left end of the box, the paper's foot, are left free. Without a corner of its own a
    table says there how many rows it has, so that none can be added or lost.
    """
    block, width = entry.block, HEIGHT - reserve
    captions = caption_lines(pen.setter, block, entry.para, width)
    if not block.corner.strip():
        captions.append(corner_line(pen.setter, count_words(block), entry.para, width))
    over = [(k * PITCH, line) for k, line in enumerate((*entry.over, *captions)) if line.items]
    top = (len(entry.over) + len(captions)) * PITCH - (PITCH - CELL) + OVER_TABLE
    later = CELL + OVER_TABLE
    rows = table_rows(block, width, pen)
    for parts in paginate(rows, pen.broken, _TURNED_HEIGHT - top, _TURNED_HEIGHT - later):
        yield over, moved(parts, top)
        over, top = [(0.0, corner_line(pen.setter, CONTINUED, entry.para, width))], later


def count_words(block: TableBlock) -> str:
    """How many rows a table has, for its corner."""
    return f"共{len(block.rows)}项"


def moved(parts: list[Part], by: float) -> list[Part]:
    """The parts of a table as many points lower; rows without cells are only room and fall out."""
    return [Part(part.row, part.top + by, part.height, part.lines) for part in parts if part.row.cells]
