"""The head of a large table: in which rows it stands and which column holds which field (plan-formats §4)."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from desktop.plans.aliases import CORE_KINDS
from desktop.plans.source import Cell
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.headings import LONGEST, Heading, heading_of
from desktop.plans.words import Words

_DEEPEST = 4
_SHORT = 4
_START = re.compile(r"起始|开始|启动|起$")
_TASK = re.compile(r"任务")
_TERM = re.compile(r"[时期]限")


@dataclass(slots=True)
class Head:
    """What the head of a table says. ``first`` and ``last`` are its rows; kinds, words and levels are by column.

    ``unknown`` are heads no word matched, ``also`` the second field of heads such as 目标及措施, ``guessed`` the column
    taken for the problems because no head names them. ``reach`` keeps the fields of cells by column and width.
    """

    first: int
    last: int
    kinds: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)
    also: dict[int, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    guessed: int = 0
    reach: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @property
    def found(self) -> set[str]:
        """The fields that have a column."""
        return set(self.kinds.values())

    @property
    def is_list(self) -> bool:
        """Does this head a list of problems?"""
        return "problem" in self.found and bool(self.found & CORE_KINDS)

    def columns(self, kind: str) -> list[int]:
        """The columns of a field, from left to right."""
        return sorted(column for column, found in self.kinds.items() if found == kind)


def is_head_row(grid: Grid, row: int, words: Words) -> bool:
    """Do most cells of a row name fields?"""
    cells = grid.filled(row)
    if len(cells) < 2 or any(len(grid.words(cell)) > LONGEST for cell in cells):
        return False
    kinds = [found.kind for cell in cells if (found := heading_of(grid.words(cell), words.headings))]
    enough = len(kinds) * 5 >= len(cells) * 3 or len(kinds) >= 5
    touching = sum(after.column == cell.column + cell.columns for cell, after in pairwise(cells))
    return enough and len(set(kinds)) >= 2 and touching * 2 >= len(cells) - 1


def read_head(grid: Grid, first: int, words: Words) -> Head:
    """Read the head that begins in a row: one row, or several where cells are merged over columns or rows."""
    head = Head(first, _last_row(grid, first, words))
    seen: dict[int, Heading] = {}
    for column in sorted({column for row in range(first, head.last + 1) for column in grid.over[row]}):
        cells = _stack(grid, head, column)
        texts = [grid.words(cell) for cell in cells if grid.words(cell)]
        if not texts:
            continue
        head.words[column] = "/".join(texts)
        head.cells[column] = cells[-1]
        found = _of_stack(texts, words)
        if found is None:
            head.unknown.append(column)
        else:
            seen[column] = found
    _settle(head, seen)
    return head


def _last_row(grid: Grid, first: int, words: Words) -> int:
    last = first
    for row in range(first + 1, min(first + _DEEPEST, len(grid.own))):
        reaches = any(cell is not None and grid.begins(first, cell) for cell in grid.over[row].values())
        grouped = any(cell.columns > 1 and len(_beneath(grid, row, cell)) > 1 for cell in grid.filled(row - 1))
        if not (reaches or grouped or (last == first and _fills_gaps(grid, first, row))):
            break
        if not reaches and not is_head_row(grid, row, words) and not _is_short(grid, row):
            break
        last = row
    return last


def _beneath(grid: Grid, row: int, cell: Cell) -> list[Cell]:
    low, high = cell.column, cell.column + cell.columns
    return [below for below in grid.filled(row) if low <= below.column < high]


def _fills_gaps(grid: Grid, first: int, row: int) -> bool:
    """Do all words of a row stand where the row above it is empty or spans several columns?"""
    cells = grid.filled(row)
    above = grid.over[first]
    return len(cells) >= 2 and all(
        cell.column not in above or not grid.words(above[cell.column]) or above[cell.column].columns > 1
        for cell in cells
    )


def _is_short(grid: Grid, row: int) -> bool:
    return all(len(grid.words(cell)) <= 10 and not grid.words(cell).isdigit() for cell in grid.filled(row))


def _stack(grid: Grid, head: Head, column: int) -> list[Cell]:
    """The cells of a head over one column, from top to bottom."""
    found: list[Cell] = []
    for row in range(head.first, head.last + 1):
        cell = grid.over[row].get(column)
        if cell is not None and cell not in found:
            found.append(cell)
    return found


def _of_stack(texts: list[str], words: Words) -> Heading | None:
    """The lowest head names the column; where it says too little, together with those above it."""
    lowest = heading_of(texts[-1], words.headings)
    top = heading_of(texts[0], words.headings) if len(texts) > 1 else None
    if top and top.kind == "other" and len(texts[-1]) < _SHORT:
        return top  # 销号情况/验收 tells of a day, not of a unit.
    if len(texts) > 1:
        joined = heading_of("".join(texts), words.headings)
        if joined and (lowest is None or lowest.weak):
            return joined
        if lowest is None:
            above = heading_of(texts[-2], words.headings)
            return Heading("other", True) if above and _START.search(texts[-1]) else above
    return lowest


def _settle(head: Head, seen: dict[int, Heading]) -> None:
    """Decide between columns that name the same field."""
    strong = Counter(found.kind for found in seen.values() if not found.weak)
    for column, found in seen.items():
        is_second = found.weak and strong[found.kind] and found.kind not in ("number", "measures")
        head.kinds[column] = "other" if is_second else found.kind
        if found.also:
            head.also[column] = found.also
    _settle_problems(head)
    _settle_deadlines(head)
    _settle_numbers(head)


def _settle_problems(head: Head) -> None:
    """整改任务 beside 反馈问题 is what is to be done; elsewhere it is the problem itself."""
    _settle_difficulties(head)
    columns = head.columns("problem")
    tasks = [column for column in columns if _TASK.search(head.words[column])]
    if len(columns) > 1 and len(tasks) < len(columns):
        for column in tasks:
            head.kinds[column] = "other" if head.columns("measures") else "measures"


def _settle_difficulties(head: Head) -> None:
    """存在问题 behind the measures, beside a column of problems, tells what hinders the work."""
    first, *others = head.columns("problem") or [0]
    measures = min(head.columns("measures"), default=1 << 20)
    for column in others:
        if first < measures < column:
            head.kinds[column] = "other"


def _settle_deadlines(head: Head) -> None:
    """Of two columns of days the one called 时限 or 期限 is the deadline; the other tells when it was done."""
    columns = head.columns("deadline")
    chosen = next((column for column in columns if _TERM.search(head.words[column])), columns[0] if columns else 0)
    for column in columns:
        if column != chosen:
            head.kinds[column] = "other"


def _settle_numbers(head: Head) -> None:
    """The number of a problem stands left of it; a second one counts something else."""
    columns = head.columns("number")
    problem = min(head.columns("problem"), default=1 << 20)
    chosen = next((column for column in columns if column < problem), columns[0] if columns else 0)
    for column in columns:
        if column == chosen:
            continue
        beside = head.kinds.get(column + 1) == "measures"
        head.kinds[column] = "measure_number" if beside else "external"

