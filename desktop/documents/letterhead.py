"""版头: 发文机关标志, 发文字号, 签发人 and the red rule (GB/T 9704-2012 §7.2)."""

from typing import NamedTuple

from desktop.documents import grid
from desktop.documents.canvas import RED, Sheet
from desktop.documents.fonts import Role
from desktop.documents.glyphs import Style
from desktop.documents.grid import CELL, LEFT, MM, PITCH, RIGHT, SIZE_3, TOP, WIDTH
from desktop.documents.model import OfficialPaper

WORD = "文件"
BLANK_NUMBER = "〔\u3000\u3000〕\u3000号"
BLANK_SIGNER = "＿＿＿"
RULE_THICKNESS = 0.6 * MM
_MARK_TOP = TOP + 35 * MM
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
    """Draw the 版头 and return the grid row on which the 标题 begins."""
    if paper.urgency:
        sheet.text(paper.urgency, Role.HEI, SIZE_3, LEFT, grid.row_middle(0), CELL)
    letters = _joint(paper.bodies) if len(paper.bodies) > 1 else _single(paper.bodies[0])
    for line in letters:
        _draw_letters(sheet, line)
    bottom = max(line.top + line.height for line in letters)
    # The mark's size is free, so the number does not fall on the grid by itself: the nearest row is taken.
    row = max(1, round((bottom + 3 * PITCH - CELL - TOP) / PITCH))
    if paper.upward:
        row = _draw_signers(sheet, paper.signers, row)
    number = sheet.setter.items(paper.doc_no or BLANK_NUMBER, Role.FANG, SIZE_3, CELL)
    x = LEFT + CELL if paper.upward else LEFT + (WIDTH - sum(item.width for item in number)) / 2
    sheet.in_line(number, x, grid.row_middle(row))
    sheet.rule(LEFT, grid.row_top(row) + CELL + 4 * MM, WIDTH, RULE_THICKNESS, RED)
    return row + 3


def _single(name: str) -> list[_Letters]:
    text = name if name.endswith(WORD) else name + WORD
    width = min(_WIDEST, WIDTH / len(text))
    step = min(WIDTH / len(text), width * _LOOSEST)
    x = LEFT + (WIDTH - step * (len(text) - 1) - width) / 2
    return [_Letters(text, width, min(_HIGHEST, width * _TALLNESS), x, step, _MARK_TOP)]


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
