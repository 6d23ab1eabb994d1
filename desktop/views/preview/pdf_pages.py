"""The pages of a PDF through PDFium: their sizes, a page as a picture, the places of words on a page.

Everything here needs the turn (``operations.pdf_turn``).
"""

import contextlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import pypdfium2

Crop = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand: page from 0, rectangles in points from the page's upper left corner."""

    page: int
    boxes: tuple[QRectF, ...]


def open_pdf(data: bytes) -> "pypdfium2.PdfDocument":
    """A PDF from memory; the library is read with the first one, off the window's thread."""
    import pypdfium2

    return pypdfium2.PdfDocument(data)


def page_sizes(document: "pypdfium2.PdfDocument") -> tuple[QSizeF, ...]:
    """Width and height of every page in points."""
    return tuple(QSizeF(*document.get_page_size(at)) for at in range(len(document)))


def draw_page(document: "pypdfium2.PdfDocument", page: int, scale: float, crop: Crop = (0, 0, 0, 0)) -> QImage:
    """A page with ``scale`` pixels a point, or what ``crop`` (left, bottom, right, top in points) leaves of it."""
    closing = contextlib.closing
    with closing(document[page]) as opened, closing(opened.render(scale=scale, crop=crop, prefer_bgrx=True)) as drawn:
        shape = drawn.width, drawn.height, drawn.stride
        # The buffer goes with the bitmap.
        return QImage(drawn.buffer, *shape, QImage.Format.Format_RGB32).copy()


def plain_text(words: str) -> str:
    """Words as they are compared: without spaces and line ends, full-width like half-width, no matter the case."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def find_words(document: "pypdfium2.PdfDocument", page: int, words: str) -> list[Hit]:
    """Where the words, made plain, stand on a page, also across the ends of lines."""
    from pypdfium2 import raw

    with contextlib.closing(document[page]) as opened, contextlib.closing(opened.get_textpage()) as text:
        height, found, places = opened.get_height(), "", []
        for at in range(text.count_chars()):
            plain = plain_text(chr(raw.FPDFText_GetUnicode(text, at)))
            found += plain
            places += [at] * len(plain)
        hits, start = [], 0
        while words and (start := found.find(words, start)) >= 0:
            first, last = places[start], places[start + len(words) - 1]
            hits.append(Hit(page, _boxes(text, first, last - first + 1, height)))
            start += len(words)
        return hits


def _boxes(text: "pypdfium2.PdfTextPage", first: int, count: int, height: float) -> tuple[QRectF, ...]:
    edges: Sequence[Crop] = [text.get_rect(at) for at in range(text.count_rects(first, count))]
    return tuple(QRectF(left, height - top, right - left, top - bottom) for left, bottom, right, top in edges)
