"""A unit's form comes back: whose it is, what was filled in row by row, and whether locked cells were changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from desktop.plans.aliases import Aliases
from desktop.plans.cell_texts import read_deadline_cell
from desktop.plans.export_marks import normal
from desktop.plans.own_workbook import is_own_workbook, without_panic
from desktop.plans.unit_form import FILLED, HEAD_ROW, LOCKED, MARKS, SHEET, SIGN, VERSION, locked_digest
from desktop.rules.errors import Refused
from desktop.rules.ops import is_hex
from desktop.rules.texts import clean, read_day
from desktop.rules.unit_form import Filled

LARGEST = 256 * 1024 * 1024
Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it came back: its line in the sheet, its key, what was filled in, and why it cannot be read."""

    line: int
    key: str
    filled: Filled
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form as it came back. ``folders`` are the names of the folders for photos with the key of their row.

    ``problems`` gives the problem of each row.
    """

    office_id: str
    office: str
    unit_id: str
    unit: str
    month: str
    rows: tuple[ReadRow, ...]
    folders: Mapping[str, str]
    problems: Mapping[str, str]


def read_form(path: Path, aliases: Aliases) -> ReadForm | None:
    """Read a form; None for any other file. Refused, with one sentence, for a form that is damaged or too new."""
    if path.stat().st_size > LARGEST or not is_own_workbook(path, MARKS):
        return None
    try:
        with without_panic(), CalamineWorkbook.from_path(str(path)) as book:
            if MARKS not in book.sheet_names:
                return None
            marks = book.get_sheet_by_name(MARKS).to_python(skip_empty_area=False)
            sheet = SHEET if SHEET in book.sheet_names else ""
            grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) if sheet else []
    except CalamineError as error:
        raise Refused(f"“{path.name}”已损坏或有密码，没有读取。请让填报单位另存后重新交来。", "form_broken") from error
    return _form(path.name, marks, grid, aliases)


def _form(name: str, marks: Grid, grid: Grid, aliases: Aliases) -> ReadForm | None:
    sign = [normal(value) for value in marks[0]] if len(marks) > 2 else []
    if len(sign) < 7 or sign[0] != SIGN:
        return None
    if not sign[1].isdecimal() or int(sign[1]) > VERSION:
        raise Refused(f"“{name}”由更新的版本发出，没有读取。请升级程序后再收。", "form_version")
    known: dict[str, str] = {}
    folders: dict[str, str] = {}
    problems: dict[str, str] = {}
    for row in marks[3:]:
        key, problem, mark, folder, *_ = [*(normal(value) for value in row), "", "", "", ""]
        if is_hex(key, 32) and is_hex(problem, 32):
            known[key], folders[folder], problems[key] = mark, key, problem
    columns = _columns(marks, grid)
    if columns is None:
        raise Refused(f"“{name}”的表头被改动，认不出各列，没有读取。请让填报单位用原表重新填写。", "form_head")
    rows = tuple(_carried(_rows(grid, columns, known, aliases)))
    return ReadForm(sign[2], sign[3], sign[4], sign[5], sign[6], rows, folders, problems)


def _columns(marks: Grid, grid: Grid) -> dict[str, int] | None:
    """The place of every column by its title, whatever was put in between; ``id`` is the hidden one."""
    if len(grid) < HEAD_ROW:
        return None
    fields, titles = [normal(value) for value in marks[1]], [_bare(value) for value in marks[2]]
    wanted = {title: field for field, title in zip(fields, titles, strict=False) if field in (*FILLED, *LOCKED)}
    wanted["标识"] = "id"
    for head in grid[: HEAD_ROW + 3]:
        found = {wanted[_bare(value)]: at for at, value in reversed(list(enumerate(head))) if _bare(value) in wanted}
        if "id" in found and "text" in found:
            return found
    return None


def _bare(value: object) -> str:
    return "".join(normal(value).split())


def _rows(grid: Grid, columns: Mapping[str, int], known: Mapping[str, str], aliases: Aliases) -> Iterator[ReadRow]:
    seen: set[str] = set()
    started = False
    for line, values in enumerate(grid, 1):
        cells = {field: values[at] if at < len(values) else "" for field, at in columns.items()}
        key = normal(cells.get("id"))
        if key == "标识":
            started = True
            continue
        if not started:
            continue
        filled, errors = _filled(cells, aliases)
        if not is_hex(key, 32):
            if not filled.is_blank and any(normal(cells.get(name)) for name in ("problem", "measure", "text")):
                yield ReadRow(line, "", filled, (f"第{line}行 不是原表的行（可能是自己加的），没有收",))
            continue
        if key in seen:
            errors.append("与前面的一行重复（复制的行）")
        elif key not in known:
            errors.append("不是这份填报表的行")
        elif known[key] != locked_digest(_plain(cells)):
            errors.append("锁定的内容（序号、问题、措施或时限）被改动，请用原表填报")
        seen.add(key)
        yield ReadRow(line, key, filled, tuple(f"第{line}行 {words}" for words in errors))


def _plain(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.date() if isinstance(value, datetime) else value for name, value in cells.items()}


def _filled(cells: Mapping[str, Any], aliases: Aliases) -> tuple[Filled, list[str]]:
    """What was filled in, and what of it cannot be read."""
    errors: list[str] = []
    texts = {name: clean(normal(cells.get(name))) for name in ("text", "claimed", "difficulty", "next_step")}
    percent, quantity = _percent(cells.get("percent"), errors), _number(cells.get("quantity"), errors)
    day = _day(cells.get("expected_on"), aliases, errors)
    people = {name: " ".join(clean(normal(cells.get(name))).split()) for name in ("reporter", "checker")}
    return Filled(percent=percent, quantity=quantity, expected_on=day, **texts, **people), errors


def _percent(value: Any, errors: list[str]) -> int | None:
    """60, 60%, or 0.6 where the cell was given the format of a percentage."""
    if isinstance(value, float) and 0 < value < 1:
        value = value * 100
        value = float(round(value)) if abs(value - round(value)) < 1e-6 else value
    text = normal(value).rstrip("%％").strip()
    return _whole(text, normal(value), "完成百分比", errors)


def _number(value: Any, errors: list[str]) -> int | None:
    text = normal(value)
    digits = text.rstrip("个项处家座台套米公里户件宗亩吨辆口根人次块株头艘平方立 ")
    return _whole(digits, text, "完成数量", errors)


def _whole(text: str, shown: str, words: str, errors: list[str]) -> int | None:
    if not text:
        return None
    negative = text.startswith("-") and text[1:].isdecimal()
    if (text.isdecimal() or negative) and len(text) < 10:
        return int(text)
    errors.append(f"{words}“{shown}”不是整数")
    return None


def _day(value: Any, aliases: Aliases, errors: list[str]) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = normal(value)
    if not text:
        return None
    day = read_day(text) or read_deadline_cell(text, aliases).day
    if day is None:
        errors.append(f"完成时间“{text}”不是日期，请写成 2026/12/31 的样子")
    return day


def _carried(rows: Iterator[ReadRow]) -> Iterator[ReadRow]:
    """Who filled in and checked is written once and holds for the rows below."""
    reporter = checker = ""
    for row in rows:
        reporter, checker = row.filled.reporter or reporter, row.filled.checker or checker
        yield replace(row, filled=replace(row.filled, reporter=reporter, checker=checker))
