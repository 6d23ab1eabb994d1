"""A page of a PDF as bare geometry: glyphs and ruling lines, upright, in points from the upper left corner."""

import json
from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character: its left and right edge, the line it stands on, and its size."""

    char: str
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        """About where the body of a Chinese character begins."""
        return self.base - 0.85 * self.size

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the character's body."""
        return (self.left + self.right) / 2, self.base - 0.38 * self.size


class Rule(NamedTuple):
    """A ruling line, horizontal where ``top`` equals ``bottom``, else vertical."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        """True for a horizontal line."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page. ``number`` counts from 1; ``pictures`` is the share of the page that pictures cover (0–1).

    ``strokes`` counts what is drawn with lines, ``mute`` the stretches of text that no character came from.
    ``aside`` is text set in another direction than the rest of the page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: float = 0.0
    strokes: int = 0
    mute: int = 0
    aside: str = ""


def page_as_line(page: PdfPage) -> str:
    """A page as one line of JSON, for the way from one process to the other."""
    glyphs = page.glyphs
    data = {
        "page": [page.number, page.width, page.height, round(page.pictures, 3), page.strokes, page.mute],
        "aside": page.aside,
        "chars": "".join(glyph.char for glyph in glyphs),
        "places": [round(value, 2) for glyph in glyphs for value in glyph[1:]],
        "rules": [round(value, 1) for rule in page.rules for value in rule],
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def page_of_line(line: str) -> PdfPage:
    """The page that ``page_as_line`` wrote. ValueError, KeyError or TypeError for anything else."""
    data = json.loads(line)
    number, width, height, pictures, strokes, mute = data["page"]
    places = iter(data["places"])
    fours = zip(places, places, places, places, strict=True)
    glyphs = tuple(Glyph(char, *four) for char, four in zip(data["chars"], fours, strict=True))
    values = iter(data["rules"])
    rules = tuple(Rule(*four) for four in zip(values, values, values, values, strict=True))
    return PdfPage(number, width, height, glyphs, rules, pictures, strokes, mute, data["aside"])
