"""版头 of the docx twin, in the places of the printed one: red words, number, signers, red rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.documents.fonts import Role
from desktop.documents.grid import CELL, LEFT, RIGHT, TOP, WIDTH
from desktop.documents.letterhead import (
    DOUBLE_WIDTH,
    THICK,
    THIN,
    Letterhead,
    Letters,
    Words,
)
from desktop.documents.word.parts import LEFT as FLUSH_LEFT
from desktop.documents.word.parts import RED, SPREAD, Paragraph, Run, Tab, border, twips
from desktop.documents.word.styles import HEADING_MARK, LEADING, MARK, NUMBER

_LINE = 1.16
_OUTDENT = (DOUBLE_WIDTH - WIDTH) / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What is written next: its text as XML, and the y in pt at which it ends."""

    xml: str
    bottom: float


def head_pieces(head: Letterhead) -> Iterator[Piece]:
    """The 版头 of 文件 and 纪要 from the top of the page down to its red rule."""
    y = TOP
    flush = [words for words in head.words if words.middle < head.letters[0].top]
    for words in flush:
        y += LEADING
        yield Piece(Paragraph((Run(words.text, words.role),), HEADING_MARK).xml(), y)
    piece = _red_words(head.letters, y)
    yield piece
    yield from _number_rows(head, piece.bottom)


def _red_words(letters: list[Letters], y: float) -> Piece:
    """One row of red words, or names under each other with 文件 beside them."""
    if len(letters) > 1:
        return _joint(letters, y)
    row = letters[0]
    leading = row.height * _LINE
    top = row.top - (leading - row.height) / 2
    paragraph = Paragraph((_red_run(row),), MARK, left=-CELL, right=-CELL, before=top - y, leading=leading)
    return Piece(paragraph.xml(), top + leading)


def _red_run(row: Letters) -> Run:
    wide = round(100 * row.width / row.height)
    return Run(row.text, Role.TITLE, row.height, RED, wide, row.step - row.width)


def _joint(letters: list[Letters], y: float) -> Piece:
    """A table of one row without lines: the names spread to one width, 文件 in the middle of their height."""
    names, word = letters[:-1], letters[-1]
    left, middle = names[0].x, word.x - names[0].width * 0.3
    right = word.x + 2 * word.step
    leading = names[1].top - names[0].top
    top = names[0].top - (leading - names[0].height) / 2
    rows = "".join(
        Paragraph((_red_run(row)._replace(between=0.0),), MARK, SPREAD, leading=leading).xml() for row in names
    )
    beside = Paragraph((_red_run(word)._replace(between=0.0),), MARK, leading=word.height * _LINE).xml()
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
        for width, inside in ((middle - left, rows), (right - middle, beside))
    )
    grid = f'<w:gridCol w:w="{twips(middle - left)}"/><w:gridCol w:w="{twips(right - middle)}"/>'
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(right - left)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(left - LEFT)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
    )
    over = Paragraph(leading=max(1.0, top - y)).xml()
    return Piece(over + table, top + leading * len(names))


def _number_rows(head: Letterhead, y: float) -> Iterator[Piece]:
    """Rows under the red words, each word at a tab stop; the red rule under the last of them."""
    words = [word for word in head.words if word.middle > head.letters[0].top]
    middles = sorted({word.middle for word in words})
    rule = head.rules[0]
    for middle in middles:
        beside = sorted((word for word in words if word.middle == middle), key=lambda word: word.x)
        top = middle - LEADING / 2
        under = (rule.thickness, rule.y - middle - LEADING / 2) if middle == middles[-1] else None
        yield Piece(_tabbed(beside, top - y, under).xml(), rule.y if under else top + LEADING)
        y = top + LEADING


def _tabbed(words: list[Words], before: float, rule: tuple[float, float] | None) -> Paragraph:
    if len(words) == 1 and abs(words[0].x - LEFT + words[0].x + _width(words[0]) - RIGHT) < 1:
        return Paragraph((Run(words[0].text, words[0].role),), NUMBER, before=before, rule=rule)
    runs, tabs, at = [], [], LEFT
    for word in words:
        if word.x > at + 1:
            end = word.x + _width(word)
            at_right = abs(end - RIGHT) < 1 or abs(end + CELL - RIGHT) < 1
            tabs.append(Tab(end - LEFT, "right") if at_right else Tab(word.x - LEFT))
            runs.append(Run("\t", word.role))
        runs.append(Run(word.text, word.role))
        at = word.x + _width(word)
    return Paragraph(tuple(runs), NUMBER, FLUSH_LEFT, before=before, tabs=tuple(tabs), rule=rule)


def _width(word: Words) -> float:
    return sum(item.width for item in word.items)


# 信函


def letter_header(head: Letterhead) -> list[Paragraph]:
    """The header of a letter's first page: the name and the double rule under it."""
    row = head.letters[0]
    name = Paragraph((_red_run(row),), MARK, left=-CELL, right=-CELL, leading=row.height * _LINE)
    gap = head.rules[0].y - row.top - row.height
    double = border("bottom", _double(), RED, 0, "thickThinSmallGap")
    return [name, _across(gap, double)]


def letter_footer() -> list[Paragraph]:
    """The footer of a letter's first page: the double rule 20 mm over the paper's foot."""
    return [_across(2.0, border("bottom", _double(), RED, 0, "thinThickSmallGap"))]


def _across(leading: float, borders: str) -> Paragraph:
    """A rule of 170 mm: it reaches out on both sides of the 版心."""
    right = DOUBLE_WIDTH - WIDTH - (LEFT - (LEFT + RIGHT - DOUBLE_WIDTH) / 2)
    return Paragraph(left=-_OUTDENT, right=-right, leading=max(1.0, leading), borders=borders)


def _double() -> float:
    return THICK + THIN


def letter_words(head: Letterhead) -> Iterator[Piece]:
    """份号, 密级, 紧急程度 at the left and the number at the right, under the first double rule."""
    y = head.rules[1].y
    for middle in sorted({word.middle for word in head.words}):
        beside = sorted((word for word in head.words if word.middle == middle), key=lambda word: word.x)
        top = middle - LEADING / 2
        yield Piece(_tabbed(beside, top - y, None).xml(), top + LEADING)
        y = top + LEADING

