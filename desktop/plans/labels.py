"""Finds the field labels of a shadow (plan-formats §1, §8.1)."""

import re
from dataclasses import dataclass

from desktop.plans.aliases import SHORT_KINDS
from desktop.plans.numbers import MARK, Mark, line_marks
from desktop.plans.view import View
from desktop.plans.words import Words

_NOTE = re.compile(r"\([^()\n]{1,14}\)")
_BEFORE_MARK = 14
_ENDS = '。;!?”")'


@dataclass(frozen=True, slots=True)
class Label:
    """One label token: ``start`` takes in its own number, ``end`` its colon; ``mark`` is that number."""

    start: int
    end: int
    kind: str
    weak: bool
    colon: bool
    mark: Mark | None = None


def find_labels(view: View, words: Words) -> list[Label]:
    """All labels in the order of the text; sentences that merely use a label's word are left alone."""
    found: list[Label] = []
    for match in words.label.finditer(view.text):
        label = _label(view, words, match, found[-1] if found else None)
        if label is not None:
            found.append(label)
    return _without_chapters(view, words, found)


def _label(view: View, words: Words, match: re.Match[str], last: Label | None) -> Label | None:
    text = view.text
    start, end = _own_word(view, words, match)
    kind, weak = words.kinds.get(text[start:end]) or words.kinds[match.group("alias")]
    bracketed = start > 0 and text[start - 1] == "(" and text[end : end + 1] == ")"
    if bracketed:
        start, end = start - 1, end + 1
    note = _NOTE.match(text, end)
    after = note.end() if note and (text[note.end() : note.end() + 1] == ":" or not bracketed) else end
    colon = text[after : after + 1] == ":"
    own_line = after >= len(text) or text[after] == "\n"
    gap = view.gap_before(after)
    mark = _mark_before(text, start)
    head = mark.start if mark else start
    at_start = head == 0 or text[head - 1] == "\n"
    if colon:
        if not (at_start or mark or _may_follow(view, head, last, weak)):
            return None
        return Label(head, after + 1, kind, weak, True, mark)
    if at_start and (own_line or bracketed or (gap and not mark and not weak)):
        return None if weak and kind != "problem" and not bracketed else Label(head, after, kind, weak, False, mark)
    return None


def _own_word(view: View, words: Words, match: re.Match[str]) -> tuple[int, int]:
    """The label without the end of a value before it: “…已完成整改 责任单位：” is no 整改责任单位."""
    start, end = match.span()
    for place in range(start + 1, end):
        if view.gap_before(place) and view.text[place:end] in words.kinds:
            return place, end
    return start, end


def _may_follow(view: View, head: int, last: Label | None, weak: bool) -> bool:
    """May a label with a colon stand here, in the middle of a line?"""
    before = view.text[head - 1]
    if before in _ENDS:
        return True
    if weak:
        return False
    if before == "," or view.gap_before(head):
        return True
    return last is not None and last.kind in SHORT_KINDS and last.colon and "\n" not in view.text[last.end : head]


def _mark_before(text: str, start: int) -> Mark | None:
    """The number token that ends where the label begins and itself stands at a boundary: 二、整改目标."""
    low = max(0, start - _BEFORE_MARK)
    for position in range(low, start):
        if position and text[position - 1] not in '\n。;!?”"':
            continue
        match = MARK.match(text, position)
        if match and match.end() == start:
            marks = line_marks(text[position:start])
            if marks:
                mark = marks[0]
                return Mark(position, start, mark.style, mark.value, mark.token)
    return None


def _without_chapters(view: View, words: Words, labels: list[Label]) -> list[Label]:
    """Leave out numbered headings without a colon that are chapters of the plan itself (traps 8 and 9).

    Numbered headings are fields only where at least two kinds of them follow one another and no heading of the
    same run of numbers is a well-known chapter title.
    """
    doubtful = [label for label in labels if label.mark is not None and not label.colon]
    if not doubtful:
        return labels
    chapters = _chapter_marks(view, words, {label.mark.style for label in doubtful if label.mark})
    kinds: dict[int, set[str]] = {}
    for label in doubtful:
        kinds.setdefault(chapters.get(label.start, (-1, False))[0], set()).add(label.kind)
    rejected = set()
    for label in doubtful:
        run, is_front = chapters.get(label.start, (-1, False))
        if is_front or len(kinds[run]) < 2:
            rejected.add(label.start)
    return [label for label in labels if label.start not in rejected or label.colon]


def _chapter_marks(view: View, words: Words, styles: set[str]) -> dict[int, tuple[int, bool]]:
    """For each numbered paragraph: which run of rising numbers it is in, and whether that run is front matter."""
    runs: list[list[Mark]] = []
    latest: dict[str, list[Mark]] = {}
    for mark in line_marks(view.text):
        if mark.style not in styles:
            continue
        run = latest.get(mark.style)
        if run is None or mark.value <= run[-1].value:
            run = []
            runs.append(run)
            latest[mark.style] = run
        run.append(mark)
    found = {}
    for number, run in enumerate(runs):
        is_front = any(words.front_matter.match(view.text, mark.end) for mark in run)
        found.update({mark.start: (number, is_front) for mark in run})
    return found
