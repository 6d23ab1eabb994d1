"""Printed lists whose columns are template data: 发文登记簿 of numbers, 报送情况表 of who has reported."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop.documents.flow import Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import line_rows, plain_title, title_rows
from desktop.documents.page import FormPaper, Page, print_form, read_page
from desktop.documents.pen import Pen
from desktop.documents.tables import body_rows, foot_row, head_row, read_columns, read_table_type
from desktop.documents.template import Section, load_template
from desktop.rules.paper import Printed
from desktop.rules.wording import value_in_table

KEY = "doc_register"
FIELDS = ("doc_no", "title", "on", "paper", "problem", "state", "remark", "person", "by_hand")
BOARD, BOARD_FIELDS = "report_board", ("place", "unit", "asked", "filled", "state", "on", "way", "phone", "by_hand")
Cells = Mapping[str, str | date | None]


def print_register(
    lines: Sequence[Cells], words: Mapping[str, str], on: date, fonts: FontSet, folder: Path | None = None
) -> Printed:
    """The lines of the register as a table; ``words`` are for title and heads, a template in ``folder`` wins."""
    return _print(KEY, FIELDS, lines, words, on, fonts, folder)


def print_board(
    lines: Sequence[Cells], words: Mapping[str, str], on: date, fonts: FontSet, folder: Path | None = None
) -> Printed:
    """Who has reported in a month and who has not, as a table."""
    return _print(BOARD, BOARD_FIELDS, lines, words, on, fonts, folder)


def _print(
    key: str,
    fields: Collection[str],
    lines: Sequence[Cells],
    words: Mapping[str, str],
    on: date,
    fonts: FontSet,
    folder: Path | None,
) -> Printed:
    template = load_template(key, folder)
    template.only(("sheet", "title", "line", "type", "foot", "columns"))
    page = read_page(template, words)
    about = plain_title(template, words), words["office"], on
    return print_form(FormPaper(page, *about, lambda pen: _rows(template, fields, page, pen, lines, words)), fonts)


def _rows(
    template: Section,
    fields: Collection[str],
    page: Page,
    pen: Pen,
    lines: Sequence[Cells],
    words: Mapping[str, str],
) -> Iterator[Row]:
    style = read_table_type(template)
    columns = read_columns(template, fields, page.inner)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page)
    yield from line_rows(template, page, pen, words, style.body)
    records = (
        {c.field: "" if c.field == "by_hand" else value_in_table(line[c.field]) for c in columns} for line in lines
    )
    yield from body_rows(columns, records, style.body, head_row(columns, style.head, pen), lambda text: f"{text}\n续")
    foot = foot_row(template, words, style.body, page.inner)
    if foot:
        yield foot
