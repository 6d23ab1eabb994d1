"""The monthly form of a unit as a protected workbook: cells to fill in, drop-downs, last words, how to fill it in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from desktop.plans.columns import Column
from desktop.plans.export_marks import digest
from desktop.plans.sheet_frame import A3, MM_PER_CHARACTER
from desktop.plans.sheet_xml import fit_text
from desktop.plans.workbook import row_height
from desktop.rules.records import UnitRole
from desktop.rules.toml_table import TomlTable
from desktop.rules.unit_form import CLAIMS, FormRow, filled_of
from desktop.rules.wording import NO_TEXT, Value, chinese_number

TEMPLATE = "unit_form.toml"
SHEET, GUIDE, MARKS = "进展情况", "填报说明", "填报标识"
SIGN, VERSION = "督察整改填报表", 1
HEAD_ROW, GUIDE_WIDTH = 3, 92
LOCKED = ("number", "problem", "measure", "due", "last", "units")
FILLED = (
    "text",
    "percent",
    "quantity",
    "claimed",
    "difficulty",
    "next_step",
    "expected_on",
    "reporter",
    "checker",
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_GROUND = "FFFDF3D0"


@dataclass(frozen=True, slots=True)
class FormLayout:
    """What the template says: columns, title, line and foot with ``{fields}``, and the guide."""

    columns: tuple[Column, ...]
    title: str
    line: str
    foot: str
    guide_title: str
    guide: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormHead:
    """Whose form it is and of which month (``2026-11``)."""

    office_id: str
    office: str
    district: str
    unit_id: str
    unit: str
    month: str

    @property
    def month_words(self) -> str:
        """2026年11月."""
        return f"{int(self.month[:4])}年{int(self.month[5:7])}月"


def read_form_layout(template: Mapping[str, object]) -> FormLayout:
    """The layout of forms; Refused, with file and key, for a template that lacks a column to fill in."""
    table = TomlTable(template, TEMPLATE)
    columns = []
    for section in table.tables("columns"):
        name = section.one_of("field", (*LOCKED, *FILLED))
        width = section.data.get("width_mm")
        if isinstance(width, bool) or not isinstance(width, int | float) or not 6 <= width <= 300:
            raise section.wrong("width_mm", "应为6到300之间的数")
        is_filled = section.flag("fill", False)
        if is_filled != (name in FILLED):
            raise section.wrong("fill", "这一列不能由单位填写" if is_filled else "这一列要由单位填写")
        if section.flag("show", True) or is_filled:
            columns.append(Column(name, section.text("title"), width, center=section.flag("center", False)))
    missing = [name for name in ("text", "percent") if name not in {column.field for column in columns}]
    if missing:
        raise table.wrong("columns", f"缺少{'、'.join(missing)}列")
    title, line, foot = table.text("title"), table.text("line"), table.text("foot")
    return FormLayout(tuple(columns), title, line, foot, table.text("guide_title"), table.texts("guide"))


def write_form(target: IO[bytes], layout: FormLayout, head: FormHead, rows: Iterable[FormRow]) -> int:
    """Write the form of one unit; returns the number of its rows. Rows are written as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    pen = _FormPen(sheet)
    _page(sheet, layout)
    for cells in _head(pen, layout, head):
        sheet.append(cells)
    marks: list[tuple[str, ...]] = []
    count = 0
    for count, row in enumerate(rows, 1):
        number, values = HEAD_ROW + count, form_values(row)
        shown = tuple(values[column.field] for column in layout.columns)
        sheet.row_dimensions[number].height = max(row_height(layout.columns, shown), 48)
        sheet.append(_cells(pen, layout, shown, row.key))
        marks.append((row.key, row.case.problem.id, locked_digest(values), row.folder))
    last, foot = get_column_letter(len(layout.columns)), HEAD_ROW + count + 1
    sheet.row_dimensions[foot].height = 34
    sheet.append([pen.cell(_filled(layout.foot, head), "line")])
    for merge in (f"A1:{last}1", f"A2:{last}2", f"A{foot}:{last}{foot}"):
        sheet.merged_cells.ranges.add(merge)
    _choices(sheet, layout, max(count, 1))
    _guide(book, layout)
    _marks(book, layout, head, marks)
    book.properties.title, book.properties.creator = _filled(layout.title, head), head.office
    book.save(target)
    return count


def form_values(row: FormRow) -> dict[str, Value]:
    """What each cell of a row holds; what is filled in already for the month stands there to be corrected."""
    problem, measure, last, now = row.case.problem, row.measure, row.last, filled_of(row.now)
    number = f"（{chinese_number(measure.number)}）" if measure else ""
    due = measure.due if measure and measure.due else problem.current_deadline
    said = ""
    if last:
        share = "" if last.percent is None else f"，完成{last.percent}%"
        done = "" if last.quantity_done is None else f"，{last.quantity_done}{measure.quantity_unit if measure else ''}"
        said = f"{int(last.month[:4])}年{int(last.month[5:7])}月{share}{done}：\n{last.text}"
    return {
        "number": problem.number,
        "problem": problem.text,
        "measure": number + (measure.text if measure else ""),
        "due": due,
        "last": said,
        "units": "\n".join(dict.fromkeys(row.case.unit_names(UnitRole.LEAD, UnitRole.RESPONSIBLE))),
        "text": now.text,
        "percent": now.percent,
        "quantity": now.quantity,
        "claimed": now.claimed,
        "difficulty": now.difficulty,
        "next_step": now.next_step,
        "expected_on": now.expected_on,
        "reporter": now.reporter,
        "checker": now.checker,
    }


