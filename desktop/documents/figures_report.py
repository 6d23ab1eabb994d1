"""统计分析表: the figures as of a date, one table for each chosen dimension, the charts, and how it was counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.documents.charts import Box, chart_height, draw_chart
from desktop.documents.flow import Cell, Row, Style, paginate
from desktop.documents.fonts import FontSet, Role
from desktop.documents.forms import plain_title, title_rows
from desktop.documents.grid import MM
from desktop.documents.page import Page, furniture, new_pen, read_page
from desktop.documents.pen import Pen
from desktop.documents.tables import TableType, body_rows, head_row, read_columns, read_table_type
from desktop.documents.template import Section, load_template
from desktop.rules.charts import Chart
from desktop.rules.figure_groups import DIMENSION_WORDS, MANY, Dimension, GroupRow, year_words
from desktop.rules.figures import rate_words
from desktop.rules.paper import Printed
from desktop.rules.standing import Slot
from desktop.rules.wording import date_in_text

KEY, NAME = "figures_report", "统计分析表"
_FIELDS = (
    *("name", "total", "completed", "mostly_done", "on_schedule", "behind", "overdue", "long_term", "transferred"),
    *("completion_rate", "closed", "closing_rate"),
)
_GAP = 6 * MM


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What the report shows: sentences, how things are counted, tables by dimension with their last line, charts."""

    office: str
    district: str
    as_of: date
    sentences: tuple[str, ...]
    labels: tuple[str, ...]
    tables: tuple[tuple[Dimension, tuple[GroupRow, ...]], ...]
    whole: GroupRow
    charts: tuple[Chart, ...]


def print_report(content: ReportContent, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The finished PDF; a template in ``folder`` wins over the program's own."""
    template = load_template(KEY, folder)
    template.only(("sheet", "title", "type", "columns"))
    words = {"office": content.office, "district": content.district, "as_of": date_in_text(content.as_of)}
    page = read_page(template, words)
    pen = new_pen(page, fonts, plain_title(template, words), content.office, content.as_of)
    tables = list(paginate(_rows(template, page, pen, content, words), pen.broken, page.room, page.room))
    drawn = _chart_pages(content.charts, page)
    total = len(tables) + len(drawn)
    for number, parts in enumerate(tables, 1):
        pen.begin_page()
        furniture(pen, page, number, total)
        pen.parts(parts, page.left, page.top)
        pen.end_page()
    for number, charts in enumerate(drawn, len(tables) + 1):
        pen.begin_page()
        furniture(pen, page, number, total)
        for chart, box in charts:
            draw_chart(pen, chart, box)
        pen.end_page()
    data = pen.finish()
    return Printed(data, pen.pages, pen.missing_characters, fonts.names())


def _rows(
    template: Section, page: Page, pen: Pen, content: ReportContent, words: Mapping[str, str]
) -> Iterator[Row]:
    style = read_table_type(template)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page)
    text = Style(Role.FANG, 12.0, 19.0, 1.0, 1.0)
    said = (*content.sentences, _counted(content))
    for sentence in said:
        yield Row((Cell(f"　　{sentence}", page.inner, text),), boxed=False)
    for dimension, rows in content.tables:
        yield from _table(template, page, pen, style, dimension, (*rows, content.whole))


def _counted(content: ReportContent) -> str:
    """How the report counts what rules leave open, always said."""
    labels = f"本表统计口径：{'、'.join(content.labels)}。" if content.labels else "本表长期坚持、基本完成单列。"
    return f"{labels}统计截止{date_in_text(content.as_of)}，以当日台账已有记录为准。"


def _table(
    template: Section, page: Page, pen: Pen, style: TableType, dimension: Dimension, rows: Sequence[GroupRow]
) -> Iterator[Row]:
    columns = read_columns(template, _FIELDS, page.inner)
    yield Row((), height=_GAP, whole=True, boxed=False)
    many = "（一个问题涉及几个的分别计入，合计按问题数）" if dimension in MANY else ""
    caption = Style(Role.HEI, 12.0, 18.0, 1.0, 1.0)
    yield Row(
        (Cell(f"按{DIMENSION_WORDS[dimension]}统计{many}", page.inner, caption),), whole=True, stays=False, boxed=False
    )
    head = head_row(columns, style.head, pen)
    records = ({field: _cell(row, field, dimension) for field in _FIELDS} for row in rows)
    first = True
    for row in body_rows(columns, records, style.body, head, lambda words: words):
        yield row if not first else Row(row.cells, row.height, row.whole, True, row.boxed, row.head)
        first = False


def _cell(row: GroupRow, field: str, dimension: Dimension) -> str:
    if field == "name":
        return year_words(row.name) if dimension == Dimension.YEAR and row.name != "合计" else row.name
    if field == "completion_rate":
        return rate_words(row.count(Slot.COMPLETED), row.total)
    if field == "closing_rate":
        return rate_words(len(row.closed), row.total)
    counts = {"total": row.total, "closed": len(row.closed), "overdue": len(row.overdue)}
    return str(counts[field] if field in counts else row.count(Slot(field)))


def _chart_pages(charts: Sequence[Chart], page: Page) -> list[list[tuple[Chart, Box]]]:
    """The charts one under the other, as many on a page as fit."""
    pages: list[list[tuple[Chart, Box]]] = []
    y = page.room + 1
    for chart in charts:
        high = chart_height(chart)
        if y + high > page.room:
            pages.append([])
            y = 0
        pages[-1].append((chart, Box(page.left, page.top + y, page.inner, high)))
        y += high + _GAP
    return pages
