"""Columns of running text: a page set in two or three is read down one and then down the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from desktop.plans.pdf.rows import Piece, Row

_LEAST_ROWS = 6
_RAGGED = 2.5  # characters by which lines of a justified column may end before its edge


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of one column from top to bottom. ``edges`` are its left and right ones; None for the page's own."""

    rows: tuple[Row, ...]
    edges: tuple[float, float] | None = None


def split_columns(rows: Sequence[Row]) -> list[Column]:
    """The rows of a page, or of the part between two tables, as columns in reading order."""
    found: list[Column] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        run = _run(rows, at)
        if run is None:
            plain.append(rows[at])
            at += 1
            continue
        end, gutter = run
        if plain:
            found.append(Column(tuple(plain)))
            plain = []
        left, right = _halves(rows[at:end], gutter)
        found += [_column(left), *_again(right)]
        at = end
    return [*found, Column(tuple(plain))] if plain else found


def _again(rows: list[Row]) -> list[Column]:
    """The right side may itself be two columns."""
    return split_columns(rows) if any(len(row.pieces) > 1 for row in rows) else [_column(rows)]


def _column(rows: list[Row]) -> Column:
    return Column(tuple(rows), (min(row.left for row in rows), max(row.right for row in rows)))


def _run(rows: Sequence[Row], start: int) -> tuple[int, float] | None:
    """Where a stretch of two columns that begins here ends, and the middle of the blank strip between them."""
    first = rows[start]
    if len(first.pieces) < 2:
        return None
    for before, after in zip(first.pieces, first.pieces[1:], strict=False):
        gutter = (before.right + after.left) / 2
        end = start
        while end < len(rows) and not any(piece.left < gutter < piece.right for piece in rows[end].pieces):
            end += 1
        if _are_columns(rows[start:end], gutter):
            return end, gutter
    return None


def _are_columns(rows: Sequence[Row], gutter: float) -> bool:
    """Columns of text fill their width: both sides have many rows, and most on the left end at one edge."""
    left, right = _halves(rows, gutter)
    if min(len(left), len(right)) < _LEAST_ROWS:
        return False
    edge, size = max(row.right for row in left), median(row.size for row in left)
    full = sum(row.right >= edge - _RAGGED * size for row in left)
    is_wide = all(median(row.right - row.left for row in side) > 6 * size for side in (left, right))
    return is_wide and full * 2 >= len(left)


def _halves(rows: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        for side, pieces in ((left, _side(row, gutter, -1)), (right, _side(row, gutter, 1))):
            if pieces:
                side.append(Row(pieces, row.base, row.size))
    return left, right


def _side(row: Row, gutter: float, sign: int) -> tuple[Piece, ...]:
    return tuple(piece for piece in row.pieces if (piece.left - gutter) * sign > 0)
