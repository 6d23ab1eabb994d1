"""Running heads, running feet and page numbers: what comes again at the edge of page after page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from desktop.plans.folding import squeeze
from desktop.plans.pdf.rows import Row

_EDGE = 3  # rows at either end of a page that may be running ones
_MARGIN = 0.14  # share of the page's height that its margins take at most
_LEVEL = 0.012  # share of the height by which a running row may stand higher or lower
_APART = 1.45  # times the usual distance of rows: the least between a running row and the text
_SENTENCE = re.compile("[。；，：;,:]")
_DIGITS = re.compile(r"\d+")
_CHINESE = "一二三四五六七八九十百零〇"
_NUMBER = re.compile(
    rf"[—–―─\-_~·•.()（）\[\]|/]*(?:第|page)?(?P<number>\d{{1,4}}|[ivxlc]{{1,6}}|(?<=第)[{_CHINESE}]{{1,4}})页?"
    rf"(?:[,，/|of]*共?(?:\d{{1,4}}|[{_CHINESE}]{{1,4}})页?)?[—–―─\-_~·•.()（）\[\]|/]*",
    re.I,
)

Page = tuple[float, Sequence[Row]]  # height, rows from top to bottom


def running_rows(pages: Sequence[Page]) -> list[set[int]]:
    """For each page the places of its rows that are running heads, feet or page numbers.

    ``pages`` holds the height of each page and its rows outside of tables. A row is running when it stands in the
    margin, apart from the text, and comes again on other pages at the same height; digits may differ.
    """
    pitch = _pitch(pages)
    edges = [_edge_rows(page, pitch) for page in pages]
    ends = [_end_rows(page) for page in pages]
    again = _coming_again(pages, edges, max(2.0, len(pages) / 5))
    again |= _coming_again(pages, ends, max(2.0, len(pages) * 0.6))
    found: list[set[int]] = []
    for (height, rows), near, outer in zip(pages, edges, ends, strict=True):
        own = {at for at in near | outer if _key(height, rows[at]) in again}
        own |= {at for at in near if _is_page_number(rows[at]) and _is_outermost(at, own, len(rows))}
        found.append(own)
    return found


def _pitch(pages: Sequence[Page]) -> float:
    """The usual distance between two rows, in points; 0 where there are no two."""
    gaps = [low.base - high.base for _, rows in pages for high, low in pairwise(rows)]
    # Between two rows with a table between them lies anything.
    most = 3 * median([row.size for _, rows in pages for row in rows] or [0.0])
    return min(median(gaps), most) if gaps else 0.0


def _edge_rows(page: Page, pitch: float) -> set[int]:
    """Rows in the margins of a page that stand apart from the text, or are set smaller."""
    height, rows = page
    if not rows:
        return set()
    usual = median(row.size for row in rows)
    found: set[int] = set()
    for step, order in ((1, range(len(rows))), (-1, range(len(rows) - 1, -1, -1))):
        near: list[int] = []
        for at in order[:_EDGE]:
            if not _in_margin(rows[at], height, step):
                break
            near.append(at)
            inner = at + step
            gap = abs(rows[inner].base - rows[at].base) if 0 <= inner < len(rows) else height
            if gap > _APART * pitch or rows[at].size < 0.9 * usual:
                found.update(near)
    return found


def _in_margin(row: Row, height: float, step: int) -> bool:
    return row.base < _MARGIN * height if step > 0 else row.base > (1 - _MARGIN) * height


def _end_rows(page: Page) -> set[int]:
    """The first and the last row of a page, where they lie in its margins and are no sentence."""
    height, rows = page
    if not rows:
        return set()
    ends = ((0, 1), (len(rows) - 1, -1))
    return {at for at, step in ends if _in_margin(rows[at], height, step) and not _SENTENCE.search(rows[at].text)}


def _key(height: float, row: Row) -> tuple[str, int]:
    return _DIGITS.sub("#", squeeze(row.text)), round(row.base / max(1.0, height) / _LEVEL)


def _coming_again(pages: Sequence[Page], edges: Sequence[set[int]], least: float) -> set[tuple[str, int]]:
    """Keys of edge rows that stand on at least so many pages at the same height."""
    places: dict[str, Counter[int]] = defaultdict(Counter)
    for (height, rows), near in zip(pages, edges, strict=True):
        for text, level in {_key(height, rows[at]) for at in near}:
            places[text][level] += 1
    found = set()
    for text, levels in places.items():
        for level in levels:
            if levels[level - 1] + levels[level] + levels[level + 1] >= least:
                found.add((text, level))
    return found


def _is_page_number(row: Row) -> bool:
    text = squeeze(row.text)
    return len(text) <= 16 and _NUMBER.fullmatch(text) is not None


def _is_outermost(at: int, own: set[int], count: int) -> bool:
    """Is there nothing but running rows between this row and the edge of the page?"""
    return all(other in own for other in range(at)) or all(other in own for other in range(at + 1, count))
