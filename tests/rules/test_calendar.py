"""Working days, notice lengths and holiday tables (domain §3)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.calendar import (
    WorkingCalendar,
    at_most_working,
    limit_day,
    notice_last_day,
    parse_year_table,
    working_days_between,
    year_table,
)
from desktop.rules.errors import Refused

HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays"
WEEKDAYS_ONLY = tuple(year_table(year, (), ()) for year in range(2017, 2024))
SHIPPED = tuple(
    parse_year_table(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    for file in sorted(HOLIDAYS.glob("*.toml"))
)
CALENDAR = WorkingCalendar((*WEEKDAYS_ONLY, *SHIPPED))
D = date

DAYS = st.dates(D(2024, 1, 1), D(2026, 8, 31))


@pytest.mark.parametrize(
    ("start", "first_day", "next_day"),
    [
        (D(2025, 1, 24), D(2025, 2, 6), D(2025, 2, 7)),
        (D(2025, 9, 26), D(2025, 10, 9), D(2025, 10, 10)),
        (D(2026, 2, 12), D(2026, 2, 25), D(2026, 2, 26)),
        (D(2026, 4, 30), D(2026, 5, 9), D(2026, 5, 11)),
        (D(2026, 6, 16), D(2026, 6, 23), D(2026, 6, 24)),
        (D(2026, 9, 18), D(2026, 9, 23), D(2026, 9, 24)),
        (D(2026, 9, 28), D(2026, 10, 9), D(2026, 10, 10)),
        (D(2026, 11, 23), D(2026, 11, 27), D(2026, 11, 30)),
    ],
)
def test_five_working_days_end_where_the_handbook_says(start: date, first_day: date, next_day: date) -> None:
    assert notice_last_day(CALENDAR, start, 5, counting="first_day") == first_day
    assert notice_last_day(CALENDAR, start, 5, counting="next_day") == next_day
    assert notice_last_day(CALENDAR, start, 5) == next_day


@pytest.mark.parametrize(
    ("place", "start", "end", "counts"),
    [
        ("君山", D(2017, 11, 28), D(2017, 12, 5), (6, 5)),
        ("雁峰", D(2020, 11, 30), D(2020, 12, 5), (5, 4)),
        ("宿州", D(2023, 7, 27), D(2023, 8, 9), (10, 9)),
        ("宿州误", D(2024, 9, 29), D(2024, 10, 9), (4, 3)),
        ("内蒙古", D(2023, 11, 28), D(2023, 12, 11), (10, 9)),
        ("渌口", D(2023, 11, 15), D(2023, 11, 28), (10, 9)),
        ("东丽", D(2025, 1, 21), D(2025, 2, 8), (10, 9)),
        ("兴国", D(2025, 5, 21), D(2025, 6, 4), (10, 9)),
        ("四平", D(2019, 11, 8), D(2019, 11, 18), (7, 6)),
        ("四平铁东", D(2019, 12, 13), D(2019, 12, 19), (5, 4)),
    ],
)
def test_published_notices_count_as_in_the_handbook(
    place: str, start: date, end: date, counts: tuple[int, int]
) -> None:
    assert working_days_between(CALENDAR, start, end) == counts, place


def test_natural_days_need_no_table() -> None:
    nothing = WorkingCalendar(())
    assert notice_last_day(nothing, D(2030, 12, 30), 7, unit="natural", counting="first_day") == D(2031, 1, 5)
    assert notice_last_day(nothing, D(2030, 12, 30), 7, unit="natural") == D(2031, 1, 6)
    assert limit_day(D(2026, 1, 1), 30) == D(2026, 1, 31)


def test_span_into_a_year_without_a_table_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="没有2027年的放假安排") as caught:
        notice_last_day(CALENDAR, D(2026, 12, 30), 5)
    assert caught.value.rule == "calendar_year"
    assert notice_last_day(CALENDAR, D(2026, 12, 24), 5) == D(2026, 12, 31)


def test_limit_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="过长"):
        notice_last_day(CALENDAR, D(2024, 1, 1), 300)


def test_later_table_of_a_year_replaces_the_shipped_one() -> None:
    own = year_table(2026, [D(2026, 11, 23)], [], source="本办核对", certain=True)
    assert CALENDAR.is_working(D(2026, 11, 23))
    assert not WorkingCalendar((*CALENDAR.tables, own)).is_working(D(2026, 11, 23))


def test_shipped_tables_say_which_year_is_not_verified() -> None:
    assert {table.year: table.certain for table in SHIPPED} == {2024: False, 2025: True, 2026: True}
    assert CALENDAR.uncertain_years(D(2024, 12, 30), D(2025, 1, 10)) == (2024,)
    assert {(len(t.off), len(t.make_up)) for t in SHIPPED} == {(28, 8), (28, 5), (33, 6)}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"year": "2027"}, "“year”应填写大于0的整数"),
        ({"off": ["2027-02-30"]}, "“off”中的“2027-02-30”不是日期"),
        ({"off": ["2027-02-10/2027-02-01"]}, "前后颠倒"),
        ({"off": ["2026-12-31"]}, "2026年12月31日不在该年内"),
        ({"make_up": ["2027-01-01"]}, "既放假又上班"),
        ({"make_up": ["2027-03-01"]}, "不是周末"),
        ({"makeup": []}, "“makeup”不是可用的项目"),
    ],
)
def test_faulty_year_table_is_refused(changed: dict[str, object], sentence: str) -> None:
    data: dict[str, object] = {"year": 2027, "certain": False, "source": "录入", "off": ["2027-01-01"], "make_up": []}
    with pytest.raises(Refused, match=sentence):
        parse_year_table(data | changed, "2027.toml")


@given(DAYS, st.integers(1, 15))
def test_next_day_counting_never_ends_before_first_day_counting(start: date, days: int) -> None:
    first = notice_last_day(CALENDAR, start, days, counting="first_day")
    assert first <= notice_last_day(CALENDAR, start, days, counting="next_day")
    assert CALENDAR.is_working(first)


@given(DAYS, st.integers(1, 15))
def test_last_day_is_the_first_on_which_the_count_is_full(start: date, days: int) -> None:
    last = notice_last_day(CALENDAR, start, days)
    assert CALENDAR.working_days(start + timedelta(days=1), last) == days
    assert CALENDAR.working_days(start + timedelta(days=1), last - timedelta(days=1)) == days - 1


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_working_days_of_two_neighbouring_spans_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = CALENDAR.working_days(start, middle) + CALENDAR.working_days(middle + timedelta(days=1), end)
    assert CALENDAR.working_days(start, end) == parts


def test_no_span_has_more_working_days_than_when_every_unknown_day_counts() -> None:
    known = CALENDAR.working_days(date(2026, 12, 28), date(2026, 12, 31))
    assert at_most_working(CALENDAR, date(2026, 12, 28), date(2026, 12, 31)) == known == 4
    assert at_most_working(CALENDAR, date(2026, 12, 28), date(2027, 1, 3)) == 7
