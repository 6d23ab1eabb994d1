"""Dates and lines as clerks write them."""

from datetime import date

import pytest

from desktop.rules.texts import clean, find_days, has_wrong_day, one_line, read_day


@pytest.mark.parametrize("written", ["2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", " ２０２６-11-23 "])
def test_a_day_is_read_in_every_writing(written: str) -> None:
    assert read_day(written) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "written", ["", "2026-11", "2026-11-23x", "2026-11-230", "2026-02-30", "9999-12-31", "0001-01-01"]
)
def test_what_is_more_or_less_than_a_day_is_none(written: str) -> None:
    assert read_day(written) is None


def test_days_are_found_in_a_text_and_impossible_ones_are_passed_over() -> None:
    assert find_days("由2024年12月31日延至2025-06-30，2025-02-30除外") == (date(2024, 12, 31), date(2025, 6, 30))


def test_a_text_with_an_impossible_day_is_known_for_it() -> None:
    assert has_wrong_day("延至2025-02-30")
    assert not has_wrong_day("延至2025年2月28日，共3项")


def test_a_name_stands_in_one_line() -> None:
    assert one_line(" 甲\r\n乙\t丙\u2028丁\u200b ") == "甲 乙 丙 丁"
    assert clean("甲\r\n乙") == "甲\n乙"
