"""版头 (GB/T 9704-2012 §7.2; 信函 §10.1, 纪要 §10.3): where the red words, the number, the signers and the rules stand.

Laid out first and drawn after, so that a tall letterhead can be tried smaller and a docx can take the same places.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.documents import grid
from desktop.documents.breaker import Item
from desktop.documents.canvas import RED, Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Setter, Style
from desktop.documents.grid import CELL, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, PITCH, RIGHT, SIZE_3, TOP, WIDTH
from desktop.documents.model import OfficialPaper, Shell
from desktop.rules.wording import date_in_text

WORD = "文件"
BLANK_NUMBER = "〔\u3000\u3000〕\u3000号"
BLANK_SIGNER = "＿＿＿"
BLANK_DAY = "\u3000\u3000年\u3000月\u3000日"
SIGNED_BY = "签发人："
RULE_THICKNESS = 0.6 * MM
THICK, THIN, BETWEEN = 0.9 * MM, 0.3 * MM, 1.3 * MM
DOUBLE_WIDTH = 170 * MM
FOOT_RULE = PAGE_HEIGHT - 20 * MM
_MARK_TOP, _LETTER_TOP = TOP + 35 * MM, 30 * MM
_WIDEST, _HIGHEST, _TALLNESS = 15 * MM, 22 * MM, 1.35
_LOOSEST = 1.25
_JOINT_WORD, _JOINT_LEADING, _JOINT_GAP = 1.3, 1.22, 0.7
_UNDER_NUMBER = _UNDER_NAME = 4 * MM
_SEVEN_EIGHTHS = CELL * 7 / 8
_INK = 0.92


class Letters(NamedTuple):
    """One row of red letters: text, size of a letter, left edge, step from letter to letter, top."""

    text: str
    width: float
    height: float
    x: float
    step: float
    top: float


class Words(NamedTuple):
    """A short text of the 版头: its left edge and the middle of its row."""

    text: str
    role: Role
    items: list[Item]
    x: float
    middle: float


class Rule(NamedTuple):
    """A red rule: left edge, middle, width, thickness."""

    x: float
    y: float
    width: float
    thickness: float


@dataclass
class Letterhead:
    """The 版头 in places on the page; ``row`` is the grid row on which the 标题 begins."""

    letters: list[Letters] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    row: int = 0


def letterhead_of(setter: Setter, paper: OfficialPaper, scale: float = 1.0) -> Letterhead:
    """The 版头 of the paper's shell. ``scale`` makes the red words smaller, where page 1 would show no text."""
    if paper.shell is Shell.PLAIN:
        return Letterhead()
    if paper.shell is Shell.LETTER:
        return _letter(setter, paper, scale)
    head = Letterhead(_mark(paper, scale))
    head.words = [
        _words(setter, text, role, LEFT, grid.row_middle(k)) for k, (text, role) in enumerate(flush_left(paper))
    ]
    bottom = max(line.top + line.height for line in head.letters)
    # The mark's size is free, so the number does not fall on the grid by itself: the nearest row is taken.
    row = max(1, round((bottom + 3 * PITCH - CELL - TOP) / PITCH))
    under = _under_minutes if paper.shell is Shell.MINUTES else _number
    row = under(setter, paper, head, row)
    head.rules = [Rule(LEFT, grid.row_top(row) + CELL + _UNDER_NUMBER, WIDTH, RULE_THICKNESS)]
    head.row = row + 3
    return head


def mark_words(paper: OfficialPaper) -> tuple[str, ...]:
    """The red words of the letterhead, row by row; those of a joint document have 文件 beside them."""
    if paper.mark:
        return (paper.mark,)
    if paper.shell is Shell.LETTER:
        return (paper.bodies[0].removesuffix(WORD),)
    if paper.shell is Shell.MINUTES:
        return ("".join(paper.bodies[:1]) + "会议纪要",)
    return paper.bodies if len(paper.bodies) > 1 else (paper.bodies[0].removesuffix(WORD) + WORD,)


def flush_left(paper: OfficialPaper) -> list[tuple[str, Role]]:
    """份号, 密级 and 紧急程度, one a row."""
    rows = ((paper.serial, Role.FANG), (paper.secrecy, Role.HEI), (paper.urgency, Role.HEI))
    return [(text.strip(), role) for text, role in rows if text.strip()]


def draw_letterhead(sheet: Sheet, head: Letterhead) -> None:
    """Draw it."""
    for words in head.words:
        sheet.in_line(words.items, words.x, words.middle)
    for line in head.letters:
        _draw_letters(sheet, line)
    for rule in head.rules:
        sheet.rule(*rule, RED)


def _draw_letters(sheet: Sheet, row: Letters) -> None:
    placed = []
    for k, item in enumerate(sheet.setter.items(row.text, Role.TITLE, row.height)):
        style = item.style
        assert isinstance(style, Style)
        placed.append((item._replace(style=style._replace(stretch=row.width / row.height)), row.x + k * row.step))
    sheet.placed(placed, row.top + row.height / 2, RED)


# The red words


def _mark(paper: OfficialPaper, scale: float) -> list[Letters]:
    words = mark_words(paper)
    return _joint(words, scale) if len(words) > 1 else [_single(words[0], _MARK_TOP, scale)]


