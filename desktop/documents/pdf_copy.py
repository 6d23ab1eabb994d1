"""Pages of other PDFs as drawings of a PdfStream: every object once, its bytes as they are, read when it is needed."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NullObject, StreamObject

from desktop.documents.cropping import visible_words
from desktop.documents.pdf_stream import PdfStream, numbers

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_HIDDEN = 2 | 32  # flags of an annotation that is not shown: Hidden, NoView
_NOT_DRAWN = ("/Popup", "/Link")
_SKIPPED = ("/Length",)


class Copier:
    """Copies what pages of one PDF draw into a stream; what several pages use is copied once."""

    def __init__(self, reader: PdfReader, out: PdfStream) -> None:
        self._reader, self._out = reader, out
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[IndirectObject] = []

    def form(self, page: PageObject) -> int:
        """What a page shows, its annotations with it, as one drawing in the page's own coordinates."""
        content = page.get_contents()
        drawn = b"" if content is None else _shown(page, content)
        resources = page.get("/Resources", DictionaryObject())
        entries = b"/Type /XObject /Subtype /Form /BBox [%s] /Resources %s" % (
            numbers(*box_of(page)),
            self._body(resources),
        )
        if "/Group" in page:
            entries += b" /Group " + self._body(page["/Group"])
        own = self._out.add_stream(entries, drawn, pack=True)
        stamps = list(self._stamps(page))
        if stamps:
            own = self._with_stamps(page, own, stamps)
        self._copy_waiting()
        return own

    def abandon(self) -> None:
        """Give up what a broken page began: every number that was given out gets an object, an empty one."""
        self._waiting.clear()
        for number in self._numbers.values():
            if not self._out.is_written(number):
                self._out.write(number, b"null")

    # Annotations

    def _stamps(self, page: PageObject) -> Iterator[tuple[int, Matrix]]:
        """The appearances of the annotations that a reader would show: electronic seals, stamps, filled-in fields."""
        for entry in _resolved(page.get("/Annots")) or ():
            note = _resolved(entry)
            if not isinstance(note, DictionaryObject) or note.get("/Subtype") in _NOT_DRAWN:
                continue
            flags = _resolved(note.get("/F", 0))
            look = _appearance(note)
            if look is None or (isinstance(flags, int) and flags & _HIDDEN):
                continue
            placed = _placed(look, note)
            if placed is not None:
                yield self._number(look), placed

    def _with_stamps(self, page: PageObject, own: int, stamps: list[tuple[int, Matrix]]) -> int:
        """A drawing that shows the page and the stamps over it."""
        names = [(b"/P", own), *((b"/A%d" % at, number) for at, (number, _) in enumerate(stamps))]
        drawn = b"/P Do" + b"".join(
            b" q %s cm /A%d Do Q" % (numbers(*placed), at) for at, (_, placed) in enumerate(stamps)
        )
        named = b" ".join(b"%s %d 0 R" % (name, number) for name, number in names)
        entries = b"/Type /XObject /Subtype /Form /BBox [%s] /Resources << /XObject << %s >> >>"
        return self._out.add_stream(entries % (numbers(*box_of(page)), named), drawn, pack=True)

    # Objects

    def _number(self, obj: Any) -> int:
        """The number of an object in the stream; it is written when its turn comes."""
        reference = obj if isinstance(obj, IndirectObject) else obj.indirect_reference
        key = (reference.idnum, reference.generation)
        if key not in self._numbers:
            self._numbers[key] = self._out.reserve()
            self._waiting.append(reference)
        return self._numbers[key]

    def _copy_waiting(self) -> None:
        while self._waiting:
            reference = self._waiting.pop()
            number = self._numbers[reference.idnum, reference.generation]
            found = reference.get_object()
            if isinstance(found, StreamObject):
                self._out.write_stream(number, self._entries(found), found._data)  # noqa: SLF001 the bytes as they are
                # Written once and never read again: a scan's picture must not stay in memory.
                self._reader.resolved_objects.pop((reference.generation, reference.idnum), None)
            else:
                self._out.write(number, self._body(found))

    def _entries(self, found: DictionaryObject) -> bytes:
        """The entries of a dictionary with its references renumbered."""
        return b" ".join(_plain(key) + b" " + self._body(value) for key, value in found.items() if key not in _SKIPPED)

    def _body(self, value: Any) -> bytes:
        if isinstance(value, IndirectObject):
            # A page tree that leads back to its pages would bring the whole document along.
            found = value.get_object()
            if found is None or (isinstance(found, DictionaryObject) and found.get("/Type") in ("/Page", "/Pages")):
                return b"null"
            return b"%d 0 R" % self._number(value)
        if isinstance(value, DictionaryObject):
            return b"<< " + self._entries(value) + b" >>"
        if isinstance(value, ArrayObject):
            return b"[" + b" ".join(self._body(item) for item in value) + b"]"
        return _plain(value)


