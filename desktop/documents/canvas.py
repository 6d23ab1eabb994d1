"""The drawing sheet: rows of items, rules and page ends on reportlab's canvas, measured from the top of the paper."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.lib.colors import CMYKColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import grid
from desktop.documents.breaker import Item, Row
from desktop.documents.fonts import FontSet, Role
from desktop.documents.glyphs import Setter, Style
from desktop.documents.justify import JUSTIFY, place

if TYPE_CHECKING:  # a paper without photos loads no library for them
    from desktop.documents.print_photo import PrintPhoto

BLACK = CMYKColor(0, 0, 0, 1)
RED = CMYKColor(0, 0.8, 0.8, 0)
"""The two inks of GB/T 9704-2012 §6.2."""

rl_config.useA85 = 0  # ASCII85 makes the file a quarter larger and slower to write


class Sheet(Canvas):  # type: ignore[misc]
    """A PDF being drawn. All lengths in pt, x from the left edge, y from the top edge of the paper.

    The output is the same for the same input: its date is ``on``, never the clock's. ``missing`` collects the
    characters no font has. Use ``end_page`` after each page and ``finish`` at the end.
    """

    def __init__(
        self,
        fonts: FontSet,
        title: str,
        author: str = "",
        on: date | None = None,
        size: tuple[float, float] = (grid.PAGE_WIDTH, grid.PAGE_HEIGHT),
    ) -> None:
        self.buffer = io.BytesIO()
        super().__init__(
            self.buffer,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
            initialFontName=fonts.face(Role.FANG).name,
        )
        self.fonts, self.setter = fonts, Setter(fonts)
        self.missing: dict[str, None] = {}
        self.pages = 0
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(title)
        self.setCreator("督察整改台账")
        self.setProducer("督察整改台账")
        stamp = f"{on or date(2000, 1, 1):%Y%m%d}"
        self.setDateFormatter(lambda *_: f"D:{stamp}000000+08'00'")
        self.setFillColor(BLACK)
        self.setStrokeColor(BLACK)

    @property
    def height(self) -> float:
        """Height of the paper in pt."""
        return float(self._pagesize[1])

    def row(
        self, items: Sequence[Item], row: Row, x: float, middle: float, align: str = JUSTIFY, ink: CMYKColor = BLACK
    ) -> None:
        """Draw one broken row from ``x``; ``middle`` is the y of the middle of its hanzi."""
        self.placed(((items[k], x + dx) for k, dx in place(items, row, align)), middle, ink)

    def text(
        self,
        text: str,
        role: Role,
        size: float,
        x: float,
        middle: float,
        pitch: float | None = None,
        ink: CMYKColor = BLACK,
    ) -> float:
        """Draw a short text in one row from ``x`` and return its width in pt."""
        items = self.setter.items(text, role, size, pitch)
        width = sum(item.width for item in items)
        self.row(items, Row(0, len(items), width, True), x, middle, ink=ink)
        return width

    def placed(self, items: Iterable[tuple[Item, float]], middle: float, ink: CMYKColor = BLACK) -> None:
        """Draw items at the given x; neighbours of one face and size share one text operation."""
        self.setFillColor(ink)
        groups: list[tuple[Style, list[str], list[float]]] = []
        for item, x in items:
            style = item.style
            assert isinstance(style, Style)
            if style.missing:
                self.missing[item.text] = None
            if not style.shown or style.shown == " ":
                continue
            if not groups or _differs(groups[-1][0], style):
                groups.append((style, [], []))
            groups[-1][1].append(style.shown)
            groups[-1][2].append(x + style.dx)
        for style, chars, xs in groups:
            self._show(style, chars, xs, self.height - middle - style.face.centre * style.size)

    def _show(self, style: Style, chars: list[str], xs: list[float], baseline: float) -> None:
        """One text object; the exact places are given as adjustments of the TJ operator (1/1000 em)."""
        font, size, wide = style.face.font, style.size, style.stretch
        parts, at = ["BT"], 0
        for subset, codes in font.splitString("".join(chars), self._doc):
            name = font.getSubsetInternalName(subset, self._doc)
            parts.append(f"{name} {size:.6g} Tf {wide:.6g} 0 0 1 {xs[at]:.4f} {baseline:.4f} Tm [<")
            pen = xs[at]
            for code in codes:
                off = round((pen - xs[at]) * 1000 / (size * wide), 1)
                if off:
                    parts.append(f"> {off:g} <")
                    pen -= off * size * wide / 1000
                parts.append(f"{code:02x}")
                pen += style.face.advance(chars[at]) * size * wide
                at += 1
            parts.append(">] TJ")
        parts.append("ET")
        self._code.append("".join(p if p[0] in "0123456789abcdef" and len(p) == 2 else f" {p} " for p in parts))

    def rule(self, x: float, y: float, width: float, thickness: float, ink: CMYKColor = BLACK) -> None:
        """A horizontal rule whose middle is at ``y``."""
        self.setStrokeColor(ink)
        self.setLineWidth(thickness)
        self.line(x, self.height - y, x + width, self.height - y)

    def upright(self, x: float, y: float, height: float, thickness: float, ink: CMYKColor = BLACK) -> None:
        """A vertical rule from ``y`` downwards whose middle is at ``x``."""
        self.setStrokeColor(ink)
        self.setLineWidth(thickness)
        self.line(x, self.height - y, x, self.height - y - height)

    def photo(self, photo: "PrintPhoto", x: float, y: float) -> None:
        """Place a photo with its left upper corner at ``x``, ``y``."""
        reader = ImageReader(io.BytesIO(photo.data))
        self.drawImage(reader, x, self.height - y - photo.height, photo.width, photo.height)

    def end_page(self) -> None:
        """Close the page; the next drawing begins another."""
        self.showPage()
        self.pages += 1

    def finish(self) -> bytes:
        """The whole PDF. Every page must have been ended."""
        with self.fonts.turn:  # reportlab cuts the used glyphs out of a file that the face keeps one place in
            self.save()
        return self.buffer.getvalue()

    def in_line(self, items: Sequence[Item], x: float, middle: float, ink: CMYKColor = BLACK) -> None:
        """Draw items one after the other in their natural width."""
        self.row(items, Row(0, len(items), sum(item.width for item in items), True), x, middle, ink=ink)

    @property
    def missing_characters(self) -> str:
        """The characters no font has, once each, in order of their first place."""
        return "".join(self.missing)


def _differs(one: Style, other: Style) -> bool:
    return one.face is not other.face or one.size != other.size or one.stretch != other.stretch
