"""A TrueType font for reportlab that stays copyable above U+FFFF, and the middle of its hanzi."""

from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont

from desktop.documents.quick_face import QuickFace

_MEASURED = "中国环境保护督察整改办公室人民政府关于问题"
_FIRST_HANZI = 0x3400
_PER_BLOCK = 100


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """reportlab's TrueType font with a ToUnicode map in UTF-16BE.

    reportlab writes five hex digits for U+10000 and above, which readers take for another character: names such
    as 𬭎 would be drawn right and copied wrong.
    """

    def __init__(self, name: str, path: str, index: int = 0) -> None:
        # As reportlab's own, with a face that is read at one stroke.
        self.fontName, self.face, self.encoding = name, QuickFace(path, subfontIndex=index), TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable, self.shapable = False, False

    def addObjects(self, doc: Any) -> None:
        """Add the subsets to the document (called by reportlab when it saves)."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode_map(name, subset)

    def hanzi_centre(self) -> float:
        """Height in em of the middle of the hanzi ink over the baseline, measured on common hanzi or those it has."""
        face = self.face
        common = [ord(char) for char in _MEASURED if ord(char) in face.charToGlyph]
        rare = (code for code in face.charToGlyph if code >= _FIRST_HANZI)
        found = [edges for code in (common or islice(rare, 20)) if (edges := face.heights(code))]
        middles = [(low + high) / 2 / face.unitsPerEm for low, high in found]
        return sum(middles) / len(middles) if middles else 0.35


def to_unicode_map(name: str, subset: list[int]) -> str:
    """A ToUnicode CMap for codes 0–255 of one subset: code points above U+FFFF as surrogate pairs."""
    pairs = [(code, point) for code, point in enumerate(subset) if point]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _PER_BLOCK):
        block = pairs[start : start + _PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in block]
        lines.append("endbfchar")
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
