"""Plain drawn scenes for the sample ledger's evidence: the same place before and after rectification.

``done`` of the canvas is 0 before, 1 after, 0.5 on the way. Where things are strewn, the canvas' seeded generator
decides, so that the same call gives the same picture.
"""

import math
from collections.abc import Callable

from PIL import Image

from desktop.documents.sample_canvas import BROWN, CONCRETE, DARK, GRASS, GREEN, SIZE, WALL, Canvas, blend


def river(c: Canvas) -> None:
    """A canal in the town: black water and rubbish, then clear water between planted banks."""
    c.sky(0.42)
    for left, top in ((0.06, 0.24), (0.2, 0.3), (0.66, 0.22), (0.82, 0.28)):
        c.box(left, top, left + 0.11, 0.44, WALL)
        for floor in range(3):
            for window in range(4):
                x, y = left + 0.012 + window * 0.024, top + 0.02 + floor * 0.04
                c.box(x, y, x + 0.013, y + 0.022, (150, 166, 178))
    c.box(0, 0.42, 1, 1, c.mix(BROWN, GRASS))
    c.area((0.38, 0.44), (0.6, 0.44), (0.92, 1), (0.06, 1), fill=CONCRETE)
    c.area((0.4, 0.44), (0.58, 0.44), (0.84, 1), (0.14, 1), fill=c.mix((62, 60, 50), (88, 148, 158)))
    for step in range(14):
        y = 0.5 + step * 0.035
        x = 0.3 + c.chance.random() * 0.3
        c.line((x, y), (x + 0.05 + step * 0.008, y), fill=c.mix((44, 42, 36), (150, 196, 202)), width=5)
    if c.done < 1:
        c.strew(70, (0.26, 0.6, 0.74, 0.98), ((206, 204, 196), (150, 96, 70), (92, 110, 140), (34, 32, 28)))
    else:
        for x, foot, size in (
            (0.1, 0.72, 0.1),
            (0.2, 0.58, 0.07),
            (0.28, 0.51, 0.05),
            (0.72, 0.55, 0.06),
            (0.9, 0.72, 0.1),
        ):
            c.tree(x, foot, size)


def outfall(c: Canvas) -> None:
    """A pipe in an embankment: sewage runs out of it, then it is closed and signed."""
    c.sky(0.24)
    c.box(0, 0.24, 1, 0.7, CONCRETE)
    for row in range(6):
        for column in range(11):
            x = column * 0.1 - (row % 2) * 0.05
            c.box(
                x,
                0.245 + row * 0.076,
                x + 0.096,
                0.315 + row * 0.076,
                blend(CONCRETE, DARK, 0.06 + (row + column) % 3 * 0.03),
            )
    c.fade(0.7, 1, c.mix((104, 92, 62), (98, 148, 160)), c.mix((78, 70, 50), (70, 120, 134)))
    c.disc(0.4, 0.5, 0.11, 0.11, (112, 112, 110))
    if c.done < 1:
        c.disc(0.4, 0.5, 0.086, 0.086, (38, 36, 34))
        low = 0.05 if c.done else 0.08
        c.area((0.4 - low, 0.56), (0.4 + low, 0.56), (0.46 + low, 0.8), (0.38 - low, 0.8), fill=(96, 82, 52))
        for step in range(9):
            c.disc(0.4 + (c.chance.random() - 0.5) * 0.3, 0.78 + step * 0.02, 0.05, 0.008, (146, 136, 104))
        c.strew(26, (0.1, 0.76, 0.9, 0.98), ((196, 192, 176), (90, 80, 60)))
    else:
        c.disc(0.4, 0.5, 0.086, 0.086, (160, 160, 156))
        for turn in range(8):
            angle = turn * math.pi / 4
            c.disc(0.4 + 0.07 * math.cos(angle), 0.5 + 0.093 * math.sin(angle), 0.008, 0.008, DARK)
    if c.done:
        c.sign(0.74, 0.72)


