"""Cells of a row to the fields of the problem they belong to."""

import re

from desktop.plans.folding import squeeze
from desktop.plans.source import Cell
from desktop.plans.tables.inner_labels import inner_parts
from desktop.plans.tables.outer_numbers import outer_numbers
from desktop.plans.tables.record import NO_VALUE, Part, Record
from desktop.plans.tables.state import Reading, kinds_of

_SAME = re.compile(r"同上|同左|同前|〃|″|\"|”")
_LEFT_OUT = frozenset({"number", "external", "measure_number", "other"})


def carry_down(reading: Reading, row: int, before: Record | None) -> None:
    """Merged cells that began at an earlier problem hold for this one too."""
    grid = reading.grid
    seen: list[Cell] = []
    for column, cell in sorted(grid.over[row].items()):
        if before is None or grid.begins(row, cell) or cell in seen or not grid.words(cell):
            continue
        seen.append(cell)
        kind = reading.head.kinds.get(column, "")
        if kind and kind not in _LEFT_OUT:
            add_cell(reading, kind, cell, row)


def take_row(reading: Reading, row: int) -> None:
    """The cells of a row to the fields of the open problem."""
    head = reading.head
    for cell in reading.grid.filled(row):
        kinds = kinds_of(head, cell)
        if not kinds and cell.column not in head.words:
            continue  # Words in a column without a head stay with the text around the table.
        reading.used.append(cell)
        if not kinds or set(kinds) <= {"other"}:
            reading.left[cell.column] = reading.left.get(cell.column, 0) + 1
        for kind in kinds:
            if kind == "external" and reading.open is not None:
                reading.open.outer += outer_numbers(reading.folded(cell), head.words.get(cell.column, ""))
            elif kind not in _LEFT_OUT:
                _add_labelled(reading, kind, cell, row)


def _add_labelled(reading: Reading, kind: str, cell: Cell, row: int) -> None:
    """A cell to a field; labels inside of it name fields that have no column of their own."""
    head, record = reading.head, reading.open
    if ":" not in reading.text[cell.start : cell.end]:
        add_cell(reading, kind, cell, row)
        return
    parts = inner_parts(reading.text, Part(cell.start, cell.end, row), kind, reading.words)
    splits = kind == "problem" or cell.column in head.also
    if record is None or not parts or not (splits or (len(parts) == 1 and parts[0][0] == kind)):
        add_cell(reading, kind, cell, row)
        return
    own = head.found - {kind}
    if any(key in own for key, _ in parts) or (len(parts) == 1 and parts[0][1].start == cell.start):
        add_cell(reading, kind, cell, row)
        return
    for key, part in parts:
        record.add(key, part)


def add_cell(reading: Reading, kind: str, cell: Cell, row: int) -> None:
    """One cell to a field: 同上 is the value of the problem before, what repeats a value adds nothing."""
    record = reading.open
    if record is None or NO_VALUE.fullmatch(reading.folded(cell)):
        return
    if _SAME.fullmatch(reading.folded(cell)):
        if len(reading.records) > 1 and reading.records[-1] is record and not record.parts.get(kind):
            record.parts[kind] = list(reading.records[-2].parts.get(kind, []))
        return
    if is_known(reading, kind, cell) and not (kind == "measures" and len(reading.grid.filled(row)) == 1):
        return
    record.add(kind, Part(cell.start, cell.end, row))


def is_known(reading: Reading, kind: str, cell: Cell) -> bool:
    """Does the open problem hold these very words in this field already?"""
    record = reading.open
    parts = record.parts.get(kind, []) if record is not None else []
    return any(squeeze(reading.source.text[part.start : part.end]) == reading.grid.words(cell) for part in parts)
