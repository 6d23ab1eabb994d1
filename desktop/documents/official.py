"""The shell 文件 of GB/T 9704-2012: an OfficialPaper becomes pages.

Page 1 carries 版头 and 标题; the text fills 22 rows a page; the last page carries the signature with at least some
rows of text over it, and the 版记 at its foot.
"""

from dataclasses import dataclass

from desktop.documents import grid
from desktop.documents.body import Line, flow_of
from desktop.documents.breaker import Row
from desktop.documents.canvas import Sheet
from desktop.documents.fonts import FontSet, Role
from desktop.documents.grid import BOTTOM, CELL, LEFT, MM, ROWS, SIZE_2, WIDTH
from desktop.documents.imprint import Imprint, draw_imprint, draw_page_number, imprint_of
from desktop.documents.justify import CENTRE
from desktop.documents.letterhead import draw_letterhead
from desktop.documents.model import OfficialPaper
from desktop.documents.signature import Signature, draw_signature, signature_of
from desktop.documents.title import break_title
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed

TITLE_MOST = int(WIDTH // SIZE_2)
_OVER_IMPRINT = 3 * MM
_CARRIED_ROWS, _SHORT_PARAGRAPH = 2, 3


@dataclass(frozen=True, slots=True)
class _Pages:
    """Rows of text by page; the signature stands on the last page from row ``signature_row``."""

    pages: list[list[tuple[int, Line]]]
    signature_row: int


def print_official(paper: OfficialPaper, fonts: FontSet) -> Printed:
    """The finished PDF. Raises Refused if the paper has no signing body, no 标题 or no text."""
    if not paper.bodies or not paper.plain_title.strip() or not paper.paragraphs:
        lacking = "发文机关" if not paper.bodies else "标题" if not paper.plain_title.strip() else "正文"
        raise Refused(f"公文缺少{lacking}，没有打印；请补全后再打印。", "paper_incomplete")
    sheet = Sheet(fonts, paper.plain_title, "、".join(paper.bodies), paper.on)
    first_row = _draw_head(sheet, paper)
    signature, imprint = signature_of(sheet.setter, paper), imprint_of(sheet.setter, paper)
    laid = _lay_out(flow_of(sheet.setter, paper), first_row, signature, imprint)
    for number, page in enumerate(laid.pages, 1):
        for row, line in page:
            sheet.in_line(line.label, LEFT + line.label_x, grid.row_middle(row))
            sheet.row(line.items, line.row, LEFT + line.x, grid.row_middle(row))
        if number == len(laid.pages):
            draw_signature(sheet, signature, laid.signature_row)
            draw_imprint(sheet, imprint)
        draw_page_number(sheet, number)
        sheet.end_page()
    data = sheet.finish()
    return Printed(data, sheet.pages, sheet.missing_characters, fonts.names(), paper.remarks)


def _draw_head(sheet: Sheet, paper: OfficialPaper) -> int:
    """Draw 版头 and 标题 on page 1; returns the row of the 主送机关."""
    row = draw_letterhead(sheet, paper)
    for text in break_title(paper.title, TITLE_MOST, paper.whole_words):
        items = sheet.setter.items(text, Role.TITLE, SIZE_2)
        sheet.row(items, Row(0, len(items), WIDTH, True), LEFT, grid.row_middle(row), CENTRE)
        row += 1
    return row + 1


def _lay_out(lines: list[Line], first_row: int, signature: Signature, imprint: Imprint) -> _Pages:
    """Fill the pages so that signature and 版记 stand under some text of the last page.

    Where they do not fit, the text's end goes over to their page, or of a long 附件说明 its last rows; page 1 keeps at
    least its first row of text.
    """
    opening = next((k for k, line in enumerate(lines) if line.para), 0) + 1
    with_text = range(max(_carry_from(lines), opening), opening - 1, -1)
    any_rows = range(max(len(lines) - _CARRIED_ROWS, opening), opening - 1, -1)
    for choices, text_needed in (((len(lines), *with_text), True), ((len(lines), *any_rows), False)):
        for kept in choices:
            carried = lines[kept:]
            pages = _fill(lines[:kept], first_row) + (_fill(carried, 0) if carried else [])
            row = _next_row(pages[-1])
            if _fits(row, signature, imprint) and (not text_needed or any(_is_text(line) for _, line in pages[-1])):
                return _Pages(pages, row)
    return _Pages([*_fill(lines, first_row), []], 0)


def _is_text(line: Line) -> bool:
    return line.para > 0 and not line.listed


def _fill(lines: list[Line], first_row: int) -> list[list[tuple[int, Line]]]:
    """Rows on pages of 22; no blank row on top of a page, no heading alone at its foot."""
    pages: list[list[tuple[int, Line]]] = [[]]
    row = first_row
    for k, line in enumerate(lines):
        full = row >= ROWS or (line.heading and _heading_rows(lines, k) + row + 1 > ROWS)
        if full and pages[-1]:
            pages.append([])
            row = 0
        if not line.items and row == 0:
            continue
        pages[-1].append((row, line))
        row += 1
    return pages


def _heading_rows(lines: list[Line], k: int) -> int:
    """Rows of a standing heading that begins at ``k``; 0 inside one, so that it is moved as a whole."""
    if k and lines[k - 1].para == lines[k].para:
        return 0
    count = 1
    while k + count < len(lines) and lines[k + count].heading:
        count += 1
    return count if k + count < len(lines) else 0


def _next_row(page: list[tuple[int, Line]]) -> int:
    return page[-1][0] + 1 if page else 0


def _fits(row: int, signature: Signature, imprint: Imprint) -> bool:
    end = row + signature.rows
    return end <= ROWS and grid.row_top(end - 1) + CELL + _OVER_IMPRINT <= BOTTOM - imprint.height


def _carry_from(lines: list[Line]) -> int:
    """Index of the first row that goes over with the signature.

    At least two rows of text go, 附件说明, short paragraphs and the headings over them whole.
    """
    k = next((k for k, line in enumerate(lines) if line.listed), len(lines))
    rows = 0
    while k > 1 and rows < _CARRIED_ROWS:
        length = next((n for n in range(1, k) if lines[k - n - 1].para != lines[k - 1].para), k)
        take = length if length <= _SHORT_PARAGRAPH else _CARRIED_ROWS
        k -= take
        rows += take
    while k > 1 and lines[k - 1].heading:
        k -= 1
    return k
