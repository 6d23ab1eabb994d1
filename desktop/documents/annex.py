"""附件: mark on row 1, title on row 3, then its text; bound in before the 版记 (GB/T 9704-2012 §7.3.6)."""

from dataclasses import replace

from desktop.documents.body import Entry, Line, TableEntry, text_entries, whole_rows
from desktop.documents.breaker import Row
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import CELL, HEIGHT, SIZE_2, SIZE_3, WIDTH
from desktop.documents.justify import CENTRE
from desktop.documents.model import OfficialPaper, TableBlock
from desktop.documents.title import break_title

_BLANK = Line((), Row(0, 0, WIDTH, True), 0.0, 0)


def annex_entries(setter: Setter, paper: OfficialPaper, number: int) -> list[Entry]:
    """The entries of annex ``number`` (from 0), beginning at the top of a page.

    Where it begins with a wide table, mark and title are turned with it.
    """
    annex, mark = paper.annexes[number], annex_mark(paper, number)
    first = annex.blocks[0] if annex.blocks else None
    if isinstance(first, TableBlock) and first.wide:
        over = (*head_lines(setter, mark, annex.title, paper.unbroken, HEIGHT), _BLANK)
        entry = TableEntry(replace(first, caption=""), 1, over[:-1])
        return [entry, *text_entries(setter, annex.blocks[1:], 2)]
    return [*head_lines(setter, mark, annex.title, paper.unbroken), _BLANK, *text_entries(setter, annex.blocks)]


def annex_mark(paper: OfficialPaper, number: int) -> str:
    """附件1, 附件2 …; 附件 where there is only one."""
    return f"附件{number + 1}" if len(paper.listed) > 1 else "附件"


def head_lines(
    setter: Setter, mark: str, title: str, whole_words: tuple[str, ...] = (), width: float = WIDTH
) -> list[Line]:
    """The mark flush left in 黑体 on row 1, the title in the middle from row 3 on; without a mark from row 1 on."""
    lines = []
    if mark:
        items = tuple(setter.items(mark, Role.HEI, SIZE_3, CELL))
        lines = [Line(items, Row(0, len(items), width, True), 0.0, 0, True), replace(_BLANK, heading=True)]
    return lines + title_lines(setter, title, whole_words, width)


def title_lines(setter: Setter, title: str, whole_words: tuple[str, ...], width: float = WIDTH) -> list[Line]:
    """A 标题 in 二号 小标宋, broken by meaning."""
    lines = []
    for text in break_title(title, int(width // SIZE_2), whole_words):
        items = tuple(setter.items(text, Role.TITLE, SIZE_2))
        lines += [Line(items, row, 0.0, 0, True, align=CENTRE) for row in whole_rows(items, width)]
    return lines
