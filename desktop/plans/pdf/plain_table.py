"""Tables without upright lines: columns told by the blank strips between them, below a row of known headings."""

from collections.abc import Sequence

from desktop.plans.folding import squeeze
from desktop.plans.pdf.cells import PageTable, TableCell, cell_text
from desktop.plans.pdf.pages import Rule
from desktop.plans.pdf.rows import Piece, Row

# What the headings of such a list are made of; a row with three of them begins a table.
_HEADINGS = ("序号", "编号", "问题", "整改", "措施", "目标", "时限", "期限", "单位", "部门", "领导", "责任")
_LONGEST_HEADING = 14
_LEAST = 3
_STRIP = 0.35


def find_plain_table(rows: Sequence[Row], rules: Sequence[Rule]) -> tuple[int, int, PageTable] | None:
    """The first table among rows that lie in no grid: its first row, the one behind its last, and the table.

    ``rules`` are the level lines of the page, which part its rows where there are any.
    """
    for start, row in enumerate(rows):
        if not is_heading_row(row):
            continue
        end = _end(rows, start)
        strips = _strips(rows[start:end])
        xs = (row.left - 1, *strips, max(r.right for r in rows[start:end]) + 1)
        if end - start >= 2 and _one_each(row, xs):
            return start, end, _table(rows[start:end], xs, rules)
    return None


def is_heading_row(row: Row) -> bool:
    """Does a row hold three headings of a list of problems, side by side?"""
    words = [squeeze(piece.text) for piece in row.pieces]
    if len(words) < _LEAST or any(len(word) > _LONGEST_HEADING or word[-1] in "。：:；" for word in words):
        return False
    return sum(any(heading in word for heading in _HEADINGS) for word in words) >= _LEAST


def _end(rows: Sequence[Row], start: int) -> int:
    """The row behind the last one whose pieces keep to columns: a line over the whole width ends the table."""
    end = start + 1
    middle = [(before.right + after.left) / 2 for before, after in _neighbours(rows[start])]
    while end < len(rows):
        crossed = sum(piece.left < x < piece.right for piece in rows[end].pieces for x in middle)
        if crossed > len(middle) / 2 or rows[end].base - rows[end - 1].base > 6 * rows[end].size:
            break
        end += 1
    return end


def _neighbours(row: Row) -> list[tuple[Piece, Piece]]:
    return list(zip(row.pieces, row.pieces[1:], strict=False))


def _strips(rows: Sequence[Row]) -> list[float]:
    """The middles of the upright strips that no piece of any row reaches into."""
    pieces = sorted((piece.left, piece.right) for row in rows for piece in row.pieces)
    strips, reach = [], pieces[0][1]
    for left, right in pieces:
        if left - reach > _STRIP * rows[0].size:
            strips.append((left + reach) / 2)
        reach = max(reach, right)
    return strips


def _one_each(row: Row, xs: Sequence[float]) -> bool:
    """Does every column hold exactly one heading?"""
    places = [_column(piece, xs) for piece in row.pieces]
    return places == list(range(len(xs) - 1))


def _column(piece: Piece, xs: Sequence[float]) -> int:
    middle = (piece.left + piece.right) / 2
    return max(at for at in range(len(xs) - 1) if xs[at] <= middle or at == 0)


def _table(rows: Sequence[Row], xs: tuple[float, ...], rules: Sequence[Rule]) -> PageTable:
    groups = _groups(rows, xs, rules)
    # A column is as wide as its longest line.
    edges = [0.0] * (len(xs) - 1)
    for piece in (piece for row in rows for piece in row.pieces):
        edges[_column(piece, xs)] = max(edges[_column(piece, xs)], piece.right)
    cells = []
    for number, group in enumerate(groups):
        for column in range(len(xs) - 1):
            own = [
                Row(pieces, row.base, row.size, spread=row.spread)
                for row in group
                if (pieces := tuple(piece for piece in row.pieces if _column(piece, xs) == column))
            ]
            text, is_cut = cell_text(own, edges[column]) if own else ("", False)
            cells.append(TableCell(number, column, 1, 1, text, is_cut))
    return PageTable(xs, rows[0].base - rows[0].size, rows[-1].base, tuple(cells))


def _groups(rows: Sequence[Row], xs: Sequence[float], rules: Sequence[Rule]) -> list[list[Row]]:
    """The lines of each row of the table: parted by level lines, else begun by words in the first column."""
    levels = sorted(rule.top for rule in rules if rule.is_flat and rule.right - rule.left > 0.6 * (xs[-1] - xs[0]))
    inner = [y for y in levels if rows[0].base < y < rows[-1].base - rows[-1].size * 0.5]
    groups: list[list[Row]] = []
    for at, row in enumerate(rows):
        if len(inner) >= 2:
            begins = any(rows[at - 1].base < y < row.base for y in inner) if at else True
        else:
            begins = at <= 1 or _column(row.pieces[0], xs) == 0
        if begins:
            groups.append([])
        groups[-1].append(row)
    return groups