def _shown(page: PageObject, content: ContentStream) -> bytes:
    """The content of a page as its bytes are, of a cropped one without the words that are cut off."""
    box, paper = box_of(page), page.mediabox
    is_whole = box == (float(paper.left), float(paper.bottom), float(paper.right), float(paper.top))
    return content.get_data() if is_whole else visible_words(content, box)


def box_of(page: PageObject) -> Box:
    """What of a page is shown: its crop box within its paper, left, lower, right, upper."""
    crop, paper = page.cropbox, page.mediabox
    left, lower = max(float(crop.left), float(paper.left)), max(float(crop.bottom), float(paper.bottom))
    right, upper = min(float(crop.right), float(paper.right)), min(float(crop.top), float(paper.top))
    if right - left < 1 or upper - lower < 1:
        left, lower, right, upper = (float(edge) for edge in (paper.left, paper.bottom, paper.right, paper.top))
    return left, lower, right, upper


def upright_size(page: PageObject) -> tuple[float, float]:
    """Width and height of a page in points as a reader shows it, turned as it says."""
    left, lower, right, upper = box_of(page)
    width, height = (right - left) * _unit(page), (upper - lower) * _unit(page)
    return (height, width) if _turn(page) in (90, 270) else (width, height)


def placing(page: PageObject, x: float, y: float, scale: float) -> Matrix:
    """The matrix that draws a page upright with its lower left corner at ``x``, ``y``."""
    left, lower, right, upper = box_of(page)
    s = scale * _unit(page)
    turned: dict[int, Matrix] = {
        0: (s, 0, 0, s, x - s * left, y - s * lower),
        90: (0, -s, s, 0, x - s * lower, y + s * right),
        180: (-s, 0, 0, -s, x + s * right, y + s * upper),
        270: (0, s, -s, 0, x + s * upper, y - s * left),
    }
    return turned[_turn(page)]


def _turn(page: PageObject) -> int:
    turn = _resolved(page.get("/Rotate", 0))
    return int(turn) % 360 // 90 * 90 if isinstance(turn, int | float) else 0


def _unit(page: PageObject) -> float:
    unit = _resolved(page.get("/UserUnit", 1))
    return float(unit) if isinstance(unit, int | float) and 0 < unit < 1_000 else 1.0


def _appearance(note: DictionaryObject) -> StreamObject | None:
    looks = _resolved(note.get("/AP"))
    normal = _resolved(looks.get("/N")) if isinstance(looks, DictionaryObject) else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        normal = _resolved(normal.get(note.get("/AS", "/Off")))
    return normal if isinstance(normal, StreamObject) and normal.indirect_reference is not None else None


def _placed(look: StreamObject, note: DictionaryObject) -> Matrix | None:
    """The matrix that brings an appearance into the rectangle of its annotation (ISO 32000-1 §12.5.5)."""
    box, rect = _floats(look.get("/BBox"), 4), _floats(note.get("/Rect"), 4)
    a, b, c, d, e, f = _floats(look.get("/Matrix"), 6) or (1, 0, 0, 1, 0, 0)
    if not box or not rect:
        return None
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    left, lower = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - lower
    if width <= 0 or height <= 0:
        return None
    across, up = abs(rect[2] - rect[0]) / width, abs(rect[3] - rect[1]) / height
    return across, 0, 0, up, min(rect[0], rect[2]) - left * across, min(rect[1], rect[3]) - lower * up


def _floats(value: Any, count: int) -> tuple[float, ...]:
    found = _resolved(value)
    if not isinstance(found, ArrayObject) or len(found) != count:
        return ()
    items = [_resolved(item) for item in found]
    return tuple(float(item) for item in items) if all(isinstance(item, int | float) for item in items) else ()


def _resolved(value: Any) -> Any:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return None if isinstance(found, NullObject) else found


def _plain(value: Any) -> bytes:
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
