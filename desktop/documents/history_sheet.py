"""修改历史 on paper: who changed what and when, what stood there before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.documents.flow import Cell, Row, Style, paginate
from desktop.documents.fonts import FontSet, Role
from desktop.documents.forms import title_rows
from desktop.documents.page import Page, furniture, new_pen, read_page
from desktop.documents.pen import Pen
from desktop.documents.tables import body_rows, head_row, read_columns, read_table_type
from desktop.documents.template import Section, load_template
from desktop.rules.paper import Printed
from desktop.rules.wording import date_in_text

KEY = "history_sheet"
_FIELDS = ("at", "who", "problem", "what", "before", "after")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as it is printed."""

    at: str
    who: str
    problem: str
    what: str
    before: str
    after: str


def print_history_sheet(
    lines: Sequence[HistoryLine], office: str, which: str, on: date, fonts: FontSet, folder: Path | None = None
) -> Printed:
    """The finished PDF. ``which`` says what the lines were chosen by; a template in ``folder`` wins."""
    template = load_template(KEY, folder)
    template.only(("sheet", "title", "type", "columns"))
    words = {"office": office, "which": which, "on": date_in_text(on)}
    page = read_page(template, words)
    pen = new_pen(page, fonts, template.part("title").filled("text", words), office, on)
    pages = list(paginate(_rows(template, page, pen, lines, words), pen.broken, page.room, page.room))
    for number, parts in enumerate(pages, 1):
        pen.begin_page()
        furniture(pen, page, number, len(pages))
        pen.parts(parts, page.left, page.top)
        pen.end_page()
    data = pen.finish()
    return Printed(data, pen.pages, pen.missing_characters, fonts.names())


def _rows(
    template: Section, page: Page, pen: Pen, lines: Sequence[HistoryLine], words: Mapping[str, str]
) -> Iterator[Row]:
    title = template.part("title")
    title.only(("text", "note"))
    yield from title_rows(title.filled("text", words), page)
    note = Style(Role.FANG, 10.5, 16.0, 1.0, 3.0)
    yield Row((Cell(title.filled("note", words), page.inner, note),), whole=True, stays=False, boxed=False)
    style, columns = read_table_type(template), read_columns(template, _FIELDS, page.inner)
    head = head_row(columns, style.head, pen)
    records = ({field: getattr(line, field) or "/" for field in _FIELDS} for line in lines)
    yield from body_rows(columns, records, style.body, head, lambda said: said)
