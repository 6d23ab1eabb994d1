"""What a cropped page does not show is not handed on: words cut off a page would else be copied out of the bundle.

A page's crop box only hides. Rows of words that lie wholly outside of it are left out of the drawing; pictures and
lines stay, they are cut when they are drawn.
"""

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any

from pypdf.generic import ContentStream

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Operation = tuple[Sequence[Any], bytes]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STARTS = (b"BT", b"Tm", b"Td", b"TD", b"T*", b"'", b'"')
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_HIGH, _WIDE = 1.2, 1.5  # of the size: no letter is further from its baseline, none is wider


def visible_words(content: ContentStream, box: Box) -> bytes:
    """The content of a page without the words that are outside of ``box``, in the page's own coordinates.

    A content that cannot be followed stays as it is.
    """
    plain = content.get_data()
    try:
        content.operations = list(_visible(content.operations, box))
        return content.get_data()
    except Exception:  # a foreign page may be written in any way
        return plain


def _visible(operations: Sequence[Operation], box: Box) -> Iterator[Operation]:
    where, kept = _Where(), list[list[Operation]]()
    left_out: list[tuple[int, Operation]] = []
    for operands, operator in operations:
        if operator in _STARTS:
            left_out.clear()
        where.follow(operator, operands)
        if operator in _SHOWS and where.is_outside(operands[-1], box):
            left_out.append((len(kept), (operands, operator)))
            kept.append(_only_moved(operands, operator))
            continue
        if operator in _SHOWS:
            # Words begin where the last ones ended: those before them stay too.
            for at, one in left_out:
                kept[at] = [one]
            left_out.clear()
        kept.append([(operands, operator)])
    for some in kept:
        yield from some


def _only_moved(operands: Sequence[Any], operator: bytes) -> list[Operation]:
    """What is left of words that are not shown: the step to the next line, and the spacing set with it."""
    spacing = [([operands[0]], b"Tw"), ([operands[1]], b"Tc")] if operator == b'"' else []
    return [*spacing, ([], b"T*")] if operator in (b"'", b'"') else []


class _Where:
    """The state of a page that says where words are shown (ISO 32000-1 §9.4.2)."""

    def __init__(self) -> None:
        self._page, self._line = IDENTITY, IDENTITY
        self._leading, self._size, self._stretch, self._run = 0.0, 1.0, 1.0, 0.0
        self._spacing = {b"Tc": 0.0, b"Tw": 0.0}
        self._saved: list[tuple[Matrix, float, float]] = []

    def follow(self, operator: bytes, operands: Sequence[Any]) -> None:
        """Take one operator in; ``'`` and ``"`` go to the next line before they show."""
        if operator in _STARTS:
            self._run = 0.0
        match operator:
            case b"q":
                self._saved.append((self._page, self._leading, self._size))
            case b"Q" if self._saved:
                self._page, self._leading, self._size = self._saved.pop()
            case b"cm":
                self._page = _times(_matrix(operands), self._page)
            case b"BT":
                self._line = IDENTITY
            case b"Tm":
                self._line = _matrix(operands)
            case b"Tf":
                self._size = abs(float(operands[1]))
            case b"Tc" | b"Tw":
                self._spacing[operator] = abs(float(operands[0]))
            case b"Tz":
                self._stretch = max(1.0, abs(float(operands[0])) / 100)
            case b"TL":
                self._leading = float(operands[0])
            case b"TD":
                self._leading = -float(operands[1])
                self._line = _moved(self._line, float(operands[0]), float(operands[1]))
            case b"Td":
                self._line = _moved(self._line, float(operands[0]), float(operands[1]))
            case b"T*" | b"'" | b'"':
                self._line = _moved(self._line, 0, -self._leading)

    def is_outside(self, words: Any, box: Box) -> bool:
        """True when these words, at their widest, do not touch the box. They go on where the last ones ended."""
        a, b, c, d, x, y = _times(self._line, self._page)
        along, across = hypot(a, b), hypot(c, d)
        self._run += self._widest(words)
        if not along or not across:
            return False
        reach = self._size * max(along, across) * _HIGH
        corners = [(right - x, upper - y) for right in box[::2] for upper in box[1::2]]
        ahead = [(dx * a + dy * b) / along for dx, dy in corners]
        aside = [(dy * a - dx * b) / along for dx, dy in corners]
        beyond = min(ahead) > self._run * along + reach
        return beyond or max(ahead) < -reach or min(aside) > reach or max(aside) < -reach

    def _widest(self, words: Any) -> float:
        """How far words may run at most; a letter is one byte or more."""
        parts = words if isinstance(words, list) else [words]
        letters = sum(len(part) for part in parts if isinstance(part, str | bytes))
        moves = sum(abs(float(part)) for part in parts if not isinstance(part, str | bytes))
        widest = self._size * _WIDE + sum(self._spacing.values())
        return self._stretch * (letters * widest + moves / 1000 * self._size)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(item) for item in operands)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does both, the first one first."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(line: Matrix, x: float, y: float) -> Matrix:
    return _times((1.0, 0.0, 0.0, 1.0, x, y), line)
