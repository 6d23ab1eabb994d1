"""Cuts a list into its problems: which number tokens begin one, and where each ends (plan-formats §2, §8.3)."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from desktop.plans.cycles import Cycle, goes_on, group_labels, is_list_title, list_start
from desktop.plans.labels import Label
from desktop.plans.numbers import OUTER_FIRST, Mark, inline_marks, line_marks, mark_at
from desktop.plans.view import View
from desktop.plans.words import Words

_QUOTE_REACH = 600


@dataclass(frozen=True, slots=True)
class Item:
    """One problem on the shadow: number token, labels and the stretch ``start``–``end`` it fills."""

    number: int
    start: int
    text_start: int
    end: int
    labels: tuple[Label, ...]
    token: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A whole list: where it begins, its items, and stretches that belong to none of them."""

    start: int
    items: tuple[Item, ...]
    outside: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Region:
    """The stretch between the last label of one round and the first label of the next."""

    start: int
    end: int
    after: str


def cut_items(view: View, labels: list[Label], words: Words) -> Cut:
    """Find the items of a list; text without any label gives an empty cut."""
    cycles = group_labels(view, labels)
    start, first = list_start(view, cycles, words)
    cycles = cycles[first:]
    if not cycles:
        return Cut(start, (), ())
    own = {label.mark.start for cycle in cycles for label in cycle.labels if label.mark and label.kind != "problem"}
    regions = _regions(view, start, cycles)
    marks = [
        mark
        for mark in _boundaries(view, start, regions)
        if mark.start not in own and not _is_heading(view, mark, words) and not _in_quote(view, mark.start)
    ]
    style = _problem_style(view, regions, marks)
    heads = _heads(view, regions, cycles, [mark for mark in marks if mark.style == style], words)
    return _cut(view, start, cycles, heads, words)


def _boundaries(view: View, start: int, regions: list[_Region]) -> list[Mark]:
    """Number tokens that begin paragraphs; where a region has none (trap 16), those after full stops or blanks."""
    marks = sorted([*line_marks(view.text, start), *_blank_numbers(view, start)], key=lambda mark: mark.start)
    places = [mark.start for mark in marks]
    extra: list[Mark] = []
    for region in regions[:-1]:
        index = bisect_left(places, region.start)
        if index == len(places) or places[index] >= region.end:
            extra += _inside(view, region)
    return sorted([*marks, *extra], key=lambda mark: mark.start)


def _inside(view: View, region: _Region) -> list[Mark]:
    found = {mark.start: mark for mark in inline_marks(view.text, region.start, region.end)}
    for index in range(bisect_left(view.starts, region.start), bisect_left(view.starts, region.end)):
        position = view.starts[index]
        mark = mark_at(view.text, position) if view.gap_before(position) else None
        if mark is not None:
            found[position] = mark
    return list(found.values())


def _blank_numbers(view: View, start: int) -> list[Mark]:
    """Numbers parted from the text by a blank only: “5  某公司…” (style H)."""
    found = []
    for low, high in view.paragraphs(start, len(view.text)):
        head = view.text[low : min(high, low + 4)]
        digits = len(head) - len(head.lstrip("0123456789"))
        if not 0 < digits <= 3 or low + digits >= high or not view.gap_before(low + digits):
            continue
        if "\u4e00" <= view.text[low + digits] <= "\u9fff" and int(head[:digits]):
            found.append(Mark(low, low + digits, "H", int(head[:digits]), head[:digits]))
    return found


def _regions(view: View, start: int, cycles: list[Cycle]) -> list[_Region]:
    regions = []
    low, after = start, ""
    for cycle in cycles:
        head = cycle.labels[0]
        regions.append(_Region(low, head.end if head.kind == "problem" else head.start, after))
        last = cycle.labels[-1]
        low, after = last.end, last.kind
    regions.append(_Region(low, len(view.text), after))
    return regions


