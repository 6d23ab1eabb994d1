"""Ledger tables: columns as template data, a head of one or two rows, a row for each record, a foot line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.documents.flow import Cell, Row, Style, whole_height
from desktop.documents.fonts import Role
from desktop.documents.grid import MM
from desktop.documents.pen import Pen
from desktop.documents.template import Section
from desktop.rules.wording import NO_TEXT

SIDE, ABOVE = 3.0, 3.0
FOOT_GAP = 3 * MM
LINK = "link"
"""The field of a record that names where a click on its row leads."""
Record = Mapping[str, str | tuple[str, ...]]
"""What each field of one row says; several texts stand one under the other, level with those of the other fields."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: which field it shows, under which title, how wide in points, beneath which common head."""

    field: str
    title: str
    width: float
    group: str = ""
    center: bool = False
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class TableType:
    """Styles of head and body."""

    head: Style
    body: Style


def read_columns(template: Section, known: Collection[str], inner: float) -> tuple[Column, ...]:
    """The shown ``[[columns]]`` of a template in their order, their widths shared out over ``inner`` points."""
    shown = []
    for section in template.parts("columns"):
        section.only(("field", "title", "width_mm", "group", "align", "repeat", "show", "public", "money"))
        column = Column(
            section.field("field", known),
            section.text("title"),
            section.number("width_mm", 6, 300),
            section.text("group", ""),
            section.one_of("align", ("left", "center"), "left") == "center",
            section.flag("repeat", False),
        )
        if section.flag("show", True):
            shown.append(column)
    if not shown:
        raise template.wrong("columns", "至少应有一列")
    total = sum(column.width for column in shown)
    return tuple(Column(c.field, c.title, c.width * inner / total, c.group, c.center, c.repeat) for c in shown)


def read_table_type(template: Section) -> TableType:
    """The ``[type]`` of a table's template."""
    section = template.part("type")
    section.only(("size_pt", "leading_pt", "row_mm"))
    size = section.number("size_pt", 7.5, 16, 10.5)
    leading = section.number("leading_pt", size * 1.05, size * 2.5, size * 1.35)
    plain = Style(Role.FANG, size, leading, SIDE, ABOVE)
    return TableType(replace(plain, role=Role.HEI, even=True), plain)


def head_row(columns: tuple[Column, ...], style: Style, pen: Pen) -> Row:
    """The head of the table; neighbours of one group stand together under its name."""
    cells: list[Cell] = []
    for column in columns:
        cell = Cell(column.title, column.width, style, center=True)
        last = cells[-1] if cells else None
        if column.group and last and last.under and last.text == column.group:
            cells[-1] = Cell(last.text, last.width + cell.width, style, True, under=(*last.under, cell))
        elif column.group:
            cells.append(Cell(column.group, column.width, style, True, under=(cell,)))
        else:
            cells.append(cell)
    height = 0.0
    for cell in cells:
        band = style.leading + 2 * style.above if cell.under else 0.0
        height = max([height, *(band + whole_height(Row((part,)), pen.broken) for part in cell.under or (cell,))])
    return Row(tuple(cells), height, whole=True)


def body_rows(
    columns: tuple[Column, ...],
    records: Iterable[Record],
    style: Style,
    head: Row,
    again: Callable[[str], str],
    height: float = 0.0,
) -> Iterator[Row]:
    """One row for each record; where it goes on on the next page, ``again`` makes the text of repeated columns."""
    heads, even = (head,), replace(style, even=True)
    for record in records:
        cells = tuple(_cell(column, record[column.field], style, even, again) for column in columns)
        link = record.get(LINK, "")
        yield Row(cells, height, head=heads, link=link if isinstance(link, str) else "")


def _cell(column: Column, said: str | tuple[str, ...], style: Style, even: Style, again: Callable[[str], str]) -> Cell:
    if isinstance(said, str):
        centred = column.center or said == NO_TEXT
        return Cell(said, column.width, even if centred else style, centred, again=again(said) if column.repeat else "")
    return Cell("", column.width, style, column.center or set(said) == {NO_TEXT}, blocks=said)


def foot_row(template: Section, words: Mapping[str, str], style: Style, inner: float) -> Row | None:
    """填报单位（盖章） 填报人 审核人 填报日期, on the last page under the table."""
    section = template.part("foot")
    section.only(("parts",))
    parts = [section.fill("parts", text, words) for text in section.texts("parts", ())]
    if not parts:
        return None
    plain = Style(style.role, style.size, style.leading, 1, FOOT_GAP)
    shares = [max(len(part), 12) for part in parts]
    cells = tuple(Cell(part, inner * share / sum(shares), plain) for part, share in zip(parts, shares, strict=True))
    return Row(cells, whole=True, stays=True, boxed=False)
