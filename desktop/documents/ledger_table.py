"""整改台账 (domain §4 F2): every problem of the ledger in one landscape table, columns as template data."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.documents.fields import cases_of, head_words
from desktop.documents.flow import Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import line_rows, plain_title, title_rows
from desktop.documents.page import Page, new_pen, print_rows, read_page
from desktop.documents.pen import Pen
from desktop.documents.tables import body_rows, foot_row, head_row, read_columns, read_table_type
from desktop.documents.template import Section, load_template
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_cell
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.records import CaseFile

KEY, NAME = "merged_ledger", "整改台账"
_BY_HAND = "by_hand"
FIELDS = (*LEDGER_FIELDS, _BY_HAND)


def print_ledger(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The whole ledger as a table; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)
    template = load_template(KEY, folder)
    template.only(("sheet", "title", "line", "type", "foot", "columns", "photos", "public"))
    words = head_words(request)
    page = read_page(template, words)
    pen = new_pen(page, fonts, plain_title(template, words), words["office"], request.on)
    return print_rows(page, _rows(template, page, pen, cases, request.as_of, words), pen)


def _rows(
    template: Section, page: Page, pen: Pen, cases: tuple[CaseFile, ...], as_of: date, words: Mapping[str, str]
) -> Iterator[Row]:
    style = read_table_type(template)
    columns = read_columns(template, FIELDS, page.inner)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page)
    yield from line_rows(template, page, pen, words, style.body)
    head = head_row(columns, style.head, pen)
    fields = tuple({column.field for column in columns})
    records = (
        {field: "" if field == _BY_HAND else ledger_cell(field, case, as_of) for field in fields} for case in cases
    )
    yield from body_rows(columns, records, style.body, head, lambda text: f"{text}\n续")
    foot = foot_row(template, words, style.body, page.inner)
    if foot:
        yield foot
