"""The ledger as an xlsx workbook that looks like the office's own and goes on being used.

Columns come from the same template as the printed ledger. Rows are written as they are made, so that memory does
not grow with the ledger.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from desktop.rules.errors import Refused
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_value
from desktop.rules.records import PROGRESS_WORDS, TERM_WORDS, CaseFile, LedgerFile
from desktop.rules.standing import SLOT_WORDS
from desktop.rules.toml_table import TomlTable
from desktop.rules.wording import NO_TEXT, Value, date_in_text

TEMPLATE = "merged_ledger.toml"
A3 = 8
MM_PER_CHARACTER = 2.0
LONGEST_CELL = 32_767
LINE_HEIGHT, TALLEST_ROW = 14.5, 409.0
_CUT_MARK = "……（全文见台账）"
_BY_HAND = "by_hand"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_CHOICES = {
    "progress_class": tuple(dict.fromkeys((*PROGRESS_WORDS.values(), *SLOT_WORDS.values()))),
    "term": tuple(TERM_WORDS.values()),
}
_HEAD_ROWS = (3, 4)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet. ``part`` picks the first or last day of a span, which has two columns."""

    field: str
    title: str
    width: float
    group: str = ""
    center: bool = False
    part: int | None = None


def write_workbook(ledger: LedgerFile, today: date, template: Mapping[str, object], figures: str = "") -> bytes:
    """The ledger as of ``today`` as the bytes of an xlsx file, laid out by the parsed template of the merged ledger.

    ``figures`` is the sentence under the title. Raises Refused for a template without usable columns.
    """
    table = TomlTable(template, TEMPLATE)
    columns = _columns(table)
    book = Workbook(write_only=True)
    for style in _named_styles():
        book.add_named_style(style)
    sheet = book.create_sheet("整改台账")
    _page_setup(sheet, columns)
    _choices(sheet, columns, len(ledger.cases))
    last = get_column_letter(len(columns))
    merges = [f"A1:{last}1", f"A2:{last}2", *_head_merges(columns)]
    brush = _Brush(sheet)
    for row in _head(brush, ledger, table, today, columns, figures):
        sheet.append(row)
    for place, case in enumerate(ledger.cases, _HEAD_ROWS[-1] + 1):
        values = tuple(_value(column, case, today) for column in columns)
        sheet.row_dimensions[place].height = _height(columns, values)
        sheet.append(_row(brush, columns, values))
    foot = len(ledger.cases) + _HEAD_ROWS[-1] + 1
    merges.append(f"A{foot}:{last}{foot}")
    sheet.row_dimensions[foot].height = 30
    sheet.append(_texts(brush, [_foot(ledger)], "zg_foot"))
    for merge in merges:
        sheet.merged_cells.ranges.add(merge)
    book.properties.title = _title(ledger, table)
    book.properties.creator = ledger.office.name
    book.properties.created = book.properties.modified = datetime(today.year, today.month, today.day)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _columns(table: TomlTable) -> tuple[Column, ...]:
    """The shown columns of the template; 公示起止 becomes two columns, so that both days are real dates."""
    columns = []
    for section in table.tables("columns"):
        field = section.one_of("field", (*LEDGER_FIELDS, _BY_HAND))
        width = section.data.get("width_mm")
        if isinstance(width, bool) or not isinstance(width, int | float) or not 6 <= width <= 300:
            raise section.wrong("width_mm", "应为6到300之间的数")
        if not section.flag("show", True):
            continue
        title, group = section.text("title"), section.text("group", "")
        center = section.text("align", "left") == "center"
        if field == "notice":
            columns.append(Column(field, "公示开始", width, group, True, 0))
            columns.append(Column(field, "公示结束", width, group, True, 1))
        else:
            columns.append(Column(field, title, width, group, center))
    if not columns:
        raise Refused(f"模板{TEMPLATE}的“columns”没有要显示的列，没有导出；请至少保留一列。", "bad_template")
    return tuple(columns)


def _value(column: Column, case: CaseFile, today: date) -> Value:
    """The value of a cell; a deadline that is one plain date becomes a real date."""
    if column.field == _BY_HAND:
        return ""
    value = ledger_value(column.field, case, today)
    problem = case.problem
    if column.field == "deadline" and problem.deadline and value == date_in_text(problem.deadline):
        return problem.deadline
    if column.part is not None and isinstance(value, tuple):
        return value[column.part]
    if column.part == 1 and not isinstance(value, tuple):
        return None
    return value


def _height(columns: tuple[Column, ...], values: tuple[Value, ...]) -> float:
    """The height in points that shows every line of a row; programs do not work it out for a written file."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, str):
            room = max(2.0, column.width * 0.8 - 1)
            needed = sum(max(1, ceil(_half_widths(part) / room)) for part in value.split("\n"))
            lines = max(lines, needed)
    return min(TALLEST_ROW, lines * LINE_HEIGHT + 6)


def _half_widths(text: str) -> int:
    """The width of a text in half-width characters, the unit of a column's width."""
    return sum(2 if char > "\u2e7f" or char in "“”‘’—…" else 1 for char in text)


def _row(brush: "_Brush", columns: tuple[Column, ...], values: tuple[Value, ...]) -> Iterator[Cell]:
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, date):
            yield brush.cell(value, "zg_date")
        elif value is None:
            yield brush.cell(NO_TEXT, "zg_centre")
        else:
            yield brush.cell(value, "zg_centre" if column.center or isinstance(value, int) else "zg_text")


