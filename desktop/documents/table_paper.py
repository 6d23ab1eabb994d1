"""A paper that is one table: page, title, a line over it, columns of the template, a row for each record, a foot."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.documents.flow import Row
from desktop.documents.forms import line_rows, plain_title, title_rows
from desktop.documents.grid import MM
from desktop.documents.page import FormPaper, Page, read_page
from desktop.documents.pen import Pen
from desktop.documents.tables import Record, body_rows, foot_row, head_row, read_columns, read_table_type
from desktop.documents.template import Section, load_template

KEYS = ("sheet", "title", "line", "type", "foot", "columns", "ask")


@dataclass(frozen=True, slots=True)
class Table:
    """What a table paper shows: the words of its title and lines, the fields its columns may name, its rows.

    ``records`` is asked with the fields that are shown. ``names`` are words the title must not tear apart.
    """

    words: Mapping[str, str]
    fields: Collection[str]
    records: Callable[[Collection[str]], Iterable[Record]]
    on: date | None = None
    names: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def make_table(key: str, table: Table, folder: Path | None, more: Collection[str] = ()) -> FormPaper:
    """The table ``key``; the template in ``folder`` wins over the program's own.

    ``more`` are further keys of that template.
    """
    template = load_template(key, folder)
    template.only((*KEYS, *more))
    page = read_page(template, table.words)
    about = plain_title(template, table.words), table.words["office"], table.on
    return FormPaper(page, *about, lambda pen: table_rows(template, page, pen, table), table.remarks)


def table_rows(template: Section, page: Page, pen: Pen, table: Table) -> Iterator[Row]:
    """Title, line, table and foot as rows for any pen."""
    section = template.part("type")
    style = read_table_type(template)
    height = section.number("row_mm", 0, 60, 0) * MM
    columns = read_columns(template, table.fields, page.inner)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", table.words), page, table.names)
    yield from line_rows(template, page, pen, table.words, style.body)
    head = head_row(columns, style.head, pen)
    records = table.records({column.field for column in columns})
    rows = body_rows(columns, records, style.body, head, lambda text: f"{text}\n续", height)
    yield next(rows, head)
    yield from rows
    foot = foot_row(template, table.words, style.body, page.inner)
    if foot:
        yield foot