def _single(text: str, top: float, scale: float) -> Letters:
    width = min(_WIDEST, WIDTH / len(text)) * scale
    step = min(WIDTH / len(text), width * _LOOSEST)
    x = LEFT + (WIDTH - step * (len(text) - 1) - width) / 2
    return Letters(text, width, min(_HIGHEST, width * _TALLNESS), x, step, top)


def _joint(names: tuple[str, ...], scale: float) -> list[Letters]:
    """Names one under the other, spread to one width; 文件 at their right, in the middle of their height."""
    longest = max(len(name) for name in names)
    beside = _JOINT_GAP + len(WORD) * _JOINT_WORD
    width = min(_WIDEST, WIDTH / (longest + beside)) * scale
    height = min(_HIGHEST, width * _TALLNESS)
    block = longest * width
    x = LEFT + (WIDTH - block - beside * width) / 2
    rows = []
    for k, name in enumerate(names):
        step = (block - width) / (len(name) - 1) if len(name) > 1 else 0
        rows.append(Letters(name, width, height, x, step, _MARK_TOP + k * height * _JOINT_LEADING))
    whole = rows[-1].top + height - _MARK_TOP
    word_width, word_height = width * _JOINT_WORD, height * _JOINT_WORD
    top = _MARK_TOP + (whole - word_height) / 2
    return [*rows, Letters(WORD, word_width, word_height, x + block + _JOINT_GAP * width, word_width, top)]


# What stands under them


def _words(setter: Setter, text: str, role: Role, x: float, middle: float) -> Words:
    return Words(text, role, setter.items(text, role, SIZE_3, CELL), x, middle)


def _width(items: list[Item]) -> float:
    return sum(item.width for item in items)


def _number(setter: Setter, paper: OfficialPaper, head: Letterhead, row: int) -> int:
    """发文字号 in the middle, or at the left on the row of the last 签发人; returns its row."""
    at = len(head.words)
    if paper.upward:
        row = _signers(setter, paper.signers, head, row)
    number = _words(setter, paper.doc_no or BLANK_NUMBER, Role.FANG, LEFT + CELL, grid.row_middle(row))
    centred = LEFT + (WIDTH - _width(number.items)) / 2
    head.words.insert(at, number if paper.upward else number._replace(x=centred))
    return row


def _signers(setter: Setter, signers: tuple[str, ...], head: Letterhead, row: int) -> int:
    """签发人 at the right, two names a row, one 字 in; returns the last row, which the number shares."""
    names = [_padded(name, len(signers) > 1) for name in signers] or [BLANK_SIGNER]
    widest = max(setter.width(name, Role.KAI, SIZE_3, CELL) for name in names)
    columns = min(2, len(names))
    x = RIGHT - CELL - columns * widest - (columns - 1) * CELL - len(SIGNED_BY) * CELL
    head.words.append(_words(setter, SIGNED_BY, Role.FANG, x, grid.row_middle(row)))
    for k, name in enumerate(names):
        at = x + len(SIGNED_BY) * CELL + (k % 2) * (widest + CELL)
        head.words.append(_words(setter, name, Role.KAI, at, grid.row_middle(row + k // 2)))
    return row + (len(names) - 1) // 2


def _padded(name: str, several: bool) -> str:
    """A name of two characters takes the room of three where names stand in columns."""
    return f"{name[0]}\u3000{name[1]}" if several and len(name) == 2 else name


def _under_minutes(setter: Setter, paper: OfficialPaper, head: Letterhead, row: int) -> int:
    """Number of the 纪要 in the middle, under it the office at the left and the date at the right; returns its row."""
    if paper.doc_no:
        number = _words(setter, paper.doc_no, Role.FANG, LEFT, grid.row_middle(row))
        head.words.append(number._replace(x=LEFT + (WIDTH - _width(number.items)) / 2))
        row += 2
    office = _words(setter, paper.issuing_office, Role.FANG, LEFT + CELL, grid.row_middle(row))
    day = _words(setter, date_in_text(paper.on) if paper.on else BLANK_DAY, Role.FANG, RIGHT, grid.row_middle(row))
    head.words += [office, day._replace(x=RIGHT - CELL - _width(day.items))]
    return row


def _letter(setter: Setter, paper: OfficialPaper, scale: float) -> Letterhead:
    """信函: name, double rules at head and foot of page 1, number flush right under the first one."""
    letters = _single(mark_words(paper)[0], _LETTER_TOP, scale)
    x = (PAGE_WIDTH - DOUBLE_WIDTH) / 2
    first = letters.top + letters.height * _INK + _UNDER_NAME + THICK / 2
    places = ((first, THICK), (first + BETWEEN, THIN), (FOOT_RULE - BETWEEN, THIN), (FOOT_RULE, THICK))
    middle = first + BETWEEN + _SEVEN_EIGHTHS + CELL / 2
    rows = flush_left(paper)
    words = [_words(setter, text, role, LEFT, middle + k * PITCH) for k, (text, role) in enumerate(rows)]
    number = _words(setter, paper.doc_no or BLANK_NUMBER, Role.FANG, RIGHT, middle)
    words.append(number._replace(x=RIGHT - _width(number.items)))
    last = middle + CELL / 2 + max(len(rows) - 1, 0) * PITCH
    rules = [Rule(x, y, DOUBLE_WIDTH, thickness) for y, thickness in places]
    return Letterhead([letters], words, rules, round((last + 2.25 * PITCH - TOP) / PITCH))
