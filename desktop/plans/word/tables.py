"""Tables of Word files: where each cell stands, how far it is merged, and what is nested in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from xml.etree.ElementTree import Element

from desktop.plans.laying import Placed
from desktop.plans.word.names import child, is_on, local, number, value

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
# Edges nearer to one another than this many twentieths of a point were meant to be one: about 2 mm.
_NEAR = 115
MAX_CELLS = 400_000

Words = Callable[[Element], str]


@dataclass(slots=True)
class _Seen:
    text: str
    row: int
    column: int
    columns: int
    rows: int = 1
    is_head: bool = False


def rows_of(table: Element) -> list[Element]:
    """The rows of a table that tracked changes leave, also those inside content controls."""
    return [row for row in _inner(table, "tr") if child(row, "trPr", "del") is None]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, also those inside content controls."""
    return [cell for cell in _inner(row, "tc") if child(cell, "tcPr", "cellDel") is None]


def only_cell(table: Element) -> Element | None:
    """The one cell of a table that is a mere frame around its content."""
    rows = rows_of(table)
    cells = cells_of(rows[0]) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def placed_cells(table: Element, words: Words, hidden: list[str]) -> list[Placed]:
    """Every cell that begins somewhere, with what it covers; rows and columns count from 1.

    Words in a cell that a vertical merge covers are not seen in Word: they are added to ``hidden``.
    """
    columns = _columns(table)
    seen: list[_Seen] = []
    open_cells: dict[int, _Seen] = {}
    for index, row in enumerate(rows_of(table), 1):
        is_head = is_on(row, "trPr", "tblHeader")
        place = number(value(row, "trPr", "gridBefore"))
        going: dict[int, _Seen] = {}
        last: _Seen | None = None
        for cell in cells_of(row):
            span = min(max(1, number(value(cell, "tcPr", "gridSpan"), 1)), 500)
            if last is not None and value(cell, "tcPr", "hMerge") == "continue":
                last.columns += span
                place += span
                continue
            merge = child(cell, "tcPr", "vMerge")
            above = open_cells.get(place)
            is_continued = merge is not None and value(merge, name="val") in (None, "continue")
            if is_continued and above is not None:
                covered = "".join(cell.itertext()).strip()
                if covered and covered != above.text.strip():
                    hidden.append(covered)
                above.rows = index - above.row + 1
                going[place] = above
            elif len(seen) < MAX_CELLS:
                last = _Seen(words(cell), index, place, span, is_head=is_head)
                seen.append(last)
                if merge is not None:
                    going[place] = last
            place += span
        open_cells = going
    return [_placed(cell, columns) for cell in seen]


def _placed(cell: _Seen, columns: list[int]) -> Placed:
    first = _at(columns, cell.column)
    last = max(first + 1, _at(columns, cell.column + cell.columns))
    return Placed(cell.text, cell.row, first + 1, cell.rows, last - first, cell.is_head)


def _at(columns: list[int], edge: int) -> int:
    return columns[edge] if edge < len(columns) else columns[-1] + edge - len(columns) + 1 if columns else edge


def _columns(table: Element) -> list[int]:
    """For each edge of the grid its place among the edges that differ visibly; empty when widths are not given."""
    grid = child(table, "tblGrid")
    widths = [number(value(entry, name="w")) for entry in grid if local(entry) == "gridCol"] if grid is not None else []
    if not widths or min(widths) < 0 or sum(widths) < 10 * _NEAR:
        return []
    places: list[int] = []
    index, begun = 0, 0
    for edge in (0, *accumulate(widths)):
        if places and edge - begun > _NEAR:
            index, begun = index + 1, edge
        places.append(index)
    return places


def _inner(element: Element, name: str) -> Iterator[Element]:
    for part in element:
        found = local(part)
        if found == name:
            yield part
        elif found in _WRAPPERS:
            yield from _inner(part, name)


def nested_lines(cells: list[Placed]) -> list[str]:
    """A small table inside a cell as lines: one for each row, a bare number before words written as a marker."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell.text.strip())
    lines = []
    for texts in rows.values():
        if len(texts) > 1 and texts[0].isdigit():
            texts = [f"{texts[0]}.{texts[1]}", *texts[2:]]
        lines.append(" ".join(texts))
    return lines

