"""Pictures of the manual in few colours, so that the repository stays small."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

PALETTE = 256
_GROUND = 200  # a colour on more than this part of a picture is a ground
_STEP = 24  # of 256; colours that differ by less in red, green and blue share one entry of the palette


def with_palette(image: QImage) -> QImage:
    """The picture in its 256 most used colours, each other one shown as the nearest of them."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    nearest: dict[tuple[int, ...], int] = {}
    shares: Counter[int] = Counter()
    for colour, count in counted.most_common():
        # A ground keeps its own colour, however near to another: white paper on a window that is almost white.
        cell = tuple((colour >> shift & 0xFF) // _STEP for shift in (16, 8, 0))
        shown = colour if count * _GROUND > plain.width() * plain.height() else nearest.get(cell, colour)
        nearest.setdefault(cell, shown)
        shares[shown] += count
    table = [colour | 0xFF000000 for colour, _ in shares.most_common(PALETTE)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
