"""Tables of a source to records of problems: which tables hold problems, and what of them stays text (plan-formats §4).

Two shapes are told by their words: large tables with a head, and tables of label and value. All other tables, and
rows that are no part of a problem, are left to the text around them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.plans.aliases import CORE_KINDS
from desktop.plans.folding import squeeze
from desktop.plans.numbers import mark_at
from desktop.plans.source import Cell, Source
from desktop.plans.tables.grid import Grid, grids
from desktop.plans.tables.heads import Head, is_head_row, read_head
from desktop.plans.tables.pair_records import PairReading, read_pairs
from desktop.plans.tables.pairs import Pairs, find_pairs
from desktop.plans.tables.record import Part, Record, leading_number, read_number
from desktop.plans.tables.remarks import head_remarks, odd_remarks, pair_remarks
from desktop.plans.tables.rows import read_rows
from desktop.plans.tables.state import Reading
from desktop.plans.words import Words
from desktop.rules.drafts import Finding, Span

_HEAD_WITHIN = 40
_TITLE_REACH = 1500


@dataclass(slots=True)
class Tables:
    """What the tables of a source hold: records in reading order, the stretches they fill, and remarks.

    ``sheets`` are the sheets with a list of problems, ``first`` the place where the first such table begins.
    """

    records: list[Record] = field(default_factory=list)
    filled: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)
    first: int = -1

    def take(self, records: list[Record], used: list[Cell], grid: Grid) -> None:
        """The problems of one more table, with the cells they were read from."""
        self.records += records
        self.filled += [Span(cell.start, cell.end) for cell in used if cell.start < cell.end]
        self.sheets.add(grid.sheet)
        begin = min((cell.start for cell in used), default=-1)
        if self.first < 0 <= begin:
            self.first = begin


def read_tables(source: Source, words: Words) -> Tables:
    """Read all tables of a source."""
    tables = Tables()
    if not source.cells:
        return tables
    folded = source.text.translate(words.fold)
    readings: list[Reading] = []
    paired: list[tuple[Grid, Pairs]] = []
    for grid in grids(source):
        before = readings[-1] if readings else None
        reading = _large(grid, source, folded, words) or _headless(grid, source, folded, words, before)
        if reading is not None:
            readings.append(reading)
            tables.take(reading.records, reading.used, grid)
            continue
        pairs = find_pairs(grid, words)
        if pairs.is_list:
            found = read_pairs(grid, pairs, folded, words)
            paired.append((grid, pairs))
            for record in found.records:
                _name_from_above(record, found, tables, source, folded)
            tables.take(found.records, found.used, grid)
    _number(tables.records)
    for reading in readings:
        tables.findings += [*head_remarks(reading), *odd_remarks(reading)]
    tables.findings += pair_remarks(paired, source)
    return tables


def _large(grid: Grid, source: Source, folded: str, words: Words) -> Reading | None:
    """A table with a head of fields, if there is one near its top."""
    for row in range(min(len(grid.own), _HEAD_WITHIN)):
        if not is_head_row(grid, row, words):
            continue
        head = read_head(grid, row, words)
        _guess_problems(grid, head)
        if not head.is_list and not _has_problems_across(grid, head, words):
            continue
        reading = Reading(grid, source, words, head, folded)
        reading.used += [cell for place in range(row, head.last + 1) for cell in grid.filled(place)]
        read_rows(reading, head.last + 1)
        return reading
    return None


def _has_problems_across(grid: Grid, head: Head, words: Words) -> bool:
    """Do the problems stand over the whole width, each above the rows of its measures?"""
    if len(head.found & CORE_KINDS) < 2:
        return False
    for row in range(head.last + 1, len(grid.own)):
        cells = grid.filled(row)
        if cells and grid.is_across(row, cells[0]):
            text = grid.words(cells[0]).translate(words.fold)
            if mark_at(text, 0) is not None and not words.group_heading.match(text):
                return True
    return False


def _guess_problems(grid: Grid, head: Head) -> None:
    """Where no head names the problems, the column of long texts right of the number is taken for them."""
    if head.columns("problem") or not head.unknown or len(head.found & CORE_KINDS) < 2:
        return
    numbers = head.columns("number")
    wanted = [column for column in head.unknown if not numbers or column > numbers[0]]
    lengths = {column: 0 for column in wanted}
    for row in range(head.last + 1, len(grid.own)):
        for cell in grid.filled(row):
            if cell.column in lengths:
                lengths[cell.column] = max(lengths[cell.column], len(grid.words(cell)))
    best = max(lengths, key=lambda column: lengths[column], default=0)
    if best and lengths[best] >= 10:
        head.kinds[best] = "problem"
        head.guessed = best


def _headless(
    grid: Grid, source: Source, folded: str, words: Words, before: Reading | None
) -> Reading | None:
    """A table without a head of its own, of the width of the one before it: that one goes on."""
    if before is None or not grid.own or grid.width != before.grid.width or not _may_go_on(grid, before, words):
        return None
    reading = Reading(grid, source, words, before.head, folded)
    if before.open is not None:
        # The problem at the end of the table before may go on here; it is listed there already.
        reading.records, reading.open = [*before.records], before.open
    read_rows(reading, 0)
    reading.records = [record for record in reading.records if record not in before.records]
    return reading


def _may_go_on(grid: Grid, before: Reading, words: Words) -> bool:
    """Is there a number where the table before has its numbers, or nothing but further measures?"""
    numbers, measures = before.head.columns("number"), set(before.head.columns("measures"))
    rows = [grid.filled(row) for row in range(len(grid.own))]
    filled = [cell for cells in rows for cell in cells if cell.column in numbers]
    if filled:
        return any(read_number(grid.words(cell).translate(words.fold)) for cell in filled)
    only_measures = [cells for cells in rows if cells and {cell.column for cell in cells} <= measures]
    return len(only_measures) * 2 > len(rows) or (not numbers and bool(before.records))


def _name_from_above(record: Record, reading: PairReading, tables: Tables, source: Source, folded: str) -> None:
    """Number and title of a problem from the lines between its table and what stands before it."""
    if reading.records[0] is not record:
        _settle_title(record)
        return
    if not record.number or not record.parts.get("problem"):
        top = min((cell.start for cell in source.cells if cell.table == record.table), default=0)
        low = max([0, top - _TITLE_REACH, *(cell.end for cell in source.cells if cell.end < top)])
        lines = list(_lines(folded, low, top))
        for start, end in reversed(lines):
            text = squeeze(folded[start:end])
            found = leading_number(text)
            if found is None or (record.number and record.number != found[0]):
                continue
            record.number, record.token = found[0], record.token or found[1]
            if len(text) > found[2]:
                record.add("title", Part(start, end))
            tables.filled.append(Span(start, end))
            if not record.parts.get("problem"):
                _add_lines(record, tables, [line for line in lines if line[0] > start])
            break
    _settle_title(record)


def _add_lines(record: Record, tables: Tables, lines: list[tuple[int, int]]) -> None:
    """Lines between the heading of a problem and its table describe it."""
    for start, end in lines:
        record.add("title", Part(start, end))
        tables.filled.append(Span(start, end))


def _settle_title(record: Record) -> None:
    """A title is the text of a problem that has no other."""
    titles = record.parts.pop("title", [])
    if titles and not record.parts.get("problem"):
        record.parts["problem"] = titles


def _lines(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for line in folded[start:end].splitlines(keepends=True):
        if line.strip():
            yield place, place + len(line.rstrip())
        place += len(line)


def _number(records: list[Record]) -> None:
    """Problems without a number of their own are counted on."""
    last = 0
    for record in records:
        if not record.number:
            record.number, record.is_counted = last + 1, True
        last = record.number
