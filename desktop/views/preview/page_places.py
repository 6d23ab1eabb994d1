"""Where the pages of a paper lie on the screen: in rows of one or two, centred, at a scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSizeF

GAP = 12  # pixels around and between pages
SMALLEST, GREATEST = 0.1, 4.0
STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class Fit(StrEnum):
    """How large pages are shown: as wide as the room, whole, or at a percentage."""

    WIDTH = "width"
    PAGE = "page"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Places:
    """A rectangle for every page, and the size of all of them with their gaps, in logical pixels."""

    pages: tuple[QRectF, ...] = ()
    width: int = 0
    height: int = 0

    def page_at(self, height: float) -> int:
        """The page that a line at this height meets; the last one below all."""
        found = next((at for at, page in enumerate(self.pages) if page.bottom() + GAP > height), None)
        return max(0, len(self.pages) - 1) if found is None else found


def rows_of(sizes: Sequence[QSizeF], columns: int) -> list[Sequence[QSizeF]]:
    """The pages in rows."""
    return [sizes[at : at + columns] for at in range(0, len(sizes), columns)]


def fitted_scale(sizes: Sequence[QSizeF], columns: int, room: QSizeF, fit: Fit) -> float:
    """Pixels for a point of the paper, so that every row (and with PAGE every page whole) fits into a room."""
    rows = rows_of(sizes, columns)
    scale = min((room.width() - GAP * (len(row) + 1)) / sum(size.width() for size in row) for row in rows)
    if fit == Fit.PAGE:
        scale = min(scale, (room.height() - 2 * GAP) / max(size.height() for size in sizes))
    return float(scale)


def places_of(sizes: Sequence[QSizeF], columns: int, scale: float, room: float) -> Places:
    """Where the pages lie in a room of this width; whole pixels, so that pictures are drawn as they are."""
    # Rounded down: what was fitted into a room must not need a scroll bar.
    shown = [QSizeF(int(size.width() * scale), int(size.height() * scale)) for size in sizes]
    rows = rows_of(shown, columns)
    widths = [int(sum(size.width() for size in row)) + GAP * (len(row) + 1) for row in rows]
    widest, top, pages = max([*widths, int(room)]), float(GAP), []
    for row, width in zip(rows, widths, strict=True):
        left = float((widest - width) // 2 + GAP)
        for size in row:
            pages.append(QRectF(left, top, size.width(), size.height()))
            left += size.width() + GAP
        top += max(size.height() for size in row) + GAP
    return Places(tuple(pages), max(widths, default=0), int(top))


def next_step(zoom: float, by: int) -> float:
    """The next larger (1) or smaller (-1) of the usual zooms."""
    if by > 0:
        return next((step for step in STEPS if step > zoom + 0.005), GREATEST)
    return next((step for step in reversed(STEPS) if step < zoom - 0.005), SMALLEST)