def waste(c: Canvas) -> None:
    """Heaps of rubbish and a foul puddle, then a clean yard with a row of bins."""
    c.sky(0.4)
    c.box(0, 0.4, 1, 1, c.mix((146, 132, 108), (190, 190, 184)))
    c.box(0.1, 0.16, 0.72, 0.52, WALL)
    c.area((0.07, 0.17), (0.41, 0.06), (0.75, 0.17), fill=c.mix((150, 96, 78), (72, 110, 150)))
    for left in (0.16, 0.36, 0.56):
        c.box(left, 0.28, left + 0.12, 0.52, c.mix((90, 88, 84), (120, 138, 152)))
    if c.done < 1:
        c.area((0.2, 0.98), (0.4, 0.84), (0.9, 0.86), (0.98, 0.98), fill=(76, 66, 46))
        for layer in range(6):
            c.strew(
                70,
                (0.2 + layer * 0.03, 0.8 - layer * 0.06, 0.86 - layer * 0.03, 0.88 - layer * 0.05),
                ((214, 210, 200), (68, 68, 70), (122, 86, 66), (92, 118, 148), (178, 148, 96)),
            )
    else:
        c.box(0, 0.86, 1, 1, GRASS)
        for index, colour in enumerate(((46, 118, 74), (36, 92, 158), (110, 112, 114), (164, 60, 52))):
            left = 0.18 + index * 0.15
            c.box(left, 0.6, left + 0.1, 0.78, colour)
            c.box(left - 0.006, 0.575, left + 0.106, 0.605, blend(colour, DARK, 0.35))
        c.tree(0.88, 0.62, 0.11)


def yard(c: Canvas) -> None:
    """Open heaps of sand in dust, then a closed shed with sprinklers."""
    c.sky(0.46)
    c.box(0, 0.46, 1, 1, c.mix((186, 168, 134), (182, 182, 176)))
    if c.done < 1:
        for left, top, right in ((0.3, 0.3, 0.84), (-0.06, 0.38, 0.42), (0.56, 0.42, 1.06)):
            middle = (left + right) / 2
            c.area((left, 0.74), (middle - 0.04, top), (middle + 0.05, top + 0.01), (right, 0.74), fill=(196, 172, 126))
            c.area((middle + 0.05, top + 0.01), (right, 0.74), (middle + 0.02, 0.74), fill=(172, 148, 104))
        veil = Image.new("RGB", SIZE, (206, 194, 168))
        c.image.paste(veil, mask=Image.new("L", SIZE, 70))
        c.strew(60, (0.02, 0.76, 0.98, 0.98), ((170, 148, 108), (150, 130, 96)))
    else:
        c.box(0.12, 0.26, 0.88, 0.7, (206, 212, 214))
        c.area((0.08, 0.28), (0.5, 0.12), (0.92, 0.28), fill=(66, 118, 96))
        for left in (0.18, 0.35, 0.52, 0.69):
            c.box(left, 0.4, left + 0.13, 0.7, (158, 170, 178))
        for x in (0.1, 0.3, 0.7, 0.9):
            for drop in range(9):
                angle = math.pi * (0.2 + drop * 0.075)
                c.line(
                    (x, 0.84), (x + 0.07 * math.cos(angle), 0.84 - 0.1 * math.sin(angle)), fill=(206, 228, 240), width=4
                )
        c.strew(40, (0, 0.9, 1, 0.99), (GRASS, GREEN))


def plant(c: Canvas) -> None:
    """A works: smoke from stack and roof, then dust collectors and a clear sky."""
    c.sky(0.6)
    c.box(0, 0.6, 1, 1, c.mix((152, 148, 138), (172, 180, 166)))
    for x in (0.24, 0.62):
        c.box(x - 0.018, 0.12, x + 0.018, 0.62, (188, 182, 172))
        for ring in (0.16, 0.26):
            c.box(x - 0.018, ring, x + 0.018, ring + 0.025, (176, 76, 66))
        c.plume(x, 0.11, c.mix((96, 92, 88), (240, 244, 246)), 12 if c.done < 1 else 4)
    c.box(0.06, 0.4, 0.94, 0.74, (150, 160, 168))
    for tooth in range(6):
        left = 0.06 + tooth * 0.147
        c.area((left, 0.4), (left, 0.33), (left + 0.147, 0.4), fill=(120, 132, 142))
        c.box(left + 0.03, 0.48, left + 0.11, 0.6, (186, 204, 214))
    if c.done < 1:
        for x in (0.34, 0.48, 0.78):
            c.plume(x, 0.36, (128, 122, 114), 8)
    else:
        for left in (0.34, 0.46, 0.74):
            c.box(left, 0.42, left + 0.09, 0.72, (72, 110, 150))
            c.area((left, 0.72), (left + 0.09, 0.72), (left + 0.045, 0.82), fill=(56, 88, 122))
        c.line((0.3, 0.46), (0.84, 0.46), fill=(206, 210, 212), width=22)
        for x in (0.08, 0.2, 0.92):
            c.tree(x, 0.93, 0.08)


