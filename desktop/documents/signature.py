"""署名, 成文日期 with room for the seals, 附注 (GB/T 9704-2012 §7.3.5.1; without seals §7.3.5.2)."""

from typing import NamedTuple

from desktop.documents import grid
from desktop.documents.body import Line, note_lines
from desktop.documents.breaker import Item
from desktop.documents.canvas import Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import CELL, LEFT, MM, PITCH, SIZE_3, WIDTH
from desktop.documents.model import OfficialPaper, Shell
from desktop.rules.wording import date_in_text

BLANK_DATE = "\u3000\u3000年\u3000月\u3000日"
SEAL = 45 * MM
SEAL_ROWS = -int(-(SEAL + 3 * MM) // PITCH)
BLANK_ROWS = 2
_RIGHT_OF_DATE = 4 * CELL
_BETWEEN_NAMES = CELL
_TIGHTEST = 0.92


class Placed(NamedTuple):
    """Items that stand in one row; ``row`` counts from the row under the text, ``x`` from the 版心's left edge."""

    items: list[Item]
    row: int
    x: float


class Signature(NamedTuple):
    """The rows under the text: 署名 and date, 附注; ``rows`` is their number."""

    parts: list[Placed]
    note: list[Line]
    note_row: int
    rows: int


def signature_of(setter: Setter, paper: OfficialPaper) -> Signature:
    """Lay out the end of the document. The last seal also covers the date, each 署名 has room for one of 45 mm.

    纪要 is not signed, nor is a plain paper that names no body.
    """
    note = note_lines(setter, paper.note, -1)
    if paper.shell is Shell.MINUTES or not paper.bodies:
        return Signature([], note, 0, len(note))
    date_items = setter.items(date_in_text(paper.on) if paper.on else BLANK_DATE, Role.FANG, SIZE_3, CELL)
    if not paper.sealed:
        parts = _unsealed(setter, paper.bodies, date_items)
        return Signature(parts, note, parts[-1].row + 1, parts[-1].row + 1 + len(note))
    date_width = _width(date_items)
    date_x = WIDTH - _RIGHT_OF_DATE - date_width
    middle = date_x + date_width / 2
    names = [_name(setter, name, 2 * (WIDTH - middle)) for name in paper.bodies]
    parts = _name_parts(names, middle)
    last = max(part.row for part in parts)
    parts.append(Placed(date_items, last + 1, date_x))
    return Signature(parts, note, last + 2, last + 2 + len(note))


def _unsealed(setter: Setter, bodies: tuple[str, ...], date_items: list[Item]) -> list[Placed]:
    """A blank row, the names one under the other, the date two 字 further right than the last; two 字 kept free."""
    names = [setter.items(name, Role.FANG, SIZE_3, CELL) for name in bodies]
    right = WIDTH - 2 * CELL
    x = min(right - _width(names[-1]), right - _width(date_items) - 2 * CELL)
    parts = []
    for k, name in enumerate(names):
        parts.append(Placed(name, 1 + k, max(0.0, min(x, WIDTH - _width(name)))))
    return [*parts, Placed(date_items, 1 + len(names), x + 2 * CELL)]


def _name(setter: Setter, name: str, room: float) -> list[Item]:
    """The name, set a little tighter where that keeps a long one centred over the date and inside the 版心."""
    width = setter.width(name, Role.FANG, SIZE_3, CELL)
    tighter = min(1.0, max(room / width, _TIGHTEST)) if width else 1.0
    return setter.items(name, Role.FANG, SIZE_3, CELL * tighter)


def _name_parts(names: list[list[Item]], middle: float) -> list[Placed]:
    """署名 in rows of two as far as two fit, else of one; the last of a row is centred over the date."""
    rows: list[list[list[Item]]] = []
    waiting = list(names)
    while waiting:
        pair = waiting[:2]
        rows.append(pair if len(pair) == 2 and _left_middle(pair, middle) is not None else waiting[:1])
        del waiting[: len(rows[-1])]
    parts = []
    for k, row in enumerate(rows):
        at = BLANK_ROWS + k * SEAL_ROWS
        if len(row) == 2:
            left = _left_middle(row, middle)
            assert left is not None
            parts.append(_centred(row[0], at, left))
        parts.append(_centred(row[-1], at, middle))
    return parts


def _left_middle(pair: list[list[Item]], middle: float) -> float | None:
    """Middle of the left name: mirrored in the 版心 if there is room, else as near to that as the names allow."""
    first, second = (_width(name) for name in pair)
    second_left = min(middle - second / 2, WIDTH - second)
    most = min(second_left - _BETWEEN_NAMES - first / 2, middle - SEAL - 3 * MM)
    least = max(first / 2, SEAL / 2)
    return max(least, min(WIDTH - middle, most)) if most >= least else None


def _centred(name: list[Item], row: int, middle: float) -> Placed:
    width = _width(name)
    return Placed(name, row, min(max(0.0, middle - width / 2), max(0.0, WIDTH - width)))


def _width(items: list[Item]) -> float:
    return sum(item.width for item in items)


def draw_signature(sheet: Sheet, signature: Signature, first_row: int) -> None:
    """Draw it with its row 0 at the page's row ``first_row``."""
    for part in signature.parts:
        sheet.in_line(part.items, LEFT + part.x, grid.row_middle(first_row + part.row))
    for k, line in enumerate(signature.note):
        sheet.row(line.items, line.row, LEFT + line.x, grid.row_middle(first_row + signature.note_row + k))
