"""发文登记 as a workbook: one sheet, real dates, every text as text."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

COLUMNS = (
    ("doc_no", "文号", 26),
    ("title", "标题或事由", 52),
    ("on", "成文日期", 13),
    ("paper", "文书", 14),
    ("problem", "问题", 9),
    ("state", "状态", 11),
    ("remark", "编号说明", 30),
    ("person", "登记人", 10),
)
_HEAD = 3
_A4 = 9
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_register(lines: Sequence[Mapping[str, str | date | None]], title: str, line: str) -> bytes:
    """The lines of the register as the bytes of an xlsx file."""
    book = Workbook(write_only=True)
    book.properties.title = title
    sheet = book.create_sheet(title)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.freeze_panes = f"B{_HEAD + 1}"
    last = get_column_letter(len(COLUMNS))
    for merge in (f"A1:{last}1", f"A2:{last}2"):
        sheet.merged_cells.ranges.add(merge)
    sheet.auto_filter.ref = f"A{_HEAD}:{last}{_HEAD + len(lines)}"
    for place, (_, _, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    middle, left = Alignment("center", "center", wrap_text=True), Alignment("left", "center", wrap_text=True)
    sheet.row_dimensions[1].height = 34
    sheet.append([_cell(sheet, title, Font(name="方正小标宋简体", size=20), Alignment("center", "center"), False)])
    sheet.append([_cell(sheet, line, Font(name="仿宋_GB2312", size=10.5), Alignment("left", "center"), False)])
    sheet.append([_cell(sheet, words, Font(name="黑体", size=10.5), middle) for _, words, _ in COLUMNS])
    fang = Font(name="仿宋_GB2312", size=10.5)
    for found in lines:
        values = ((found[key], left if key in ("doc_no", "title", "remark") else middle) for key, _, _ in COLUMNS)
        sheet.append([_cell(sheet, value, fang, alignment) for value, alignment in values])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: str | date | None, font: Font, alignment: Alignment, boxed: bool = True) -> Any:
    cell: Any = WriteOnlyCell(sheet, datetime(*value.timetuple()[:3]) if isinstance(value, date) else value or None)
    cell.font, cell.alignment = font, alignment
    if boxed:
        side = Side(style="thin", color="FF000000")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if isinstance(value, date):
        cell.number_format = "yyyy/m/d"
    elif value:
        # A text that begins like a formula must stay a text when somebody edits it.
        cell.data_type, cell.quotePrefix = "s", value.startswith(_RISKY)
    return cell
