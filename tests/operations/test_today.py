"""The morning's list and the month's grid, read in parts, are the same as read whole."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.ledgers import open_to_read
from desktop.operations.today import (
    figures_now,
    line_todos,
    month_rows,
    month_rows_of,
    read_row_keys,
    read_waiting,
    reading_order,
    report_row,
    todos,
)
from desktop.rules.entries import ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.figures import count_figures
from desktop.rules.todo import LINE_KINDS, Todo, TodoKind, in_order
from desktop.store.ledger import Ledger, create
from tests.store.support import Steady
from tests.store.varied import TODAY, varied_ledger


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with create(tmp_path_factory.mktemp("today") / "台账", Steady(9).surroundings()) as ledger:
        varied_ledger(ledger, 150, seed=23)
        yield ledger


@pytest.fixture
def sample(sample_folder: Path) -> Iterator[Ledger]:
    with open_to_read(sample_folder) as ledger:
        yield ledger


def in_parts(ledger: Ledger, today: date) -> tuple[Todo, ...]:
    """The list as a window reads it."""
    found = [item for kind in LINE_KINDS for item in line_todos(ledger, kind, today).items]
    order = reading_order(ledger)
    for start in range(0, len(order), 7):
        found += read_waiting(ledger, order.ids(start, 7), today).todos
    return in_order(found)


def plain(items: tuple[Todo, ...]) -> list[tuple[object, ...]]:
    """Lines in an order that does not depend on twins of one day and number."""
    return sorted((i.kind, str(i.day), i.number, i.problem_id, i.sentence, str(i.gate), i.part, i.lead) for i in items)


def test_the_list_read_in_parts_is_the_whole_list(varied: Ledger) -> None:
    whole = todos(varied, TODAY)
    assert {item.kind for item in whole} == set(TodoKind)
    assert plain(in_parts(varied, TODAY)) == plain(whole)


@pytest.mark.parametrize("day", [date(2024, 12, 20), date(2025, 6, 1), date(2026, 11, 23)])
def test_the_sample_reads_the_same_in_parts_on_any_day(sample: Ledger, day: date) -> None:
    assert plain(in_parts(sample, day)) == plain(todos(sample, day))


def test_a_group_counts_all_and_shows_the_most_pressing(varied: Ledger) -> None:
    whole = [item for item in todos(varied, TODAY) if item.kind == TodoKind.OVERDUE]
    group = line_todos(varied, TodoKind.OVERDUE, TODAY, limit=3)
    assert group.count == len(whole) > 3
    assert [item.day for item in group.items] == [item.day for item in whole[:3]]


def test_figures_read_in_parts_are_the_figures(varied: Ledger) -> None:
    order = reading_order(varied)
    parts = [read_waiting(varied, order.ids(start, 10), TODAY).standings for start in range(0, len(order), 10)]
    assert count_figures([s for part in parts for s in part], TODAY) == figures_now(varied, TODAY)[0]


def test_keys_of_the_month_are_the_rows_of_the_month(varied: Ledger) -> None:
    for month in ("2026-09", "2026-11"):
        rows = month_rows(varied, month, TODAY)
        problems = list(dict.fromkeys(row.problem_id for row in rows))
        keys = read_row_keys(varied, problems, month)
        assert [tuple(key) for key in keys] == [
            (row.problem_id, row.measure_id, row.is_reported, row.is_expected) for row in rows
        ]
        assert {key.is_missing for key in keys} == {True, False}


def test_rows_of_some_problems_are_a_part_of_the_grid(varied: Ledger) -> None:
    rows = month_rows(varied, "2026-10", TODAY)
    chosen = [rows[0].problem_id, rows[-1].problem_id]
    expected = [row for row in rows if row.problem_id in chosen]
    assert list(month_rows_of(varied, chosen, "2026-10", TODAY)) == expected


def test_a_reported_row_stands_in_the_grid(tmp_path: Path) -> None:
    with create(tmp_path / "台账", Steady(2).surroundings()) as ledger:
        varied_ledger(ledger, 20, seed=4)
        row = next(r for r in month_rows(ledger, "2026-11", TODAY) if r.measure and not r.is_reported)
        report_row(ledger, row, ProgressEntry("已完成管网改造", row.measure, 80, month="2026-11"), TODAY, "李明")
        (after,) = (r for r in month_rows(ledger, "2026-11", TODAY) if r.measure_id == row.measure_id)
        assert (after.text, after.percent, after.is_reported) == ("已完成管网改造", 80, True)


def test_a_row_of_a_problem_that_is_gone_is_refused(varied: Ledger) -> None:
    row = month_rows(varied, "2026-11", TODAY)[0]
    with (
        create(varied.folder.parent / "别的台账", Steady(3).surroundings()) as other,
        pytest.raises(Refused) as refused,
    ):
        report_row(other, row, ProgressEntry("进展", row.measure), TODAY, "李明")
    assert "没有保存" in refused.value.sentence
