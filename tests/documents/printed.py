"""What a PDF shows, for tests of paper: characters in mm from the left and top edges, their rows, and rules."""

import io
import re
from dataclasses import dataclass, field

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTLine

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM, CELL, PITCH = 28.0, 184.0, 37.0, 262.0, 156 / 28, (225 - 156 / 28) / 21


@dataclass
class Char:
    text: str
    x: float
    right: float
    base: float
    size: float
    font: str
    red: bool


@dataclass
class Rule:
    x: float
    y: float
    width: float
    thickness: float
    red: bool


@dataclass
class Page:
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Char]]:
        """Characters by baseline, top down, left to right."""
        rows: list[list[Char]] = []
        for char in sorted(self.chars, key=lambda c: (round(c.base, 1), c.x)):
            if rows and abs(rows[-1][0].base - char.base) < 1.0:
                rows[-1].append(char)
            else:
                rows.append([char])
        return [sorted(row, key=lambda c: c.x) for row in rows]

    @property
    def texts(self) -> list[str]:
        return ["".join(c.text for c in row) for row in self.rows]

    def row(self, words: str) -> list[Char]:
        """The first row that holds the words (a pattern)."""
        return next(row for row in self.rows if re.search(words, "".join(c.text for c in row)))


def is_red(colour: object) -> bool:
    return isinstance(colour, tuple | list) and len(colour) == 4 and colour[0] < 0.1 and colour[1] > 0.7


def read(data: bytes) -> list[Page]:
    """The pages of a PDF."""
    pages = []
    for layout in extract_pages(io.BytesIO(data), laparams=LAParams(all_texts=True, boxes_flow=None)):
        page, waiting = Page(), list(layout)
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, LTChar):
                colour = thing.graphicstate.ncolor
                x, y = thing.matrix[4] / MM, (layout.height - thing.matrix[5]) / MM
                name = thing.fontname.split("+")[-1]
                page.chars.append(Char(thing.get_text(), x, thing.x1 / MM, y, thing.size, name, is_red(colour)))
            elif isinstance(thing, LTLine | LTCurve) and thing.height < 1:
                y, red = (layout.height - thing.y0) / MM, is_red(thing.stroking_color)
                page.rules.append(Rule(thing.x0 / MM, y, thing.width / MM, thing.linewidth / MM, red))
            elif hasattr(thing, "__iter__"):
                waiting += list(thing)
        page.rules.sort(key=lambda rule: rule.y)
        pages.append(page)
    return pages
