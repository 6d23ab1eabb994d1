"""Charts as data: the same numbers as the figures, and behind each of them its problems."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.charts import AGES, UNITS_SHOWN, all_charts, burn_down_chart, progress_chart, unit_chart
from desktop.rules.figures import count_figures
from desktop.rules.records import ProgressClass
from desktop.rules.standing import Standing
from tests.rules.test_figure_groups import TODAY, random_standings


@pytest.mark.parametrize("seed", range(6))
def test_every_chart_agrees_with_the_figures(seed: int) -> None:
    standings = random_standings(seed)
    figures = count_figures(standings, TODAY)
    progress, units, ages, _ = all_charts(standings, TODAY)
    assert progress.series[0].values[-1] == figures.completed
    assert sum(ages.series[0].values) == sum(
        s.progress == ProgressClass.OVERDUE and s.deadline is not None and not s.is_long_term and not s.is_transferred
        for s in standings
    )
    for chart in (progress, units, ages):
        for series in chart.series:
            assert len(series.values) == len(chart.categories)


def test_months_count_what_was_done_by_their_ends() -> None:
    standings = (
        Standing(1, ProgressClass.COMPLETED, "a", finished_on=date(2026, 9, 30), closed_on=date(2026, 10, 1)),
        Standing(2, ProgressClass.COMPLETED, "b", finished_on=date(2026, 11, 1)),
    )
    chart = progress_chart(standings, TODAY)
    assert chart.categories[-3:] == ("26.9", "26.10", "26.11")
    assert chart.series[0].problems[-3:] == (("a",), ("a",), ("a", "b"))
    assert chart.series[1].problems[-3:] == ((), ("a",), ("a",))


def test_overdue_problems_stand_by_their_age() -> None:
    days = (1, 30, 31, 90, 91, 180, 181, 365, 366)
    overdue = Standing(1, ProgressClass.OVERDUE)
    standings = [
        replace(overdue, problem_id=str(n), deadline=date.fromordinal(TODAY.toordinal() - n)) for n in days
    ]
    (ages,) = all_charts(standings, TODAY)[2].series
    assert ages.problems == (("1", "30"), ("31", "90"), ("91", "180"), ("181", "365"), ("366",))
    assert len(AGES) == 5


def test_the_line_of_what_should_be_left_goes_down_to_nothing_at_the_last_deadline() -> None:
    standings = tuple(
        Standing(n, ProgressClass.ON_SCHEDULE, str(n), deadline=date(2026, month, 28)) for n, month in
        enumerate((8, 10, 12), 1)
    )  # fmt: skip
    chart = burn_down_chart(standings, TODAY)
    planned, actual = chart.series
    assert chart.categories == ("26.8", "26.9", "26.10", "26.11", "26.12")
    assert planned.values == (2, 2, 1, 1, 0)
    assert actual.values == (3, 3, 3, 3)


def test_a_plan_of_many_years_stays_readable() -> None:
    standings = [Standing(n, ProgressClass.BEHIND, str(n), deadline=date(2010 + n, 6, 30)) for n in range(20)]
    chart = burn_down_chart(standings, TODAY)
    assert len(chart.categories) <= 24
    assert chart.series[0].values[-1] == 0

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(DAYS, st.lists(DAYS, min_size=1))
def test_what_is_left_today_is_always_drawn(as_of: date, deadlines: list[date]) -> None:
    standings = [Standing(n, ProgressClass.BEHIND, str(n), deadline=day) for n, day in enumerate(deadlines)]
    chart = burn_down_chart(standings, as_of)
    planned, actual = chart.series
    assert actual.values[-1] == len(deadlines)
    assert chart.categories[len(actual.values) - 1] == f"{as_of.year % 100:02d}.{as_of.month}"
    assert planned.values[-1] == 0
    assert len(set(chart.categories)) == len(chart.categories) <= 24


def test_more_units_than_fit_are_named_in_the_remark() -> None:
    standings = [Standing(n, ProgressClass.BEHIND, str(n), responsible=(f"第{n}局",)) for n in range(UNITS_SHOWN + 3)]
    chart = unit_chart(standings)
    assert len(chart.categories) == UNITS_SHOWN
    assert "另有3个单位" in chart.remark


def test_without_problems_there_is_nothing_to_draw() -> None:
    assert all(chart.is_empty for chart in all_charts((), TODAY))
