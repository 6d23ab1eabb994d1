"""The year tables of an office: the shipped ones, the pasted notice, what it changes, both ways of counting."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.holidays import (
    compare_years,
    confirm_year,
    count_span,
    last_days,
    list_years,
    read_notice_text,
    spans_in_words,
)
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.rules.calendar import YearTable
from desktop.rules.errors import Refused

TODAY = date(2026, 11, 23)
NOTICE = """关于2027年部分节假日安排的通知
一、元旦：1月1日（星期五）至3日（星期日）放假，共3天。
二、春节：2月5日至12日放假调休，共8天。2月14日（星期日）上班。"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person="李明")
    yield made
    made.close()


def year_of(ledger: Ledger, year: int) -> YearTable | None:
    return next((table for table in list_years(ledger) if table.year == year), None)


def test_the_shipped_years_say_whether_they_were_compared(ledger: Ledger) -> None:
    shipped = {table.year: table.certain for table in list_years(ledger)}
    assert shipped[2026]
    assert not shipped[2024]


def test_a_pasted_notice_is_in_force_once_confirmed(ledger: Ledger) -> None:
    table = read_notice_text(NOTICE)
    assert year_of(ledger, 2027) is None
    assert confirm_year(ledger, table, TODAY, "李明").sentence == "2027年放假安排已核对并启用。"
    kept = year_of(ledger, 2027)
    assert kept is not None
    assert kept.certain
    assert (kept.off, kept.make_up) == (table.off, frozenset({date(2027, 2, 14)}))


def test_confirming_the_same_year_again_changes_nothing(ledger: Ledger) -> None:
    confirm_year(ledger, read_notice_text(NOTICE), TODAY)
    again = confirm_year(ledger, read_notice_text(NOTICE), TODAY)
    assert again.touched == ()
    assert "没有变化" in again.sentence


def test_an_offices_own_table_stands_for_the_shipped_one(ledger: Ledger) -> None:
    shipped = year_of(ledger, 2024)
    assert shipped is not None
    confirm_year(ledger, shipped, TODAY)
    own = year_of(ledger, 2024)
    assert own is not None
    assert own.certain
    assert own.off == shipped.off


@pytest.mark.parametrize(
    ("off", "make_up", "said"),
    [
        ((), (), "没有任何放假日期"),
        ((date(2028, 1, 1),), (), "不在该年内"),
        ((date(2027, 2, 13),), (date(2027, 2, 13),), "既放假又上班"),
        ((date(2027, 1, 1),), (date(2027, 2, 15),), "不是周末"),
    ],
)
def test_a_contradictory_table_is_refused(
    ledger: Ledger, off: tuple[date, ...], make_up: tuple[date, ...], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        confirm_year(ledger, YearTable(2027, frozenset(off), frozenset(make_up)), TODAY)
    assert year_of(ledger, 2027) is None


def test_what_a_new_table_changes_is_said_in_spans() -> None:
    before = YearTable(2027, frozenset({date(2027, 1, 1)}), frozenset({date(2027, 2, 14)}))
    after = read_notice_text(NOTICE)
    assert compare_years(before, after) == ("增加放假：1月2日至1月3日、2月5日至2月12日",)
    assert compare_years(after, before) == ("不再放假：1月2日至1月3日、2月5日至2月12日",)
    assert compare_years(after, after) == ()
    assert compare_years(None, after) == ()
    assert spans_in_words([date(2027, 3, 1), date(2027, 2, 28), date(2027, 5, 1)]) == "2月28日至3月1日、5月1日"


@pytest.mark.parametrize(
    ("start", "first", "second"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 2, 12), date(2026, 2, 25), date(2026, 2, 26)),
        (date(2026, 9, 28), date(2026, 10, 9), date(2026, 10, 10)),
    ],
)
def test_five_working_days_end_by_both_ways_of_counting(ledger: Ledger, start: date, first: date, second: date) -> None:
    assert last_days(ledger, start, 5) == (first, second)
    assert count_span(ledger, start, second).working == (6, 5)
    assert count_span(ledger, start, first).working == (5, 4)


def test_natural_days_and_unchecked_years_are_told(ledger: Ledger) -> None:
    assert last_days(ledger, date(2026, 11, 23), 10, "natural") == (date(2026, 12, 2), date(2026, 12, 3))
    counted = count_span(ledger, date(2024, 9, 29), date(2024, 10, 9))
    assert (counted.natural, counted.working, counted.unchecked) == ((11, 10), (4, 3), (2024,))


def test_a_span_into_a_year_without_a_table_is_refused_by_name(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="没有2027年的放假安排"):
        last_days(ledger, date(2026, 12, 30), 5)
    with pytest.raises(Refused, match="早于开始"):
        count_span(ledger, date(2026, 11, 2), date(2026, 11, 1))
    with pytest.raises(Refused, match="1 以上的整数"):
        last_days(ledger, TODAY, 0)
