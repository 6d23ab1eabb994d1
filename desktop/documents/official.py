"""An OfficialPaper becomes pages in its shell (GB/T 9704-2012).

Page 1 carries 版头 and 标题; the text fills 22 rows a page; the signature stands under at least some rows of text;
annexes begin pages of their own; the 版记 stands at the foot of the last page.
"""

from dataclasses import dataclass

from desktop.documents import grid
from desktop.documents.annex import annex_entries
from desktop.documents.body import Line, flow_of
from desktop.documents.flow import Part
from desktop.documents.fonts import FontSet
from desktop.documents.grid import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from desktop.documents.head import Head, head_of
from desktop.documents.imprint import Imprint, draw_imprint, draw_page_number, imprint_of
from desktop.documents.layout import GridPage, Tail, lay_out
from desktop.documents.letterhead import draw_letterhead
from desktop.documents.model import OfficialPaper, Shell, TableBlock
from desktop.documents.pen import Pen
from desktop.documents.signature import Signature, draw_signature, signature_of
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed


@dataclass(frozen=True, slots=True)
class _Document:
    """All pages in order; the signature stands on page ``signed`` (from 0) from row ``signature_row`` on."""

    pages: list[GridPage]
    signed: int
    signature_row: int


def print_official(paper: OfficialPaper, fonts: FontSet) -> Printed:
    """The finished PDF. Raises Refused if the paper has no signing body, no 标题 or no text."""
    check_paper(paper)
    pen = Pen(fonts, paper.plain_title, paper.author, paper.on, (PAGE_WIDTH, PAGE_HEIGHT))
    head = head_of(pen.setter, paper)
    _draw_head(pen, head)
    signature = signature_of(pen.setter, paper)
    imprint = imprint_of(pen.setter, paper, head.moves_addressee)
    laid = _lay_out(pen, paper, head, signature, imprint)
    for number, page in enumerate(laid.pages, 1):
        _draw_page(pen, page)
        if number == laid.signed + 1:
            draw_signature(pen, signature, laid.signature_row)
        if number == len(laid.pages):
            draw_imprint(pen, imprint)
        if number > 1 or paper.shell is not Shell.LETTER:
            draw_page_number(pen, number)
        pen.end_page()
    data = pen.finish()
    missing = pen.missing_characters
    return Printed(data, pen.pages, missing, fonts.names(), paper.remarks, paper.plain_title)


def check_paper(paper: OfficialPaper) -> None:
    """Raise Refused for a paper that lacks what every paper of its shell has, or that cannot be signed."""
    unsigned = paper.shell in (Shell.PLAIN, Shell.MINUTES)
    lacking = "发文机关" if not paper.bodies and not unsigned else ""
    untitled = not paper.plain_title.strip() and paper.shell is not Shell.MINUTES
    lacking = lacking or ("标题" if untitled else "正文" if not paper.paragraphs else "")
    if lacking:
        raise Refused(f"公文缺少{lacking}，没有打印；请补全后再打印。", "paper_incomplete")
    last = paper.paragraphs[-1]
    if isinstance(last, TableBlock) and last.wide and paper.bodies:
        what = "正文以横排的表格结束，落款会独占一页，没有打印"
        raise Refused(f"{what}；请把表格改作附件，或在表格后面写上结束语再打印。", "paper_ends_wide")


def _draw_head(pen: Pen, head: Head) -> None:
    draw_letterhead(pen, head.letterhead)
    for row, line in enumerate(head.title, head.letterhead.row):
        pen.row(line.items, line.row, LEFT, grid.row_middle(row), line.align)


def _lay_out(pen: Pen, paper: OfficialPaper, head: Head, signature: Signature, imprint: Imprint) -> _Document:
    foot = 0.0 if paper.annexes else imprint.height
    entries = flow_of(pen.setter, paper, not head.moves_addressee)
    pages = lay_out(pen, entries, head.first_row, Tail(signature.rows, foot))
    signed = len(pages) - 1
    if foot and signature.rows and pages[-1].is_empty:
        # So many seals that text, signature and 版记 have no room on one page: the 版记 goes to the next.
        pages = lay_out(pen, entries, head.first_row, Tail(signature.rows, 0.0))
        signed = len(pages) - 1
        pages.append(GridPage())
    row = pages[signed].next_row
    for number in range(len(paper.annexes)):
        last = number == len(paper.annexes) - 1
        pages += lay_out(pen, annex_entries(pen.setter, paper, number), 0, Tail(0, imprint.height if last else 0.0))
    return _Document(pages, signed, row)


def _draw_page(pen: Pen, page: GridPage) -> None:
    if page.turned:
        pen.saveState()
        # x up the left edge from the foot of the box, y to the right; Pen measures y down from the paper's top.
        pen.transform(0, 1, -1, 0, LEFT + pen.height, pen.height - BOTTOM + page.raised)
        _draw_entries(pen, page, 0.0, 0.0)
        pen.restoreState()
    else:
        _draw_entries(pen, page, LEFT, TOP)


def _draw_entries(pen: Pen, page: GridPage, left: float, top: float) -> None:
    """Rows of text and tables in their order down the page."""
    tables = list(page.tables)
    for y, line in page.lines:
        while tables and tables[0] and tables[0][0].top < y:
            _draw_table(pen, tables.pop(0), left, top)
        _draw_line(pen, line, left, top + y)
    for table in tables:
        _draw_table(pen, table, left, top)


def _draw_line(pen: Pen, line: Line, left: float, top: float) -> None:
    middle = top + grid.CELL / 2
    pen.in_line(line.label, left + line.label_x, middle)
    pen.row(line.items, line.row, left + line.x, middle, line.align)


def _draw_table(pen: Pen, parts: list[Part], left: float, top: float) -> None:
    pen.begin_page()
    pen.parts(parts, left, top)
