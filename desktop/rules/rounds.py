"""Dispatch rounds (调度轮次): when reports are due, who has reported, and until when a month's figures count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.rules.calendar import WorkingCalendar
from desktop.rules.errors import Refused
from desktop.rules.followup import Round, UnitReport
from desktop.rules.ids import derived_id
from desktop.rules.months import last_day
from desktop.rules.records import Unit
from desktop.rules.region import LAST_WORKING_DAY, DispatchRule
from desktop.rules.wording import date_in_text, month_in_text

ZERO, BY_FORM, BY_HAND = "零报告", "填报表", "登记"


class ReportState(StrEnum):
    """Whether a unit has reported in a round."""

    NOT = "not"
    PART = "part"
    DONE = "done"
    ZERO = "zero"


STATE_WORDS = {
    ReportState.NOT: "未报",
    ReportState.PART: "部分填报",
    ReportState.DONE: "已报",
    ReportState.ZERO: "零报告",
}


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round as the clerk opens it."""

    month: str
    number: int
    due_on: date | None
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a round: how many rows are asked of it and filled, its report if it made one, the last entry's day.

    A unit has reported when it said so (a form, 零报告, a registration) or when every row asked of it is filled.
    """

    unit: Unit
    asked: int
    filled: int
    last_on: date | None = None
    report: UnitReport | None = None
    due: date | None = None

    @property
    def state(self) -> ReportState:
        """Whether it has reported."""
        if self.report and self.report.is_zero and not self.filled:
            return ReportState.ZERO
        if self.report or (self.asked and self.filled >= self.asked):
            return ReportState.DONE
        return ReportState.PART if self.filled else ReportState.NOT

    @property
    def is_settled(self) -> bool:
        """True when nothing more is expected of the unit."""
        return self.state in (ReportState.DONE, ReportState.ZERO)

    @property
    def on(self) -> date | None:
        """The day it reported, None while it has not."""
        return (self.report.on if self.report else self.last_on) if self.is_settled else None

    @property
    def way(self) -> str:
        """How the report came, in words; empty while it has not."""
        if not self.is_settled:
            return ""
        return self.report.way if self.report and self.report.way else "台账填写"

    def is_late(self, today: date) -> bool:
        """True when it reported after the day, or has not and the day is past."""
        return self.due is not None and (self.on or today) > self.due

    def words(self, today: date) -> str:
        """未报（逾期3天）, 已报（迟报1天） …"""
        words = STATE_WORDS[self.state]
        if not self.is_late(today) or self.due is None:
            return words
        days = ((self.on or today) - self.due).days
        return f"{words}（{'迟报' if self.is_settled else '逾期'}{days}天）"


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many units have reported, made a zero report, are late, and have not reported."""

    units: int
    done: int
    zero: int
    late: int
    missing: int

    @property
    def words(self) -> str:
        """应报12个单位，已报8个，零报告1个，未报3个，其中逾期2个。"""
        parts = [f"应报{self.units}个单位，已报{self.done}个"]
        parts += [f"零报告{self.zero}个"] if self.zero else []
        parts += [f"未报齐{self.missing}个"]
        parts += [f"迟报或逾期{self.late}个"] if self.late else []
        return "，".join(parts) + "。"


def count_board(lines: Iterable[UnitLine], today: date) -> BoardCounts:
    """The counts over the lines of a board."""
    found = list(lines)
    return BoardCounts(
        len(found),
        sum(line.state == ReportState.DONE for line in found),
        sum(line.state == ReportState.ZERO for line in found),
        sum(line.is_late(today) for line in found),
        sum(not line.is_settled for line in found),
    )


def round_id(office: str, month: str, number: int) -> str:
    """The row of a round: two people of an office who open it both open the same one."""
    return derived_id("round", office, month, number)


def round_words(month: str, number: int = 1) -> str:
    """2026年11月调度, the second of a month 2026年11月第2次调度."""
    return f"{month_in_text(month)}{f'第{number}次' if number > 1 else ''}调度"


def suggested_due(month: str, rule: DispatchRule, calendar: WorkingCalendar) -> date:
    """The day by which units report in a month: the region's day, or the last working day (domain §6).

    In a year whose holidays are not known yet the last Monday to Friday.
    """
    end = last_day(month)
    if rule.due_day != LAST_WORKING_DAY:
        return min(end, end.replace(day=min(end.day, int(rule.due_day))))
    day = end
    while not _is_working(calendar, day):
        day -= timedelta(days=1)
    return day


def _is_working(calendar: WorkingCalendar, day: date) -> bool:
    try:
        return calendar.is_working(day)
    except Refused:
        return day.weekday() < 5


def cut_off(month: str, today: date) -> date:
    """Until when the figures of a month count: its last day, while it lasts today."""
    return min(today, last_day(month))


def check_round(entry: RoundEntry, known: Iterable[Round], today: date) -> None:
    """Refuse a round that cannot be opened: opened already, after a gap, a month to come, an earlier one still open."""
    words = round_words(entry.month, entry.number)
    numbers = {found.number: found for found in known if found.month == entry.month}
    if entry.number in numbers:
        opened = numbers[entry.number].opened_on
        when = f"（{date_in_text(opened)}开始）" if opened else ""
        raise Refused(f"{words}已经开始过了{when}，没有重复开始。", "round_twice")
    if entry.number > 1 and entry.number - 1 not in numbers:
        raise Refused(f"{month_in_text(entry.month)}第{entry.number - 1}次调度还没有开始，没有改动。", "round_gap")
    if entry.number > 1 and not numbers[entry.number - 1].is_frozen:
        before = round_words(entry.month, entry.number - 1)
        raise Refused(f"{before}还没有冻结，没有开始第{entry.number}次。", "round_open")
    if date.fromisoformat(f"{entry.month}-01") > today + timedelta(days=31):
        raise Refused(f"{month_in_text(entry.month)}还没有到，没有开始调度。", "round_future")
    if entry.due_on is not None and entry.due_on < date.fromisoformat(f"{entry.month}-01"):
        due, month = date_in_text(entry.due_on), month_in_text(entry.month)
        raise Refused(f"报送时限{due}早于{month}，没有开始调度。", "round_due")


def due_words(found: Round, today: date) -> str:
    """报送时限2026年11月30日（还有3天）."""
    if found.due_on is None:
        return "没有定报送时限"
    days = (found.due_on - today).days
    left = f"还有{days}天" if days > 0 else "今天到期" if days == 0 else f"已过{-days}天"
    return f"报送时限{date_in_text(found.due_on)}（{left}）"
