"""The page of plain forms and tables: paper size, margins, running head and page numbers, read from a template.

``print_form`` draws the pages as they are filled, so that the memory it takes does not grow with a ledger.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from desktop.documents.flow import Row, paginate
from desktop.documents.fonts import FontSet, Role
from desktop.documents.grid import MM
from desktop.documents.pen import Pen
from desktop.documents.template import Section
from desktop.rules.paper import Printed

PAPERS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
KNOWN_TOTAL = 60
SMALL = 10.5
_PAGE_WORDS = "第{page}页 共{pages}页"
HEAD, FOOT = 4 * MM, 12 * MM
"""How far the middle of the running head stands over the rows, and that of the page number over the paper's foot."""


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in points, and the words round the rows.

    ``mark`` stands above every page, ``running_head`` above every page but the first.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    mark: str = ""
    running_head: str = ""
    page_words: str = _PAGE_WORDS

    @property
    def inner(self) -> float:
        """Width of the room for rows."""
        return self.width - self.left - self.right

    @property
    def room(self) -> float:
        """Height of the room for rows."""
        return self.height - self.top - self.bottom


def read_page(template: Section, words: Mapping[str, str]) -> Page:
    """The ``[sheet]`` of a template. Margins in mm: top, right, bottom, left; 10 to 60, above and below at least 15."""
    sheet = template.part("sheet")
    sheet.only(("paper", "landscape", "margins_mm", "mark", "running_head", "page_words"))
    width, height = PAPERS[sheet.one_of("paper", tuple(PAPERS), "A4")]
    if sheet.flag("landscape", False):
        width, height = height, width
    top, right, bottom, left = sheet.numbers("margins_mm", 4, 10, 60)
    if top < 15 or bottom < 15:
        raise sheet.wrong("margins_mm", "的上、下边距至少15毫米，页眉页码才印得下")
    return Page(
        width * MM,
        height * MM,
        top * MM,
        right * MM,
        bottom * MM,
        left * MM,
        sheet.filled("mark", words, ""),
        sheet.filled("running_head", words, ""),
        sheet.filled("page_words", {**words, "page": "{page}", "pages": "{pages}"}, _PAGE_WORDS),
    )


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A form or table ready to be printed, or written for Word: its page, what the file says of itself, its rows.

    ``rows`` makes the rows anew whenever it is asked; the pen measures texts for it.
    """

    page: Page
    title: str
    author: str
    on: date | None
    rows: Callable[[Pen], Iterable[Row]]
    remarks: tuple[str, ...] = ()


def print_form(form: FormPaper, fonts: FontSet) -> Printed:
    """The finished PDF; the pages are drawn as they are filled."""
    page, pen = form.page, pen_for(form, fonts)
    pages = paginate(form.rows(pen), pen.broken, page.room, page.room)
    first = list(islice(pages, KNOWN_TOTAL + 1))
    total = len(first) if len(first) <= KNOWN_TOTAL else None
    for number, parts in enumerate(chain(first, pages), 1):
        if number <= len(first):
            first[number - 1] = []
        pen.begin_page()
        furniture(pen, page, number, total)
        pen.parts(parts, page.left, page.top)
        pen.end_page()
    data = pen.finish()
    return Printed(data, pen.pages, pen.missing_characters, pen.fonts.names(), form.remarks, form.title)


def pen_for(form: FormPaper, fonts: FontSet) -> Pen:
    """The canvas for this form, which also tells how wide its texts are."""
    return new_pen(form.page, fonts, form.title, form.author, form.on)


def new_pen(page: Page, fonts: FontSet, title: str, author: str, on: date | None) -> Pen:
    """The canvas for this paper."""
    return Pen(fonts, title, author, on, (page.width, page.height))


def furniture(pen: Pen, page: Page, number: int, total: int | None) -> None:
    """Mark, running head and page number of one page; ``total`` None while the number of pages is not known."""
    above = page.top - HEAD
    if page.mark:
        pen.text(page.mark, Role.HEI, SMALL, page.left, above)
    if page.running_head and number > 1:
        width = pen.setter.width(page.running_head, Role.FANG, SMALL)
        pen.text(page.running_head, Role.FANG, SMALL, page.left + page.inner - width, above)
    pen.page_number(page.page_words, number, total, page.left + page.inner / 2, page.height - FOOT)
