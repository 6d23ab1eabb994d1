"""版头: 发文机关标志, 发文字号, 签发人 and the red rule (GB/T 9704-2012 §7.2); those of 信函 and 纪要 (§10)."""

from typing import NamedTuple

from desktop.documents import grid
from desktop.documents.canvas import RED, Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Style
from desktop.documents.grid import CELL, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, PITCH, RIGHT, SIZE_3, TOP, WIDTH
from desktop.documents.model import OfficialPaper, Shell
from desktop.rules.wording import date_in_text

WORD = "文件"
BLANK_NUMBER = "〔\u3000\u3000〕\u3000号"
BLANK_SIGNER = "＿＿＿"
BLANK_DAY = "\u3000\u3000年\u3000月\u3000日"
RULE_THICKNESS = 0.6 * MM
_MARK_TOP = TOP + 35 * MM
_LETTER_TOP = 30 * MM
_UNDER_NAME = 4 * MM
_THICK, _THIN, _BETWEEN = 0.9 * MM, 0.3 * MM, 1.3 * MM
_DOUBLE_WIDTH = 170 * MM
_FOOT_RULE = PAGE_HEIGHT - 20 * MM
_SEVEN_EIGHTHS = CELL * 7 / 8
_INK = 0.92
_WIDEST, _HIGHEST, _TALLNESS = 15 * MM, 22 * MM, 1.35
_LOOSEST = 1.25
_JOINT_WORD = 1.3
_JOINT_LEADING = 1.22


class _Letters(NamedTuple):
    """One row of red letters: text, size of a letter, left edge, step from letter to letter, top."""

    text: str
    width: float
    height: float
    x: float
    step: float
    top: float


def draw_letterhead(sheet: Sheet, paper: OfficialPaper) -> int:
    """Draw the 版头 of the paper's shell and return the grid row on which the 标题 begins."""
    if paper.shell is Shell.PLAIN:
        return 0
    if paper.shell is Shell.LETTER:
        return _draw_letter(sheet, paper)
    for k, (text, role) in enumerate(_flush_left(paper)):
        sheet.text(text, role, SIZE_3, LEFT, grid.row_middle(k), CELL)
    bottom = _draw_mark(sheet, paper)
    # The mark's size is free, so the number does not fall on the grid by itself: the nearest row is taken.
    row = max(1, round((bottom + 3 * PITCH - CELL - TOP) / PITCH))
    row = _draw_under_minutes(sheet, paper, row) if paper.shell is Shell.MINUTES else _draw_number(sheet, paper, row)
    sheet.rule(LEFT, grid.row_top(row) + CELL + 4 * MM, WIDTH, RULE_THICKNESS, RED)
    return row + 3


def mark_words(paper: OfficialPaper) -> tuple[str, ...]:
    """The red words of the letterhead, row by row; those of a joint document have 文件 beside them."""
    if paper.mark:
        return (paper.mark,)
    if paper.shell is Shell.LETTER:
        return (paper.bodies[0].removesuffix(WORD),)
    if paper.shell is Shell.MINUTES:
        return ("".join(paper.bodies[:1]) + "会议纪要",)
    return paper.bodies if len(paper.bodies) > 1 else (paper.bodies[0].removesuffix(WORD) + WORD,)


def _flush_left(paper: OfficialPaper) -> list[tuple[str, Role]]:
    """份号, 密级 and 紧急程度, one a row."""
    rows = ((paper.serial, Role.FANG), (paper.secrecy, Role.HEI), (paper.urgency, Role.HEI))
    return [(text, role) for text, role in rows if text]


def _draw_mark(sheet: Sheet, paper: OfficialPaper) -> float:
    """Draw the 发文机关标志; returns its lower edge."""
    words = mark_words(paper)
    letters = _joint(words) if len(words) > 1 else [_single(words[0], _MARK_TOP)]
    for line in letters:
        _draw_letters(sheet, line)
    return max(line.top + line.height for line in letters)


def _draw_number(sheet: Sheet, paper: OfficialPaper, row: int) -> int:
    """发文字号 in the middle, or at the left on the row of the last 签发人; returns its row."""
    if paper.upward:
        row = _draw_signers(sheet, paper.signers, row)
    number = sheet.setter.items(paper.doc_no or BLANK_NUMBER, Role.FANG, SIZE_3, CELL)
    x = LEFT + CELL if paper.upward else LEFT + (WIDTH - sum(item.width for item in number)) / 2
    sheet.in_line(number, x, grid.row_middle(row))
    return row


