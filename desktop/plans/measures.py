"""Splits the measures of a problem and reads their promised counts (samples README: measures)."""

import re
from dataclasses import dataclass
from datetime import date

from desktop.plans.deadlines import due_phrases
from desktop.plans.numbers import CIRCLED, OUTER_FIRST, Mark, inline_marks, line_marks, mark_at
from desktop.plans.view import View
from desktop.rules.drafts import Quantity

_STYLES = "BCDEGPAMF"
_LOOSE = re.compile(r"(\d{1,3})\.")
_LOOSE_INLINE = re.compile(r"(?<=[。;])(\d{1,3})\.(?=\d)")
_UNITS = "平方公里|平方米|立方米|公里|个|家|处|台|套|座|项|条|吨|米|亩|户|艘|辆|口|根|眼|人|次|块|株|头"
_COUNT = re.compile(
    r"(?:完成|建成|建设|新建|改建|扩建|配建|清运|拆除|取缔|安装|修复|整治|疏通|改造|清淤|清理|关停|淘汰|整改|处置|治理|搬迁|更换|补种|设置|查处|关闭|更新)"
    rf"(?P<between>[^,。;:、\d]{{0,10}}?)(?P<count>\d{{1,6}})(?P<unit>{_UNITS})"
)
_RATE = re.compile(r"日|每|年产|至|到|第|超|约|近|不低于|不少于|以上")
_WHOLE = re.compile(rf"(?P<count>\d{{1,6}})(?P<unit>{_UNITS})(?P<what>[^,。;:、]{{2,24}}?)中")


@dataclass(frozen=True, slots=True)
class Piece:
    """One measure on the shadow, without its marker."""

    number: int
    start: int
    end: int


def split_measures(view: View, start: int, end: int) -> tuple[list[Piece], tuple[int, int] | None]:
    """Cut a stretch into measures; the second value is a lead-in before the first marker, if there is one."""
    start, end = view.trim(start, end)
    if start >= end:
        return [], None
    marks = _first_level(view, start, end)
    if not marks:
        return _unmarked(view, start, end), None
    pieces = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start if index + 1 < len(marks) else end
        low, high = view.trim(mark.end, stop)
        if low < high:
            pieces.append(Piece(mark.value, low, high))
    low, high = view.trim(start, marks[0].start)
    return pieces, (low, high) if low < high else None


def split_rows(view: View, rows: list[tuple[int, int]]) -> tuple[list[tuple[Piece, int]], list[tuple[int, int]]]:
    """Cut the measure cells of several rows of one problem; a piece comes with the index of the row it begins in.

    A row without a marker is one measure, however many semicolons it has; markers of an inner level stay inside of
    the measure above. The second value are lead-ins.
    """
    if len(rows) == 1:
        pieces, lead = split_measures(view, *rows[0])
        return [(piece, 0) for piece in pieces], [lead] if lead else []
    found: list[tuple[Piece, int]] = []
    leads = []
    style = ""
    for index, (start, end) in enumerate(rows):
        low, high = view.trim(start, end)
        head = mark_at(view.text, low) or _loose(view.text, low, None)
        if head is not None and head.style in _STYLES:
            if found and style and _is_inner(head, style, found[-1][0].number):
                found[-1] = (Piece(found[-1][0].number, found[-1][0].start, high), found[-1][1])
                continue
            style = head.style
        elif not _has_list(view, low, high):
            found += [(Piece(len(found) + 1, *pair), index) for pair in view.paragraphs(low, high)]
            continue
        pieces, lead = split_measures(view, low, high)
        found += [(piece, index) for piece in pieces]
        leads += [lead] if lead else []
    return found, leads


def _is_inner(head: Mark, style: str, last: int) -> bool:
    """Does a row begin with a marker of a level below that of the rows before it?"""
    if head.style == style or head.value == last + 1:
        return False
    return OUTER_FIRST.index(head.style) > OUTER_FIRST.index(style)


def _has_list(view: View, start: int, end: int) -> bool:
    return bool(_first_level(view, start, end))


def opening_mark(view: View, start: int) -> Mark | None:
    """The marker right behind a label of measures, blank paragraphs aside."""
    while start < len(view.text) and view.text[start] in "\n :":
        start += 1
    mark = mark_at(view.text, start) or _loose(view.text, start, 1)
    return mark if mark is not None and mark.style in _STYLES and mark.value == 1 else None


