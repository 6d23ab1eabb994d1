"""单位档案 on paper: one unit's record as a form of boxes, as many pages as it needs."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.documents.case_form import form_rows
from desktop.documents.flow import Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import line_rows, plain_title, read_type, title_rows
from desktop.documents.page import FormPaper, Page, print_form, read_page
from desktop.documents.pen import Pen
from desktop.documents.template import Section, load_template
from desktop.rules.paper import Printed

KEY = "unit_record"


def print_unit_sheet(
    words: Mapping[str, str], office: str, on: date, fonts: FontSet, folder: Path | None = None
) -> Printed:
    """The finished PDF; ``words`` are those of ``rules.unit_record.record_words``, a template in ``folder`` wins."""
    template = load_template(KEY, folder)
    template.only(("sheet", "title", "line", "type", "rows"))
    known = {**words, "office": office}
    page = read_page(template, known)
    about = plain_title(template, known), office, on
    return print_form(FormPaper(page, *about, lambda pen: _rows(template, page, pen, known)), fonts)


def _rows(template: Section, page: Page, pen: Pen, words: Mapping[str, str]) -> Iterator[Row]:
    form = read_type(template, page.inner)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page)
    yield from line_rows(template, page, pen, words, form.value)
    yield from form_rows(template, form, words, {})