def drums(c: Canvas) -> None:
    """Barrels of waste standing about, then on pallets in a bunded store."""
    c.fade(0, 0.62, (206, 204, 196), (188, 186, 180))
    c.fade(0.62, 1, c.mix((128, 120, 106), (146, 160, 150)), c.mix((112, 104, 90), (128, 146, 136)))
    tidy = c.done >= 1
    if tidy:
        c.box(0.04, 0.9, 0.96, 0.93, (226, 188, 60))
        c.sign(0.84, 0.5)
    for row in range(3):
        for column in range(7):
            x = 0.1 + column * 0.12 + row * 0.03 + (0 if tidy else (c.chance.random() - 0.5) * 0.06)
            y = 0.5 + row * 0.13 + (0 if tidy else (c.chance.random() - 0.5) * 0.06)
            body = (44, 94, 148) if tidy else c.chance.choice(((122, 74, 52), (70, 88, 110), (96, 84, 66)))
            c.box(x - 0.045, y - 0.1, x + 0.045, y + 0.08, body)
            c.disc(x, y - 0.1, 0.045, 0.016, blend(body, (255, 255, 255), 0.25))
            c.disc(x, y + 0.08, 0.045, 0.016, body)
            if tidy:
                c.box(x - 0.02, y - 0.04, x + 0.02, y + 0.02, (244, 214, 84))
    if not tidy:
        for x, y in ((0.3, 0.93), (0.56, 0.95), (0.76, 0.92)):
            c.disc(x, y, 0.1, 0.018, (58, 50, 40))


def mine(c: Canvas) -> None:
    """A bare terraced pit, then green terraces with young trees."""
    c.sky(0.4)
    shades = ((206, 190, 160), (190, 170, 138), (176, 154, 120), (160, 138, 106), (148, 126, 96))
    for step, bare in enumerate(shades):
        top = 0.2 + step * 0.13
        colour = c.mix(bare, blend(GREEN, GRASS, step / 5))
        wave = [(x / 20, top + 0.03 * math.sin(x * 0.7 + step)) for x in range(21)]
        c.area(*wave, (1, 1), (0, 1), fill=colour)
        lip = blend(colour, DARK, 0.22)
        c.line(*((x, y + 0.014) for x, y in wave), fill=lip, width=16)
        if c.done < 1:
            c.strew(16, (0, top + 0.05, 1, top + 0.12), ((224, 214, 192), (128, 108, 82)))
        else:
            for _ in range(11):
                c.tree(c.chance.random(), top + 0.1 + c.chance.random() * 0.02, 0.022 + step * 0.007)


def farm(c: Canvas) -> None:
    """A leaking slurry pond by the sheds, then a covered digester and tanks."""
    c.sky(0.4)
    c.box(0, 0.4, 1, 1, c.mix((148, 142, 96), GRASS))
    for left in (0.04, 0.36, 0.68):
        c.box(left, 0.34, left + 0.28, 0.5, (210, 204, 192))
        c.area((left - 0.02, 0.35), (left + 0.14, 0.25), (left + 0.3, 0.35), fill=c.mix((142, 92, 76), (88, 116, 140)))
        for window in range(5):
            c.box(left + 0.02 + window * 0.05, 0.4, left + 0.05 + window * 0.05, 0.45, (120, 126, 128))
    if c.done < 1:
        c.disc(0.5, 0.78, 0.4, 0.12, (112, 96, 66))
        c.disc(0.5, 0.78, 0.37, 0.105, (72, 58, 38))
        c.area((0.76, 0.8), (0.9, 0.84), (0.98, 1), (0.8, 1), fill=(86, 70, 46))
        c.strew(44, (0.2, 0.7, 0.8, 0.86), ((110, 92, 62), (54, 44, 30)))
    else:
        c.disc(0.36, 0.78, 0.28, 0.1, (58, 62, 66))
        c.disc(0.36, 0.75, 0.24, 0.075, (84, 90, 96))
        for x in (0.74, 0.88):
            c.box(x - 0.055, 0.62, x + 0.055, 0.86, (86, 132, 120))
            c.disc(x, 0.62, 0.055, 0.02, (120, 164, 152))
        c.line((0.6, 0.76), (0.7, 0.76), fill=(206, 210, 212), width=14)


