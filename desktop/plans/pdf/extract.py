"""Pages of a PDF through PDFium: every character with its place, every ruling line, how much is covered by pictures.

Runs in a process of its own (``child``), because a hostile file can hold PDFium up for hours or bring it down.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.plans.pdf.letters import BLANK, readable
from desktop.plans.pdf.pages import Glyph, PdfPage, Rule
from desktop.plans.pdf.shapes import Box, address, read_shapes

MAX_CHARACTERS = 60_000
_ASKEW = -1
_NEAR = 0.1  # radians that a scanner's or a printer's tilt may make


class _Mark(NamedTuple):
    """A character in the page's own coordinates, with the direction it runs in: quarter turns, or ``_ASKEW``."""

    char: str
    box: Box
    origin: tuple[float, float]
    size: float
    quarter: int


def use_fonts(folders: Sequence[Path]) -> None:
    """Let PDFium look for fonts in these folders too: where a PDF brings none and the machine has none that it knows
    of, it drops the characters without a word. Only before the first document.
    """
    names = [str(folder).encode() for folder in folders]
    fonts = (ctypes.c_char_p * (len(names) + 1))(*names, None)
    pointer = ctypes.cast(fonts, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=pointer))


def read_pages(document: pypdfium2.PdfDocument) -> Iterator[PdfPage]:
    """Every page in order; a page that PDFium cannot open comes without anything on it."""
    for index in range(len(document)):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        if not page:
            yield PdfPage(index + 1, 0.0, 0.0)
            continue
        try:
            yield _read_page(page, index + 1)
        finally:
            pdfium.FPDF_ClosePage(page)


def _read_page(page: pdfium.FPDF_PAGE, number: int) -> PdfPage:
    box = _page_box(page)
    marks, speaking = _read_text(page)
    shapes = read_shapes(page, box)
    votes = Counter(mark.quarter for mark in marks if mark.quarter != _ASKEW and mark.char != BLANK)
    quarter = votes.most_common(1)[0][0] if votes else pdfium.FPDFPage_GetRotation(page) % 4
    upright = [mark for mark in marks if mark.quarter == quarter and _is_inside(mark, box)]
    width, height = box[2] - box[0], box[3] - box[1]
    return PdfPage(
        number,
        *((width, height) if quarter % 2 == 0 else (height, width)),
        glyphs=tuple(_upright(mark, box, quarter) for mark in upright),
        rules=tuple(_level(rule, box, quarter) for rule in shapes.rules),
        pictures=shapes.pictures,
        strokes=shapes.strokes,
        mute=len(shapes.texts - speaking),
        aside="".join(mark.char for mark in marks if mark.quarter != quarter and mark.char != BLANK),
    )


def _page_box(page: pdfium.FPDF_PAGE) -> Box:
    """Left, bottom, right and top of what one sees of a page, in its own coordinates."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, rect) or rect.right <= rect.left or rect.top <= rect.bottom:
        return 0.0, 0.0, 595.0, 842.0
    return rect.left, rect.bottom, rect.right, rect.top


def _read_text(page: pdfium.FPDF_PAGE) -> tuple[list[_Mark], set[int]]:
    """The characters of a page, and the addresses of the text objects that they come from."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return [], set()
    try:
        count = min(pdfium.FPDFText_CountChars(text), MAX_CHARACTERS)
        codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
        sets: dict[int, tuple[float, int]] = {}
        return [
            _mark(text, at, char, sets)
            for at, char in enumerate(readable(codes, lambda at: pdfium.FPDFText_HasUnicodeMapError(text, at) == 1))
            if char and pdfium.FPDFText_IsGenerated(text, at) != 1
        ], set(sets)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _mark(text: pdfium.FPDF_TEXTPAGE, at: int, char: str, sets: dict[int, tuple[float, int]]) -> _Mark:
    owner = address(pdfium.FPDFText_GetTextObject(text, at))
    if owner not in sets:
        sets[owner] = _set(text, at)
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(text, at, rect)
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    return _Mark(char, (rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value), *sets[owner])


def _set(text: pdfium.FPDF_TEXTPAGE, at: int) -> tuple[float, int]:
    """Size and direction in which the text around a character is set."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    size = abs(pdfium.FPDFText_GetFontSize(text, at)) * math.hypot(matrix.c, matrix.d)
    turned = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return size or 1.0, round(turned) % 4 if abs(turned - round(turned)) < _NEAR else _ASKEW


def _is_inside(mark: _Mark, box: Box) -> bool:
    x, y = mark.origin
    return box[0] - mark.size <= x <= box[2] + mark.size and box[1] - mark.size <= y <= box[3] + mark.size


def _upright(mark: _Mark, box: Box, quarter: int) -> Glyph:
    """A character as it lies on the page when that is turned so that its text runs from left to right."""
    left, _, right, _ = _turned(mark.box, box, quarter)
    base = _turned((*mark.origin, *mark.origin), box, quarter)[1]
    return Glyph(mark.char, left, right, base, mark.size)


def _level(rule: Box, box: Box, quarter: int) -> Rule:
    return Rule(*_turned(rule, box, quarter))


def _turned(part: Box, box: Box, quarter: int) -> Box:
    """Left, top, right and bottom, counted from the upper left corner, of a part of a page that is turned upright."""
    left, bottom, right, top = part
    if quarter == 0:
        return left - box[0], box[3] - top, right - box[0], box[3] - bottom
    if quarter == 1:
        return bottom - box[1], left - box[0], top - box[1], right - box[0]
    if quarter == 2:
        return box[2] - right, bottom - box[1], box[2] - left, top - box[1]
    return box[3] - top, box[2] - right, box[3] - bottom, box[2] - left
