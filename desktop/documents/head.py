"""What stands over the text on page 1: 版头 and 标题, so small that the page shows text (GB/T 9704-2012 §7.3.3)."""

from dataclasses import dataclass

from desktop.documents.annex import head_lines, title_lines
from desktop.documents.body import Line, addressee_lines
from desktop.documents.glyphs import Setter
from desktop.documents.grid import ROWS
from desktop.documents.letterhead import Letterhead, letterhead_of
from desktop.documents.model import OfficialPaper, Shell

_SCALES = (1.0, 0.85, 0.7, 0.55)
LAST_WITH_TEXT = ROWS - 2
"""The last row on which the text may begin: page 1 then shows a heading and a row, or two rows of it."""


@dataclass(frozen=True, slots=True)
class Head:
    """版头 and 标题, and how many rows the 主送 takes under them."""

    letterhead: Letterhead
    title: list[Line]
    addressee_rows: int

    @property
    def first_row(self) -> int:
        """The row of the 主送机关, one blank row under the 标题."""
        return self.letterhead.row + (len(self.title) + 1 if self.title else 0)

    @property
    def moves_addressee(self) -> bool:
        """A 主送 so long that page 1 would show no text; it then stands in the 版记 (§7.3.2)."""
        return self.first_row + self.addressee_rows > LAST_WITH_TEXT


def head_of(setter: Setter, paper: OfficialPaper) -> Head:
    """The head of page 1. The red words are made smaller where the page would show no text: their size is free."""
    if paper.shell is Shell.PLAIN:
        title = head_lines(setter, paper.annex_mark, paper.title, paper.unbroken)
    else:
        title = title_lines(setter, paper.title, paper.unbroken)
    rows = len(addressee_lines(setter, paper.addressee))
    heads = [Head(letterhead_of(setter, paper, scale), title, rows) for scale in _SCALES]
    fitting = [head for head in heads if not head.moves_addressee]
    without = [head for head in heads if head.first_row <= LAST_WITH_TEXT]
    return (fitting or without or heads[-1:])[0]