def _problem_style(view: View, regions: list[_Region], marks: list[Mark]) -> str:
    """The style whose tokens stand before most rounds, rise from one to the next and are nearest to the labels."""
    score: Counter[str] = Counter()
    previous: dict[str, int] = {}
    index = 0
    for region in regions[:-1]:
        last: dict[str, Mark] = {}
        nearest = ""
        while index < len(marks) and marks[index].start < region.end:
            mark = marks[index]
            index += 1
            if mark.start >= region.start:
                last[mark.style] = mark
                nearest = mark.style
        for style, mark in last.items():
            score[style] += 10
            if mark.value == previous.get(style, 0) + 1:
                score[style] += 6
            previous[style] = mark.value
        if nearest:
            score[nearest] += 5
    allowed = [style for style in OUTER_FIRST + "H" if score[style] and style not in "GM"]
    return max(allowed, key=lambda style: (score[style], -(OUTER_FIRST + "H").index(style)), default="")


def _heads(view: View, regions: list[_Region], cycles: list[Cycle], marks: list[Mark], words: Words) -> list[Mark]:
    """The number tokens that begin problems, in the order of the text."""
    heads: list[Mark] = []
    places = [mark.start for mark in marks]
    index = 0
    for number, region in enumerate(regions):
        inside = []
        while index < len(marks) and marks[index].start < region.end:
            inside.append(marks[index])
            index += 1
        between = [mark for mark in inside if mark.start < region.start]
        heads.extend(_rising(heads, between, cycles[number - 1], marks, places) if number else [])
        here = [mark for mark in inside if mark.start >= region.start]
        if region.after == "measures":
            here = _without_measures(here, is_last=number == len(cycles))
        if number < len(cycles):
            heads.extend(_chosen(view, heads, here))
        else:
            heads.extend(_trailing(view, heads, here))
    return heads


def _rising(heads: list[Mark], marks: list[Mark], cycle: Cycle, style: list[Mark], places: list[int]) -> list[Mark]:
    """Tokens inside a round that go on counting: the round hides a second item that lost its first fields."""
    if not marks:
        return []
    found: list[Mark] = []
    starts = [label.start for label in cycle.labels]
    for mark in marks:
        before = found[-1] if found else (heads[-1] if heads else None)
        index = bisect_left(starts, mark.start) - 1
        if before is None or index < 0 or mark.value <= before.value:
            continue
        first = bisect_left(places, cycle.labels[index].end)
        within = bisect_left(places, mark.start) + 1 - first
        if style[first].value == 1 and within >= mark.value:
            continue
        if mark.value == before.value + 1 or within == 1:
            found.append(mark)
    return found


def _without_measures(marks: list[Mark], is_last: bool) -> list[Mark]:
    """Drop the leading 1, 2, 3 … of a list of measures numbered in the style of the problems."""
    expected = 1
    for index, mark in enumerate(marks):
        if mark.value != expected:
            return marks[index:]
        expected += 1
    return [] if is_last else marks[-1:]


def _chosen(view: View, heads: list[Mark], marks: list[Mark]) -> list[Mark]:
    """The token nearest to the labels, with those before it that count up to it."""
    if not marks:
        return []
    before = heads[-1].value if heads else 0
    expected = [mark for mark in marks if mark.value == before + 1]
    final = marks[-1]
    if final.value <= before and expected:
        final = expected[-1]
    chosen = [final]
    for mark in reversed(marks[: marks.index(final)]):
        follows = mark.value == chosen[0].value - 1 if not heads else before < mark.value < chosen[0].value
        if follows and _is_sentence(view, mark):
            chosen.insert(0, mark)
    return chosen


def _trailing(view: View, heads: list[Mark], marks: list[Mark]) -> list[Mark]:
    """Items after the last label: their fields are lost, their text is not."""
    found: list[Mark] = []
    for mark in marks:
        before = found[-1] if found else (heads[-1] if heads else None)
        if before is not None and mark.value == before.value + 1 and _is_sentence(view, mark):
            found.append(mark)
    return found


def _is_sentence(view: View, mark: Mark) -> bool:
    stop = view.text.find("\n", mark.end)
    return (len(view.text) if stop < 0 else stop) - mark.end >= 12


