"""Rows of cells → pages. The one place that decides where a row stands, is cut, and what is repeated above it.

All lengths are points; y grows downwards from the top of the room for rows. Nothing is drawn here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.documents.cells import Line
from desktop.documents.fonts import Role

Breaker = Callable[[str, "Style", float], tuple[Line, ...]]
Lines = tuple[tuple[Line, ...], ...]
LEAST_LINES = 2
PUSH_SHARE, PUSH_SHARE_OF_TABLES = 0.12, 0.28
"""A row that fits on a page is not cut where less than this share of a page is left; rows of a table are compared."""
BETWEEN = Line("", -1.0)
"""Stands between the blocks of a cell; a rule is drawn in its place."""
_BLANK = Line("", 0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """Type of a cell: font role, size and leading in points, space kept free left and right, above and below.

    ``even`` texts (heads, labels, centred words) leave no single character on their last line. Others fill theirs, so
    that whoever reads the paper back knows which lines go on.
    """

    role: Role = Role.FANG
    size: float = 12
    leading: float = 18
    side: float = 5
    above: float = 4
    even: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A text at a fixed place of a cell: ``x`` from its left edge, ``up`` from its lower edge to the text's middle.

    ``anchor`` says which part of the text stands at ``x``: left, center or right.
    """

    text: str
    x: float
    up: float
    anchor: str = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``again`` is printed in its place when the row goes on on the next page.

    ``notes`` are texts at fixed places, for boxes that are filled in by hand; ``under`` are the columns that a
    common head spans. ``blocks`` stand in place of the text, level with those of the row's other cells: one for each
    measure beside a cell that holds for them all.
    """

    text: str
    width: float
    style: Style
    center: bool = False
    middle: bool = True
    again: str = ""
    notes: tuple[Note, ...] = ()
    under: tuple["Cell", ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``whole`` rows are never cut; ``stays`` rows keep to the page of the row before.

    ``head`` is repeated above the row's first part on every page; rows without ``boxed`` have no lines round them. A
    click on a row with ``link`` goes to the place of that name.
    """

    cells: tuple[Cell, ...]
    height: float = 0
    whole: bool = False
    stays: bool = False
    boxed: bool = True
    head: tuple["Row", ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a row that stands on one page: its place, and the lines of each cell."""

    row: Row
    top: float
    height: float
    lines: Lines


def width_inside(cell: Cell) -> float:
    """The width that text may fill."""
    return cell.width - 2 * cell.style.side


def lines_of(row: Row, breaker: Breaker) -> Lines:
    """The broken lines of every cell of the row."""
    plain = tuple(breaker(cell.text, cell.style, width_inside(cell)) if cell.text else () for cell in row.cells)
    return _levelled(row, plain, breaker) if any(cell.blocks for cell in row.cells) else plain


def _levelled(row: Row, plain: Lines, breaker: Breaker) -> Lines:
    """Blocks of one number take the same height in all cells that have any."""
    made: dict[int, list[Line]] = {at: [] for at, cell in enumerate(row.cells) if cell.blocks}
    for number in range(max(len(row.cells[at].blocks) for at in made)):
        broken = {}
        for at in made:
            cell = row.cells[at]
            text = cell.blocks[number] if number < len(cell.blocks) else ""
            broken[at] = breaker(text, cell.style, width_inside(cell)) if text else ()
        height = max(1, *map(len, broken.values()))
        for at, lines in broken.items():
            made[at] += [BETWEEN] if number else []
            made[at] += [*lines, *[_BLANK] * (height - len(lines))]
    return tuple(tuple(made[at]) if at in made else lines for at, lines in enumerate(plain))


def height_of(row: Row, lines: Lines) -> float:
    """The height these lines need."""
    return max(
        (len(part) * cell.style.leading + 2 * cell.style.above for cell, part in zip(row.cells, lines, strict=True)),
        default=0.0,
    )


def whole_height(row: Row, breaker: Breaker) -> float:
    """The height of a row that is not cut."""
    return max(row.height, height_of(row, lines_of(row, breaker)))


def split(row: Row, lines: Lines, room: float, leave_some: bool) -> tuple[Lines, Lines] | None:
    """The lines of the row on this page and those on the next; None when it must not be cut here.

    With ``leave_some`` something goes over even if all would fit. The longest cell is never cut so that a single
    line stands alone on either page.
    """
    longest = max(map(len, lines), default=0)
    if row.whole or not longest:
        return None
    kept = []
    for cell, part in zip(row.cells, lines, strict=True):
        fits = int((room - 2 * cell.style.above) // cell.style.leading)
        if len(part) == longest and (fits < longest or leave_some):
            fits = min(fits, longest - max(LEAST_LINES, longest // 3 if leave_some else 0))
            if fits < LEAST_LINES:
                return None
        kept.append(max(0, min(fits, len(part))))
    pairs = list(zip(kept, lines, strict=True))
    return tuple(_no_rule_last(part[:n]) for n, part in pairs), tuple(_no_rule_first(part[n:]) for n, part in pairs)


def _no_rule_last(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines[:-1] if lines and lines[-1] is BETWEEN else lines


def _no_rule_first(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines[1:] if lines and lines[0] is BETWEEN else lines


def continued(row: Row, rest: Lines, breaker: Breaker) -> tuple[Row, Lines]:
    """The row as it goes on: label cells say their name again, the minimum height is used up."""
    cells, lines = [], []
    for cell, part in zip(row.cells, rest, strict=True):
        if cell.again and not part:
            cell = replace(cell, text=cell.again)
            part = breaker(cell.text, cell.style, width_inside(cell))
        cells.append(cell)
        lines.append(part)
    return replace(row, cells=tuple(cells), height=0), tuple(lines)


class _Page:
    """The page being filled: what stands on it, under which head, and how much room is left."""

    def __init__(self, breaker: Breaker, first: float, later: float) -> None:
        self.breaker = breaker
        self.later = later
        self.room = self.size = first
        self.parts: list[Part] = []
        self.head: tuple[Row, ...] = ()

    def turn(self) -> list[Part]:
        """Start a new page and hand over the one that is full."""
        done, self.parts, self.head = self.parts, [], ()
        self.room = self.size = self.later
        return done

    def put(self, row: Row, lines: Lines, height: float) -> None:
        """Place a row, under its head if that is not printed on this page yet."""
        if row.head != self.head:
            for part in row.head:
                broken = lines_of(part, self.breaker)
                self._stand(part, broken, max(part.height, height_of(part, broken)))
        self.head = row.head
        self._stand(row, lines, height)

    def _stand(self, row: Row, lines: Lines, height: float) -> None:
        self.parts.append(Part(row, self.size - self.room, height, lines))
        self.room -= height

    def fill(self, row: Row, tail: float) -> Iterator[list[Part]]:
        """Place one row on as many pages as it needs, keeping ``tail`` free under its end."""
        lines = lines_of(row, self.breaker)
        head = sum(whole_height(part, self.breaker) for part in row.head)
        while True:
            height = max(row.height, height_of(row, lines))
            room = self.room - (head if row.head != self.head else 0)
            if height + tail <= room + 0.01:
                return self.put(row, lines, height)
            fresh = self.later - head
            share = PUSH_SHARE_OF_TABLES if row.head else PUSH_SHARE
            pushed = self.parts and height + tail <= fresh and room < share * fresh
            parts = None if pushed else split(row, lines, room, height <= room)
            if parts is None and not self.parts:
                return self.put(row, lines, height)
            if parts is not None:
                self.put(row, parts[0], height_of(row, parts[0]))
                row, lines = continued(row, parts[1], self.breaker)
            yield self.turn()


def paginate(rows: Iterable[Row], breaker: Breaker, first: float, later: float) -> Iterator[list[Part]]:
    """The pages of a paper, one after the other: ``first`` and ``later`` are the heights of the room for rows."""
    page = _Page(breaker, first, later)
    waiting: Row | None = None
    for row in rows:
        if waiting is not None:
            yield from page.fill(waiting, whole_height(row, breaker) if row.stays else 0.0)
        waiting = row
    if waiting is not None:
        yield from page.fill(waiting, 0.0)
    yield page.turn()
