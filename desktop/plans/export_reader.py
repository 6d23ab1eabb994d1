"""An exported ledger comes back: rows with their ids, the cells that were changed, columns that are not ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from desktop.plans.export_marks import ID_TITLE, SHEET, SIGN, VERSION, BookMarks, digest_of, normal
from desktop.plans.own_workbook import is_own_workbook, without_panic
from desktop.rules.errors import Refused
from desktop.rules.ops import is_hex

_HEAD_WITHIN = 12
_FOOT = "填报单位"
Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet. ``line`` counts from 1 as the program shows it; ``id`` is empty for a row of the clerk's.

    ``changed`` are the keys of the cells that are not as they were exported; None where that is not known.
    """

    line: int
    id: str
    cells: Mapping[str, object]
    changed: frozenset[str] | None = None

    def text(self, key: str) -> str:
        """A cell in one writing; empty where there is none."""
        return normal(self.cells.get(key))


@dataclass(frozen=True, slots=True)
class ExportedBook:
    """A workbook that was exported from a ledger.

    ``exported`` are the ids of the rows it had; ``strangers`` the titles of columns that are not of the ledger and
    hold something. ``base`` gives the digest of every cell as it was written, by row id and column key.
    """

    name: str
    marks: BookMarks
    titles: Mapping[str, str]
    rows: tuple[SheetRow, ...]
    exported: tuple[str, ...]
    strangers: tuple[str, ...] = ()
    base: Mapping[str, Mapping[str, str]] | None = None


def read_export(path: Path, titles: Mapping[str, str]) -> ExportedBook | None:
    """Read a workbook that was exported from a ledger; None for any other file.

    ``titles`` (title → key of the column) serve where the hidden sheet is gone. Refused: a workbook of a later
    format, one that cannot be read, one with cells far away from its table.
    """
    if not is_own_workbook(path, SHEET, ID_TITLE):
        return None
    try:
        with without_panic(), CalamineWorkbook.from_path(str(path)) as book:
            return _read(book, path.name, titles)
    except PasswordError:
        return None
    except CalamineError as error:
        if not is_zipfile(path):
            return None
        sentence = f"“{path.name}”的表格内容已损坏，没有读取，台账没有变化。请用表格程序打开后另存一份再导入。"
        raise Refused(sentence, "sheet_broken") from error


def _read(book: CalamineWorkbook, name: str, titles: Mapping[str, str]) -> ExportedBook | None:
    marks, columns, base = _marks(book, name)
    for sheet in book.sheets_metadata:
        if sheet.name == SHEET or sheet.visible != SheetVisibleEnum.Visible:
            continue
        grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        place = _find_head(grid)
        if place is None and marks is None:
            continue
        head = place[0] if place else _head_by_titles(grid, columns)
        if head is not None:
            own = columns or {_bare(title): key for title, key in titles.items()}
            return _book(grid, head, place[1] if place else -1, name, marks, own, base)
    if marks is not None:
        raise Refused(f"“{name}”是导出的台账，但表头已被删去，认不出各列，没有读取。请保留表头两行。", "sheet_head")
    return None


def _marks(
    book: CalamineWorkbook, name: str
) -> tuple[BookMarks | None, dict[str, str], dict[str, dict[str, str]] | None]:
    """What the hidden sheet says: marks, title → key, and the digests by row and key."""
    if SHEET not in book.sheet_names:
        return None, {}, None
    rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    sign = [normal(value) for value in rows[0]] if rows else []
    if not sign or sign[0] != SIGN or len(rows) < 3:
        return None, {}, None
    if not sign[1].isdecimal() or int(sign[1]) > VERSION:
        raise Refused(f"“{name}”由更新的版本导出，没有读取。请在那个版本中导入。", "sheet_version")
    keys = [normal(value) for value in rows[1][1:]]
    titles = [normal(value) for value in rows[2][1:]]
    columns = {_bare(title): key for key, title in zip(keys, titles, strict=True) if key}
    base = {
        normal(row[0]): dict(zip(keys, normal(row[1]).split(" "), strict=False))
        for row in rows[3:]
        if is_hex(normal(row[0]), 32)
    }
    office_id, office, on, scope = sign[2:6]
    return BookMarks(office_id, office, on, scope), columns, base