def source(c: Canvas) -> None:
    """A house on the shore of a reservoir, then a fence, a board and woods."""
    c.sky(0.44)
    c.hill(0.46, 0.2, (104, 140, 104))
    c.fade(0.44, 0.82, (150, 186, 204), (104, 152, 176))
    c.area((0, 0.78), (0.5, 0.7), (1, 0.76), (1, 1), (0, 1), fill=c.mix((164, 156, 112), GRASS))
    if c.done < 1:
        c.box(0.5, 0.48, 0.8, 0.74, (222, 210, 190))
        c.area((0.46, 0.5), (0.65, 0.38), (0.84, 0.5), fill=(168, 84, 66))
        for left in (0.54, 0.66):
            c.box(left, 0.56, left + 0.08, 0.66, (120, 136, 150))
        for row in range(5):
            c.line((0.04, 0.82 + row * 0.035), (0.46, 0.8 + row * 0.04), fill=(92, 130, 70), width=18)
    else:
        for x in range(18):
            c.tree(0.02 + x * 0.057, 0.8 + (x % 3) * 0.012, 0.045)
        for x in range(21):
            c.line((x * 0.05, 0.78), (x * 0.05, 0.94), fill=(60, 110, 84), width=8)
        for y in (0.8, 0.84, 0.88, 0.92):
            c.line((0, y), (1, y), fill=(84, 140, 108), width=4)
        c.sign(0.66, 0.98)


def works(c: Canvas) -> None:
    """Round settling tanks: brown and overflowing, then clear under a bridge."""
    c.sky(0.36)
    c.box(0, 0.36, 1, 1, c.mix((156, 152, 138), GRASS))
    c.box(0.62, 0.2, 0.92, 0.44, WALL)
    c.box(0.6, 0.19, 0.94, 0.22, (98, 118, 140))
    for x, y, size in ((0.28, 0.52, 0.2), (0.72, 0.62, 0.24), (0.3, 0.84, 0.28)):
        c.disc(x, y, size, size * 0.34, CONCRETE)
        c.disc(x, y, size * 0.93, size * 0.3, c.mix((112, 92, 58), (86, 150, 156)))
        if c.done < 1:
            c.strew(
                26, (x - size * 0.6, y - size * 0.2, x + size * 0.6, y + size * 0.2), ((152, 130, 86), (86, 68, 42))
            )
        else:
            c.line((x - size * 0.9, y), (x + size * 0.9, y), fill=(206, 210, 212), width=16)
        c.disc(x, y, size * 0.1, size * 0.05, (206, 210, 212))


