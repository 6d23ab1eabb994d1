"""Draw the parts of a page: lines of cells, fixed notes, and the rules round them.

Text goes out a line at a time, one operation for each run of a face, with the spacing that fills the line: placing
every character on its own, as a 公文 does, would make a ledger of hundreds of pages several times slower.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from desktop.documents.alphabet import RUNS, Alphabet
from desktop.documents.canvas import BLACK, Sheet
from desktop.documents.cells import Line, break_cell
from desktop.documents.flow import BETWEEN, Cell, Note, Part, Style, width_inside
from desktop.documents.fonts import FontSet, Role

OUTER, INNER = 1.0, 0.5
SMALL = 10.5
CACHED_CELLS = 2048
CACHED_LENGTH = 80
_TOTAL = "total-pages"


class Link(NamedTuple):
    """A place to click: where it leads, on which page from 0 it stands, its box from the top of the paper."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


class Pen(Sheet):
    """A sheet that draws cells. Lengths in points, y from the top of the paper downwards.

    Attributes: ``links``, the rows that lead somewhere; whoever binds the pages makes them work.
    """

    def __init__(self, fonts: FontSet, title: str, author: str, on: date | None, size: tuple[float, float]) -> None:
        super().__init__(fonts, title, author, on, size)
        self._alphabets = {role: Alphabet(self.setter, role, self._doc) for role in Role}
        self._short = lru_cache(CACHED_CELLS)(self._break)
        self._after_total: str | None = None
        self.links: list[Link] = []

    def broken(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """The lines of a text in this style; short texts (names, dates, states) are broken once."""
        if len(text) <= CACHED_LENGTH:
            return self._short(text, style.role, style.size, width, style.even)
        return self._break(text, style.role, style.size, width, style.even)

    def _break(self, text: str, role: Role, size: float, width: float, even: bool) -> tuple[Line, ...]:
        return break_cell(text, self._alphabets[role].ems, size, width, even=even)

    def measure(self, text: str, role: Role, size: float) -> float:
        """Natural width of a text in points."""
        return self._alphabets[role].width(text) * size

    def begin_page(self) -> None:
        """Set the ink; a new page forgets it."""
        self.setFillColor(BLACK)
        self.setStrokeColor(BLACK)

    # Text

    def line_at(self, line: Line, role: Role, size: float, x: float, middle: float) -> None:
        """Draw one line from ``x``; ``middle`` is the y of the middle of its hanzi."""
        text, _, spacing = line
        alphabet = self._alphabets[role]
        ems, codes, kinds = alphabet.ems, alphabet.codes, alphabet.kinds
        up, face, code = self.height - middle, None, ["BT"]
        for run in RUNS.finditer(text.translate(alphabet)):
            part = text[run.start() : run.end()]
            kind = kinds[run[1]]
            if kind.alone:
                face = None
                for char in part:
                    glyph = alphabet.glyphs[char]
                    if glyph.missing:
                        self.missing[char] = None
                    if glyph.shown.strip():
                        base = up - kind.face.centre * size
                        code.append(f"{glyph.stretch:g} 0 0 1 {x + glyph.shift * size:.3f} {base:.3f} Tm 0 Tc")
                        code.append(f"{kind.name} {size:g} Tf <{codes[char]}> Tj")
                    x += ems[char] * size + spacing
                continue
            if kind.face is not face:
                face = kind.face
                code.append(f"1 0 0 1 {x:.3f} {up - face.centre * size:.3f} Tm {spacing:.3f} Tc")
            code.append(f"{kind.name} {size:g} Tf <{''.join(map(codes.__getitem__, part))}> Tj")
            x += sum(map(ems.__getitem__, part)) * size + spacing * len(part)
        if len(code) > 1:
            self._code.append(" ".join((*code, "0 Tc ET")))

    def page_number(self, words: str, number: int, total: int | None, centre: float, middle: float) -> None:
        """第X页 共Y页 centred; a total that is not known yet is filled in when the file is finished."""
        words = words.replace("{page}", str(number))
        if total is not None:
            words = words.replace("{pages}", str(total))
        before, open_total, after = words.partition("{pages}")
        if not open_total:
            self.short(words, Role.SONG, SMALL, centre, middle, "center")
            return
        width = self.measure(before + "000" + after, Role.SONG, SMALL)
        at = centre - width / 2 + self.measure(before, Role.SONG, SMALL)
        self.short(before, Role.SONG, SMALL, centre - width / 2, middle)
        self.saveState()
        self.translate(at, self.height - middle)
        self.doForm(_TOTAL)
        self.restoreState()
        self._after_total = after

    def finish(self) -> bytes:
        """The whole PDF; says the total of pages where it was left open."""
        if self._after_total is not None:
            self.beginForm(_TOTAL, 0, -SMALL, 8 * SMALL, SMALL)
            self.short(f"{self.pages}{self._after_total}", Role.SONG, SMALL, 0, self.height)
            self.endForm()
        return super().finish()

    def short(self, text: str, role: Role, size: float, x: float, middle: float, anchor: str = "left") -> None:
        """Draw a short text whose left edge, centre or right edge stands at ``x``."""
        width = self.measure(text, role, size)
        shift = {"left": 0.0, "center": width / 2, "right": width}[anchor]
        self.line_at(Line(text, width), role, size, x - shift, middle)

    # Cells

    def parts(self, parts: list[Part], left: float, top: float) -> None:
        """Draw all parts of a page: first the text, cell after cell, then the rules."""
        for part in parts:
            x = left
            for cell, lines in zip(part.row.cells, part.lines, strict=True):
                self._cell(cell, lines, x, top + part.top, part.height)
                x += cell.width
            if part.row.link:
                self.links.append(Link(part.row.link, self.pages, left, top + part.top, x - left, part.height))
        self._rules(parts, left, top)

    def _cell(self, cell: Cell, lines: tuple[Line, ...], x: float, top: float, height: float) -> None:
        style, inside = cell.style, width_inside(cell)
        whole, band = height, len(lines) * style.leading + 2 * style.above
        if cell.under:
            height = band
        slack = max(0.0, height - len(lines) * style.leading)
        middle = top + (slack / 2 if cell.middle else style.above) + style.leading / 2
        for line in lines:
            shift = 0.0
            if line is BETWEEN:
                self._code.append(f"{INNER:g} w {self._level(x, cell.width, middle)} S")
            elif cell.center:
                line, shift = line._replace(spacing=0.0), (inside - line.width) / 2
            self.line_at(line, style.role, style.size, x + style.side + shift, middle)
            middle += style.leading
        for note in cell.notes:
            self._note(note, style, x, top + height)
        if cell.under:
            self._cells_under(cell, x, top + band, whole - band)

    def _cells_under(self, cell: Cell, x: float, top: float, height: float) -> None:
        for column in cell.under:
            lines = self.broken(column.text, column.style, width_inside(column))
            self._cell(column, lines, x, top, height)
            x += column.width

    def _note(self, note: Note, style: Style, x: float, bottom: float) -> None:
        self.short(note.text, style.role, style.size, x + note.x, bottom - note.up, note.anchor)

    # Rules

    def _rules(self, parts: list[Part], left: float, top: float) -> None:
        inner: list[str] = []
        start: Part | None = None
        before: Part | None = None
        for part in parts:
            if before is not None and not (part.row.boxed and before.row.boxed):
                self._frame(start, before, left, top)
                start = None
            if part.row.boxed:
                if start is None:
                    start = part
                else:
                    inner += self._over_row(part, left, top + part.top)
                inner += self._uprights(part, left, top)
            before = part
        self._frame(start, before, left, top)
        if inner:
            self._code.append(f"{INNER:g} w {' '.join(inner)} S")

    def _frame(self, start: Part | None, end: Part | None, left: float, top: float) -> None:
        if start is None or end is None:
            return
        height = end.top + end.height - start.top
        y = self.height - top - start.top - height
        self._code.append(f"{OUTER:g} w {left:.3f} {y:.3f} {_width(start):.3f} {height:.3f} re S")

    def _uprights(self, part: Part, left: float, top: float) -> list[str]:
        lines, x = [], left
        for cell in part.row.cells:
            if x > left:
                lines.append(self._upright(x, top + part.top, part.height))
            if cell.under:
                band = cell.style.leading + 2 * cell.style.above
                lines.append(self._level(x, cell.width, top + part.top + band))
                at = x
                for column in cell.under[:-1]:
                    at += column.width
                    lines.append(self._upright(at, top + part.top + band, part.height - band))
            x += cell.width
        return lines

    def _over_row(self, part: Part, left: float, y: float) -> list[str]:
        """The rule over a row in two pieces: a rule as wide as the 版心 is one of the 版记, to readers of the page."""
        first = part.row.cells[0].width
        whole = _width(part)
        rest = [self._level(left + first, whole - first, y)] if first < whole else []
        return [self._level(left, first, y), *rest]

    def _level(self, x: float, width: float, y: float) -> str:
        up = self.height - y
        return f"{x:.3f} {up:.3f} m {x + width:.3f} {up:.3f} l"

    def _upright(self, x: float, y: float, height: float) -> str:
        return f"{x:.3f} {self.height - y:.3f} m {x:.3f} {self.height - y - height:.3f} l"


def _width(part: Part) -> float:
    return sum(cell.width for cell in part.row.cells)
