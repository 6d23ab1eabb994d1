"""The working-day calendar of this office: years shown, entered from the yearly notice, confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.operations.profile import calendar_of
from desktop.rules.calendar import YearTable, notice_last_day, working_days_between, year_table
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.rules.wording import date_in_text
from desktop.rules.year_notice import parse_year_notice
from desktop.store.ledger import Ledger
from desktop.store.writer import writing


@dataclass(frozen=True, slots=True)
class SpanCount:
    """How long a span is: natural and working days with the first day and without it; ``unchecked`` years in it."""

    natural: tuple[int, int]
    working: tuple[int, int]
    unchecked: tuple[int, ...]


def list_years(ledger: Ledger) -> tuple[YearTable, ...]:
    """The year tables in force, by year; the office's own stands for the shipped one."""
    calendar = calendar_of(ledger)
    years = sorted({table.year for table in calendar.tables})
    return tuple(calendar.table(year) for year in years)


def read_notice_text(text: str) -> YearTable:
    """The year table in a pasted notice; writes nothing."""
    return parse_year_notice(text)


def confirm_year(ledger: Ledger, table: YearTable, today: date, person: str = "") -> Changes:
    """Take a year table into force as compared with the official notice by this person.

    Refused: a table without days off, with a day of another year or one that is both off and worked.
    """
    if not table.off:
        raise Refused(f"{table.year}年没有任何放假日期，没有保存。", "year_empty")
    year_table(table.year, table.off, table.make_up)
    row = derived_id("holiday", ledger.office_id, table.year)
    fields = {
        "year": table.year,
        "off": sorted(day.isoformat() for day in table.off),
        "work": sorted(day.isoformat() for day in table.make_up),
        "source": clean(table.source) or None,
        "confirmed": True,
    }
    with writing(ledger, clean(person), today) as writer:
        is_new = writer.put("holiday", fields, row=row)
    said = "已核对并启用" if is_new else "与已启用的一致，没有变化"
    return Changes(f"{table.year}年放假安排{said}。", (("holiday", row),) if is_new else ())


def compare_years(before: YearTable | None, after: YearTable) -> tuple[str, ...]:
    """What a new table changes against the one in force, one sentence for each kind; empty when they agree."""
    if before is None:
        return ()
    kinds = (
        ("增加放假", after.off - before.off),
        ("不再放假", before.off - after.off),
        ("增加调休上班", after.make_up - before.make_up),
        ("不再调休上班", before.make_up - after.make_up),
    )
    return tuple(f"{words}：{spans_in_words(days)}" for words, days in kinds if days)


def spans_in_words(days: Iterable[date]) -> str:
    """Days as spans: 2月15日至2月23日、4月4日."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1][1] = day
        else:
            runs.append([day, day])
    words = [_short(low) if low == high else f"{_short(low)}至{_short(high)}" for low, high in runs]
    return "、".join(words)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def count_span(ledger: Ledger, start: date, end: date) -> SpanCount:
    """Count a span in natural and working days, both ways; a year without a table raises Refused naming it."""
    if end < start:
        raise Refused(f"截止{date_in_text(end)}早于开始{date_in_text(start)}，请核对日期。", "notice_dates")
    calendar = calendar_of(ledger)
    days = (end - start).days
    working = working_days_between(calendar, start, end)
    return SpanCount((days + 1, days), working, calendar.uncertain_years(start, end))


def last_days(ledger: Ledger, start: date, days: int, unit: str = "working") -> tuple[date, date]:
    """The earliest last day of a notice of so many days: with its first day counted, and without it.

    ``unit`` is working or natural. Refused: less than one day, a year without a table.
    """
    if days < 1:
        raise Refused("公示天数应为 1 以上的整数，请核对。", "notice_length")
    calendar = calendar_of(ledger)
    first = notice_last_day(calendar, start, days, unit=unit, counting="first_day")
    return first, notice_last_day(calendar, start, days, unit=unit, counting="next_day")
