"""Text that belongs to no problem: kept in sight for the clerk to assign, never dropped (plan-formats §8.4)."""

import re

from desktop.plans.cycles import is_list_title
from desktop.plans.folding import squeeze
from desktop.plans.items import Cut
from desktop.plans.numbers import line_marks, mark_at
from desktop.plans.view import View
from desktop.plans.words import Words

Stretch = tuple[int, int]
_FURNITURE = re.compile(
    r"(?:抄送|主送|抄报|\(?此件|\(联系人|信息公开选项|填报单位|填表人|审核人)"
    r"|.{0,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:印发)?$|[\u4e00-\u9fff]{2,14}\((?:19|20)\d{2}\)\d{1,4}号$"
)
_COUNTED = re.compile(r"\d{1,4}(?:个|项|条|件)|[一二三四五六七八九十]{1,4}(?:个|项)")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{4,30}(?:办公室|人民政府|委员会)$")


def loose_text(
    view: View, cut: Cut, strays: list[Stretch], words: Words, title: str, has_totals: bool
) -> list[Stretch]:
    """Stretches outside all fields that are neither headings, titles nor the closing lines of the document."""
    found: list[Stretch] = []
    for number, (start, end) in enumerate([*cut.outside, *strays]):
        is_head = number == 0 and bool(cut.items) and start == cut.start < cut.items[0].start
        if is_head and cut.start == 0 and _has_head(view, end, words):
            continue
        kept = [
            (low, high)
            for low, high in view.paragraphs(start, _chapter_start(view, start, end, words))
            if view.words(low, min(high, low + 200)) != title
            and not _is_known(view.text[low : min(high, low + 400)], words, is_head and has_totals, high - low)
        ]
        found += _merged(view, kept)
    return sorted(found)


def _chapter_start(view: View, start: int, end: int, words: Words) -> int:
    """Where a chapter of the plan itself begins again behind the list: 三、保障措施."""
    for low, high in view.paragraphs(start, end):
        mark = mark_at(view.text, low)
        if mark and high - low <= 36 and words.front_matter.fullmatch(view.text[mark.end : high]):
            return low
    return end


def _has_head(view: View, end: int, words: Words) -> bool:
    """Does a document without a list title begin with a title or with chapters of its own?"""
    for line in view.lines[:400]:
        if line.start >= view.raw_place(max(0, end - 1)):
            break
        text = squeeze(line.text)
        if len(text) <= 90 and (words.plan_title.fullmatch(text) or words.list_title.fullmatch(text)):
            return True
        mark = line_marks(text)[:1]
        if mark and mark[0].start == 0 and words.front_matter.match(text, mark[0].end):
            return True
    return False


def _is_known(text: str, words: Words, has_totals: bool, length: int) -> bool:
    if length <= 90 and (is_list_title(text, words) or words.plan_title.fullmatch(text)):
        return True
    mark = line_marks(text)[:1]
    body = text[mark[0].end :] if mark and mark[0].start == 0 else text
    if length <= 36 and (words.group_heading.fullmatch(body) or words.front_matter.fullmatch(body)):
        return True
    if length <= 60 and (_FURNITURE.match(text) or _OFFICE.fullmatch(text)):
        return True
    return has_totals and bool(_COUNTED.search(text)) and text[-1] in "。:" and ("问题" in text or "任务" in text)


def _merged(view: View, stretches: list[Stretch]) -> list[Stretch]:
    """Neighbouring paragraphs as one stretch."""
    found: list[Stretch] = []
    for low, high in stretches:
        if found and low - found[-1][1] <= 1:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return [view.trim(low, high) for low, high in found]
