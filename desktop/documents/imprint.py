"""版记 at the foot of the last page and the page number under the 版心 (GB/T 9704-2012 §7.4, §7.5)."""

from dataclasses import dataclass

from desktop.documents.breaker import Item, Row, break_rows
from desktop.documents.canvas import Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import BOTTOM, LEFT, MM, RIGHT, SIZE_4, WIDTH
from desktop.documents.model import OfficialPaper
from desktop.rules.wording import date_in_text

BLANK_PRINTED = "\u3000\u3000年\u3000月\u3000日印发"
THICK, THIN = 0.35 * MM, 0.25 * MM
_LEADING = 8.4 * MM
_SIDE = SIZE_4
_NUMBER_UNDER = 7 * MM


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 ready to draw: rows of 抄送 and the row of 印发机关 and date; ``height`` in pt from the 版心's foot."""

    label: list[Item]
    copies: list[Item]
    copy_rows: list[Row]
    office: list[Item]
    printed: list[Item]

    @property
    def height(self) -> float:
        """Height in pt over the last rule."""
        return (len(self.copy_rows) + 1) * _LEADING


def imprint_of(setter: Setter, paper: OfficialPaper) -> Imprint:
    """Lay out 抄送, 印发机关 and 印发日期; the date is that of the paper, blank in a draft."""
    printed = f"{date_in_text(paper.on)}印发" if paper.on else BLANK_PRINTED
    office = setter.items(paper.issuing_office, Role.FANG, SIZE_4)
    printed_items = setter.items(printed, Role.FANG, SIZE_4)
    label = setter.items("抄送：" if paper.copies else "", Role.FANG, SIZE_4)
    copies = setter.items("，".join(paper.copies).rstrip("。") + "。" if paper.copies else "", Role.FANG, SIZE_4)
    rows = break_rows(copies, WIDTH - 2 * _SIDE - sum(item.width for item in label))
    return Imprint(label, copies, rows, office, printed_items)


def draw_imprint(sheet: Sheet, imprint: Imprint) -> None:
    """Draw it with its last rule on the 版心's lower edge."""
    top = BOTTOM - imprint.height
    sheet.rule(LEFT, top, WIDTH, THICK)
    sheet.in_line(imprint.label, LEFT + _SIDE, top + _LEADING / 2)
    x = LEFT + _SIDE + sum(item.width for item in imprint.label)
    for k, row in enumerate(imprint.copy_rows):
        sheet.row(imprint.copies, row, x, top + (k + 0.5) * _LEADING)
    if imprint.copy_rows:
        sheet.rule(LEFT, BOTTOM - _LEADING, WIDTH, THIN)
    middle = BOTTOM - _LEADING / 2
    sheet.in_line(imprint.office, LEFT + _SIDE, middle)
    sheet.in_line(imprint.printed, RIGHT - _SIDE - sum(item.width for item in imprint.printed), middle)
    sheet.rule(LEFT, BOTTOM, WIDTH, THICK)


def draw_page_number(sheet: Sheet, number: int) -> None:
    """— 1 — in 四号 宋体, its dashes 7 mm under the 版心: odd pages at the right, even ones at the left, one 字 in."""
    items = sheet.setter.items(f"— {number} —", Role.SONG, SIZE_4)
    width = sum(item.width for item in items)
    x = RIGHT - SIZE_4 - width if number % 2 else LEFT + SIZE_4
    sheet.in_line(items, x, BOTTOM + _NUMBER_UNDER)
