"""Glyphs the free fonts lack, put together from those they have: ㎡, SO₂, ☑ and the like."""

from collections.abc import Callable
from typing import Any

from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen

Draw = Callable[[Any], None]
Outline = tuple[tuple[int, int], ...]

ALIASES = {"µ": "μ", "〜": "～", "∶": "："}
"""Characters drawn by another character's glyph; both have the same look."""

_UNIT_SIGNS = {"㎡": ("m", "2"), "㎥": ("m", "3"), "㎞": ("km", ""), "㎏": ("kg", ""), "㎎": ("mg", "")}
_UNIT_SIGNS |= {"㎜": ("mm", ""), "㎝": ("cm", ""), "㏄": ("cc", "")}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₓ", "0123456789x", strict=True))
_TICK = ((210, 330), (270, 390), (430, 205), (730, 600), (800, 555), (440, 85))
_CROSS = ((240, 550), (300, 600), (500, 385), (700, 600), (760, 550), (555, 325))
_CROSS_BELOW = ((760, 100), (700, 50), (500, 265), (300, 50), (240, 100), (445, 325))
_TICKS: dict[str, Outline] = {"☑": _TICK, "☒": (*_CROSS, *_CROSS_BELOW)}
_FRAME: Outline = ((100, -75), (100, 725), (900, 725), (900, -75))
_HOLE: Outline = ((150, -25), (850, -25), (850, 675), (150, 675))
_BOXES = {"□": (_FRAME, _HOLE), "■": (_FRAME,)}
_WAVE_CENTRE = 310


def composed(glyphs: Any, cmap: dict[int, str], advances: Callable[[str], float]) -> dict[str, tuple[float, Draw]]:
    """Advance (1/1000 em) and drawing of every character this font can be given from its own glyphs.

    ``glyphs`` is the font's glyph set, ``cmap`` its character map; characters it already has are left out.
    """
    made: dict[str, tuple[float, Draw]] = {}

    def have(*texts: str) -> bool:
        return all(ord(char) in cmap for text in texts for char in text)

    def draw_text(pen: Any, text: str, at: Transform) -> float:
        for char in text:
            name = cmap[ord(char)]
            glyphs[name].draw(TransformPen(pen, at))
            at = at.translate(advances(name), 0)
        return float(at[4])

    for sign, (letters, power) in _UNIT_SIGNS.items():
        if not have(sign) and have(letters, power or letters):
            made[sign] = 1000, _unit_sign(draw_text, letters, power, sum(advances(cmap[ord(c)]) for c in letters))
    for table, rise in ((_SUPERSCRIPTS, 330), (_SUBSCRIPTS, -120)):
        for sign, digit in table.items():
            if not have(sign) and have(digit):
                place = Transform(0.6, 0, 0, 0.6, 20, rise)
                made[sign] = 0.6 * advances(cmap[ord(digit)]) + 40, _small(draw_text, digit, place)
    for sign, outline in _TICKS.items():
        if not have(sign):
            made[sign] = 1000, _polygons((_FRAME, _HOLE, outline))
    return made


def amended(char: str, glyphs: Any, name: str) -> Draw:
    """The drawing of a glyph; ～ is brought down to the middle of the line, □ and ■ to the size of ☑."""
    if char in _BOXES:
        return _polygons(_BOXES[char])
    if char == "～":
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        middle = (bounds.bounds[1] + bounds.bounds[3]) / 2
        if middle > 450:
            return lambda pen: glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, 0, _WAVE_CENTRE - middle)))
    return lambda pen: glyphs[name].draw(pen)


def _unit_sign(draw_text: Callable[..., float], letters: str, power: str, wide: float) -> Draw:
    room = 700 if power else 940
    scale = min(1.0, room / wide)

    def draw(pen: Any) -> None:
        end = draw_text(pen, letters, Transform(scale, 0, 0, 1, 30, 0))
        if power:
            draw_text(pen, power, Transform(0.45, 0, 0, 0.45, end + 5, 430))

    return draw


def _small(draw_text: Callable[..., float], text: str, place: Transform) -> Draw:
    def draw(pen: Any) -> None:
        draw_text(pen, text, place)

    return draw


def _polygons(shapes: tuple[Outline, ...]) -> Draw:
    def draw(pen: Any) -> None:
        for points in shapes:
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()

    return draw
