"""The working-day calendar: which days are worked, how long a public notice runs (domain §3.2–3.3).

A working day is Monday to Friday outside the statutory holidays, or a weekend day worked in exchange (调休). The
off days of each year come from the yearly notice of the State Council's office; a year without a table is refused by
name and never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules.errors import Refused
from desktop.rules.toml_table import TomlTable
from desktop.rules.wording import date_in_text

SATURDAY = 5
LONGEST_SPAN = 400  # days looked at for one limit; no limit of the procedure comes near it


@dataclass(frozen=True, slots=True)
class YearTable:
    """The holidays of one year. ``certain`` is False until somebody has compared it with the notice (未核对)."""

    year: int
    off: frozenset[date]
    make_up: frozenset[date]
    source: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The year tables at hand; the later of two tables for one year wins, so an office's own replaces the shipped."""

    tables: tuple[YearTable, ...]

    def is_working(self, day: date) -> bool:
        """True on a working day; a year without a table raises Refused naming the year."""
        table = self.table(day.year)
        return day in table.make_up or (day.weekday() < SATURDAY and day not in table.off)

    def table(self, year: int) -> YearTable:
        """The table of one year, else Refused with the rule key ``calendar_year``."""
        found = next((table for table in reversed(self.tables) if table.year == year), None)
        if found is None:
            raise Refused(
                f"没有{year}年的放假安排，无法推算工作日；请先录入国务院办公厅关于{year}年节假日安排的通知。",
                "calendar_year",
            )
        return found

    def working_days(self, start: date, end: date) -> int:
        """How many working days from ``start`` to ``end``, both counted; 0 when the end lies before the start."""
        return sum(self.is_working(day) for day in _days(start, end))

    def uncertain_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years of a span whose table nobody has compared with the official notice yet."""
        return tuple(year for year in range(start.year, end.year + 1) if not self.table(year).certain)


def working_days_between(calendar: WorkingCalendar, start: date, end: date) -> tuple[int, int]:
    """Working days of a span, counted with and without its first day."""
    counted = calendar.working_days(start, end)
    return counted, counted - calendar.working_days(start, min(start, end))


def at_most_working(calendar: WorkingCalendar, start: date, end: date) -> int:
    """The working days of a span if every day of a year without a table were one: never fewer than there are."""
    known = {table.year for table in calendar.tables}
    return sum(day.year not in known or calendar.is_working(day) for day in _days(start, end))


def notice_last_day(
    calendar: WorkingCalendar, start: date, days: int, *, unit: str = "working", counting: str = "next_day"
) -> date:
    """The earliest last day of a notice that runs ``days`` days.

    ``unit`` is working or natural; with ``counting`` first_day the start itself counts when it is such a day, with
    next_day it never does (民法典第201条, the default: never too short under either reading).
    """
    begin = start if counting == "first_day" else start + timedelta(days=1)
    if unit == "natural":
        return begin + timedelta(days=days - 1)
    left = days
    for day in _days(begin, start + timedelta(days=LONGEST_SPAN)):
        left -= calendar.is_working(day)
        if left == 0:
            return day
    raise Refused(f"公示期限{days}个工作日过长，请核对设置。", "notice_length")


def limit_day(start: date, days: int) -> date:
    """The last day of a limit in natural days, the first day not counted (约谈后30日)."""
    return start + timedelta(days=days)


def parse_year_table(data: Mapping[str, object], file: str) -> YearTable:
    """One ``resources/holidays`` file: year, certain, source, off and make_up as lists of spans in ISO dates.

    A span is ``2025-01-28`` or ``2025-01-28/2025-02-04``. A wrong key or date raises Refused naming file and key.
    """
    table = TomlTable(data, file)
    table.only({"year", "certain", "source", "off", "make_up"})
    year = table.whole("year")
    return year_table(
        year,
        (day for span in table.texts("off") for day in _span(span, table, "off")),
        (day for span in table.texts("make_up", ()) for day in _span(span, table, "make_up")),
        source=table.text("source"),
        certain=table.flag("certain"),
    )


def year_table(
    year: int, off: Iterable[date], make_up: Iterable[date], *, source: str = "", certain: bool = False
) -> YearTable:
    """A year table from its days; contradictions and days of another year raise Refused."""
    resting, worked = frozenset(off), frozenset(make_up)
    for day in sorted(resting | worked):
        if day.year != year:
            raise Refused(f"{year}年放假安排中的{date_in_text(day)}不在该年内，请核对。", "calendar_table")
        if day in resting and day in worked:
            raise Refused(f"{year}年放假安排中{date_in_text(day)}既放假又上班，请核对。", "calendar_table")
        if day in worked and day.weekday() < SATURDAY:
            raise Refused(f"{year}年放假安排中的调休上班日{date_in_text(day)}不是周末，请核对。", "calendar_table")
    return YearTable(year, resting, worked, source, certain)


def _span(text: str, table: TomlTable, key: str) -> Iterator[date]:
    first, _, last = text.partition("/")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise table.wrong(key, f"中的“{text}”不是日期") from None
    if end < start:
        raise table.wrong(key, f"中的“{text}”前后颠倒")
    return _days(start, end)


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=offset) for offset in range((end - start).days + 1))
