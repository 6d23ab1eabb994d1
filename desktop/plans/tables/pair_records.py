"""Pairs of label and value to records: a new problem where the label that begins one comes again."""

from dataclasses import dataclass, field

from desktop.plans.aliases import CORE_KINDS
from desktop.plans.folding import squeeze
from desktop.plans.source import Cell
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.inner_labels import inner_parts
from desktop.plans.tables.outer_numbers import outer_numbers
from desktop.plans.tables.pairs import Pair, Pairs
from desktop.plans.tables.record import NO_VALUE, Part, Record, leading_number
from desktop.plans.words import Words


@dataclass(slots=True)
class PairReading:
    """The problems of one table of pairs, and the cells that were understood."""

    grid: Grid
    folded: str
    words: Words
    records: list[Record] = field(default_factory=list)
    used: list[Cell] = field(default_factory=list)
    across: Cell | None = None
    seen: set[str] = field(default_factory=set)


def read_pairs(grid: Grid, pairs: Pairs, folded: str, words: Words) -> PairReading:
    """The records of a table of pairs. A record without a number may get it from the text above its table."""
    reading = PairReading(grid, folded, words)
    opening = {"number", "problem"} & pairs.kinds or CORE_KINDS
    for pair in pairs.pairs:
        if pair.label is None or pair.heading is None:
            _read_across(reading, pair)
            continue
        kind = pair.heading.kind
        again = kind in reading.seen and kind in opening and not pair.goes_on
        if not reading.records or again or reading.across is not None:
            _begin(reading)
        reading.seen.add(kind)
        reading.used.append(pair.label)
        if pair.value is not None:
            reading.used.append(pair.value)
            _take(reading, kind, pair, pair.value)
    return reading


def _begin(reading: PairReading) -> None:
    record = Record(table=reading.grid.table)
    reading.records.append(record)
    reading.seen = set()
    cell, reading.across = reading.across, None
    if cell is None:
        return
    reading.used.append(cell)
    text = _folded(reading, cell)
    found = leading_number(text)
    if found is not None:
        record.number, record.token, end = found
        if end < len(text):
            record.add("title", Part(cell.start, cell.end, cell.row))


def _read_across(reading: PairReading, pair: Pair) -> None:
    """A cell across the table: the number or title of the next problem, labels with values, or none of these."""
    cell = pair.value
    if cell is None:
        return
    parts = inner_parts(reading.folded, Part(cell.start, cell.end, cell.row), "", reading.words)
    if any(kind for kind, _ in parts):
        if not reading.records or (reading.seen & CORE_KINDS and any(k in reading.seen for k, _ in parts[:2] if k)):
            _begin(reading)
        reading.used.append(cell)
        for kind, part in parts:
            reading.seen.add(kind)
            reading.records[-1].add(kind or "problem", part)
    elif leading_number(_folded(reading, cell)) is not None:
        reading.across = cell


def _folded(reading: PairReading, cell: Cell) -> str:
    return reading.grid.words(cell).translate(reading.words.fold)


def _take(reading: PairReading, kind: str, pair: Pair, cell: Cell) -> None:
    record, part = reading.records[-1], Part(cell.start, cell.end, cell.row)
    text = squeeze(reading.folded[cell.start : cell.end])
    if kind == "number":
        found = leading_number(text)
        if found is not None:
            record.number, record.token, end = found
            if end < len(text):
                record.add("problem", part)
    elif kind == "external":
        record.outer += outer_numbers(text, reading.grid.words(pair.label) if pair.label else "")
    elif kind != "other" and not NO_VALUE.fullmatch(text):
        splits = kind == "problem" or (pair.heading is not None and pair.heading.also)
        parts = inner_parts(reading.folded, part, kind, reading.words) if splits else [(kind, part)]
        for key, stretch in parts:
            record.add(key, stretch)
