"""Rows of a large table that are no part of a problem: group headings, sums, notes."""

import re

from desktop.plans.numbers import mark_at
from desktop.plans.source import Cell
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.record import read_number
from desktop.plans.tables.state import Reading, kind_of

_SUM = re.compile(r"(?:合计|小计|总计|共计)")
_FOOT = re.compile(r"(?:[*※]?备?注[:\d(]|[*※]|说明[:]|填[表报]|制表|审核|审签|联系人|联系电话|单位[(（]盖章)")
_SIGNED = re.compile(
    r"(?:填[表报](?:人|单位|日期|时间)|制表(?:人|单位)?|审[核签](?:人)?|经办人|分管领导签字|联系(?:人|电话))(?:\([^()]*\))?:"
)
_LONGEST_GROUP = 24
_LONGEST_SIGNED = 40


def is_aside(reading: Reading, row: int, cells: list[Cell]) -> bool:
    """Group headings, sums, notes and what stands across the table."""
    grid, head = reading.grid, reading.head
    if not reading.is_listed:
        return True
    first = cells[0]
    text = reading.folded(first)
    if _SUM.match(text) and len(text) <= 12:
        return True
    if _is_foot(reading, cells):
        reading.is_footed = True
        return True
    if reading.is_footed and cells == [first]:
        return True
    if grid.is_across(row, first):
        return bool(head.columns("problem")) or mark_at(text, 0) is None
    if cells == [first] and head.kinds.get(first.column) == "number":
        return read_number(text) is None or not _goes_on_below(grid, row)
    return _is_group(reading, row, cells)


def _is_foot(reading: Reading, cells: list[Cell]) -> bool:
    """Notes and who filled in, checked and signed: 注：……, 填表人：…… | 审核人：……."""
    texts = [reading.folded(cell) for cell in cells]
    if len(cells) <= 2 and _FOOT.match(texts[0]):
        return True
    return any(_SIGNED.match(text) for text in texts) and all(len(text) <= _LONGEST_SIGNED for text in texts)


def _is_group(reading: Reading, row: int, cells: list[Cell]) -> bool:
    """A heading in the cells of number and problem, with nothing else beside or below it: 一 | 水环境方面."""
    grid, head = reading.grid, reading.head
    kinds = [kind_of(head, cell) for cell in cells]
    if kinds not in (["problem"], ["number", "problem"]) or _goes_on_below(grid, row):
        return False
    if row + 1 >= len(grid.own) or not any(kind_of(head, cell) == "number" for cell in grid.filled(row + 1)):
        return False
    text = reading.folded(cells[-1])
    if reading.words.group_heading.fullmatch(text):
        return True
    number, below = read_number(reading.folded(cells[0])), reading.below[row]
    other_style = bool(number and below[0]) and number is not None and number[1].isdigit() != below[1].isdigit()
    return other_style and len(text) <= _LONGEST_GROUP and not any(sign in text for sign in "。;,")


def _goes_on_below(grid: Grid, row: int) -> bool:
    return any(cell.rows > 1 for cell in grid.own[row])
