"""Rows of a large table to records: where a problem begins, which rows go on with it, and which are none of its."""

from desktop.plans.numbers import mark_at
from desktop.plans.source import Cell
from desktop.plans.tables.asides import is_aside
from desktop.plans.tables.heads import is_head_row, read_head
from desktop.plans.tables.record import Record, read_number
from desktop.plans.tables.row_cells import add_cell, carry_down, is_known, take_row
from desktop.plans.tables.state import Reading, kind_of


def read_rows(reading: Reading, first: int) -> None:
    """Read all rows from ``first`` on; rows that are no part of a problem are left for the text around the table."""
    grid = reading.grid
    row = first
    reading.below = _numbers_below(reading)
    # A column of formulas may have come without any number in it.
    reading.is_numbered = any(number for number, _ in reading.below)
    while row < len(grid.own):
        if is_head_row(grid, row, reading.words):
            row = _next_head(reading, row) + 1
            continue
        cells = grid.filled(row)
        if cells and not is_aside(reading, row, cells):
            _read_row(reading, row)
        row += 1


def _numbers_below(reading: Reading) -> list[tuple[int, str]]:
    """For each row the next number below it with its token, or 0: it tells whether one is left out in between."""
    grid, columns = reading.grid, set(reading.head.columns("number"))
    found = [(0, "")] * len(grid.own)
    following = (0, "")
    for row in reversed(range(len(grid.own))):
        found[row] = following
        for cell in grid.filled(row):
            number = read_number(reading.folded(cell)) if cell.column in columns else None
            following = number or following
    return found


def _next_head(reading: Reading, row: int) -> int:
    """A head in the middle: the same one repeated, or one of other columns from here on."""
    head = read_head(reading.grid, row, reading.words)
    reading.used += [cell for place in range(row, head.last + 1) for cell in reading.grid.filled(place)]
    if head.words != reading.head.words:
        reading.head = head
        reading.is_footed = False
        begins = bool(head.found & {"number", "problem"})
        # Heads stacked over their values: further fields of the problem above.
        reading.is_listed = head.is_list or (not begins and reading.open is not None)
        if begins:
            reading.open = None
    return head.last


def _read_row(reading: Reading, row: int) -> None:
    grid, head = reading.grid, reading.head
    first = grid.filled(row)[0]
    if grid.is_across(row, first) and not head.columns("problem"):
        # Without a column for them the problems themselves stand across the table: 问题一：…….
        reading.open = _new(reading, *_number_in_text(reading, first))
        reading.used.append(first)
        add_cell(reading, "problem", first, row)
        return
    number = _own_number(reading, row)
    problem = next((cell for cell in grid.filled(row) if kind_of(head, cell) == "problem"), None)
    if _begins(reading, row, number, problem):
        value, token = number or _number_in_text(reading, problem)
        before = reading.open
        reading.open = _new(reading, value, token)
        if not value and problem is not None and reading.is_numbered:
            reading.odd.append((reading.open, problem))
        carry_down(reading, row, before)
    if reading.open is not None:
        take_row(reading, row)


def _own_number(reading: Reading, row: int) -> tuple[int, str] | None:
    """The number of a row; where only the rows are counted and the problem goes on, it is none of a problem."""
    grid, head = reading.grid, reading.head
    for cell in grid.filled(row):
        if kind_of(head, cell) != "number":
            continue
        found = read_number(reading.folded(cell))
        over = [grid.over[row].get(column) for column in head.columns("problem")]
        if any(cell is not None and not grid.begins(row, cell) and grid.words(cell) for cell in over):
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
        return not (same and (problem is None or is_known(reading, "problem", problem)))
    if problem is None or is_known(reading, "problem", problem):
        return False
    if _number_is_merged(reading, row):
        return False
    marked = _number_in_text(reading, problem)[0]
    if marked and (not reading.is_numbered or marked == current.number + 1):
        return marked != current.number
    if not reading.is_numbered:
        return not _has_marks(reading)
    following, _ = reading.below[row]
    if following == current.number + 1:
        reading.merged.append((current, problem))
        return False
    return following > current.number + 1 or _is_whole(reading, row)


def _number_is_merged(reading: Reading, row: int) -> bool:
    """Does the number of a row above reach down to this one by a merged cell?"""
    grid = reading.grid
    over = (grid.over[row].get(column) for column in reading.head.columns("number"))
    return any(cell is not None and not grid.begins(row, cell) and grid.words(cell) for cell in over)


def _is_whole(reading: Reading, row: int) -> bool:
    """Has a row fields of its own that only a problem has once: target, deadline, leading people?"""
    kinds = {kind_of(reading.head, cell) for cell in reading.grid.filled(row)}
    single = {"target", "deadline", "lead_units", "leaders", "acceptance_units"} & reading.head.found
    return len(kinds & single) * 2 > len(single) if single else "measures" in kinds


def _has_marks(reading: Reading) -> bool:
    """Are the problems of this table numbered in their text?"""
    return any(record.token for record in reading.records)


def _new(reading: Reading, number: int, token: str) -> Record:
    record = Record(number, token, table=reading.grid.table)
    reading.records.append(record)
    return record


