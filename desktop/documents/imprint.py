"""版记 at the foot of the last page and the page number under the 版心 (GB/T 9704-2012 §7.4, §7.5)."""

from dataclasses import dataclass

from desktop.documents.breaker import Item, Row, break_rows
from desktop.documents.canvas import Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter
from desktop.documents.grid import BOTTOM, LEFT, MM, RIGHT, SIZE_4, WIDTH
from desktop.documents.model import OfficialPaper, Shell
from desktop.rules.wording import date_in_text

BLANK_PRINTED = "\u3000\u3000年\u3000月\u3000日印发"
THICK, THIN = 0.35 * MM, 0.25 * MM
_LEADING = 8.4 * MM
_SIDE = SIZE_4
_NUMBER_UNDER = 7 * MM


@dataclass(frozen=True, slots=True)
class Listed:
    """主送 or 抄送 in the 版记: the word, the names and their rows."""

    label: list[Item]
    names: list[Item]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 ready to draw: 主送 and 抄送, then 印发机关 and date. A letter has neither rules nor the last row."""

    lists: tuple[Listed, ...]
    office: list[Item]
    printed: list[Item]
    ruled: bool

    @property
    def height(self) -> float:
        """Height in pt over the 版心's foot; 0 if there is no 版记."""
        return (sum(len(part.rows) for part in self.lists) + bool(self.printed)) * _LEADING


def imprint_of(setter: Setter, paper: OfficialPaper, with_addressee: bool = False) -> Imprint:
    """Lay out 主送 (where page 1 has no room for it), 抄送, 印发机关 and 印发日期, which is the paper's date.

    A plain paper has no 版记, 纪要 one where an office or 抄送 is named.
    """
    none = paper.shell is Shell.PLAIN or (paper.shell is Shell.MINUTES and not (paper.copies or paper.issuing_office))
    if none:
        return Imprint((), [], [], False)
    addressee = paper.addressee.strip().rstrip("：:") if with_addressee else ""
    lists = [_listed(setter, "主送：", addressee)] if addressee else []
    if paper.copies:
        lists.append(_listed(setter, "抄送：", "，".join(paper.copies)))
    if paper.shell is Shell.LETTER:
        return Imprint(tuple(lists), [], [], False)
    printed = f"{date_in_text(paper.on)}印发" if paper.on else BLANK_PRINTED
    office = setter.items(paper.issuing_office, Role.FANG, SIZE_4)
    return Imprint(tuple(lists), office, setter.items(printed, Role.FANG, SIZE_4), True)


def _listed(setter: Setter, word: str, names: str) -> Listed:
    label = setter.items(word, Role.FANG, SIZE_4)
    items = setter.items(names.rstrip("。") + "。", Role.FANG, SIZE_4)
    return Listed(label, items, break_rows(items, WIDTH - 2 * _SIDE - _width(label)))


def _width(items: list[Item]) -> float:
    return sum(item.width for item in items)


def draw_imprint(sheet: Sheet, imprint: Imprint) -> None:
    """Draw it with its last rule, or its last row, on the 版心's lower edge."""
    if not imprint.height:
        return
    y = BOTTOM - imprint.height
    if imprint.ruled:
        sheet.rule(LEFT, y, WIDTH, THICK)
    else:
        y += (_LEADING - SIZE_4) / 2
    for part in imprint.lists:
        sheet.in_line(part.label, LEFT + _SIDE, y + _LEADING / 2)
        for row in part.rows:
            sheet.row(part.names, row, LEFT + _SIDE + _width(part.label), y + _LEADING / 2)
            y += _LEADING
    if imprint.printed:
        if imprint.lists:
            sheet.rule(LEFT, y, WIDTH, THIN)
        sheet.in_line(imprint.office, LEFT + _SIDE, y + _LEADING / 2)
        sheet.in_line(imprint.printed, RIGHT - _SIDE - _width(imprint.printed), y + _LEADING / 2)
        sheet.rule(LEFT, BOTTOM, WIDTH, THICK)


def draw_page_number(sheet: Sheet, number: int) -> None:
    """— 1 — in 四号 宋体, its dashes 7 mm under the 版心: odd pages at the right, even ones at the left, one 字 in."""
    items = sheet.setter.items(f"— {number} —", Role.SONG, SIZE_4)
    width = sum(item.width for item in items)
    x = RIGHT - SIZE_4 - width if number % 2 else LEFT + SIZE_4
    sheet.in_line(items, x, BOTTOM + _NUMBER_UNDER)
