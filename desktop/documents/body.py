"""The text of a document as rows for the grid: 主送, paragraphs with levels, 附件说明, 附注 (GB/T 9704-2012 §7.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.documents.breaker import Item, Row, break_rows
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import CELL, SIZE_3, WIDTH
from desktop.documents.model import OfficialPaper, Para
from desktop.rules.wording import closed

HEADING_ROLES = {1: Role.HEI, 2: Role.KAI}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page: items set from ``x`` (pt from the left edge of the 版心); no items make a blank row.

    ``para`` numbers the paragraphs, 0 is the 主送机关; a ``heading`` row must not be the last of its page; ``listed``
    rows belong to the 附件说明. A ``label`` stands before the row from ``label_x`` and takes no part in its spreading.
    """

    items: tuple[Item, ...]
    row: Row
    x: float
    para: int
    heading: bool = False
    listed: bool = False
    label: tuple[Item, ...] = ()
    label_x: float = 0.0


def addressee_lines(setter: Setter, addressee: str) -> list[Line]:
    """主送机关: flush left, turn rows too, a colon after the last."""
    text = addressee.strip().rstrip("：:")
    return _lines(setter.items(text + "：", Role.FANG, SIZE_3, CELL), 0, 0, 0) if text else []


def text_lines(setter: Setter, paragraphs: Iterable[Para], first: int = 1) -> list[Line]:
    """正文: each paragraph two 字 in, headings in the type of their level, run in or alone."""
    lines: list[Line] = []
    number = first
    for para in paragraphs:
        for part in _split(para):
            heading = _heading(part)
            items = setter.items(heading, HEADING_ROLES.get(part.level, Role.FANG), SIZE_3, CELL)
            items += setter.items(part.text.strip(), Role.FANG, SIZE_3, CELL)
            lines += _lines(items, 2 * CELL, 0, number, heading=bool(heading) and not part.text.strip())
            number += 1
    return lines


def _split(para: Para) -> list[Para]:
    """A text of several lines is several paragraphs; blank lines fall out."""
    parts = [part for part in para.text.split("\n") if part.strip()]
    if len(parts) <= 1 and (parts or para.heading):
        return [Para(parts[0] if parts else "", para.heading, para.level)]
    return [Para(part, para.heading if k == 0 else "", para.level if k == 0 else 0) for k, part in enumerate(parts)]


def _heading(para: Para) -> str:
    heading = para.heading.strip()
    if not heading:
        return ""
    return closed(heading) if para.text.strip() else heading.rstrip("。")


def attachment_lines(setter: Setter, names: tuple[str, ...], para: int) -> list[Line]:
    """附件说明: a blank row, two 字 in; several are numbered, turn rows stand under the name's first character."""
    names = tuple(name for name in names if name.strip())
    if not names:
        return []
    word = setter.items("附件：", Role.FANG, SIZE_3, CELL)
    start = 5 * CELL
    numbers = [f"{k}." for k in range(1, len(names) + 1)] if len(names) > 1 else [""]
    slot = max(setter.width(number, Role.FANG, SIZE_3, CELL) for number in numbers)
    lines = [Line((), Row(0, 0, WIDTH, True), 0.0, para)]
    for k, (number, name) in enumerate(zip(numbers, names, strict=True)):
        first, *rest = _lines(setter.items(name, Role.FANG, SIZE_3, CELL), start + slot, start + slot, para)
        label = ([] if k else word) + setter.items(number, Role.FANG, SIZE_3, CELL)
        lines += [replace(first, label=tuple(label), label_x=start if k else 2 * CELL), *rest]
    return [replace(line, listed=True) for line in lines]


def note_lines(setter: Setter, note: str, para: int) -> list[Line]:
    """附注: two 字 in, in round brackets."""
    text = note.strip()
    if text.startswith("（") and text.endswith("）"):
        text = text[1:-1]
    return _lines(setter.items(f"（{text}）", Role.FANG, SIZE_3, CELL), 2 * CELL, 0, para) if text else []


def flow_of(setter: Setter, paper: OfficialPaper) -> list[Line]:
    """主送, 正文 and 附件说明 in order, ready to be put on pages."""
    lines = addressee_lines(setter, paper.addressee) + text_lines(setter, paper.paragraphs)
    return lines + attachment_lines(setter, paper.attachments, lines[-1].para + 1 if lines else 1)


def _lines(items: list[Item], first_x: float, rest_x: float, para: int, heading: bool = False) -> list[Line]:
    held = tuple(items)
    rows = break_rows(held, WIDTH - rest_x, WIDTH - first_x)
    return [Line(held, row, first_x if row.start == 0 else rest_x, para, heading) for row in rows]
