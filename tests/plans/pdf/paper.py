"""Makes PDF plans as offices do: the official page, ruled tables, columns; nothing of it is kept in git."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE, PITCH = 16, 29
CHARS, ROWS = 28, 22
LEFT, TOP = 79.4, 104.9
WIDE = landscape(A3)
_NO_START = "，。；：、？！）》〉】〕”’"
_NO_END = "（《〈【〔“‘"

Numbering = Callable[[int, int], str]


def dashed(page: int, pages: int) -> str:
    """The national way: — 3 —."""
    return f"— {page} —"


@dataclass
class Paper:
    """A document under way. ``high`` is the height from which everything is measured downwards."""

    canvas: Canvas
    high: float
    target: io.BytesIO = field(default_factory=io.BytesIO)

    def end_page(self) -> None:
        """What comes next stands on the next page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The finished document."""
        self.canvas.save()
        return self.target.getvalue()

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        """A ruling line."""
        self.canvas.line(left, self.high - top, right, self.high - bottom)


def paper(size: tuple[float, float] = A4) -> Paper:
    """An empty document."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    return Paper(Canvas(target, pagesize=size, invariant=True), size[1], target)


def put(sheet: Paper, x: float, top: float, text: str, size: float = SIZE) -> None:
    """Text whose line stands ``top`` points below the upper edge of the page; Latin letters are half as wide."""
    sheet.canvas.setFont(FONT, size)
    for char in text:
        sheet.canvas.drawString(x, sheet.high - top, char)
        x += size * (0.5 if char.isascii() else 1)


def width_of(text: str, size: float = SIZE) -> float:
    """How wide ``put`` sets a text."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def wrap(text: str, width: float, size: float = SIZE, indent: float = 2.0) -> list[str]:
    """Lines of a paragraph: the first two characters in, no mark at the wrong end of a line."""
    lines: list[str] = []
    line = ""
    room = width - indent * size
    for char in text:
        if width_of(line + char, size) > room + 0.01 and char not in _NO_START:
            carried = ""
            while line and line[-1] in _NO_END:
                line, carried = line[:-1], line[-1] + carried
            lines.append(line)
            line, room = carried, width
        line += char
    return [*lines, line]


def official(
    paragraphs: Sequence[str], head: str = "", number: Numbering = dashed, rows: int = ROWS, indent: float = 2.0
) -> bytes:
    """Paragraphs on the official page: 22 rows of 28 characters. ``=`` before a paragraph centres it."""
    lines: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        if paragraph.startswith("="):
            lines.append((LEFT + (CHARS * SIZE - width_of(paragraph[1:])) / 2, paragraph[1:]))
            continue
        for at, line in enumerate(wrap(paragraph, CHARS * SIZE, indent=indent)):
            lines.append((LEFT + (0 if at else indent * SIZE), line))
    pages = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    sheet = paper()
    for page, content in enumerate(pages, 1):
        for row, (x, line) in enumerate(content):
            put(sheet, x, TOP + SIZE + row * PITCH, line)
        if head:
            put(sheet, LEFT + 150, 60, head, 10)
        words = number(page, len(pages))
        put(sheet, LEFT + (CHARS * SIZE - width_of(words, 14)) / 2, 790, words, 14)
        sheet.end_page()
    return sheet.done()


Merged = tuple[int, int, int, int]  # row, column, rows, columns


def table(
    sheet: Paper,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    left: float,
    top: float,
    merged: Sequence[Merged] = (),
    size: float = 9,
    thin_boxes: bool = False,
) -> float:
    """A ruled table; a cell that a merged one covers is given as an empty text. Returns where it ends."""
    spans = {(row, column): (high, wide) for row, column, high, wide in merged}
    covered = {
        (row + down, column + right)
        for row, column, high, wide in merged
        for down in range(high)
        for right in range(wide)
    } - set(spans)
    heights = [_height(row, at, widths, spans, covered, size) for at, row in enumerate(rows)]
    for at, row in enumerate(rows):
        y = top + sum(heights[:at])
        for column, text in enumerate(row):
            if (at, column) in covered:
                continue
            high, wide = spans.get((at, column), (1, 1))
            x, broad = left + sum(widths[:column]), sum(widths[column : column + wide])
            _frame(sheet, x, y, broad, sum(heights[at : at + high]), thin_boxes)
            for number, line in enumerate(_cell_lines(text, broad, size)):
                put(sheet, x + 3, y + 2 + size + number * size * 1.25, line, size)
    return top + sum(heights)


def _cell_lines(text: str, width: float, size: float) -> list[str]:
    return [line for part in text.split("\n") for line in wrap(part, width - 6, size, indent=0)]


def _height(
    row: Sequence[str],
    at: int,
    widths: Sequence[float],
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
    size: float,
) -> float:
    lines = [1]
    for column, text in enumerate(row):
        high, wide = spans.get((at, column), (1, 1))
        if (at, column) not in covered:
            lines.append(-(-len(_cell_lines(text, sum(widths[column : column + wide]), size)) // high))
    return max(lines) * size * 1.25 + 6


def _frame(sheet: Paper, x: float, top: float, width: float, height: float, thin_boxes: bool) -> None:
    high = sheet.high - top
    if not thin_boxes:
        sheet.canvas.rect(x, high - height, width, height)
        return
    for left, low, wide, tall in (
        (x, high, width, 0.5),
        (x, high - height, width, 0.5),
        (x, high - height, 0.5, height),
        (x + width, high - height, 0.5, height),
    ):
        sheet.canvas.rect(left, low, wide, tall, stroke=0, fill=1)
