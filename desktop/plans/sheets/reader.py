"""Workbooks (xlsx, xls) to a source: every visible sheet a table, dates as words, whole numbers without a point."""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from desktop.plans.laying import Laying, Placed
from desktop.plans.office_zip import OfficeZip
from desktop.plans.own_workbook import without_panic
from desktop.plans.sheets.old_scan import LARGEST_AREA as LARGEST_OLD_AREA
from desktop.plans.sheets.old_scan import LARGEST_TEXT, scan_old
from desktop.plans.sheets.scan import (
    MAX_ROWS,
    SheetScan,
    letters,
    scan_sheet,
    sheet_parts,
    short_date_styles,
    string_lengths,
)
from desktop.plans.source import Progress, Source, silent
from desktop.rules.drafts import Finding
from desktop.rules.errors import Refused

# A larger rectangle is read row by row: most of it must be empty.
LARGEST_AREA = 1_500_000
_SHOWN = 8
_FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+)|(m+)|([^"\\\[ym])', re.I)
_UNREAD = (CalamineError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)

Rows = Iterator[tuple[int, list[tuple[int, str]]]]


def read_workbook(data: bytes, name: str, progress: Progress = silent) -> Source:
    """Read an xlsx or xls file. Hidden sheets are left out where others have words; hidden rows are read; both is said.

    Refused, with one sentence: damaged, locked by a password, more rows than any list of problems has.
    """
    archive = OfficeZip(data, name) if data[:2] == b"PK" else None
    scans = _scans(archive, progress) if archive else {}
    findings = [] if archive else _old_remarks(data, name)
    with _calamine(name):
        book = CalamineWorkbook.from_object(io.BytesIO(data))
    laying = Laying()
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    for index, sheet in enumerate(shown):
        progress(f"正在读取工作表“{sheet.name}”", 0.4 + 0.6 * index / len(shown))
        _lay_sheet(book, data, sheet.name, scans.get(sheet.name), laying, findings, name)
    hidden = [sheet.name for sheet in sheets if sheet not in shown]
    if hidden and not any(part.strip() for part in laying.parts):
        for key in hidden:
            _lay_sheet(book, data, key, scans.get(key), laying, findings, name)
        findings.append(Finding("hidden_sheet", f"可见的工作表是空的，读的是隐藏的{_quoted(hidden)}。"))
    elif hidden:
        sentence = f"隐藏的工作表{_quoted(hidden)}没有读取；如果清单在里面，请取消隐藏后再导入。"
        findings.append(Finding("hidden_sheet", sentence, level="note"))
    return laying.source(Source(name, "", findings=tuple(findings)))


@contextmanager
def _calamine(name: str) -> Iterator[None]:
    """Faults of the reading library as one sentence."""
    try:
        with without_panic():
            yield
    except PasswordError:
        raise Refused(f"“{name}”设有打开密码，没有读取，台账未作改动；请去掉密码后再导入。", "encrypted") from None
    except _UNREAD:
        raise _broken(name) from None


def _scans(archive: OfficeZip, progress: Progress) -> dict[str, SheetScan]:
    lengths = string_lengths(archive, lambda share: progress("正在检查工作簿", share * 0.1))
    styles = short_date_styles(archive)
    parts = sheet_parts(archive)
    found = {}
    for index, (sheet, part) in enumerate(parts.items()):

        def tick(share: float, index: int = index) -> None:
            progress("正在检查工作簿", 0.1 + 0.3 * (index + share) / len(parts))

        if part.startswith("xl/worksheets/"):
            found[sheet] = scan_sheet(archive, part, lengths, styles, tick)
    return found


def _lay_sheet(
    book: CalamineWorkbook,
    data: bytes,
    sheet: str,
    scan: SheetScan | None,
    laying: Laying,
    findings: list[Finding],
    name: str,
) -> None:
    with _calamine(name):
        if scan is not None and scan.area > LARGEST_AREA:
            rows, merges = _sparse_rows(data, sheet), scan.merges
        else:
            read = book.get_sheet_by_name(sheet)
            rows = _rows(read.iter_rows(), (read.start or (0, 0))[1], scan)
            merges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in read.merged_cell_ranges or ()]
        laying.table(sheet, _placed(rows, merges, name))
    if scan is not None:
        findings += _remarks(sheet, scan)


def _rows(rows: Iterable[list[Any]], first: int, scan: SheetScan | None) -> Rows:
    """The cells with words of each row; rows and columns count from 1."""
    formats = scan.short_dates if scan else {}
    for row, values in enumerate(rows, 1):
        found = []
        for column, value in enumerate(values, first + 1):
            if value == "":
                continue
            code = formats.get((row, column))
            text = in_format(value, code) if code and isinstance(value, date) else in_words(value)
            if text.strip():
                found.append((column, text))
        if found:
            yield row, found


def _sparse_rows(data: bytes, sheet: str) -> Rows:
    """A sheet whose few values lie far apart, read without holding the empty rectangle between them."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        page = book[sheet]
        page.reset_dimensions()
        for row, values in enumerate(page.iter_rows(values_only=True), 1):
            found = [(place, in_words(value)) for place, value in enumerate(values, 1) if value not in (None, "")]
            if found:
                yield row, [(place, text) for place, text in found if text.strip()]
    finally:
        book.close()


def _placed(rows: Rows, merges: list[tuple[int, int, int, int]], name: str) -> Iterator[Placed]:
    merged = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    for count, (row, cells) in enumerate(rows):
        if count >= MAX_ROWS:
            sentence = f"“{name}”的工作表超过{MAX_ROWS}行，不像整改清单，没有读取，台账未作改动；请只留清单再导入。"
            raise Refused(sentence, "too_large")
        for column, text in cells:
            height, width = merged.get((row, column), (1, 1))
            yield Placed(text, row, column, height, width)


def in_words(value: object) -> str:
    """A value as a clerk reads it: 2024年12月31日, 5 instead of 5.0, line ends as line feeds."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def in_format(value: date, code: str) -> str:
    """A date in a format that shows no day: yyyy"年"m"月" → 2024年12月."""

    def one(match: re.Match[str]) -> str:
        quoted, escaped, year, month, other = match.groups()
        if year:
            return str(value.year)
        return str(value.month) if month else quoted or escaped or (other if other not in (None, "@", "_", "*") else "")

    return _FORMAT.sub(one, code).strip()


def _remarks(sheet: str, scan: SheetScan) -> Iterator[Finding]:
    hidden = sorted(scan.hidden_rows & scan.rows)
    if hidden or scan.hidden_columns:
        what = f"隐藏的{len(hidden)}行" if hidden else "隐藏的列"
        yield Finding("hidden_rows", f"工作表“{sheet}”中{what}也已读入。", level="note")
    if scan.unsolved:
        cells = "、".join(f"{letters(column)}{row}" for row, column in scan.unsolved[:_SHOWN])
        more = f"等{len(scan.unsolved)}格" if len(scan.unsolved) > _SHOWN else ""
        what = f"工作表“{sheet}”的{cells}{more}是公式，文件里没有存计算结果，读出为空"
        yield Finding("formula", f"{what}；请用 Excel 或 WPS 打开保存一次再导入。")


def _old_remarks(data: bytes, name: str) -> list[Finding]:
    """Look through an xls; one whose few values lie far apart would fill the memory when it is read."""
    scan = scan_old(data)
    if scan.area > LARGEST_OLD_AREA:
        what = f"“{name}”里有远离清单的零散单元格，占的范围过大，没有读取，台账未作改动"
        raise Refused(f"{what}；请用 Excel 或 WPS 删去多余的行列，另存为 xlsx 再导入。", "too_large")
    if scan.characters > LARGEST_TEXT:
        what = f"“{name}”的文字多得不正常，不像整改清单，没有读取，台账未作改动"
        raise Refused(f"{what}；请只留清单再导入。", "too_large")
    if not scan.hidden:
        return []
    return [Finding("hidden_rows", f"工作表中隐藏的{scan.hidden}行也已读入。", level="note")]


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _broken(name: str) -> Refused:
    sentence = f"“{name}”已损坏或不完整，没有读取，台账未作改动；请用 Excel 或 WPS 打开后另存一份再导入。"
    return Refused(sentence, "broken_file")
