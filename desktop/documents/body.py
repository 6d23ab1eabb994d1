"""The text of a document as rows for the grid (GB/T 9704-2012 §7.3): 主送, paragraphs, tables, 附件说明, 附注."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.documents.breaker import Item, Row, break_rows
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import CELL, SIZE_3, SIZE_S4, WIDTH
from desktop.documents.justify import CENTRE, JUSTIFY, RIGHT
from desktop.documents.model import Block, OfficialPaper, Para, TableBlock
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
    align: str = JUSTIFY


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table in the flow of rows; ``para`` is its number among the paragraphs.

    ``over`` are rows that stand over a wide table on its first page: mark and title of the annex it makes.
    """

    block: TableBlock
    para: int
    over: tuple[Line, ...] = ()


Entry = Line | TableEntry


def addressee_lines(setter: Setter, addressee: str) -> list[Line]:
    """主送机关: flush left, turn rows too, a colon after the last."""
    text = addressee.strip().rstrip("：:")
    return _lines(setter.items(text + "：", Role.FANG, SIZE_3, CELL), 0, 0, 0) if text else []


def text_entries(setter: Setter, blocks: Iterable[Block], first: int = 1) -> list[Entry]:
    """正文: each paragraph two 字 in, headings in the type of their level, run in or alone; tables between them."""
    lines: list[Entry] = []
    number = first
    for block in blocks:
        if isinstance(block, TableBlock):
            lines += [*([] if block.wide else caption_lines(setter, block, number)), TableEntry(block, number)]
            number += 1
            continue
        for part in parts_of(block):
            heading = heading_words(part)
            items = setter.items(heading, HEADING_ROLES.get(part.level, Role.FANG), SIZE_3, CELL)
            items += setter.items(part.text.strip(), Role.FANG, SIZE_3, CELL)
            lines += _lines(items, 2 * CELL, 0, number, heading=bool(heading) and not part.text.strip())
            number += 1
    return lines


def caption_lines(setter: Setter, block: TableBlock, para: int, width: float = WIDTH) -> list[Line]:
    """What stands over a table: its caption in the middle, its corner at the right in 小四."""
    caption = tuple(setter.items(block.caption.strip(), Role.HEI, SIZE_3, CELL))
    lines = [Line(caption, row, 0.0, para, True, align=CENTRE) for row in whole_rows(caption, width)]
    return lines + ([corner_line(setter, block.corner.strip(), para, width)] if block.corner.strip() else [])


def corner_line(setter: Setter, text: str, para: int, width: float = WIDTH) -> Line:
    """A remark at the right over a table."""
    items = tuple(setter.items(text, Role.FANG, SIZE_S4))
    return Line(items, Row(0, len(items), width, True), 0.0, para, True, align=RIGHT)


def whole_rows(items: Sequence[Item], width: float) -> list[Row]:
    """Rows that are not spread: for what is centred."""
    return [Row(row.start, row.end, row.width, True) for row in break_rows(items, width)]


def parts_of(para: Para) -> list[Para]:
    """A text of several lines is several paragraphs; blank lines fall out."""
    parts = [part for part in para.text.split("\n") if part.strip()]
    if len(parts) <= 1 and (parts or para.heading):
        return [Para(parts[0] if parts else "", para.heading, para.level)]
    return [Para(part, para.heading if k == 0 else "", para.level if k == 0 else 0) for k, part in enumerate(parts)]


def heading_words(para: Para) -> str:
    """The heading as it is set: with a full stop where text runs on behind it, without one where it stands alone.

    A label keeps its colon.
    """
    heading = para.heading.strip()
    if not heading:
        return ""
    if heading.endswith("："):
        return heading
    return closed(heading) if para.text.strip() else heading.rstrip("。")


def attachment_lines(setter: Setter, names: tuple[str, ...], para: int) -> list[Line]:
    """附件说明: a blank row, two 字 in; several are numbered, turn rows stand under the name's first character."""
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


def attendance_lines(setter: Setter, lists: tuple[tuple[str, str], ...], para: int) -> list[Line]:
    """出席, 请假 and 列席 of 纪要: a blank row, the word two 字 in in 黑体, turn rows after the colon (§10.3)."""
    lines: list[Line] = []
    for k, (word, names) in enumerate(lists):
        label = tuple(setter.items(word.rstrip("：") + "：", Role.HEI, SIZE_3, CELL))
        x = 2 * CELL + sum(item.width for item in label)
        rows = _lines(setter.items(names, Role.FANG, SIZE_3, CELL), x, x, para + k)
        if rows:
            lines += [Line((), Row(0, 0, WIDTH, True), 0.0, para)] if not lines else []
            lines += [replace(rows[0], label=label, label_x=2 * CELL), *rows[1:]]
    return [replace(line, listed=True) for line in lines]


def note_lines(setter: Setter, note: str, para: int) -> list[Line]:
    """附注: two 字 in, in round brackets."""
    text = note.strip()
    if text.startswith("（") and text.endswith("）"):
        text = text[1:-1]
    return _lines(setter.items(f"（{text}）", Role.FANG, SIZE_3, CELL), 2 * CELL, 0, para) if text else []


def flow_of(setter: Setter, paper: OfficialPaper, with_addressee: bool = True) -> list[Entry]:
    """主送, 正文 and 附件说明 in order, ready to be put on pages."""
    entries: list[Entry] = list(addressee_lines(setter, paper.addressee)) if with_addressee else []
    entries += text_entries(setter, paper.paragraphs)
    entries += attachment_lines(setter, paper.listed, entries[-1].para + 1 if entries else 1)
    return entries + attendance_lines(setter, paper.attendance, entries[-1].para + 1 if entries else 1)


def _lines(items: list[Item], first_x: float, rest_x: float, para: int, heading: bool = False) -> list[Line]:
    held = tuple(items)
    rows = break_rows(held, WIDTH - rest_x, WIDTH - first_x)
    return [Line(held, row, first_x if row.start == 0 else rest_x, para, heading) for row in rows]
