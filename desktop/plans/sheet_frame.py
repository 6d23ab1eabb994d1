"""The frame of the workbook that openpyxl makes: styles, page, widths, merges, drop-downs; its rows come later."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from desktop.plans.columns import Column, Layout
from desktop.plans.export_marks import SHEET
from desktop.plans.sheet_xml import Styles
from desktop.rules.records import PROGRESS_WORDS, STATE_WORDS, TERM_WORDS
from desktop.rules.standing import SLOT_WORDS

SHEET_NAME = "整改台账"
A3 = 8
MM_PER_CHARACTER = 2.0
FOUR_HANZI = 9.5  # the width at which the words of a state are not torn
HEAD_ROWS = (3, 4)
SHEET_PART, MARKS_PART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
_ROWS = b"<sheetData></sheetData>"
_NO_ROWS = b"<sheetData/>"
_CHOICES = {
    "progress_class": tuple(dict.fromkeys((*PROGRESS_WORDS.values(), *SLOT_WORDS.values()))),
    "state": tuple(STATE_WORDS.values()),
    "term": tuple(TERM_WORDS.values()),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A workbook without rows: its parts by name, and the numbers of its styles."""

    parts: dict[str, bytes]
    styles: Styles

    def around_rows(self, part: str) -> tuple[bytes, bytes]:
        """A sheet's part before and behind its rows."""
        whole = self.parts[part]
        before, found, behind = whole.partition(_ROWS if _ROWS in whole else _NO_ROWS)
        if not found:
            raise ValueError(f"{part} has no empty table of rows")
        return before + b"<sheetData>", b"</sheetData>" + behind


def make_frame(layout: Layout, titles: tuple[str, str], count: int, *, marked: bool) -> Frame:
    """The frame of a sheet with ``count`` rows. ``titles`` are the document's title and its office.

    ``marked``: with a hidden column behind the last one, and the hidden sheet.
    """
    book = Workbook(write_only=True)
    for style in _named_styles():
        book.add_named_style(style)
    sheet = book.create_sheet(SHEET_NAME)
    columns = all_columns(layout)
    _page_setup(sheet, columns, layout.mark)
    _choices(sheet, columns, count)
    last, foot = get_column_letter(len(columns)), count + HEAD_ROWS[1] + 1
    for merge in (f"A1:{last}1", f"A2:{last}2", *_head_merges(columns), f"A{foot}:{last}{foot}"):
        sheet.merged_cells.ranges.add(merge)
    if count:
        sheet.auto_filter.ref = f"A{HEAD_ROWS[1]}:{get_column_letter(len(columns) + marked)}{count + HEAD_ROWS[1]}"
    if marked:
        sheet.column_dimensions[get_column_letter(len(columns) + 1)].hidden = True
        book.create_sheet(SHEET).sheet_state = "hidden"
    book.properties.title, book.properties.creator = titles
    styles = _numbers(sheet)
    return Frame(_parts(book), styles)


def all_columns(layout: Layout) -> tuple[Column, ...]:
    """The columns of the layout with those of the pictures behind them."""
    photos = layout.photos
    pictures = [Column("", title, photos.width, photos.group, True) for title in photos.titles] if photos else []
    return (*layout.columns, *pictures)


def characters(column: Column) -> float:
    """The width of a column in characters."""
    width = column.width / MM_PER_CHARACTER
    return max(width, FOUR_HANZI) if column.field in _CHOICES else width


def _numbers(sheet: Any) -> Styles:
    """The number of each style, plain and with the mark of risky text."""
    found: Styles = {}
    for style in _named_styles():
        for risky in (False, True):
            cell = WriteOnlyCell(sheet)
            cell.style = style.name
            cell.quotePrefix = risky
            found[style.name, risky] = cell.style_id
    return found


def _parts(book: Workbook) -> dict[str, bytes]:
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _head_merges(columns: Sequence[Column]) -> list[str]:
    """Merged cells of the head: a group over its columns, a column without group over both rows."""
    top, under = HEAD_ROWS
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


def _page_setup(sheet: Any, columns: Sequence[Column], mark: str) -> None:
    """A3 landscape, one page wide, head on every page, panes frozen under the head and behind the number."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.47, right=0.47, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{HEAD_ROWS[0]}:{HEAD_ROWS[1]}"
    sheet.oddHeader.left.text = mark or None
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.freeze_panes = f"B{HEAD_ROWS[1] + 1}"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = characters(column)


def _choices(sheet: Any, columns: Sequence[Column], count: int) -> None:
    """Drop-downs on the columns of states; other words are allowed after a question, as clerks need them."""
    first, last = HEAD_ROWS[1] + 1, HEAD_ROWS[1] + max(count, 1)
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
        NamedStyle("zg_money", font=fang, alignment=centre, border=box, number_format="#,##0.00"),
        NamedStyle("zg_foot", font=fang, alignment=line),
    )