def _draw_under_minutes(sheet: Sheet, paper: OfficialPaper, row: int) -> int:
    """Number of the 纪要 in the middle, under it the office at the left and the date at the right."""
    number = sheet.setter.items(paper.doc_no, Role.FANG, SIZE_3, CELL)
    sheet.in_line(number, LEFT + (WIDTH - sum(item.width for item in number)) / 2, grid.row_middle(row))
    row += 2 if number else 0
    sheet.text(paper.issuing_office, Role.FANG, SIZE_3, LEFT + CELL, grid.row_middle(row), CELL)
    day = sheet.setter.items(date_in_text(paper.on) if paper.on else BLANK_DAY, Role.FANG, SIZE_3, CELL)
    sheet.in_line(day, RIGHT - CELL - sum(item.width for item in day), grid.row_middle(row))
    return row


def _draw_letter(sheet: Sheet, paper: OfficialPaper) -> int:
    """信函: name, double rules at head and foot of page 1, number flush right under the first one."""
    letters = _single(mark_words(paper)[0], _LETTER_TOP)
    _draw_letters(sheet, letters)
    x = (PAGE_WIDTH - _DOUBLE_WIDTH) / 2
    first = letters.top + letters.height * _INK + _UNDER_NAME + _THICK / 2
    sheet.rule(x, first, _DOUBLE_WIDTH, _THICK, RED)
    sheet.rule(x, first + _BETWEEN, _DOUBLE_WIDTH, _THIN, RED)
    sheet.rule(x, _FOOT_RULE - _BETWEEN, _DOUBLE_WIDTH, _THIN, RED)
    sheet.rule(x, _FOOT_RULE, _DOUBLE_WIDTH, _THICK, RED)
    middle = first + _BETWEEN + _SEVEN_EIGHTHS + CELL / 2
    number = sheet.setter.items(paper.doc_no or BLANK_NUMBER, Role.FANG, SIZE_3, CELL)
    rows = _flush_left(paper)
    for k, (text, role) in enumerate(rows):
        sheet.text(text, role, SIZE_3, LEFT, middle + k * PITCH, CELL)
    sheet.in_line(number, RIGHT - sum(item.width for item in number), middle)
    last = middle + CELL / 2 + max(len(rows) - 1, 0) * PITCH
    return round((last + 2.25 * PITCH - TOP) / PITCH)


def _single(text: str, top: float) -> _Letters:
    width = min(_WIDEST, WIDTH / len(text))
    step = min(WIDTH / len(text), width * _LOOSEST)
    x = LEFT + (WIDTH - step * (len(text) - 1) - width) / 2
    return _Letters(text, width, min(_HIGHEST, width * _TALLNESS), x, step, top)


def _joint(names: tuple[str, ...]) -> list[_Letters]:
    """Names one under the other, spread to one width; 文件 at their right, in the middle of their height."""
    longest = max(len(name) for name in names)
    gap = 0.7
    width = min(_WIDEST, WIDTH / (longest + gap + len(WORD) * _JOINT_WORD))
    height = min(_HIGHEST, width * _TALLNESS)
    block = longest * width
    x = LEFT + (WIDTH - block - (gap + len(WORD) * _JOINT_WORD) * width) / 2
    rows = []
    for k, name in enumerate(names):
        step = (block - width) / (len(name) - 1) if len(name) > 1 else 0
        rows.append(_Letters(name, width, height, x, step, _MARK_TOP + k * height * _JOINT_LEADING))
    whole = rows[-1].top + height - _MARK_TOP
    word_width, word_height = width * _JOINT_WORD, height * _JOINT_WORD
    top = _MARK_TOP + (whole - word_height) / 2
    return [*rows, _Letters(WORD, word_width, word_height, x + block + gap * width, word_width, top)]


def _draw_letters(sheet: Sheet, row: _Letters) -> None:
    placed = []
    for k, item in enumerate(sheet.setter.items(row.text, Role.TITLE, row.height)):
        style = item.style
        assert isinstance(style, Style)
        placed.append((item._replace(style=style._replace(stretch=row.width / row.height)), row.x + k * row.step))
    sheet.placed(placed, row.top + row.height / 2, RED)


def _draw_signers(sheet: Sheet, signers: tuple[str, ...], row: int) -> int:
    """签发人 at the right, two names a row, one 字 in; returns the last row, which the number shares."""
    names = [_padded(name, len(signers) > 1) for name in signers] or [BLANK_SIGNER]
    label = sheet.setter.items("签发人：", Role.FANG, SIZE_3, CELL)
    set_names = [sheet.setter.items(name, Role.KAI, SIZE_3, CELL) for name in names]
    widest = max(sum(item.width for item in name) for name in set_names)
    columns = min(2, len(names))
    x = RIGHT - CELL - columns * widest - (columns - 1) * CELL - 4 * CELL
    sheet.in_line(label, x, grid.row_middle(row))
    for k, name in enumerate(set_names):
        at = x + 4 * CELL + (k % 2) * (widest + CELL)
        sheet.in_line(name, at, grid.row_middle(row + k // 2))
    return row + (len(names) - 1) // 2


def _padded(name: str, several: bool) -> str:
    """A name of two characters takes the room of three where names stand in columns."""
    return f"{name[0]}\u3000{name[1]}" if several and len(name) == 2 else name
