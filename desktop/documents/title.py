"""Break a 标题 by meaning into a trapezium or a lozenge (GB/T 9704-2012 §7.3.1). Pure functions.

The words that titles are made of are known; a row ends between words, never inside one, and neither begins nor
ends with 的, 和 or a mark where that can be avoided.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise

from desktop.documents import marks

# fmt: off
_WORDS = (
    "关于", "申请", "请示", "报告", "通知", "通报", "批复", "意见", "决定", "公告", "商请", "验收", "验收销号",
    "销号", "备案", "整改", "整改销号", "整改方案", "整改清单", "整改工作", "整改情况", "完成情况", "贯彻落实",
    "印发", "报送", "报请", "转发", "调整", "成立", "开展", "加强", "做好", "进一步", "生态环境", "生态环境保护",
    "生态环境保护督察", "环境保护", "督察", "督察反馈", "反馈", "反馈意见", "反馈问题", "问题", "中央", "省级",
    "市级", "第一轮", "第二轮", "第三轮", "第四轮", "回头看", "专项", "例行", "警示片", "突出", "领导小组", "办公室",
    "委员会", "人民政府", "有关", "事项", "工作", "情况", "方案", "任务", "措施", "清单", "台账", "延期", "长期",
    "持续", "公示", "自查自验", "责任", "单位", "组织", "实施", "材料",
)
# fmt: on
_NOT_LAST = frozenset("的和、与及暨对将在") | marks.NEVER_LAST
_NOT_FIRST = frozenset("的和、与及暨") | marks.NEVER_FIRST
_INSIDE_WORD = 300.0
_INSIDE_NAME = 2000.0
_BETWEEN_UNKNOWN = 60.0
_GLAD = -15.0
_MOST_ROWS = 5


def break_title(title: str, most: int, whole_words: Sequence[str] = ()) -> tuple[str, ...]:
    """The rows of a 标题 of at most ``most`` full-width characters each.

    ``|`` in the title marks a welcome place to break. ``whole_words`` (names of places, offices, plans) stay whole
    wherever they fit into a row.
    """
    text = title.replace("|", "")
    if not text:
        return ()
    costs = _break_costs(title, whole_words, most)
    if _length(text) <= most:
        return (text,)
    fewest = max(1, -int(-_length(text) // most))
    best: tuple[float, tuple[str, ...]] = (float("inf"), ())
    allowed = [k for k in range(1, len(text)) if costs[k] < _INSIDE_NAME]
    for count in range(fewest, min(fewest + 2, _MOST_ROWS + 1)):
        for cuts in _cuts(text, allowed, count, most):
            rows = tuple(text[a:b].strip() for a, b in zip((0, *cuts), (*cuts, len(text)), strict=True))
            cost = sum(costs[k] for k in cuts) + _shape_cost([_length(row) for row in rows], most)
            best = min(best, (cost + 25.0 * (count - fewest), rows))
    return best[1] or _forced(text, most)


def _length(text: str) -> float:
    return sum(0.5 if marks.is_narrow(char) else 1.0 for char in text)


def _cuts(text: str, allowed: list[int], count: int, most: int) -> list[tuple[int, ...]]:
    """Ways to cut into ``count`` rows that all fit; long titles are cut near equal parts only."""
    if count == 1:
        return [()] if _length(text) <= most else []
    near = {k for i in range(1, count) for k in allowed if abs(k - i * len(text) / count) <= 0.6 * len(text) / count}
    return [
        cuts
        for cuts in combinations(sorted(near if count > 2 else allowed), count - 1)
        if all(_length(text[a:b]) <= most for a, b in zip((0, *cuts), (*cuts, len(text)), strict=True))
    ]


def _break_costs(title: str, whole_words: Sequence[str], most: int) -> list[float]:
    """Cost of a break before each character of the title without its marks."""
    glad, text = set(), ""
    for char in title:
        if char == "|":
            glad.add(len(text))
        else:
            text += char
    known = _covered(text, _WORDS)
    names = _covered(text, [word for word in whole_words if 1 < _length(word) <= most])
    costs = [0.0] * (len(text) + 1)
    for k in range(1, len(text)):
        before, after = text[k - 1], text[k]
        if names[k] or (marks.is_narrow(before) and marks.is_narrow(after) and " " not in (before, after)):
            costs[k] = _INSIDE_NAME
        elif after in _NOT_FIRST or before in _NOT_LAST:
            costs[k] = _INSIDE_WORD * 2
        elif known[k]:
            costs[k] = _INSIDE_WORD
        elif not (_edge(known, text, k) or _edge(names, text, k)):
            costs[k] = _BETWEEN_UNKNOWN
        if k in glad:
            costs[k] = min(costs[k], 0.0) + _GLAD
    return costs


def _covered(text: str, words: Sequence[str]) -> list[bool]:
    """For each place between two characters, whether a word lies across it (longest words first)."""
    inside = [False] * (len(text) + 1)
    taken = [False] * len(text)
    for word in sorted(words, key=len, reverse=True):
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(word)
                inside[start + 1 : end] = [True] * (len(word) - 1)
            start = text.find(word, start + 1)
    return inside


def _edge(inside: list[bool], text: str, k: int) -> bool:
    """A word begins or ends at this place."""
    return (k >= 2 and inside[k - 1]) or (k + 1 < len(text) and inside[k + 1])


def _shape_cost(lengths: list[float], most: int) -> float:
    """Trapezium and lozenge cost nothing, a waist or a very short row much."""
    cost = sum(8.0 * max(0.0, 6 - length) ** 2 for length in lengths)
    cost += sum(3.0 * max(0.0, length - (most - 1)) for length in lengths)
    steps = [b - a for a, b in pairwise(lengths)]
    for step in steps:
        cost += 6.0 if step == 0 else 0.0
        cost += 1.5 * max(0.0, abs(step) - 4)
    for first, second in pairwise(steps):
        if first < 0 < second:
            cost += 40.0
    return cost + 0.4 * (max(lengths) - min(lengths))


def _forced(text: str, most: int) -> tuple[str, ...]:
    """Rows of equal length when no break by meaning fits: a title of one endless name."""
    count = max(1, -int(-_length(text) // most))
    size = -(-len(text) // count)
    return tuple(text[i : i + size] for i in range(0, len(text), size))
