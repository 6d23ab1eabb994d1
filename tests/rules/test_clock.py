"""The hybrid clock: it only ever goes forward, and nobody else's wrong clock moves it far."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clock import COUNTER_BITS, FUTURE_LIMIT_MS, is_strange, moment, observe, remember, tick
from desktop.rules.ops import MAX_INT

NOW = 1_795_000_000_000
TEN_YEARS = 10 * 365 * 24 * 3600 * 1000


@given(nows=st.lists(st.integers(-(10**13), 10**15), min_size=1, max_size=50))
def test_readings_rise_whatever_the_wall_clock_does(nows: list[int]) -> None:
    last, seen = 0, []
    for now in nows:
        last = tick(last, now)
        seen.append(last)
    assert seen == sorted(set(seen))


@given(now=st.integers(0, 10**20))
def test_a_reading_always_fits_into_an_op(now: int) -> None:
    assert 0 < tick(0, now) + 65_000 <= MAX_INT


def test_a_frozen_clock_counts() -> None:
    first = tick(0, NOW)
    assert [tick(first, NOW), tick(first + 1, NOW)] == [first + 1, first + 2]
    assert first == NOW << COUNTER_BITS


def test_an_op_from_a_clock_ten_years_ahead_does_not_drag_ours() -> None:
    ours = tick(0, NOW)
    theirs = (NOW + TEN_YEARS) << COUNTER_BITS
    assert is_strange(theirs, NOW)
    assert observe(ours, theirs, NOW) == ours
    assert observe(ours, MAX_INT, NOW) == ours


def test_an_op_from_a_clock_one_day_ahead_is_followed() -> None:
    theirs = (NOW + 24 * 3600 * 1000) << COUNTER_BITS
    assert observe(tick(0, NOW), theirs, NOW) == theirs
    assert tick(theirs, NOW) == theirs + 1


def test_an_older_op_leaves_the_clock_alone() -> None:
    assert observe(500, 3, NOW) == 500


def test_the_limit_is_thirty_six_hours() -> None:
    edge = (NOW + FUTURE_LIMIT_MS) << COUNTER_BITS
    assert FUTURE_LIMIT_MS == 36 * 3600 * 1000
    assert not is_strange(edge + (1 << COUNTER_BITS) - 1, NOW)
    assert is_strange(edge + (1 << COUNTER_BITS), NOW)


def test_a_reading_tells_its_moment() -> None:
    assert moment(tick(0, NOW)) == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)


def test_a_reading_beyond_the_calendar_has_the_last_moment() -> None:
    assert moment(MAX_INT) <= datetime.max.replace(tzinfo=UTC)
    assert moment(1 << 70) == datetime.max.replace(tzinfo=UTC)


@given(last=st.integers(0, 1 << 57), told=st.integers(0, MAX_INT))
def test_a_remembered_reading_never_goes_back_and_always_leaves_room_to_write(last: int, told: int) -> None:
    now = remember(last, told)
    assert now >= last
    assert now + 10**17 < MAX_INT


def test_an_own_reading_of_a_clock_ten_years_ahead_is_followed() -> None:
    told = tick(0, NOW + TEN_YEARS)
    assert remember(tick(0, NOW), told) == told
