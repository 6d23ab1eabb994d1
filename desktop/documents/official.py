"""An OfficialPaper becomes pages in its shell (GB/T 9704-2012).

Page 1 carries 版头 and 标题; the text fills 22 rows a page; the signature stands under at least some rows of text;
annexes begin pages of their own; the 版记 stands at the foot of the last page.
"""

from dataclasses import dataclass

from desktop.documents import grid
from desktop.documents.annex import annex_entries, head_lines, title_lines
from desktop.documents.body import Entry, Line, addressee_lines, flow_of
from desktop.documents.flow import Part
from desktop.documents.fonts import FontSet
from desktop.documents.grid import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, ROWS, TOP
from desktop.documents.imprint import Imprint, draw_imprint, draw_page_number, imprint_of
from desktop.documents.layout import GridPage, Tail, lay_out
from desktop.documents.letterhead import Letterhead, draw_letterhead, letterhead_of
from desktop.documents.model import OfficialPaper, Shell, TableBlock
from desktop.documents.pen import Pen
from desktop.documents.signature import Signature, draw_signature, signature_of
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed

_SCALES = (1.0, 0.85, 0.7, 0.55)
_LAST_WITH_TEXT = ROWS - 2
"""The last row on which the text may begin: page 1 then shows a heading and a row, or two rows of it."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands over the text on page 1, and how many rows the 主送 takes under it."""

    letterhead: Letterhead
    title: list[Line]
    addressee_rows: int

    @property
    def first_row(self) -> int:
        """The row of the 主送机关, one blank row under the 标题."""
        return self.letterhead.row + len(self.title) + 1


@dataclass(frozen=True, slots=True)
class _Document:
    """All pages in order; the signature stands on page ``signed`` (from 0) from row ``signature_row`` on."""

    pages: list[GridPage]
    signed: int
    signature_row: int


def print_official(paper: OfficialPaper, fonts: FontSet) -> Printed:
    """The finished PDF. Raises Refused if the paper has no signing body, no 标题 or no text."""
    _check(paper)
    pen = Pen(fonts, paper.plain_title, "、".join(paper.bodies), paper.on, (PAGE_WIDTH, PAGE_HEIGHT))
    head = _head_of(pen, paper)
    moved = head.first_row + head.addressee_rows > _LAST_WITH_TEXT
    _draw_head(pen, head)
    signature = signature_of(pen.setter, paper)
    imprint = imprint_of(pen.setter, paper, moved)
    laid = _lay_out(pen, paper, head.first_row, signature, imprint, not moved)
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
    return Printed(data, pen.pages, pen.missing_characters, fonts.names(), paper.remarks)


def _check(paper: OfficialPaper) -> None:
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


def _head_of(pen: Pen, paper: OfficialPaper) -> _Head:
    """版头 and 标题. Where page 1 would show no text the red words are made smaller (§7.2.4 leaves their size free).

    A 主送 that is too long for any of them goes to the 版记 (§7.3.2).
    """
    if paper.shell is Shell.PLAIN:
        title = head_lines(pen.setter, paper.annex_mark, paper.title, paper.unbroken)
    else:
        title = title_lines(pen.setter, paper.title, paper.unbroken)
    rows = len(addressee_lines(pen.setter, paper.addressee))
    heads = [_Head(letterhead_of(pen.setter, paper, scale), title, rows) for scale in _SCALES]
    fitting = [head for head in heads if head.first_row + rows <= _LAST_WITH_TEXT]
    without = [head for head in heads if head.first_row <= _LAST_WITH_TEXT]
    return (fitting or without or heads[-1:])[0]


def _draw_head(pen: Pen, head: _Head) -> None:
    draw_letterhead(pen, head.letterhead)
    for row, line in enumerate(head.title, head.letterhead.row):
        pen.row(line.items, line.row, LEFT, grid.row_middle(row), line.align)


def _lay_out(
    pen: Pen, paper: OfficialPaper, first_row: int, signature: Signature, imprint: Imprint, with_addressee: bool
) -> _Document:
    foot = 0.0 if paper.annexes else imprint.height
    entries: list[Entry] = flow_of(pen.setter, paper, with_addressee)
    pages = lay_out(pen, entries, first_row, Tail(signature.rows, foot))
    signed, row = len(pages) - 1, pages[-1].next_row
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
