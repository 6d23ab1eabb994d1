"""What is drawn on a page of a PDF besides text: ruling lines and the share that pictures cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
MAX_SEGMENTS = 40_000
_DEEPEST = 8
_THIN = 3.0  # points up to which a filled box is a line
_SHORT = 3.0  # points below which a line rules nothing
_LEVEL = 0.6  # points that the ends of a line may be out of level


@dataclass(slots=True)
class Shapes:
    """Ruling lines as boxes without width or height, the share of the page (0–1) that pictures cover, how much else
    is drawn, and the addresses of the text objects. ``left`` is how much more is looked at.
    """

    rules: list[Box] = field(default_factory=list)
    pictures: float = 0.0
    strokes: int = 0
    texts: set[int] = field(default_factory=set)
    left: int = MAX_SEGMENTS


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def read_shapes(page: pdfium.FPDF_PAGE, box: Box) -> Shapes:
    """Walk through the objects of a page, those of forms inside of it too."""
    found = Shapes()
    for at in range(min(pdfium.FPDFPage_CountObjects(page), MAX_SEGMENTS)):
        _take(pdfium.FPDFPage_GetObject(page, at), _SAME, box, found, 0)
    found.pictures = min(1.0, found.pictures)
    return found


def address(item: pdfium.FPDF_PAGEOBJECT) -> int:
    """By which an object of a page is known again while the page is open."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _take(item: pdfium.FPDF_PAGEOBJECT, outer: Matrix, box: Box, found: Shapes, depth: int) -> None:
    if not item or found.left <= 0:
        return
    found.left -= 1
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _take_path(item, _times(_matrix(item), outer), found)
    elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.texts.add(address(item))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures += _share(_times(_matrix(item), outer), box)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(item), outer)
        for at in range(min(pdfium.FPDFFormObj_CountObjects(item), MAX_SEGMENTS)):
            _take(pdfium.FPDFFormObj_GetObject(item, at), inner, box, found, depth + 1)


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _share(matrix: Matrix, box: Box) -> float:
    """How much of the page a picture covers: it fills the unit square that the matrix moves."""
    corners = [_at(matrix, x, y) for x in (0, 1) for y in (0, 1)]
    wide = min(max(x for x, _ in corners), box[2]) - max(min(x for x, _ in corners), box[0])
    high = min(max(y for _, y in corners), box[3]) - max(min(y for _, y in corners), box[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 0.0


def _take_path(item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, found: Shapes) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    for outline in _outlines(item, matrix, found):
        if stroke.value:
            found.rules += [rule for rule in map(_rule, outline, outline[1:]) if rule]
        else:
            thin = _thin(outline)
            found.rules += [thin] if thin else []


def _outlines(item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, found: Shapes) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path; a curve ends one, because it rules nothing."""
    outline: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    count = min(pdfium.FPDFPath_CountSegments(item), found.left)
    found.left -= count
    found.strokes += count
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _at(matrix, x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO:
            if len(outline) > 1:
                yield outline
            outline = []
        outline.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(outline) > 1:
            yield [*outline, outline[0]]
            outline = [outline[0]]
    if len(outline) > 1:
        yield outline


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Box | None:
    """A level or upright line as a box, else nothing."""
    (left, right), (low, high) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if high - low <= _LEVEL and right - left >= _SHORT:
        return left, (low + high) / 2, right, (low + high) / 2
    if right - left <= _LEVEL and high - low >= _SHORT:
        return (left + right) / 2, low, (left + right) / 2, high
    return None


def _thin(outline: list[tuple[float, float]]) -> Box | None:
    """A filled box that is so thin that it is a line."""
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    low, high = min(y for _, y in outline), max(y for _, y in outline)
    if high - low <= _THIN and right - left > max(_SHORT, 2 * (high - low)):
        return left, (low + high) / 2, right, (low + high) / 2
    if right - left <= _THIN and high - low > max(_SHORT, 2 * (right - left)):
        return (left + right) / 2, low, (left + right) / 2, high
    return None
