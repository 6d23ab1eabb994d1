"""The reader of PDF plans: pages in, one stretch of text with cells and remarks out."""

from collections.abc import Sequence

from desktop.plans.pdf.cells import PageTable
from desktop.plans.pdf.layout import Block, Sheet, lay_out, take_apart
from desktop.plans.pdf.reading import read_pdf_pages
from desktop.plans.pdf.remarks import Remarks
from desktop.plans.source import Cell, Progress, Source

_SHARE_OF_PAGES = 0.9


def read_pdf(data: bytes, name: str, progress: Progress) -> Source:
    """The words of a PDF, page by page.

    Refused: pictures without text, characters that have no meaning in the file, and what ``read_pdf_pages`` refuses.
    """
    remarks = Remarks(name)
    sheets: list[Sheet] = []
    for page in read_pdf_pages(data, name, lambda text, share: progress(text, share * _SHARE_OF_PAGES)):
        if remarks.take(page):
            sheets.append(take_apart(page))
    remarks.refuse()
    layout = lay_out(sheets)
    text, cells = write(layout.blocks)
    progress(f"正在整理“{name}”的文字", _SHARE_OF_PAGES)
    return Source(name, text, cells, remarks.damaged, True, remarks.findings(layout.left_out))


def write(blocks: Sequence[Block]) -> tuple[str, tuple[Cell, ...]]:
    """Blocks as one text: a paragraph a line; cells of a row parted by tabs, a table by empty lines around it."""
    parts: list[str] = []
    cells: list[Cell] = []
    length = tables = 0
    for block in blocks:
        if isinstance(block, PageTable):
            tables += 1
            words = _write_table(block, tables, length, cells)
        else:
            words = block + "\n"
        parts.append(words)
        length += len(words)
    return "".join(parts), tuple(cells)


def _write_table(table: PageTable, number: int, start: int, cells: list[Cell]) -> str:
    """The words of a table from the offset ``start``; its cells go to the end of ``cells``."""
    parts = ["\n"]
    length = 1
    row = 0
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        sign = "" if len(parts) == 1 else "\n" * (cell.row > row) or "\t"
        row = cell.row
        place = start + length + len(sign)
        if cell.text:
            is_head = cell.row < table.head_rows
            address = (f"表{number}", cell.row + 1, cell.column + 1, cell.rows, cell.columns, number, is_head)
            cells.append(Cell(place, place + len(cell.text), *address))
        parts.append(sign + cell.text)
        length += len(sign) + len(cell.text)
    return "".join(parts) + "\n\n"