def _is_heading(view: View, mark: Mark, words: Words) -> bool:
    """A chapter of the plan, or a heading that groups problems: 一、水环境方面."""
    if words.front_matter.match(view.text, mark.end):
        return True
    match = words.group_heading.match(view.text, mark.end)
    if not match:
        return False
    following = view.text[match.end() + 1 : match.end() + 30]
    return bool(line_marks(following)[:1] and line_marks(following)[0].start == 0)


def _in_quote(view: View, position: int) -> bool:
    """True between an opening quotation mark and its closing one (trap 10)."""
    text = view.text
    opened = text.rfind("“", max(0, position - _QUOTE_REACH), position)
    if opened < 0 or text.find("”", opened, position) >= 0:
        return False
    closed = text.find("”", position, position + _QUOTE_REACH)
    reopened = text.find("“", position, position + _QUOTE_REACH)
    return closed >= 0 and not 0 <= reopened < closed


def _cut(view: View, start: int, cycles: list[Cycle], heads: list[Mark], words: Words) -> Cut:
    labels = [label for cycle in cycles for label in cycle.labels]
    if not heads:
        heads = _unnumbered(cycles)
    items = []
    outside: list[tuple[int, int]] = []
    stop = heads[0].start if heads else len(view.text)
    outside.append((start, stop))
    index = 0
    while index < len(labels) and labels[index].start < stop:
        index += 1
    for number, head in enumerate(heads):
        limit = heads[number + 1].start if number + 1 < len(heads) else len(view.text)
        own: list[Label] = []
        while index < len(labels) and labels[index].start < limit:
            own.append(labels[index])
            index += 1
        own, orphan = _first_round(own)
        body = _body_end(view, head, own, orphan if orphan is not None else limit, words)
        items.append(Item(head.value, head.start, head.end, body, tuple(own), head.token))
        outside.append((body, limit))
    return Cut(start, tuple(items), tuple(pair for pair in outside if pair[0] < pair[1]))


def _unnumbered(cycles: list[Cycle]) -> list[Mark]:
    """Problems that carry a label but no number are counted in their order."""
    found: list[Mark] = []
    for cycle in cycles:
        label = next((label for label in cycle.labels if label.kind == "problem"), None)
        if label is not None:
            found.append(Mark(label.start, label.start, "", len(found) + 1, ""))
    return found


def _first_round(labels: list[Label]) -> tuple[list[Label], int | None]:
    """The labels of one item; a second round without a number belongs to an item whose head is lost."""
    seen: set[str] = set()
    last: Label | None = None
    for index, label in enumerate(labels):
        repeated = label.kind in seen and label.kind not in ("other", "progress", "problem")
        if repeated and not label.weak and not goes_on(last, label):
            return labels[:index], label.start
        seen.add(label.kind)
        last = label
    return labels, None


def _body_end(view: View, head: Mark, labels: list[Label], limit: int, words: Words) -> int:
    """Where an item ends: at a group heading, the title of another list, or the closing lines of the document."""
    low = labels[-1].end if labels else head.end
    for begin, end in view.paragraphs(low, limit):
        if begin == low and view.text[begin - 1 : begin] != "\n":
            continue
        text = view.text[begin : min(end, begin + 120)]
        if end - begin <= 90 and (is_list_title(text, words) or _closes(text)):
            return begin
        marks = line_marks(text)
        if marks and marks[0].start == 0 and _is_outer(marks[0], head, end - begin, words, text):
            return begin
        if not marks and end - begin <= 24 and labels and words.group_heading.match(text) and end >= limit - 1:
            return begin
    return limit


def _is_outer(mark: Mark, head: Mark, length: int, words: Words, text: str) -> bool:
    """A short heading numbered in a style outside that of the problems."""
    if words.group_heading.match(text, mark.end) and length <= 30 and mark.style != head.style:
        return True
    if head.style not in OUTER_FIRST or mark.style not in OUTER_FIRST or not head.style:
        return False
    return OUTER_FIRST.index(mark.style) < OUTER_FIRST.index(head.style) and length <= 30 and text[-1] not in "。;"


def _closes(text: str) -> bool:
    """抄送, 印发 and signature lines that stand after the last item."""
    return text.startswith(("抄送", "主送", "抄报", "(此件", "此件", "(联系人", "信息公开选项")) or (
        text.endswith("印发") and "年" in text
    )
