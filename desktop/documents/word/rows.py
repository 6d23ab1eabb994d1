"""Rows of cells, the common model of forms and ledgers, as tables of Word: merged and repeated heads, notes in boxes.

Consecutive rows with lines round them make one table, whatever the widths of their cells; a very long one is several,
each on a new page. Rows without lines are paragraphs, or a table without lines where they have several cells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from desktop.documents.flow import Cell, Note, Row, Style, width_inside
from desktop.documents.pen import INNER, OUTER
from desktop.documents.word.grouping import Shown, about_height, pieces, with_heads, with_next
from desktop.documents.word.parts import BOTH, CENTER, LEFT, Paragraph, Run, Tab, border, twips
from desktop.documents.word.styles import CELL_TEXT

_GRAIN = 0.5
_NARROW = 14
_KEPT_WHOLE = 120.0
"""Rows of a list up to this height, in pt, are not cut, as on the printed page: a quarter of a page that lies (§8)."""
_SEAM = Paragraph(style=CELL_TEXT, leading=1.0).xml()
_NEW_PAGE = Paragraph(style=CELL_TEXT, leading=1.0, new_page=True).xml()
_BLACK = "000000"


def rows_xml(rows: Iterable[Row]) -> Iterator[str]:
    """Paragraphs and tables of the rows, one after the other, as text."""
    for boxed, group in groupby(with_next(rows), key=lambda shown: shown.row.boxed):
        if boxed:
            for number, piece in enumerate(pieces(group)):
                yield (_NEW_PAGE if number else "") + _table_xml(list(with_heads(piece)))
        else:
            for shown in group:
                yield _open_row(shown)


def _open_row(shown: Shown) -> str:
    """A row without lines: room, a paragraph, or cells beside each other."""
    row = shown.row
    if not row.cells:
        return Paragraph(style=CELL_TEXT, leading=max(1.0, row.height), keep=shown.kept).xml()
    if len(row.cells) > 1:
        # Word makes one of two tables that touch.
        return _SEAM + _table_xml([shown._replace(row=_wider_at_right(row))], lined=False) + _SEAM
    cell = row.cells[0]
    made = _paragraphs(cell, row.height)
    if cell.notes:
        made[:-1] = [paragraph.replaced(keep=True) for paragraph in made[:-1]]
    made[-1] = made[-1].replaced(keep=shown.kept)
    if not cell.notes:
        made[0] = replace(made[0], before=cell.style.above)
        made[-1] = replace(made[-1], after=cell.style.above)
    return "".join(paragraph.xml() for paragraph in made)


def _wider_at_right(row: Row) -> Row:
    """The last cell is as wide as its text on the printed page; a little more, where other fonts are wider."""
    first, *others, last = row.cells
    more = min(last.style.size, first.width / 4)
    cells = (replace(first, width=first.width - more), *others, replace(last, width=last.width + more))
    return replace(row, cells=cells)


def _table_xml(rows: list[Shown], lined: bool = True) -> str:
    """One table. Its first rows are repeated on every page where they are the head of the rows under them."""
    edges = _edges(shown.row for shown in rows)
    grid = "".join(f'<w:gridCol w:w="{twips(b - a)}"/>' for a, b in pairwise(edges))
    body = "".join(_row_xml(shown, edges) for shown in rows)
    lines = _lines() if lined else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(edges[-1])}" w:type="dxa"/>{lines}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _lines() -> str:
    outside = "".join(border(side, OUTER, _BLACK) for side in ("top", "left", "bottom", "right"))
    inside = "".join(border(side, INNER, _BLACK) for side in ("insideH", "insideV"))
    return f"<w:tblBorders>{outside}{inside}</w:tblBorders>"


def _edges(rows: Iterable[Row]) -> tuple[float, ...]:
    """All upright lines of the table, from the left, in pt."""
    found = {0.0}
    for row in rows:
        x = 0.0
        for cell in row.cells:
            at = x
            for column in cell.under:
                at += column.width
                found.add(_grain(at))
            x += cell.width
            found.add(_grain(x))
    return tuple(sorted(found))


def _grain(x: float) -> float:
    """Edges that differ by less than a hair are one."""
    return round(x / _GRAIN) * _GRAIN


def _row_xml(shown: Shown, edges: tuple[float, ...]) -> str:
    """One row; a head over columns and blocks that stand level are several, beside which the other cells are merged."""
    row = shown.row
    floors = max((_floors(cell) for cell in row.cells), default=1)
    rules = "<w:cantSplit/>" if row.whole or (row.head and about_height(row) <= _KEPT_WHOLE) else ""
    if row.height and floors == 1:
        rules += f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>'
    rules += "<w:tblHeader/>" if shown.repeated else ""
    made = []
    for floor in range(floors):
        cells: list[str] = []
        x = 0.0
        for cell in row.cells:
            cells += _floor_cells(cell, floor, _Place(x, edges, row.height, floors, shown.kept))
            x += cell.width
        made.append(f"<w:tr>{f'<w:trPr>{rules}</w:trPr>' if rules else ''}{''.join(cells)}</w:tr>")
    return "".join(made)


def _floors(cell: Cell) -> int:
    return max(2 if cell.under else 1, len(cell.blocks))


def _floor_cells(cell: Cell, floor: int, place: "_Place") -> Iterator[str]:
    if cell.blocks:
        text = cell.blocks[floor] if floor < len(cell.blocks) else ""
        yield _cell_xml(replace(cell, text=text), place)
    elif cell.under and floor:
        x = place.x
        for column in cell.under:
            yield _cell_xml(column, replace(place, x=x))
            x += column.width
    elif cell.under or place.floors == 1:
        yield _cell_xml(cell, place)
    elif not floor:
        yield _cell_xml(cell, place, "restart")
    else:
        yield _cell_xml(replace(cell, text="", notes=()), place, "continue")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell stands: its left edge, the table's upright lines, the height of its row, how many rows make it.

    What is ``kept`` stays on the page of the next row.
    """

    x: float
    edges: tuple[float, ...]
    height: float
    floors: int
    kept: bool = False


