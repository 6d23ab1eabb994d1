"""Break a paragraph into rows: dynamic programming over the legal breaks (gongwen A9). Pure functions.

A row may be squeezed (marks give up to half a cell, but the first of a row keeps its left half on the margin) or
spread (the rest goes between the characters). The whole paragraph is weighed at once, so a chain of marks is solved
by the rows before it. A forbidden row start or end is taken only where every other layout has one as well; a row is
never wider than its measure unless one single character is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from desktop.documents import marks


class Item(NamedTuple):
    """One character to set: ``width`` in pt, ``left``/``right`` the pt it may give up on each side.

    ``style`` is carried for the drawer and means nothing here.
    """

    text: str
    width: float
    left: float = 0.0
    right: float = 0.0
    style: object = None


@dataclass(frozen=True, slots=True)
class Row:
    """Items ``start`` to ``end`` (exclusive) make one row of ``width`` pt; ``last`` ends the paragraph."""

    start: int
    end: int
    width: float
    last: bool


FORBIDDEN = 1e7
_INSIDE_WORD = 400.0
_INSIDE_LINK = 25.0
_GLUE = 400.0
_BLEMISH = 25.0
_DISLIKED = 12.0
_BEFORE_SPACE = 2000.0
_LONE = 25.0
_LONG_RUN = 12
_SPREAD_CAP = 5000.0
_WELL_FILLED, _FILLED, _FILLED_WITH_LONG_WORDS = 0.9, 0.8, 0.65
_EPS = 1e-6
_NEVER = float("inf")


def break_rows(items: Sequence[Item], width: float, first_width: float | None = None) -> list[Row]:
    """The rows of a paragraph whose first row measures ``first_width`` (default ``width``), all in pt.

    Every item is in exactly one row, in order. Spaces at a row's end take no room. Source: GB/T 9704-2012 §5.2.3,
    GB/T 15834-2011 §5.1.
    """
    if not items:
        return []
    paragraph = _Paragraph(items, width, width if first_width is None else first_width)
    rows, start = [], 0
    for end in paragraph.best():
        rows.append(Row(start, end, paragraph.measure(start), end == len(items)))
        start = end
    return rows


def break_costs(items: Sequence[Item]) -> list[float]:
    """The cost of ending a row before each item; entry 0 is unused. FORBIDDEN marks 避头尾 faults."""
    texts = [item.text for item in items]
    return _costs(texts, _run_lengths(texts))


def _costs(texts: list[str], runs: list[int]) -> list[float]:
    costs = [0.0] * len(texts)
    dashes = 0
    for k in range(1, len(texts)):
        before, after = texts[k - 1], texts[k]
        dashes = dashes + 1 if before == after and after in marks.DASHES else 0
        costs[k] = _cost(before, after, runs[k], dashes, texts[k + 1] if k + 1 < len(texts) else "")
    return costs


def _run_lengths(texts: list[str]) -> list[int]:
    """For each item, the length of the run of narrow characters it stands in; 0 outside of one."""
    lengths, start = [0] * len(texts), 0
    while start < len(texts):
        end = start
        while end < len(texts) and marks.is_narrow(texts[end]) and not marks.is_space(texts[end]):
            end += 1
        lengths[start:end] = [end - start] * (end - start)
        start = end + 1
    return lengths


def _cost(before: str, after: str, run: int, dashes: int, following: str) -> float:
    if marks.is_attached(after):
        return FORBIDDEN
    if marks.is_space(after):
        return _DISLIKED if marks.is_space(before) else _BEFORE_SPACE
    if after in marks.NEVER_FIRST or before in marks.NEVER_LAST:
        return FORBIDDEN
    if dashes:
        return FORBIDDEN if dashes % 2 else _GLUE
    if marks.is_space(before):
        return 0.0
    if before == marks.BLANK and (after == marks.BLANK or after in marks.UNITS):
        return _GLUE
    if marks.is_narrow(before) and marks.is_narrow(after):
        return _INSIDE_LINK if run > _LONG_RUN and before in marks.LINK_ENDS else _INSIDE_WORD
    if before.isdigit() and (after in marks.UNITS or (after == "—" and following != "—")):
        return _GLUE
    if (before == "—" and after.isdigit()) or after in "—-":
        return _DISLIKED
    return _DISLIKED if before == "〕" and after.isdigit() else 0.0


class _Paragraph:
    """The sums over one paragraph that make the weight of any row a matter of a few subtractions."""

    def __init__(self, items: Sequence[Item], width: float, first_width: float) -> None:
        self.items, self.width, self.first_width = items, width, first_width
        texts = [item.text for item in items]
        runs = _run_lengths(texts)
        self.costs = [*_costs(texts, runs), 0.0]
        self.sums = [0.0, *accumulate(item.width for item in items)]
        self.rooms = [0.0, *accumulate(item.left + item.right for item in items)]
        # How many places before item k may take a share of the room left over.
        self.gaps = [0, 0, *accumulate(marks.may_spread(a, b) for a, b in pairwise(texts))]
        self.em = max(item.width for item in items) or 1.0
        self.has_long_run = max(runs) > _LONG_RUN
        # The end of the visible part of a row that ends before item k: trailing spaces left out.
        self.visible = list(range(len(items) + 1))
        for k, item in enumerate(items, 1):
            if marks.is_space(item.text):
                self.visible[k] = self.visible[k - 1]
        # Width of all before item k when every mark gives up its room and spaces at the end take none.
        self.tight = [self.sums[seen] - self.rooms[seen] for seen in self.visible]

    def measure(self, start: int) -> float:
        return self.width if start else self.first_width

    def best(self) -> list[int]:
        """Ends of the rows of the cheapest layout.

        Well-filled rows are tried first; a layout without a blemish among them is taken. Else looser rows, and at
        last every layout there is, forbidden breaks included.
        """
        cost, ends = self._search(_WELL_FILLED, False)
        if cost >= _BLEMISH:
            looser = self._search(_FILLED_WITH_LONG_WORDS if self.has_long_run else _FILLED, False)
            cost, ends = min((cost, ends), looser)
        return ends if ends else self._search(0.0, True)[1]

    def _search(self, fill: float, forbidden_too: bool) -> tuple[float, list[int]]:
        """Cost and row ends of the cheapest layout whose rows are filled to ``fill`` at least; infinite if none."""
        count, costs, row_cost = len(self.items), self.costs, self._row_cost
        cheapest = [_NEVER] * (count + 1)
        came_from = [0] * (count + 1)
        cheapest[0] = 0.0
        for start in range(count):
            so_far = cheapest[start]
            if so_far == _NEVER:
                continue
            for end in self._ends(start, fill):
                cost = so_far + costs[end]
                if cost >= cheapest[end] or (costs[end] >= FORBIDDEN and not forbidden_too):
                    continue
                cost += row_cost(start, end)
                if cost < cheapest[end]:
                    cheapest[end], came_from[end] = cost, start
        ends, end = [], count
        while end and cheapest[count] < _NEVER:
            ends.append(end)
            end = came_from[end]
        return cheapest[count], ends[::-1]

    def _ends(self, start: int, fill: float) -> range:
        """Possible ends of a row from ``start``: from the filling asked for to the last that fits when squeezed."""
        measure = self.measure(start)
        base = self.sums[start]
        low = max(start + 1, bisect_left(self.sums, base + measure * fill)) if fill else start + 1
        limit = base - self.rooms[start] + measure - self.items[start].left + _EPS
        high = max(start + 1, bisect_right(self.tight, limit) - 1)
        return range(min(low, high), high + 1)

    def _row_cost(self, start: int, end: int) -> float:
        """How ugly the row would be: 0 when it fills its measure without any adjustment."""
        shown = self.visible[end]
        measure = self.width if start else self.first_width
        spare = measure - self.sums[shown] + self.sums[start]
        if spare < -_EPS:
            if shown - start <= 1:
                return 0.0
            at_end = self.items[shown - 1].right
            over = -spare - at_end
            if over <= _EPS:
                return 1.0
            ratio = over / (self.rooms[shown] - self.rooms[start] - at_end - self.items[start].left)
            return 1.5 + 20.0 * ratio * ratio
        if end == len(self.items):
            return _LONE if start and end - start <= 2 and measure > 10 * self.em and self._is_lone(start) else 0.0
        ratio = spare / ((self.gaps[shown] - self.gaps[start + 1]) or 1) / self.em
        return min(1600.0 * ratio * ratio + 10.0 * spare / measure, _SPREAD_CAP)

    def _is_lone(self, start: int) -> bool:
        """The paragraph's last row holds one character, or one with a mark."""
        rest = [item.text for item in self.items[start:]]
        return len(rest) == 1 or rest[1] in marks.NEVER_FIRST
