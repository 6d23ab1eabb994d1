"""Ruling lines to the grids of tables: cells with the rows and columns that they cover."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.plans.pdf.pages import Rule

# Points.
_TOUCH = 3.0
_SAME = 2.5
_SMALLEST = 5.0
MAX_LINES = 1_500


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its place in the grid counted from 0, how many rows and columns it covers, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of one table: the places of its upright and level lines, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the whole table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(slots=True)
class _Line:
    """A straight line: its place across, and from where to where it runs."""

    place: float
    low: float
    high: float


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that ruling lines draw on a page, from top to bottom; a single box is none."""
    flat = _merged([_Line(rule.top, rule.left, rule.right) for rule in rules if rule.is_flat])
    upright = _merged([_Line(rule.left, rule.top, rule.bottom) for rule in rules if not rule.is_flat])
    if len(flat) + len(upright) > MAX_LINES:
        return []
    grids = [grid for group in _groups(flat, upright) if (grid := _grid(*group)) is not None]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(lines: list[_Line]) -> list[_Line]:
    """Pieces of one line, as the borders of neighbouring cells are, become one."""
    lines.sort(key=lambda line: (line.place, line.low))
    found: list[_Line] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].place - lines[at - 1].place <= _SAME / 2:
            continue
        near = sorted(lines[start:at], key=lambda line: line.low)
        start = at
        place = sum(line.place for line in near) / len(near)
        for line in near:
            if found and found[-1].place == place and line.low <= found[-1].high + _TOUCH:
                found[-1].high = max(found[-1].high, line.high)
            else:
                found.append(_Line(place, line.low, line.high))
    return [line for line in found if line.high - line.low >= _SMALLEST]


def _groups(flat: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that cross or meet, group by group."""
    parent = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, line in enumerate(flat):
        for number, other in enumerate(upright, len(flat)):
            if _meet(line, other):
                parent[root(at)] = root(number)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for at, line in enumerate([*flat, *upright]):
        groups.setdefault(root(at), ([], []))[at >= len(flat)].append(line)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _meet(flat: _Line, upright: _Line) -> bool:
    across = flat.low - _TOUCH <= upright.place <= flat.high + _TOUCH
    return across and upright.low - _TOUCH <= flat.place <= upright.high + _TOUCH


def _grid(flat: list[_Line], upright: list[_Line]) -> Grid | None:
    ys = _places(line.place for line in flat)
    xs = _places([line.place for line in upright] + _open_sides(flat, upright))
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 50_000:
        return None
    sides = {xs[0], xs[-1]} - {line.place for line in upright}
    cells = _cells(xs, ys, _Walls(flat, upright, sides))
    return Grid(tuple(xs), tuple(ys), tuple(cells)) if len(cells) > 1 else None


def _open_sides(flat: list[_Line], upright: list[_Line]) -> list[float]:
    """The ends of the level lines where a table has no line at its left or right side."""
    low, high = min(line.low for line in flat), max(line.high for line in flat)
    first, last = min(line.place for line in upright), max(line.place for line in upright)
    return [low] * (first - low > 2 * _SMALLEST) + [high] * (high - last > 2 * _SMALLEST)


def _places(values: Iterable[float]) -> list[float]:
    """Places that lie closer together than a line is thick count as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _SAME:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


class _Walls:
    """Answers whether a line stands between two boxes of the grid."""

    def __init__(self, flat: list[_Line], upright: list[_Line], open_sides: set[float]) -> None:
        self._flat = sorted(flat, key=lambda line: line.place)
        self._upright = sorted(upright, key=lambda line: line.place)
        self._open = open_sides

    def below(self, y: float, x: float) -> bool:
        """Is there a level line at ``y`` that passes over ``x``?"""
        return _stands(self._flat, y, x)

    def right_of(self, x: float, y: float) -> bool:
        """Is there an upright line at ``x`` that passes ``y``?"""
        return x in self._open or _stands(self._upright, x, y)


def _stands(lines: list[_Line], place: float, at: float) -> bool:
    index = bisect_left(lines, place - _SAME - 0.01, key=lambda line: line.place)
    while index < len(lines) and lines[index].place <= place + _SAME:
        if lines[index].low <= at <= lines[index].high:
            return True
        index += 1
    return False


def _cells(xs: list[float], ys: list[float], walls: _Walls) -> list[GridCell]:
    """Boxes of the grid without a line between them are one cell; a cell is always a rectangle."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            columns = 1
            while column + columns < len(xs) - 1 and not _walled(xs, ys, walls, row, column + columns, taken):
                columns += 1
            rows = 1
            while row + rows < len(ys) - 1 and _is_open_below(xs, ys, walls, row + rows, column, columns):
                rows += 1
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            edges = xs[column], ys[row], xs[column + columns], ys[row + rows]
            found.append(GridCell(row, column, rows, columns, *edges))
    return found


def _walled(
    xs: list[float], ys: list[float], walls: _Walls, row: int, column: int, taken: set[tuple[int, int]]
) -> bool:
    return (row, column) in taken or walls.right_of(xs[column], (ys[row] + ys[row + 1]) / 2)


def _is_open_below(xs: list[float], ys: list[float], walls: _Walls, row: int, column: int, columns: int) -> bool:
    """Is there neither a line above these boxes nor one between them?"""
    middle = (ys[row] + ys[row + 1]) / 2
    if any(walls.below(ys[row], (xs[c] + xs[c + 1]) / 2) for c in range(column, column + columns)):
        return False
    return not any(walls.right_of(xs[c], middle) for c in range(column + 1, column + columns))
