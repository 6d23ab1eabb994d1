"""Rows of a large table to records: where a problem begins, which rows go on with it, and which are none of its."""

import re
from dataclasses import dataclass, field

from desktop.plans.folding import squeeze
from desktop.plans.numbers import mark_at
from desktop.plans.source import Cell, Source
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.heads import Head, is_head_row, read_head
from desktop.plans.tables.inner_labels import inner_parts
from desktop.plans.tables.outer_numbers import outer_numbers
from desktop.plans.tables.record import Part, Record, read_number
from desktop.plans.words import Words

_SAME = re.compile(r"同上|同左|同前|〃|″|\"|”")
_SUM = re.compile(r"(?:合计|小计|总计|共计)")
_FOOT = re.compile(r"(?:备?注[:\d(]|说明[:]|填[表报]|制表|审核|审签|联系人|联系电话|单位[(（]盖章)")
LEFT_OUT = frozenset({"number", "external", "measure_number", "other"})


@dataclass(slots=True)
class Reading:
    """A large table while it is read: its head, the records so far, and the cells that were understood.

    ``text`` is the source's text with widths folded. ``left`` counts the filled cells of each column that belongs to
    no field; ``odd`` are problems without a number although others have one, ``merged`` rows that name a problem
    but were taken for a part of the one above. ``below`` is the next number below each row.
    """

    grid: Grid
    source: Source
    words: Words
    head: Head
    text: str
    records: list[Record] = field(default_factory=list)
    used: list[Cell] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)
    odd: list[tuple[Record, Cell]] = field(default_factory=list)
    merged: list[tuple[Record, Cell]] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    is_numbered: bool = False
    open: Record | None = None
    is_listed: bool = True

    def folded(self, cell: Cell) -> str:
        """The words of a cell with widths folded and blanks gone."""
        return self.grid.words(cell).translate(self.words.fold)


def read_rows(reading: Reading, first: int) -> None:
    """Read all rows from ``first`` on; rows that are no part of a problem are left for the text around the table."""
    grid = reading.grid
    row = first
    reading.below = _numbers_below(reading)
    # A column of formulas may have come without any number in it.
    reading.is_numbered = any(reading.below)
    while row < len(grid.own):
        if is_head_row(grid, row, reading.words):
            row = _next_head(reading, row) + 1
            continue
        cells = grid.filled(row)
        if cells and not _is_aside(reading, row, cells):
            _read_row(reading, row)
        row += 1


def _numbers_below(reading: Reading) -> list[int]:
    """For each row the next number in a row below it, or 0: it tells whether a number is left out in between."""
    grid, columns = reading.grid, set(reading.head.columns("number"))
    found = [0] * len(grid.own)
    following = 0
    for row in reversed(range(len(grid.own))):
        found[row] = following
        for cell in grid.filled(row):
            number = read_number(reading.folded(cell)) if cell.column in columns else None
            following = number[0] if number else following
    return found


def _next_head(reading: Reading, row: int) -> int:
    """A head in the middle: the same one repeated, or one of other columns from here on."""
    head = read_head(reading.grid, row, reading.words)
    reading.used += [cell for place in range(row, head.last + 1) for cell in reading.grid.filled(place)]
    if head.words != reading.head.words:
        reading.head = head
        begins = bool(head.found & {"number", "problem"})
        # Heads stacked over their values: further fields of the problem above.
        reading.is_listed = head.is_list or (not begins and reading.open is not None)
        if begins:
            reading.open = None
    return head.last


def _is_aside(reading: Reading, row: int, cells: list[Cell]) -> bool:
    """Group headings, sums, notes and what stands across the table."""
    grid, head = reading.grid, reading.head
    if not reading.is_listed:
        return True
    first = cells[0]
    text = reading.folded(first)
    if _SUM.match(text) and len(text) <= 12:
        return True
    if len(cells) <= 2 and _FOOT.match(text):
        return True
    if grid.is_across(row, first):
        return not _begins_across(reading, first)
    alone = cells == [first]
    if alone and head.kinds.get(first.column) == "number":
        return read_number(text) is None or not _goes_on_below(grid, row)
    return False


def _begins_across(reading: Reading, cell: Cell) -> bool:
    """Without a column for them the problems themselves stand across the table: 问题一：……."""
    if reading.head.columns("problem"):
        return False
    mark = mark_at(reading.folded(cell), 0)
    if mark is None:
        return False
    reading.open = _new(reading, mark.value, mark.token)
    _add(reading, "problem", cell, 0)
    reading.used.append(cell)
    return True


def _goes_on_below(grid: Grid, row: int) -> bool:
    return any(cell.rows > 1 for cell in grid.own[row])


def _read_row(reading: Reading, row: int) -> None:
    grid, head = reading.grid, reading.head
    if grid.is_across(row, grid.filled(row)[0]) and not head.columns("problem"):
        return
    number = _own_number(reading, row)
    problem = next((cell for cell in grid.filled(row) if _kind(head, cell) == "problem"), None)
    if _begins(reading, row, number, problem):
        value, token = number or _number_in_text(reading, problem)
        before = reading.open
        reading.open = _new(reading, value, token)
        if not value and problem is not None and reading.is_numbered:
            reading.odd.append((reading.open, problem))
        _carry_down(reading, row, before)
    if reading.open is not None:
        _take(reading, row)


def _own_number(reading: Reading, row: int) -> tuple[int, str] | None:
    """The number of a row; where only the rows are counted and the problem goes on, it is none of a problem."""
    grid, head = reading.grid, reading.head
    for cell in grid.filled(row):
        if _kind(head, cell) != "number":
            continue
        found = read_number(reading.folded(cell))
        over = [grid.over[row].get(column) for column in head.columns("problem")]
        if any(cell is not None and cell not in grid.own[row] and grid.words(cell) for cell in over):
            return None
        return found
    return None


