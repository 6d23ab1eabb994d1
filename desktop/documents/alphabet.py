"""The characters of one font role in one file: widths, codes and faces, looked up once for each character.

``str.translate`` with an Alphabet turns a text into a string of kinds, in which every run of one letter is one face
and one subset: that finds the runs of a line at the speed of a regular expression.
"""

import re
from typing import Any, NamedTuple

from desktop.documents.fonts import Face, Role
from desktop.documents.glyphs import Setter
from desktop.documents.glyphs import Style as GlyphStyle

RUNS = re.compile(r"(.)\1*", re.DOTALL)
_FIRST_KIND = 0x4E00
_SAME = 0.002


class Glyph(NamedTuple):
    """How one character is drawn: what stands for it, how far it is moved in em, how much it is widened."""

    shown: str
    shift: float
    stretch: float
    missing: bool


class Kind(NamedTuple):
    """Characters that one operation may show: face and subset; those that stand ``alone`` are placed one by one."""

    face: Face
    name: str
    alone: bool


class Alphabet(dict[int, str]):
    """Code point → kind, with the widths in em and the codes beside it; filled as characters are met."""

    def __init__(self, setter: Setter, role: Role, doc: Any) -> None:
        super().__init__()
        self._setter, self._role, self._doc = setter, role, doc
        self._letters: dict[Kind, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.glyphs: dict[str, Glyph] = {}
        self.codes: dict[str, str] = {}
        self.ems = _Ems(self)

    def width(self, text: str) -> float:
        """Natural width of a text in em."""
        return sum(map(self.ems.__getitem__, text))

    def em(self, char: str) -> float:
        """Width of one character in em."""
        return float(self._setter.items(char, self._role, 1.0)[0].width)

    def __missing__(self, point: int) -> str:
        char = chr(point)
        item = self._setter.items(char, self._role, 1.0)[0]
        style = item.style
        assert isinstance(style, GlyphStyle)
        face, shown = style.face, style.shown
        name, self.codes[char] = "", ""
        if shown.strip():
            subset, code = face.font.splitString(shown, self._doc)[0]
            name, self.codes[char] = face.font.getSubsetInternalName(subset, self._doc), code.hex()
        odd = not shown.strip() or bool(style.dx) or style.missing or style.stretch != 1
        odd = odd or abs(face.advance(shown) - item.width) > _SAME
        self.glyphs[char] = Glyph(shown, style.dx, style.stretch, style.missing)
        kind = Kind(face, name, odd)
        letter = self._letters.setdefault(kind, chr(_FIRST_KIND + len(self._letters)))
        self.kinds[letter] = kind
        self[point] = letter
        return letter


class _Ems(dict[str, float]):
    """Widths in em, made when first asked for; no character is embedded for being measured."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        self._alphabet = alphabet

    def __missing__(self, char: str) -> float:
        self[char] = em = self._alphabet.em(char)
        return em
