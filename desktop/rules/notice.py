"""Is a public notice long enough, and does its text say what its dates say? (domain §3.2)

A notice may end later than it must, never earlier. Whether the first day counts differs from place to place, so
both counts are always given.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from desktop.rules.calendar import WorkingCalendar, notice_last_day, working_days_between
from desktop.rules.errors import Refused
from desktop.rules.region import NoticeRule
from desktop.rules.wording import date_in_text

_SPAN = re.compile(
    r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?起?"
    r"(?:至|到|-+|—+|–|~)"
    r"(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})日?"
)
_CLAIM = re.compile(r"(?:共|为期|期限|公示期?限?(?:时间)?)[为是:]?(\d+)个?(工作日|自然日|日历天|天)")
_NEAR = 20  # characters before a span in which 公示 shows that it is the notice's own
_UNIT_WORDS = {"working": "个工作日", "natural": "天"}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a notice says of its own length: the span, and “共10个工作日” as a count and a unit.

    ``claimed_unit`` is working, natural, or any for a bare “7天”, which places use for both (四平 2019).
    """

    start: date | None = None
    end: date | None = None
    claimed: int | None = None
    claimed_unit: str = ""


@dataclass(frozen=True, slots=True)
class NoticeCheck:
    """A notice measured against the calendar. Counts are pairs: with the first day, without it.

    ``working`` is None where natural days are asked for and a year table is missing. ``earliest_end`` is the first
    day on which the notice may end.
    """

    start: date
    end: date
    rule: NoticeRule
    natural: tuple[int, int]
    working: tuple[int, int] | None
    earliest_end: date
    claimed: int | None = None
    claimed_unit: str = ""

    @property
    def too_short(self) -> bool:
        """True when the notice ends before it may."""
        return self.end < self.earliest_end

    @property
    def claim_is_wrong(self) -> bool:
        """True when the stated number of days fits neither way of counting."""
        natural = self.natural if self.claimed_unit != "working" else ()
        working = self.working or () if self.claimed_unit != "natural" else ()
        return self.claimed is not None and self.claimed not in (*natural, *working)

    @property
    def sentence(self) -> str:
        """Both counts in one sentence without the final stop, for the dialog."""
        counted = self.working if self.rule.unit == "working" and self.working else self.natural
        unit = _UNIT_WORDS[self.rule.unit]
        span = f"{date_in_text(self.start)}至{date_in_text(self.end)}"
        return f"公示{span}，首日计入为{counted[0]}{unit}，首日不计为{counted[1]}{unit}"


def check_notice(
    calendar: WorkingCalendar, start: date, end: date, rule: NoticeRule, text: NoticeText | None = None
) -> NoticeCheck:
    """Measure a notice from ``start`` to ``end`` (inclusive) against the region's rule.

    ``text`` adds what the notice claims of itself. A missing year table raises Refused naming the year, unless the
    rule asks for natural days.
    """
    if end < start:
        raise Refused(f"公示截止{date_in_text(end)}早于开始{date_in_text(start)}，请核对日期。", "notice_dates")
    days = (end - start).days
    try:
        working = working_days_between(calendar, start, end)
    except Refused:
        if rule.unit == "working":
            raise
        working = None
    return NoticeCheck(
        start,
        end,
        rule,
        (days + 1, days),
        working,
        notice_last_day(calendar, start, rule.days, unit=rule.unit, counting=rule.counting),
        text.claimed if text else None,
        text.claimed_unit if text else "",
    )


def read_notice(text: str) -> NoticeText:
    """The span and stated length in a notice text: “2024年9月29日至10月9日，共10个工作日”.

    Of several spans the one beside 公示 is the notice's own. An end without a year takes the start's, or the next one
    where it would lie before the start. What the text does not say is None.
    """
    shadow = "".join(unicodedata.normalize("NFKC", text).split())
    shadow = re.sub(r"\((?:星期|周).\)", "", shadow)
    claim = _CLAIM.search(shadow)
    claimed = int(claim[1]) if claim else None
    unit = {"工作日": "working", "天": "any"}.get(claim[2], "natural") if claim else ""
    spans = list(_SPAN.finditer(shadow))
    named = [span for span in spans if "公示" in shadow[max(0, span.start() - _NEAR) : span.start()]]
    span = named[0] if named else spans[0] if len(spans) == 1 else None
    if span is None:
        return NoticeText(None, None, claimed, unit)
    year, month, day, last_year, last_month, last_day = (int(part) if part else None for part in span.groups())
    start = _day(year, month, day)
    end = _day(last_year or year, last_month or month, last_day)
    if start and end and end < start and not last_year:
        end = _day(start.year + 1, end.month, end.day)
    return NoticeText(start, end, claimed, unit)


def judge_notice_text(calendar: WorkingCalendar, text: str, rule: NoticeRule) -> NoticeCheck:
    """Read a notice text and measure it; a text without first and last day raises Refused."""
    said = read_notice(text)
    if said.start is None or said.end is None:
        raise Refused("公示文本中没有找到完整的起止日期；请写明如“2026年11月23日至2026年11月30日”。", "notice_dates")
    return check_notice(calendar, said.start, said.end, rule, said)


def require_notice(check: NoticeCheck) -> tuple[str, ...]:
    """Refuse a notice that is too short; give back the warning when its text claims a wrong number of days."""
    if check.too_short:
        raise Refused(
            f"公示期不足{check.rule.days}{_UNIT_WORDS[check.rule.unit]}：{check.sentence}；"
            f"最早应到{date_in_text(check.earliest_end)}截止，请改后重新登记。",
            "notice_too_short",
        )
    if check.claim_is_wrong:
        unit = "个工作日" if check.claimed_unit == "working" else "天"
        return (f"公示文本写明共{check.claimed}{unit}，与起止日期不符（{check.sentence}），请改正公示文本",)
    return ()


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
