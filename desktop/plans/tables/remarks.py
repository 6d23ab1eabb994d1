"""What a clerk must know of tables: heads no word matched, columns that are not read, rows without a number."""

from collections.abc import Iterable, Iterator

from desktop.plans.numbers import to_chinese
from desktop.plans.source import Cell, Source
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.pairs import Pairs
from desktop.plans.tables.state import Reading
from desktop.rules.drafts import Finding, Span

_SHOWN = 30


def head_remarks(reading: Reading) -> Iterator[Finding]:
    """Columns whose head is unknown, and columns with words that belong to no field."""
    head, sheet = reading.head, reading.grid.sheet
    for column in sorted(head.unknown):
        name, count = head.words[column], reading.left.get(column, 0)
        said = f"“{sheet}”的表头“{name}”没有认出"
        if column == head.guessed:
            sentence = f"{said}，暂按反馈问题读入，请确认它对应哪一栏。"
        elif count:
            sentence = f"{said}，有内容的{count}格没有读入，请指定它对应哪一栏。"
        else:
            continue
        yield Finding("unknown_heading", sentence, heading=name, span=_of(head.cells[column]))
    for column, count in sorted(reading.left.items()):
        if head.kinds.get(column) == "other":
            yield _unread(sheet, head.words[column], head.cells[column], count)


def odd_remarks(reading: Reading) -> Iterator[Finding]:
    """Rows that look like a problem but carry no number."""
    for record, cell in reading.odd:
        place = f"“{reading.grid.sheet}”第{cell.row}行没有序号，按第{to_chinese(record.number)}项读入"
        sentence = f"{place}：“{reading.grid.words(cell)[:_SHOWN]}”，请核对。"
        yield Finding("no_number", sentence, record.number, span=_of(cell))
    for record, cell in reading.merged:
        place = f"“{reading.grid.sheet}”第{cell.row}行没有序号，已并入第{to_chinese(record.number)}项"
        sentence = f"{place}：“{reading.grid.words(cell)[:_SHOWN]}”，请核对。"
        yield Finding("no_number", sentence, record.number, span=_of(cell))


def pair_remarks(tables: Iterable[tuple[Grid, Pairs]], source: Source) -> Iterator[Finding]:
    """Label cells no word matched, with the beginning of their value; labels of what the ledger has no field for."""
    unread: dict[str, tuple[str, Cell, int]] = {}
    for grid, pairs in tables:
        for pair in pairs.unknown:
            if pair.label is not None and pair.value is not None:
                name = grid.words(pair.label)
                value = source.text[pair.value.start : pair.value.end].strip().replace("\n", " ")[:_SHOWN]
                sentence = f"“{grid.sheet}”的“{name}”没有认出，其内容“{value}”没有读入，请指定它对应哪一栏。"
                yield Finding("unknown_heading", sentence, heading=name, span=_of(pair.label))
        for pair in pairs.pairs:
            if pair.heading is not None and pair.heading.kind == "other" and pair.label and pair.value:
                name = grid.words(pair.label)
                sheet, cell, count = unread.get(name, (grid.sheet, pair.value, 0))
                unread[name] = (sheet, cell, count + 1)
    for name, (sheet, cell, count) in unread.items():
        yield _unread(sheet, name, cell, count)


def _unread(sheet: str, name: str, cell: Cell, count: int) -> Finding:
    sentence = f"“{sheet}”的“{name}”在台账中没有对应的栏目，有内容的{count}格没有读入。"
    return Finding("unread_column", sentence, level="note", heading=name, span=_of(cell))


def _of(cell: Cell) -> Span:
    return Span(cell.start, cell.end)
