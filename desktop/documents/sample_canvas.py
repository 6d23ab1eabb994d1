"""The canvas of the sample ledger's drawn evidence: strokes and colours that several scenes share.

``SIZE`` pixels, reduced afterwards. Places are shares of width and height, so that a scene does not know the size.
"""

import math
from random import Random

from PIL import Image, ImageDraw

SIZE = (1600, 1020)
_W, _H = SIZE
Colour = tuple[int, int, int]
GREY, BLUE = (176, 178, 176), (150, 190, 222)
GREEN, GRASS, BROWN = (92, 138, 82), (126, 166, 98), (150, 122, 88)
CONCRETE, WALL, DARK = (186, 184, 178), (214, 211, 203), (74, 76, 80)


class Canvas:
    """A picture being drawn, with the strokes that several scenes share."""

    def __init__(self, done: float, chance: Random) -> None:
        self.done = done
        self.chance = chance
        self.image = Image.new("RGB", SIZE)
        self.draw = ImageDraw.Draw(self.image)

    def mix(self, before: Colour, after: Colour) -> Colour:
        """The colour between the two, by how far the work is."""
        return blend(before, after, self.done)

    def fade(self, top: float, bottom: float, upper: Colour, lower: Colour) -> None:
        """A band of the picture from one colour to another; heights are shares of the picture's."""
        first, last = int(top * _H), int(bottom * _H)
        for y in range(first, last):
            self.draw.line((0, y, _W, y), blend(upper, lower, (y - first) / max(1, last - first)))

    def sky(self, horizon: float) -> None:
        """A dull sky before, a clear one after, with a line of far hills on the horizon."""
        self.fade(0, horizon, self.mix((184, 186, 184), (124, 174, 218)), self.mix((208, 206, 200), (222, 236, 244)))
        for height, colour in ((0.11, (170, 184, 192)), (0.06, (146, 166, 160))):
            self.hill(horizon, height, colour)

    def hill(self, base: float, height: float, colour: Colour) -> None:
        """A line of hills that stands on ``base``."""
        phase = self.chance.random() * 6
        points = [
            (x, (base - height * (0.55 + 0.3 * math.sin(x / 190 + phase) + 0.15 * math.sin(x / 71 + phase))) * _H)
            for x in range(0, _W + 40, 40)
        ]
        self.draw.polygon([(0, base * _H), *points, (_W, base * _H)], colour)

    def area(self, *points: tuple[float, float], fill: Colour) -> None:
        """A polygon whose corners are shares of width and height."""
        self.draw.polygon([(x * _W, y * _H) for x, y in points], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        """An upright rectangle."""
        self.draw.rectangle((left * _W, top * _H, right * _W, bottom * _H), fill)

    def disc(self, x: float, y: float, wide: float, high: float, fill: Colour) -> None:
        """An ellipse round ``x``, ``y``; half axes as shares of the width."""
        self.draw.ellipse((x * _W - wide * _W, y * _H - high * _W, x * _W + wide * _W, y * _H + high * _W), fill)

    def line(self, *points: tuple[float, float], fill: Colour, width: int) -> None:
        """A line through points."""
        self.draw.line([(x * _W, y * _H) for x, y in points], fill, width, joint="curve")

    def tree(self, x: float, foot: float, size: float) -> None:
        """A round tree."""
        self.box(x - size * 0.06, foot - size * 0.9, x + size * 0.06, foot, (104, 84, 62))
        for dx, dy, shade in ((-0.3, 0.85, 0), (0.3, 0.85, 10), (0.0, 1.2, 20)):
            colour = (70 + shade, 122 + shade, 66 + shade)
            self.disc(x + dx * size, foot - dy * size, size * 0.48, size * 0.42, colour)

    def strew(self, count: int, area: tuple[float, float, float, float], colours: tuple[Colour, ...]) -> None:
        """Scatter pieces of rubbish, stones or leaves over an area (left, top, right, bottom)."""
        for _ in range(count):
            x = area[0] + self.chance.random() * (area[2] - area[0])
            y = area[1] + self.chance.random() * (area[3] - area[1])
            size = 0.006 + self.chance.random() * 0.012
            self.disc(x, y, size, size * 0.6, self.chance.choice(colours))

    def plume(self, x: float, y: float, colour: Colour, puffs: int) -> None:
        """Smoke or vapour that drifts from a mouth to the right."""
        for step in range(puffs):
            size = 0.018 + step * 0.006
            self.disc(x + step * 0.024, y - step * 0.021, size * 1.3, size, blend(colour, GREY, step / puffs * 0.3))

    def sign(self, x: float, foot: float) -> None:
        """A notice board on two posts."""
        for post in (x - 0.05, x + 0.05):
            self.box(post - 0.004, foot - 0.2, post + 0.004, foot, (120, 122, 124))
        self.box(x - 0.075, foot - 0.25, x + 0.075, foot - 0.12, (250, 250, 248))
        self.box(x - 0.07, foot - 0.243, x + 0.07, foot - 0.205, (36, 92, 158))
        for row in range(3):
            self.box(
                x - 0.06, foot - 0.19 + row * 0.02, x + 0.06 - row * 0.015, foot - 0.182 + row * 0.02, (96, 104, 112)
            )


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """The colour at a share of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