def _find_head(grid: Grid) -> tuple[int, int] | None:
    """Where the title of the hidden column stands: its row is the lower one of the head."""
    for row, values in enumerate(grid[:_HEAD_WITHIN]):
        for column, value in enumerate(values):
            if value == ID_TITLE:
                return row, column
    return None


def _head_by_titles(grid: Grid, columns: Mapping[str, str]) -> int | None:
    """The lower row of the head, where the hidden column was deleted: the one after which most titles are known."""
    scores = [
        (sum(_bare(title) in columns for title in _titles(grid, row)), -row)
        for row in range(min(_HEAD_WITHIN, len(grid)))
    ]
    best = max(scores, default=(0, 0))
    return -best[1] if best[0] >= 2 else None


def _titles(grid: Grid, row: int) -> list[str]:
    """The title of every column: from the lower row of the head, else from the upper one."""
    under, above = grid[row], grid[row - 1] if row else []
    tops = [*above, *[""] * (len(under) - len(above))]
    return [normal(low) or normal(top) for low, top in zip(under, tops, strict=False)]


def _bare(title: str) -> str:
    return "".join(title.split())


def _book(
    grid: Grid,
    head: int,
    id_column: int,
    name: str,
    marks: BookMarks | None,
    columns: Mapping[str, str],
    base: dict[str, dict[str, str]] | None,
) -> ExportedBook:
    titles = _titles(grid, head)
    keys = ["" if at == id_column else columns.get(_bare(title), "") for at, title in enumerate(titles)]
    keys = [key if key and keys.index(key) == at else "" for at, key in enumerate(keys)]
    rows = tuple(_rows(grid, head, id_column, keys, base))
    held = range(head + 1, len(grid))
    strangers = [
        _bare(title)
        for at, title in enumerate(titles)
        if title and not keys[at] and at != id_column and any(normal(_at(grid[row], at)) for row in held)
    ]
    shown = {key: _bare(title) for key, title in zip(keys, titles, strict=True) if key}
    exported = tuple(base) if base is not None else tuple(row.id for row in rows if row.id)
    return ExportedBook(name, marks or BookMarks("", "", "", ""), shown, rows, exported, tuple(strangers), base)


def _rows(
    grid: Grid, head: int, id_column: int, keys: Sequence[str], base: dict[str, dict[str, str]] | None
) -> Iterator[SheetRow]:
    for at in range(head + 1, len(grid)):
        values = grid[at]
        cells = {key: _plain(_at(values, column)) for column, key in enumerate(keys) if key}
        row = normal(_at(values, id_column)) if id_column >= 0 else ""
        texts = {key: normal(value) for key, value in cells.items()}
        if not any(texts.values()) or (not row and _is_foot(values)):
            continue
        known = (base or {}).get(row)
        changed = None
        if known is not None:
            changed = frozenset(key for key, text in texts.items() if digest_of(text) != known.get(key, ""))
        yield SheetRow(at + 1, row if is_hex(row, 32) else "", cells, changed)


def _is_foot(values: Sequence[Any]) -> bool:
    said = [normal(value) for value in values if normal(value)]
    return bool(said) and said[0].startswith(_FOOT)


def _at(values: Sequence[Any], column: int) -> Any:
    return values[column] if 0 <= column < len(values) else ""


def _plain(value: Any) -> object:
    """A cell as a text, a whole number or a date; what a program counts in fractions or times stays as it is."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | str):
        return value
    return int(value) if isinstance(value, float) and value.is_integer() else value
