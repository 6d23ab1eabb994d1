"""The reckoning of a public notice for its form: both countings, too short or not, the text against the dates."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.calendar import WorkingCalendar, notice_last_day
from desktop.rules.errors import Refused
from desktop.rules.notice import NoticeText, check_notice, read_notice, require_notice
from desktop.rules.notice_issuer import read_issuers
from desktop.rules.region import NoticeRule
from desktop.rules.wording import date_in_text

COUNTINGS = (("first_day", "首日计入"), ("next_day", "首日不计"))
UNIT_WORDS = {"working": "个工作日", "natural": "天"}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the calculator shows: the earliest end by the region's counting, and the lines to read."""

    earliest: date | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A notice measured: ``fault`` forbids it and stands beside the end, ``doubts`` give way to a reason."""

    fault: str = ""
    doubts: tuple[str, ...] = ()
    counted: str = ""


def reckon(calendar: WorkingCalendar, start: date, rule: NoticeRule) -> Reckoning:
    """From the first day to the earliest last day under both countings; a year without a table is named."""
    words = f"公示期{rule.days}{UNIT_WORDS[rule.unit]}"
    try:
        ends = {
            counting: notice_last_day(calendar, start, rule.days, unit=rule.unit, counting=counting)
            for counting, _ in COUNTINGS
        }
    except Refused as refused:
        return Reckoning(None, (f"{words}：{refused.sentence}",))
    earliest = "；".join(f"{word}为{date_in_text(ends[counting])}" for counting, word in COUNTINGS)
    both = [f"{words}，最早截止日：{earliest}。"]
    both.append(f"本地区按“{dict(COUNTINGS)[rule.counting]}”办理，可以晚于这一天，不能早于这一天。")
    if rule.unit == "working":
        unsure = calendar.uncertain_years(start, max(ends.values()))
        both += [f"{year}年的放假安排尚未与国务院办公厅通知核对，请先核对。" for year in unsure]
    return Reckoning(ends[rule.counting], tuple(both))


def judge_span(calendar: WorkingCalendar, start: date, end: date, rule: NoticeRule, text: str) -> Judged:
    """Measure a notice with the text it carries; the same rules decide again when it is registered."""
    said = read_notice(text)
    differs = (said.start and said.start != start) or (said.end and said.end != end)
    doubts = ("公示文本中的起止日期与登记的日期不同，请核对",) if differs else ()
    try:
        check = check_notice(calendar, start, end, rule, said)
        return Judged("", (*require_notice(check), *doubts), check.sentence)
    except Refused as refused:
        sentence = refused.sentence.rstrip("。")
        if refused.rule == "calendar_year":
            return Judged("", (sentence, *doubts))
        return Judged(sentence)


def text_words(text: str) -> str:
    """What was read in the text of a notice, for the clerk to compare: its days and who signs it."""
    signed = read_issuers(text)
    return _days_words(read_notice(text)) + (f"；落款为{'、'.join(signed)}" if signed else "；没有读到落款单位")


def _days_words(said: NoticeText) -> str:
    if said.start is None and said.end is None and said.claimed is None:
        return "没有在文本中读到公示起止日期"
    span = f"{date_in_text(said.start)}至{date_in_text(said.end)}" if said.start and said.end else "起止日期不完整"
    unit = {"working": "个工作日", "natural": "个自然日", "any": "天"}.get(said.claimed_unit, "天")
    return f"文本中写的是：{span}" + (f"，共{said.claimed}{unit}" if said.claimed is not None else "")
