"""The reader of PDF plans: pages in, one stretch of text with cells and remarks out."""

from collections.abc import Sequence
from contextlib import closing

from desktop.plans.laying import Laying, Placed
from desktop.plans.pdf.cells import Habits, PageTable
from desktop.plans.pdf.layout import Block, Sheet, lay_out, take_apart
from desktop.plans.pdf.reading import read_pdf_pages
from desktop.plans.pdf.remarks import Remarks
from desktop.plans.source import Progress, Source


def read_pdf(data: bytes, name: str, progress: Progress) -> Source:
    """The words of a PDF, page by page.

    Refused: pictures without text, characters that have no meaning in the file, and what ``read_pdf_pages`` refuses.
    """
    remarks = Remarks(name)
    sheets: list[Sheet] = []
    habits: Habits = {}
    # Closed at once whatever happens: the other process must not outlive a cancelled reading.
    with closing(read_pdf_pages(data, name, progress)) as pages:
        for page in pages:
            if remarks.take(page):
                sheets.append(take_apart(page, habits))
    remarks.refuse()
    layout = lay_out(sheets)
    findings = remarks.findings(layout.left_out, layout.hidden)
    return write(layout.blocks).source(Source(name, "", paragraphs=True, findings=findings))


def write(blocks: Sequence[Block]) -> Laying:
    """Blocks as one text: a paragraph a line, tables with their cells."""
    laying = Laying()
    for block in blocks:
        if isinstance(block, PageTable):
            laying.table(f"表{laying.tables + 1}", _placed(block))
        else:
            laying.line(block)
    return laying


def _placed(table: PageTable) -> list[Placed]:
    """The cells of a table in reading order, counted from 1."""
    return [
        Placed(cell.text, cell.row + 1, cell.column + 1, cell.rows, cell.columns, cell.row < table.head_rows)
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    ]