class _Brush:
    """One cell of each style, used again for every value: styling a new one costs more than writing it."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._cells: dict[tuple[str, bool], Any] = {}

    def cell(self, value: Any, style: str) -> Cell:
        """The cell to write next. Text stays text: what begins like a formula is marked, so that nothing runs it."""
        risky = False
        if isinstance(value, str):
            value = _UNWRITABLE.sub("", value)
            if len(value) > LONGEST_CELL:
                value = value[: LONGEST_CELL - len(_CUT_MARK)] + _CUT_MARK
            risky = value[:1] in _RISKY
        cell = self._cells.get((style, risky))
        if cell is None:
            cell = self._cells[style, risky] = WriteOnlyCell(self._sheet)
            cell.style = style
            cell.quotePrefix = risky
        cell.value = value
        if risky:
            cell.data_type = "s"
        made: Cell = cell
        return made


# Title, head and foot


def _title(ledger: LedgerFile, table: TomlTable) -> str:
    """The title of the template; a sheet of its own needs no city before the district."""
    text = table.table("title").text("text", "{district}生态环境保护督察反馈问题整改台账")
    return text.replace("|", "").replace("{city}", "").replace("{district}", ledger.office.district)


def _head(
    brush: _Brush, ledger: LedgerFile, table: TomlTable, today: date, columns: tuple[Column, ...], figures: str
) -> Iterator[Iterator[Cell]]:
    """Title, line of figures, and the two rows of the head; cells that a merge covers stay empty."""
    count = f"共{len(ledger.cases)}个问题，统计截止{date_in_text(today)}。"
    groups = ["", *(column.group for column in columns)]
    tops = [
        "" if column.group and column.group == groups[place] else column.group or column.title
        for place, column in enumerate(columns)
    ]
    yield _texts(brush, [_title(ledger, table)], "zg_title")
    yield _texts(brush, [f"{figures}{count}"], "zg_line")
    yield _texts(brush, tops, "zg_head")
    yield _texts(brush, [column.title if column.group else "" for column in columns], "zg_head")


def _texts(brush: _Brush, texts: list[str], style: str) -> Iterator[Cell]:
    for text in texts:
        yield brush.cell(text, style)


def _head_merges(columns: tuple[Column, ...]) -> list[str]:
    """Merged cells of the head: a group over its columns, a column without group over both rows."""
    top, under = _HEAD_ROWS
    merges, start = [], 0
    for place, column in enumerate(columns):
        letter = get_column_letter(place + 1)
        if not column.group:
            merges.append(f"{letter}{top}:{letter}{under}")
        goes_on = column.group and place + 1 < len(columns) and columns[place + 1].group == column.group
        if not goes_on:
            if place > start:
                merges.append(f"{get_column_letter(start + 1)}{top}:{letter}{top}")
            start = place + 1
    return merges


def _foot(ledger: LedgerFile) -> str:
    gap = "　" * 8
    parts = (f"填报单位（盖章）：{ledger.office.name}", "填报人：", "审核人：", "填报日期：　　　年　　月　　日")
    return gap.join(parts)


# The sheet


def _page_setup(sheet: Any, columns: tuple[Column, ...]) -> None:
    """A3 landscape, one page wide, head on every page, panes frozen under the head and behind the number."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.47, right=0.47, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{_HEAD_ROWS[0]}:{_HEAD_ROWS[1]}"
    sheet.oddHeader.left.text = "内部资料　注意保管"
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.freeze_panes = f"B{_HEAD_ROWS[1] + 1}"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width / MM_PER_CHARACTER
    for row, height in ((1, 36), (2, 20), (3, 20), (4, 32)):
        sheet.row_dimensions[row].height = height


def _choices(sheet: Any, columns: tuple[Column, ...], count: int) -> None:
    """Drop-downs on the columns of states; other words are allowed after a question, as clerks need them."""
    first, last = _HEAD_ROWS[1] + 1, _HEAD_ROWS[1] + max(count, 1)
    for place, column in enumerate(columns, 1):
        if column.field in _CHOICES:
            words = ",".join(_CHOICES[column.field])
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="warning")
            choice.error, choice.errorTitle = "不是常用的写法，仍要使用吗？", column.title
            letter = get_column_letter(place)
            choice.add(f"{letter}{first}:{letter}{last}")
            sheet.data_validations.append(choice)


def _named_styles() -> tuple[NamedStyle, ...]:
    """The styles of the book; an office without these fonts sees its own in their place."""
    side = Side(style="thin", color="FF000000")
    box = Border(left=side, right=side, top=side, bottom=side)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    text = Alignment(horizontal="left", vertical="center", wrap_text=True)
    line = Alignment(horizontal="left", vertical="center")
    fang, hei = Font(name="仿宋_GB2312", size=10.5), Font(name="黑体", size=10.5)
    title = Font(name="方正小标宋简体", size=22)
    return (
        NamedStyle("zg_title", font=title, alignment=Alignment(horizontal="center", vertical="center")),
        NamedStyle("zg_line", font=fang, alignment=line),
        NamedStyle("zg_head", font=hei, alignment=centre, border=box),
        NamedStyle("zg_text", font=fang, alignment=text, border=box),
        NamedStyle("zg_centre", font=fang, alignment=centre, border=box),
        NamedStyle("zg_date", font=fang, alignment=centre, border=box, number_format="yyyy/m/d"),
        NamedStyle("zg_foot", font=fang, alignment=line),
    )