def _cell_xml(cell: Cell, place: _Place, merge: str = "") -> str:
    left, right = _grain(place.x), _grain(place.x + cell.width)
    span = sum(left < edge <= right for edge in place.edges)
    style = cell.style
    made = f'<w:tcW w:w="{twips(right - left)}" w:type="dxa"/>'
    made += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    made += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    sides = (("top", style.above), ("left", style.side), ("bottom", style.above), ("right", style.side))
    margins = "".join(f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>' for side, width in sides)
    made += f"<w:tcMar>{margins}</w:tcMar>"
    made += '<w:vAlign w:val="center"/>' if cell.middle and not cell.notes else ""
    inside = "".join(paragraph.replaced(keep=place.kept).xml() for paragraph in _paragraphs(cell, place.height))
    return f"<w:tc><w:tcPr>{made}</w:tcPr>{inside}</w:tc>"


def _paragraphs(cell: Cell, height: float = 0.0) -> list[Paragraph]:
    """The text of a cell, a paragraph for each of its lines; then its notes."""
    style = cell.style
    parts = cell.text.split("\n") if cell.text or not cell.notes else []
    # In a narrow cell a row that is spread to its edges has holes.
    align = CENTER if cell.center else BOTH if width_inside(cell) > _NARROW * style.size else LEFT
    made = [Paragraph(_runs(part, style), CELL_TEXT, align, leading=style.leading) for part in parts]
    return [*made, *_notes(cell, height)]


def _runs(text: str, style: Style) -> tuple[Run, ...]:
    return (Run(text.strip(" \t\r"), style.role, style.size),) if text.strip() else ()


def _notes(cell: Cell, height: float) -> Iterator[Paragraph]:
    """Texts at fixed places: those of one height share a row and stand at tab stops."""
    style = cell.style
    low = height - style.above
    for up, group in groupby(sorted(cell.notes, key=lambda note: -note.up), key=lambda note: note.up):
        before = max(0.0, low - up - style.leading / 2)
        yield _note_row(sorted(group, key=lambda note: note.x), style, before)
        low = up - style.leading / 2


def _note_row(notes: list[Note], style: Style, before: float) -> Paragraph:
    first = notes[0]
    left = first.x - style.side if first.anchor == LEFT else None
    stopped = notes[left is not None :]
    tabs = tuple(Tab(note.x - style.side, note.anchor) for note in stopped)
    text = (first.text if left is not None else "") + "".join(f"\t{note.text}" for note in stopped)
    run = Run(text, style.role, style.size)
    return Paragraph((run,), CELL_TEXT, LEFT, left=left, before=before, leading=style.leading, tabs=tabs)
