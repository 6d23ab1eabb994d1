"""Text in a role and a size as items for the breaker, each with the face that draws it."""

from typing import NamedTuple

from desktop.documents import marks
from desktop.documents.breaker import Item
from desktop.documents.fonts import Face, FontSet, Role

_WIDE = 0.9
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


class Style(NamedTuple):
    """How the drawer shows an item: ``shown`` differs from the text only for a character no font has.

    ``stretch`` is the width of the glyph in proportion to its height, 1 but for the letters of a letterhead.
    """

    face: Face
    size: float
    shown: str = ""
    dx: float = 0.0
    missing: bool = False
    stretch: float = 1.0


class Setter:
    """Makes items; keeps those it made, because a paper repeats a few hundred characters.

    Size and pitch are in pt: a full-width character takes ``pitch`` (by default its size), Latin letters and
    figures their own width in the same proportion.
    """

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._made: dict[tuple[Role, float, float], dict[str, Item]] = {}

    def items(self, text: str, role: Role = Role.FANG, size: float = 16.0, pitch: float | None = None) -> list[Item]:
        """One item for each character of ``text``; line ends and tabs count as spaces."""
        pitch = pitch or size
        made = self._made.setdefault((role, size, pitch), {})
        for char in set(text) - made.keys():
            made[char] = self._item(char, role, size, pitch)
        return [made[char] for char in text]

    def width(self, text: str, role: Role = Role.FANG, size: float = 16.0, pitch: float | None = None) -> float:
        """Natural width of a text in pt."""
        return sum(item.width for item in self.items(text, role, size, pitch))

    def _item(self, char: str, role: Role, size: float, pitch: float) -> Item:
        if marks.is_attached(char) or char in _INVISIBLE:
            return Item(char, 0.0, style=Style(self.fonts.face(role), size, ""))
        if char == "\u3000":
            return Item(char, pitch, style=Style(self.fonts.face(role), size, " "))
        wanted = " " if char in "\t\n\r\x0b\x0c\u2028\u2029" else char
        face, shown, missing = self.fonts.pick(role, wanted)
        advance = face.advance(shown)
        style = Style(face, size, shown, 0.0, missing)
        if advance >= _WIDE:
            left, right = marks.room(char)
            return Item(char, max(advance, 1.0) * pitch if advance > 1.2 else pitch, left * pitch, right * pitch, style)
        if char in marks.ALWAYS_WIDE:
            shift = pitch - advance * size if char in marks.OPENING else 0.0
            return Item(char, pitch, style=style._replace(dx=shift))
        return Item(char, advance * pitch, style=style)
