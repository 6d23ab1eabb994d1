"""The words of a Word paragraph as one sees them when all tracked changes are accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from desktop.plans.word.names import child, is_on, local, number, value
from desktop.plans.word.numbering import Numbering

DEEPEST = 90
_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sectPr", "tblPr"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\v", "cr": "\v", "noBreakHyphen": "-"}
# Signs of the fonts Wingdings and Symbol that turn up in office papers.
_SYMBOLS = {
    "wingdings": {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0x52: "☑", 0xFC: "√", 0xFB: "×", 0x6C: "●", 0x6E: "■", 0x9F: "•"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB0: "°", 0xB7: "•", 0xB4: "×", 0x6D: "μ", 0x7E: "～", 0x2D: "－"},
}


class TooDeep(Exception):
    """Elements nested as no office program nests them."""


@dataclass(slots=True)
class Story:
    """What is remembered while a document is walked: counters, open text, and what was left out."""

    numbering: Numbering
    pending: str = ""
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    objects: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as seen: its automatic marker with the gap behind it, its words, the text boxes anchored in it."""

    marker: str
    words: str
    boxes: tuple[Element, ...] = ()


def read_paragraph(paragraph: Element, story: Story, depth: int) -> Paragraph:
    """Read a ``w:p``; where its end is deleted, its words wait and stand before those of the next one."""
    properties = child(paragraph, "pPr")
    boxes: list[Element] = []
    words = "".join(_words(paragraph, story, boxes, depth))
    if _end_is_gone(properties):
        story.pending += words
        return Paragraph("", "", tuple(boxes))
    words, story.pending = story.pending + words, ""
    return Paragraph(story.numbering.marker(properties), words, tuple(boxes))


def _end_is_gone(properties: Element | None) -> bool:
    marks = child(properties, "rPr")
    return child(marks, "del") is not None or child(marks, "moveFrom") is not None


def _words(element: Element, story: Story, boxes: list[Element], depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        raise TooDeep
    for part in element:
        name = local(part)
        if name == "t":
            yield part.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name in _GONE:
            continue
        elif name == "r" and is_on(part, "rPr", "vanish"):
            story.hidden.append("".join(_words(part, story, [], depth + 1)))
        elif name == "sym":
            yield _symbol(part)
        elif name in ("footnoteReference", "endnoteReference"):
            story.notes.append(f"{name[:-9]}:{value(part, name='id')}")
        elif name == "AlternateContent":
            yield from _alternate(part, story, boxes, depth)
        elif name == "txbxContent":
            boxes.append(part)
        else:
            story.objects += name in ("OLEObject", "altChunk")
            story.pictures += name in ("blip", "imagedata")
            yield from _words(part, story, boxes, depth + 1)


def _alternate(element: Element, story: Story, boxes: list[Element], depth: int) -> Iterator[str]:
    """The first choice that has words or boxes, else the fallback: the same text box stands in both."""
    before = len(boxes)
    for part in element:
        words = "".join(_words(part, story, boxes, depth + 1))
        if words.strip() or len(boxes) > before:
            yield words
            return


def _symbol(element: Element) -> str:
    code = value(element, name="char") or ""
    font = (value(element, name="font") or "").lower()
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        point -= 0xF000
        table = next((signs for name, signs in _SYMBOLS.items() if font.startswith(name)), {})
        return table.get(point, "\ufffd")
    return chr(point) if 32 <= point < 0xD800 else "\ufffd"


def is_contents(paragraph: Element, numbering: Numbering) -> bool:
    """Is this a line of a table of contents? Its style is named toc 1, toc 2 …"""
    style = numbering.styles.get(value(paragraph, "pPr", "pStyle") or "")
    name = (value(style, "name") or "").lower()
    return name.startswith("toc ") and number(name[4:5]) > 0