def _number_in_text(reading: Reading, problem: Cell | None) -> tuple[int, str]:
    mark = mark_at(reading.folded(problem), 0) if problem is not None else None
    return (mark.value, mark.token) if mark is not None else (0, "")


def _begins(reading: Reading, row: int, number: tuple[int, str] | None, problem: Cell | None) -> bool:
    """Does a new problem begin in this row?"""
    current = reading.open
    if current is None:
        return number is not None or problem is not None
    if number is not None:
        same = number[0] == current.number and number[1] == current.token
        return not (same and (problem is None or _is_known(reading, "problem", problem)))
    if problem is None or _is_known(reading, "problem", problem):
        return False
    if _number_is_merged(reading, row):
        return False
    marked = _number_in_text(reading, problem)[0]
    if marked and (not reading.is_numbered or marked == current.number + 1):
        return marked != current.number
    if not reading.is_numbered:
        return not _has_marks(reading)
    following = reading.below[row]
    if following == current.number + 1:
        reading.merged.append((current, problem))
        return False
    return following > current.number + 1 or _is_whole(reading, row)


def _number_is_merged(reading: Reading, row: int) -> bool:
    """Does the number of a row above reach down to this one by a merged cell?"""
    grid = reading.grid
    over = (grid.over[row].get(column) for column in reading.head.columns("number"))
    return any(cell is not None and cell not in grid.own[row] and grid.words(cell) for cell in over)


def _is_whole(reading: Reading, row: int) -> bool:
    """Has a row fields of its own that only a problem has once: target, deadline, leading people?"""
    kinds = {_kind(reading.head, cell) for cell in reading.grid.filled(row)}
    single = {"target", "deadline", "lead_units", "leaders", "acceptance_units"} & reading.head.found
    return len(kinds & single) * 2 > len(single) if single else "measures" in kinds


def _has_marks(reading: Reading) -> bool:
    """Are the problems of this table numbered in their text?"""
    return any(record.token for record in reading.records)


def _new(reading: Reading, number: int, token: str) -> Record:
    record = Record(number, token, table=reading.grid.table)
    reading.records.append(record)
    return record


def _carry_down(reading: Reading, row: int, before: Record | None) -> None:
    """Merged cells that began at an earlier problem hold for this one too."""
    grid = reading.grid
    seen: list[Cell] = []
    for column, cell in sorted(grid.over[row].items()):
        if before is None or cell in grid.own[row] or cell in seen or not grid.words(cell):
            continue
        seen.append(cell)
        kind = reading.head.kinds.get(column, "")
        if kind and kind not in LEFT_OUT:
            _add(reading, kind, cell, row)


def _take(reading: Reading, row: int) -> None:
    """The cells of a row to the fields of the open problem."""
    head = reading.head
    for cell in reading.grid.filled(row):
        kinds = _kinds(head, cell)
        if not kinds and cell.column not in head.words:
            continue  # Words in a column without a head stay with the text around the table.
        reading.used.append(cell)
        if not kinds or set(kinds) <= {"other"}:
            reading.left[cell.column] = reading.left.get(cell.column, 0) + 1
        for kind in kinds:
            if kind == "external" and reading.open is not None:
                reading.open.outer += outer_numbers(reading.folded(cell), head.words.get(cell.column, ""))
            elif kind not in LEFT_OUT:
                _add_labelled(reading, kind, cell, row)


def _add_labelled(reading: Reading, kind: str, cell: Cell, row: int) -> None:
    """A cell to a field; labels inside of it name fields that have no column of their own."""
    head, record = reading.head, reading.open
    if record is None or (kind != "problem" and cell.column not in head.also):
        _add(reading, kind, cell, row)
        return
    parts = inner_parts(reading.text, Part(cell.start, cell.end, row), kind, reading.words)
    own = head.found - {kind}
    if len(parts) < 2 or any(key in own for key, _ in parts):
        _add(reading, kind, cell, row)
        return
    for key, part in parts:
        record.add(key, part)


def _add(reading: Reading, kind: str, cell: Cell, row: int) -> None:
    """One cell to a field: 同上 is the value of the problem before, what repeats a value adds nothing."""
    record = reading.open
    if record is None:
        return
    if _SAME.fullmatch(reading.folded(cell)):
        earlier = reading.records[reading.records.index(record) - 1] if len(reading.records) > 1 else None
        if earlier is not None and earlier is not record and not record.parts.get(kind):
            record.parts[kind] = list(earlier.parts.get(kind, []))
        return
    if _is_known(reading, kind, cell) and not (kind == "measures" and len(reading.grid.filled(row)) == 1):
        return
    record.add(kind, Part(cell.start, cell.end, row))


def _is_known(reading: Reading, kind: str, cell: Cell) -> bool:
    """Does the open problem hold these very words in this field already?"""
    record = reading.open
    parts = record.parts.get(kind, []) if record is not None else []
    return any(squeeze(reading.source.text[part.start : part.end]) == reading.grid.words(cell) for part in parts)


def _kinds(head: Head, cell: Cell) -> list[str]:
    """The fields of the columns a cell covers: several only where all of them are lists of units."""
    last = cell.column + min(cell.columns, 400)
    covered = [head.kinds[column] for column in range(cell.column, last) if column in head.kinds]
    if not covered:
        return []
    if len(set(covered)) > 1 and all(kind.endswith("_units") for kind in covered):
        return list(dict.fromkeys(covered))
    return [max(dict.fromkeys(covered), key=covered.count)]


def _kind(head: Head, cell: Cell) -> str:
    kinds = _kinds(head, cell)
    return kinds[0] if kinds else ""
