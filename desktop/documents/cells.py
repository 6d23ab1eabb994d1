"""Break the text of table cells into lines, fast enough for ledgers of hundreds of pages. Pure functions.

Most lines of a cell end between two hanzi, or can after giving one or two characters to the next line; only what
that does not solve is weighed as a whole paragraph by the shared breaker, at many times the cost.
"""

from collections.abc import Mapping
from typing import NamedTuple

from desktop.documents import marks
from desktop.documents.breaker import Item, break_rows
from desktop.documents.title import torn_words

LOOK_BACK, LOOK_DOWN = 8, 3
NARROW = 10.0
WIDEST_SPREAD, WIDEST_GAP = 1.6, 0.25
OVERHANG = 0.2
"""How far the ink of a mark at a line's end may stand in the free side of a cell, in em."""
_EPS = 0.01


class Line(NamedTuple):
    """One line of a cell: its text, natural width and extra room after each character, in points."""

    text: str
    width: float
    spacing: float = 0.0


def break_cell(
    text: str, ems: Mapping[str, float], size: float, width: float, *, even: bool = False
) -> tuple[Line, ...]:
    """The lines of a cell ``width`` points wide; every line break of the text starts a new paragraph.

    ``ems`` gives the width of each character in em. No character is lost but the
    blanks at a line's end; an indent of full-width blanks stays. With ``even`` no single character stands on the last
    line of a paragraph.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        if paragraph := paragraph.rstrip().lstrip(" \t\r"):
            broken = _paragraph(paragraph, ems, width / size, size)
            lines += _not_lone(broken, ems, width / size, size) if even else broken
    return tuple(lines)


def _not_lone(lines: list[Line], ems: Mapping[str, float], measure: float, size: float) -> list[Line]:
    """The lines with no single character alone on the last one: one to three of those before go down with it.

    Words that papers are made of stay whole where they can.
    """
    last = lines[-1].text
    if len(lines) < 2 or not _is_lone(last):
        return lines
    before = lines[-2].text
    text = before + last
    torn = torn_words(text)
    places = [at for at in range(max(1, len(before) - LOOK_DOWN), len(before)) if may_end(text[at - 1], text[at])]
    fitting = [at for at in places if sum(map(ems.__getitem__, text[at:])) <= measure + _EPS]
    if not fitting:
        return lines
    best = min(fitting, key=lambda at: (torn[at], len(before) - at))
    return [
        *lines[:-2],
        _line(text[:best], ems, measure, size, False),
        _line(text[best:], ems, measure, size, True),
    ]


def _is_lone(text: str) -> bool:
    """One character, or one with the marks behind it; figures and words of letters are no single character."""
    bare = text.rstrip("".join(marks.NEVER_FIRST))
    return len(bare) == 1 and not marks.is_narrow(bare)


def _paragraph(text: str, ems: Mapping[str, float], measure: float, size: float) -> list[Line]:
    """Greedy with a short look back; measures in em."""
    lines: list[Line] = []
    start, count = 0, len(text)
    while start < count:
        end = _fit(text, ems, measure, start)
        if end < count and _has_room_for_ink(text, ems, measure, start, end):
            end += 1
        elif end < count:
            end = _legal(text, start, end, measure)
            if not end:
                return lines + _weighed(text[start:], ems, measure, size)
        lines.append(_line(text[start:end], ems, measure, size, end == count))
        start = end
    return lines


def _fit(text: str, ems: Mapping[str, float], measure: float, start: int) -> int:
    """The end of the longest line from ``start`` that fits; at least one character."""
    end = min(start + max(int(measure), 1), len(text))
    used = sum(map(ems.__getitem__, text[start:end]))
    while end < len(text) and used + ems[text[end]] <= measure + _EPS:
        used += ems[text[end]]
        end += 1
    while used > measure + _EPS and end > start + 1:
        end -= 1
        used -= ems[text[end]]
    return end


def _has_room_for_ink(text: str, ems: Mapping[str, float], measure: float, start: int, end: int) -> bool:
    """Does the mark behind the line fit but for its blank half, and may the line end behind it?"""
    blank = marks.room(text[end])[1]
    if not blank or sum(map(ems.__getitem__, text[start : end + 1])) - blank > measure + OVERHANG:
        return False
    return end + 1 == len(text) or may_end(text[end], text[end + 1])


def _legal(text: str, start: int, end: int, measure: float) -> int:
    """The nearest place at or before ``end`` where a line may end; 0 if there is none within a few characters.

    A line of a narrow column may stay short rather than tear a number or a 文号.
    """
    lowest = max(end - LOOK_BACK, start + 1)
    if measure > NARROW:
        lowest = max(lowest, start + (end - start) // 2)
    for place in range(end, lowest - 1, -1):
        if may_end(text[place - 1], text[place]):
            return place
    return 0


def may_end(before: str, after: str) -> bool:
    """Whether a line may end between these two characters without looking any further."""
    if after in marks.NEVER_FIRST or before in marks.NEVER_LAST or marks.is_attached(after):
        return False
    if before in marks.DASHES or after in marks.DASHES or marks.is_space(after):
        return False
    if marks.is_space(before):
        return True
    if before == marks.BLANK:
        return after != marks.BLANK and after not in marks.UNITS
    if marks.is_narrow(before):
        return not marks.is_narrow(after) and after not in marks.UNITS
    return True


def _weighed(text: str, ems: Mapping[str, float], measure: float, size: float) -> list[Line]:
    rows = break_rows([Item(char, ems[char]) for char in text], measure)
    return [_line(text[row.start : row.end], ems, measure, size, row.last) for row in rows]


def _line(text: str, ems: Mapping[str, float], measure: float, size: float, last: bool) -> Line:
    text = text.strip(" \t\r")
    natural = sum(map(ems.__getitem__, text))
    spare = measure - natural
    spread = not last and _EPS < spare <= min(WIDEST_SPREAD, WIDEST_GAP * (len(text) - 1))
    if text and marks.room(text[-1])[1]:
        natural = min(natural, measure)
    return Line(text, natural * size, spare * size / (len(text) - 1) if spread else 0.0)
