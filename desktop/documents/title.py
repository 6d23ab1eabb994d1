"""Break a 标题 by meaning into a trapezium or a lozenge (GB/T 9704-2012 §7.3.1). Pure functions.

The words that titles are made of are known; a row ends between words, never inside one, and neither begins nor
ends with 的, 和 or a mark where that can be avoided.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from desktop.documents import marks

# fmt: off
_WORDS = (
    "关于", "申请", "请示", "报告", "通知", "通报", "批复", "意见", "决定", "公告", "商请", "验收", "验收销号",
    "销号", "备案", "整改", "整改销号", "整改方案", "整改清单", "整改工作", "整改情况", "完成情况", "贯彻落实",
    "印发", "报送", "报请", "转发", "调整", "成立", "开展", "加强", "做好", "进一步", "生态环境", "生态环境保护",
    "生态环境保护督察", "环境保护", "督察", "督察反馈", "反馈", "反馈意见", "反馈问题", "问题", "中央", "省级",
    "市级", "回头看", "专项", "例行", "警示片", "突出", "领导小组", "办公室", "委员会", "人民政府", "有关", "事项",
    "工作", "情况", "方案", "任务", "措施", "清单", "台账", "延期", "长期", "持续", "公示", "自查自验", "责任", "单位",
    "组织", "实施", "材料", "突出环境问题", "环境问题", "整改完成情况", "整改进展情况", "进展情况", "整改任务",
    "整改措施", "整改期限", "整改时限", "整改台账", "整改目标", "整改问题", "销号台账", "销号备案", "佐证材料",
    "现场核查", "核查", "阶段性销号", "办结", "举一反三", "长效机制", "长效管护机制", "巩固提升", "跟踪问效",
    "督办", "挂牌督办", "督导", "约谈", "提醒", "预警", "问责", "责任追究", "生态环境损害赔偿", "损害赔偿",
    "无异议", "异议", "信访件", "边督边改", "立行立改", "重新整改", "反弹", "退回", "调度", "月调度", "序时进度",
    "主要负责人", "负责人", "责任人", "牵头单位", "责任单位", "配合单位", "验收单位", "综合整治", "治理", "整治",
    "加快推进", "推进", "严重滞后", "滞后", "生活污水", "水环境", "大气污染", "污染防治", "情况说明", "说明",
    "牵头", "领导", "配合", "承办", "上级", "区委", "区政府", "县委", "县政府", "市委", "市政府", "整改办", "签认",
    "市直", "环境局", "代章", "公司", "自查", "自验", "编号", "文件", "材料", "分局", "街道", "负责", "电话", "日期",
)
# fmt: on
_FIXED = re.compile(
    r"\d{4}年(\d{1,2}月)?(\d{1,2}日)?|第[一二三四五六七八九十百零\d]+(轮|批|次|号|期|季度|项问题|项|件)"
    r"|[^，、《》“”（）\s]{0,2}〔\d{4}〕\d+号"
)
"""Dates, ordinals and 文号: they stay whole."""
_TIED = ("人民政府", "委员会", "常委会", "办公室", "领导小组", "工作专班", "专班", "区委", "县委", "市委", "局", "厅")
"""What ends the name of an office is not parted from what stands before it."""
_NOT_LAST = frozenset("的和、与及暨对将在") | marks.NEVER_LAST
_NOT_FIRST = frozenset("的和、与及暨") | marks.NEVER_FIRST
_INSIDE_WORD = 300.0
_INSIDE_NAME = 2000.0
_BETWEEN_UNKNOWN = 60.0
_GLAD = -15.0
_PER_ROW, _WAIST, _SHORTEST = 25.0, 40.0, 6
_LONE, _THIRD, _FORBIDDEN = 40.0, 5.0, 1e6


class _State(NamedTuple):
    """A row from ``start`` to ``end``; ``waning`` if it is shorter than the one before it."""

    start: int
    end: int
    waning: bool


def break_title(title: str, most: int, whole_words: Sequence[str] = ()) -> tuple[str, ...]:
    """The rows of a 标题 of at most ``most`` full-width characters each.

    ``|`` in the title marks a welcome place to break. ``whole_words`` (names of places, offices, plans) stay whole
    wherever they fit into a row.
    """
    text = title.replace("|", "")
    if _length(text) <= most:
        return (text,) if text else ()
    costs = _break_costs(title, whole_words, most)
    for limit in (_INSIDE_WORD, _INSIDE_NAME, float("inf")):
        places = [0, *(k for k in range(1, len(text)) if costs[k] < limit), len(text)]
        rows = _best(text, places, costs, most)
        if rows:
            return rows
    return (text,)


def break_label(label: str, most: int) -> tuple[str, ...]:
    """The rows of a short label in a narrow column, of at most ``most`` characters: two by two where words allow it.

    Words stay whole where they fit, and no row begins with a closing mark or ends with an opening one.
    """
    if len(label) <= most:
        return (label,) if label else ()
    torn, count = [_INSIDE_WORD if inside else 0.0 for inside in torn_words(label, most)], len(label)
    for k in range(1, count):
        if label[k] in marks.NEVER_FIRST or label[k - 1] in marks.NEVER_LAST:
            torn[k] = _FORBIDDEN
    cheapest: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for start in range(count):
        for end in range(start + 1, min(start + most, count) + 1):
            length = end - start
            cost = cheapest[start][0] + torn[end] + _PER_ROW + (_LONE if length == 1 else _THIRD * (length - 2))
            cheapest[end] = min(cheapest[end], (cost, start))
    rows, end = [], count
    while end:
        start = cheapest[end][1]
        rows.append(label[start:end])
        end = start
    return tuple(reversed(rows))


def torn_words(text: str, longest: int = 3) -> list[bool]:
    """For each place between two characters, whether a known word of at most ``longest`` characters lies across it."""
    return _covered(text, [word for word in _WORDS if len(word) <= longest])


def _best(text: str, places: list[int], costs: list[float], most: int) -> tuple[str, ...]:
    """The cheapest rows that end at the given places; none if a stretch between two of them is too long.

    A row's cost depends on the row before it and on whether that one was shorter than its own forerunner, so the
    cheapest way is kept for every row and either answer.
    """
    sums = [0.0, *accumulate(_length(char) for char in text)]
    found: dict[_State, tuple[float, _State | None]] = {_State(0, 0, False): (0.0, None)}
    for state in _in_order(found, places):
        so_far = found[state][0]
        for end in places[bisect_right(places, state.end) :]:
            length = sums[end] - sums[state.end]
            if length > most:
                break
            before = sums[state.end] - sums[state.start]
            cost = so_far + costs[state.end] + _PER_ROW + _shape_cost(length, before, state.waning, most)
            following = _State(state.end, end, 0 < length < before)
            if cost < found.get(following, (float("inf"), None))[0]:
                found[following] = (cost, state)
    ends = [state for state in found if state.end == len(text)]
    if not ends:
        return ()
    rows, at = [], min(ends, key=lambda state: found[state][0])
    while at.end:
        rows.append(text[at.start : at.end].strip())
        before_it = found[at][1]
        assert before_it is not None
        at = before_it
    return tuple(row for row in reversed(rows) if row)


def _in_order(found: dict["_State", tuple[float, "_State | None"]], places: list[int]) -> Iterator["_State"]:
    """The states found so far, and those found meanwhile, by the end of their row."""
    for end in places[:-1]:
        yield from [state for state in found if state.end == end]


def _length(text: str) -> float:
    return sum(0.5 if marks.is_narrow(char) else 1.0 for char in text)


def _break_costs(title: str, whole_words: Sequence[str], most: int) -> list[float]:
    """Cost of a break before each character of the title without its marks."""
    glad, text = set(), ""
    for char in title:
        if char == "|":
            glad.add(len(text))
        else:
            text += char
    known = _covered(text, (*_WORDS, *(found[0] for found in _FIXED.finditer(text))))
    names = _covered(text, [word for word in whole_words if 1 < _length(word) <= most])
    costs = [0.0] * (len(text) + 1)
    for k in range(1, len(text)):
        before, after = text[k - 1], text[k]
        if names[k] or (marks.is_narrow(before) and marks.is_narrow(after) and " " not in (before, after)):
            costs[k] = _INSIDE_NAME
        elif after in _NOT_FIRST or before in _NOT_LAST:
            costs[k] = _INSIDE_WORD * 2
        elif known[k] or text.startswith(_TIED, k):
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


def _shape_cost(length: float, before: float, waning: bool, most: int) -> float:
    """Trapezium and lozenge cost nothing, a waist or a very short row much; ``before`` is 0 for the first row."""
    cost = 8.0 * max(0.0, _SHORTEST - length) ** 2 + 3.0 * max(0.0, length - (most - 1))
    if not before:
        return cost
    step = abs(length - before)
    cost += 0.4 * step + (6.0 if not step else 1.5 * max(0.0, step - 4))
    return cost + (_WAIST if waning and length > before else 0.0)