def locked_digest(values: Mapping[str, object]) -> str:
    """A mark of the locked cells of a row, by which a change of them is seen."""
    return "".join(digest(values.get(name)) for name in ("number", "problem", "measure", "due"))


class _FormPen:
    """One cell of each look, used again for every value."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._cells: dict[tuple[str, bool], Any] = {}

    def cell(self, value: object, look: str) -> Cell:
        """The cell to write next; text that begins like a formula stays text."""
        risky = False
        if isinstance(value, str):
            value = fit_text(value) or None
            risky = isinstance(value, str) and value[:1] in _RISKY
        cell = self._cells.get((look, risky))
        if cell is None:
            cell = self._cells[look, risky] = self._made(look, risky)
        cell.value = value
        if risky:
            cell.data_type = "s"
        made: Cell = cell
        return made

    def _made(self, look: str, risky: bool) -> Any:
        cell = WriteOnlyCell(self._sheet)
        side = Side(style="thin", color="FF000000")
        centre = look.endswith("centre") or look in ("title", "head", "date", "fill_date")
        horizontal = "center" if centre else "left"
        cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=look not in ("title", "line"))
        sizes = {"title": ("方正小标宋简体", 20), "head": ("黑体", 10.5)}
        name, size = sizes.get(look, ("仿宋_GB2312", 10.5))
        cell.font = Font(name=name, size=size)
        if look not in ("title", "line", "id", "guide"):
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        if look.startswith("fill"):
            cell.fill = PatternFill("solid", start_color=_GROUND)
            cell.protection = Protection(locked=False)
        if look.endswith("date"):
            cell.number_format = "yyyy/m/d"
        cell.quotePrefix = risky
        return cell


# A pen gives the same cell again for another value: rows are iterators, so that each cell is written before the next.


def _cells(pen: _FormPen, layout: FormLayout, values: Sequence[Value], key: str) -> Iterator[Cell]:
    for column, value in zip(layout.columns, values, strict=True):
        is_filled = column.field in FILLED
        look = "fill_" if is_filled else ""
        look += "date" if column.field in ("due", "expected_on") else "centre" if column.center else "text"
        shown = value if value not in (None, "") or is_filled else NO_TEXT
        yield pen.cell(shown, look)
    yield pen.cell(key, "id")


def _head(pen: _FormPen, layout: FormLayout, head: FormHead) -> Iterator[Iterable[Cell]]:
    yield [pen.cell(_filled(layout.title, head), "title")]
    yield [pen.cell(_filled(layout.line, head), "line")]
    yield (pen.cell(title, "head") for title in (*(column.title for column in layout.columns), "标识"))


def _filled(text: str, head: FormHead) -> str:
    for field, words in (("{district}", head.district), ("{unit}", head.unit), ("{month}", head.month_words)):
        text = text.replace(field, words)
    return text


def _page(sheet: Any, layout: FormLayout) -> None:
    """A3 landscape and protected; widths and heights may be changed, and only what is to be filled in."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5, header=0.3, footer=0.3)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    for place, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width / MM_PER_CHARACTER
    sheet.column_dimensions[get_column_letter(len(layout.columns) + 1)].hidden = True
    for row, height in ((1, 36), (2, 24), (HEAD_ROW, 32)):
        sheet.row_dimensions[row].height = height
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False


def _choices(sheet: Any, layout: FormLayout, count: int) -> None:
    """Drop-downs and limits on the cells to fill in; a wrong number is refused where it is typed."""
    first, last = HEAD_ROW + 1, HEAD_ROW + count
    rules = {
        "claimed": DataValidation(type="list", formula1=f'"{",".join(CLAIMS)}"', allow_blank=True),
        "percent": DataValidation(type="whole", operator="between", formula1="0", formula2="100", allow_blank=True),
        "quantity": DataValidation(
            type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True
        ),
        "expected_on": DataValidation(
            type="date", operator="greaterThanOrEqual", formula1=str((date(2000, 1, 1) - date(1899, 12, 30)).days)
        ),
    }
    words = {
        "claimed": "请从列表中选择。",
        "percent": "请填0到100的整数。",
        "quantity": "请填累计完成的数量，整数。",
        "expected_on": "请写成 2026/12/31 的样子。",
    }
    for place, column in enumerate(layout.columns, 1):
        rule = rules.get(column.field)
        if rule is not None:
            rule.showErrorMessage, rule.showInputMessage = True, True
            rule.error, rule.errorTitle = words[column.field], column.title
            rule.prompt, rule.promptTitle = words[column.field], column.title
            letter = get_column_letter(place)
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.data_validations.append(rule)


def _guide(book: Workbook, layout: FormLayout) -> None:
    sheet = book.create_sheet(GUIDE)
    pen = _FormPen(sheet)
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.row_dimensions[1].height = 36
    sheet.append([pen.cell(layout.guide_title, "title")])
    for number, line in enumerate(layout.guide, 2):
        sheet.row_dimensions[number].height = row_height((Column("", "", GUIDE_WIDTH * MM_PER_CHARACTER),), (line,)) + 6
        sheet.append([pen.cell(line, "guide")])
    sheet.protection.sheet = True


def _marks(book: Workbook, layout: FormLayout, head: FormHead, marks: Iterable[tuple[str, ...]]) -> None:
    """The hidden sheet: whose form it is, its columns, and each row with the mark of its locked cells."""
    sheet = book.create_sheet(MARKS)
    sheet.sheet_state = "hidden"
    sheet.append([SIGN, str(VERSION), head.office_id, head.office, head.unit_id, head.unit, head.month])
    sheet.append([column.field for column in layout.columns])
    sheet.append([column.title for column in layout.columns])
    for mark in marks:
        sheet.append([fit_text(text) for text in mark])