def street(c: Canvas) -> None:
    """A road with mud and dust, then washed and wet behind a sprinkler lorry."""
    c.sky(0.45)
    for index in range(6):
        left = index * 0.18 - 0.03
        c.box(left, 0.14 + (index % 3) * 0.07, left + 0.14, 0.46, (196, 196, 192))
    c.box(0, 0.44, 1, 1, c.mix((172, 164, 148), GRASS))
    c.area((0.36, 0.44), (0.64, 0.44), (1.1, 1), (-0.1, 1), fill=c.mix((150, 138, 118), (98, 102, 106)))
    for step in range(5):
        y = 0.5 + step * step * 0.022
        c.area(
            (0.495, y),
            (0.505, y),
            (0.508 + step * 0.003, y + 0.03 + step * 0.01),
            (0.492 - step * 0.003, y + 0.03 + step * 0.01),
            fill=(236, 236, 230),
        )
    if c.done == 0:
        c.strew(90, (0.1, 0.64, 0.9, 0.99), ((126, 104, 76), (142, 120, 88), (110, 92, 68)))
        c.plume(0.56, 0.62, (196, 184, 162), 9)
    body = c.mix((176, 120, 60), (60, 124, 92))
    c.box(0.42, 0.46, 0.6, 0.62, body)
    c.box(0.6, 0.5, 0.68, 0.62, (226, 230, 232))
    for x in (0.46, 0.55, 0.64):
        c.disc(x, 0.63, 0.02, 0.02, (40, 42, 44))
    if c.done:
        for drop in range(8):
            c.line((0.42, 0.6), (0.3 - drop * 0.012, 0.64 + drop * 0.014), fill=(210, 232, 244), width=5)
        for x, size in ((0.1, 0.09), (0.22, 0.06), (0.8, 0.06), (0.92, 0.09)):
            c.tree(x, 0.52 + size, size)


def landfill(c: Canvas) -> None:
    """A dump with a pool of leachate, then shaped, sealed and green."""
    c.sky(0.62)
    c.area((0, 0.62), (0.26, 0.34), (0.74, 0.32), (1, 0.6), (1, 1), (0, 1), fill=c.mix((142, 126, 102), GRASS))
    if c.done < 1:
        c.strew(240, (0.1, 0.44, 0.92, 0.68), ((206, 200, 190), (92, 88, 84), (150, 112, 80), (104, 126, 150)))
    if c.done:
        c.area((0, 0.62), (0.26, 0.34), (0.5, 0.33), (0.46, 0.98), (0, 1), fill=(64, 68, 70))
        for x in range(5):
            c.line((0.26 + x * 0.06, 0.35), (0.06 + x * 0.1, 0.98), fill=(96, 100, 102), width=5)
        c.box(0.68, 0.5, 0.8, 0.58, (232, 178, 48))
        c.box(0.73, 0.44, 0.79, 0.51, (70, 92, 110))
        c.line((0.69, 0.51), (0.62, 0.42), (0.56, 0.54), fill=(232, 178, 48), width=20)
        c.box(0.67, 0.58, 0.82, 0.61, (50, 50, 52))
    else:
        c.disc(0.5, 0.86, 0.36, 0.08, (44, 40, 34))
        c.disc(0.46, 0.85, 0.2, 0.03, (76, 70, 58))


def station(c: Canvas) -> None:
    """A petrol station: vapour round the pumps, then recovery pipes and a board."""
    c.sky(0.5)
    c.box(0, 0.5, 1, 1, c.mix((150, 148, 142), (176, 178, 176)))
    c.box(0.66, 0.3, 0.96, 0.62, WALL)
    c.box(0.7, 0.38, 0.92, 0.56, (160, 186, 200))
    for x in (0.16, 0.54):
        c.box(x - 0.012, 0.26, x + 0.012, 0.78, (206, 208, 210))
    c.box(0.04, 0.18, 0.68, 0.28, c.mix((170, 92, 72), (44, 120, 92)))
    c.box(0.04, 0.27, 0.68, 0.285, (240, 240, 236))
    for x in (0.24, 0.35, 0.46):
        c.box(x - 0.03, 0.58, x + 0.03, 0.8, (226, 228, 230))
        c.box(x - 0.022, 0.61, x + 0.022, 0.66, (60, 72, 84))
        c.line((x + 0.03, 0.64), (x + 0.05, 0.72), (x + 0.032, 0.78), fill=DARK, width=8)
        if c.done < 1:
            c.plume(x + 0.03, 0.58, (206, 196, 168), 4)
    if c.done:
        c.line((0.2, 0.84), (0.62, 0.84), (0.62, 0.1), fill=(52, 110, 168), width=14)
        c.disc(0.62, 0.1, 0.014, 0.014, (52, 110, 168))
        c.sign(0.84, 0.92)


SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (river, outfall, waste, yard, plant, drums, mine, farm, source, works, street, landfill, station)
}