def _first_level(view: View, start: int, end: int) -> list[Mark]:
    """The markers of the first level: those of the style that comes first, as far as they count on."""
    text = view.text
    inline = [m for m in inline_marks(text, start, end) if m.start > start]
    lines = [m for m in line_marks(text, start, end) if m.start == start or text[m.start - 1] == "\n"]
    head = mark_at(text, start) or _loose(text, start, 1)
    begins = {mark.start for mark in lines}
    everything = sorted([*lines, *(m for m in inline if m.start not in begins)], key=lambda mark: mark.start)
    everything = [mark for mark in everything if mark.end <= end]
    first = head or next((mark for mark in everything if _can_open(mark, everything)), None)
    if first is None or first.style not in _STYLES:
        return []
    chosen = [first]
    candidates = _with_loose(view, start, end, everything, first.style)
    for mark in candidates:
        if mark.start < chosen[-1].end or mark.style != first.style:
            continue
        at_line = text[mark.start - 1] == "\n"
        expected = mark.value == chosen[-1].value + 1
        same_sign = mark.token[-1] == first.token[-1]
        if expected or (at_line and same_sign and mark.value != 1) or (at_line and same_sign and mark.style == "G"):
            chosen.append(mark)
    return chosen


def _can_open(mark: Mark, marks: list[Mark]) -> bool:
    """A marker after a lead-in opens a list only when the list goes on."""
    follows = any(other.style == mark.style and other.value == 2 and other.start > mark.start for other in marks)
    return mark.value == 1 and mark.style in _STYLES and follows


def _with_loose(view: View, start: int, end: int, marks: list[Mark], style: str) -> list[Mark]:
    """Add what only looks like a decimal (2.8家企业停产) and circled numbers without a boundary."""
    text = view.text
    extra: list[Mark] = []
    if style == "C":
        for low, _ in view.paragraphs(start, end):
            loose = _loose(text, low, None)
            extra += [loose] if loose else []
        for match in _LOOSE_INLINE.finditer(text, start, end):
            extra.append(Mark(match.start(), match.end(), "C", int(match.group(1)), match.group()))
    if style == "E":
        extra = [
            Mark(place, place + 1, "E", CIRCLED.index(text[place]) + 1, text[place])
            for place in range(start, end)
            if text[place] in CIRCLED
        ]
    known = {mark.start for mark in marks}
    return sorted([*marks, *(mark for mark in extra if mark.start not in known)], key=lambda mark: mark.start)


def _loose(text: str, start: int, value: int | None) -> Mark | None:
    match = _LOOSE.match(text, start)
    if match is None or (value is not None and int(match.group(1)) != value):
        return None
    return Mark(start, match.end(), "C", int(match.group(1)), match.group())


def _unmarked(view: View, start: int, end: int) -> list[Piece]:
    """Without markers every paragraph is a measure; a single paragraph is parted at its semicolons."""
    paragraphs = view.paragraphs(start, end)
    if len(paragraphs) == 1:
        paragraphs = _at_semicolons(view.text, start, end)
    return [Piece(number, low, high) for number, (low, high) in enumerate(paragraphs, 1)]


def _at_semicolons(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    low = start
    depth = 0
    for place in range(start, end):
        char = text[place]
        depth += (char in "(“《") - (char in ")”》")
        if char == ";" and depth <= 0:
            found.append((low, place))
            low = place + 1
            depth = 0
    found.append((low, end))
    return [(low, high) for low, high in found if low < high]


def read_quantity(text: str, problem: str, year: int | None, issued: date | None) -> Quantity | None:
    """The first count a folded measure promises; with the whole it is part of when the problem names it (6 of 8)."""
    found = next((match for match in _COUNT.finditer(text) if not _RATE.search(match.group("between"))), None)
    if found is None:
        return None
    count, unit = int(found.group("count")), found.group("unit")
    low = max(text.rfind(sign, 0, found.start()) for sign in "。;") + 1
    high = min((place for place in (text.find(sign, found.end()) for sign in "。;") if place >= 0), default=len(text))
    phrases = due_phrases(text[low:high], year, issued)
    days = [phrase.last for phrase in phrases if phrase.last is not None]
    return Quantity(count, unit, max(days, default=None), _whole(problem, text, count, unit))


def _whole(problem: str, measure: str, count: int, unit: str) -> int | None:
    for match in _WHOLE.finditer(problem):
        total = int(match.group("count"))
        if match.group("unit") == unit and total >= count and _shared(match.group("what"), measure) >= 3:
            return total
    return None


def _shared(what: str, measure: str) -> int:
    """Length of the longest run of characters both texts have."""
    best = 0
    for low in range(len(what)):
        while low + best < len(what) and what[low : low + best + 1] in measure:
            best += 1
    return best
