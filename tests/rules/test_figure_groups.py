"""Figures by group: every problem stands where it belongs, and behind every number stand its problems."""

from datetime import date
from random import Random

import pytest

from desktop.rules.figure_groups import MANY, NAMELESS, Dimension, group_figures, ranked, whole_row, year_words
from desktop.rules.figures import FigureOptions, count_figures
from desktop.rules.records import Gate, ProblemSource, ProgressClass
from desktop.rules.standing import Slot, Standing

TODAY = date(2026, 11, 23)
UNITS = ("甲局", "乙镇", "丙街道", "丁公司")


def random_standings(seed: int, count: int = 60) -> tuple[Standing, ...]:
    """Problems of every kind."""
    chance = Random(seed)

    def one(number: int) -> Standing:
        progress = chance.choice(tuple(ProgressClass))
        dated = chance.random() < 0.8
        return Standing(
            number,
            progress,
            problem_id=f"{number:032x}",
            deadline=date(chance.choice((2024, 2025, 2027)), 12, 31) if dated else None,
            is_long_term=chance.random() < 0.1,
            is_transferred=chance.random() < 0.1,
            is_closed=chance.random() < 0.3,
            passed=frozenset(chance.sample(tuple(Gate), chance.randint(0, 5))),
            source=chance.choice((None, *ProblemSource)),
            element=chance.choice(("", "水", "大气")),
            lead=tuple(chance.sample(UNITS, 1)),
            responsible=tuple(chance.sample(UNITS, chance.randint(0, 3))),
            finished_on=TODAY if progress == ProgressClass.COMPLETED else None,
        )

    return tuple(one(number) for number in range(1, count + 1))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("dimension", Dimension)
@pytest.mark.parametrize("options", [FigureOptions(), FigureOptions(True, True)])
def test_the_groups_hold_every_problem_and_their_classes_add_up(
    seed: int, dimension: Dimension, options: FigureOptions
) -> None:
    standings = random_standings(seed)
    rows = group_figures(standings, dimension, options, frozenset(("甲局",)))
    assert {problem for row in rows for problem in row.problems} == {s.problem_id for s in standings}
    for row in rows:
        assert sorted(p for found in row.slots.values() for p in found) == sorted(row.problems)
        assert set(row.closed) <= set(row.problems)
        assert set(row.overdue) <= set(row.slots.get(Slot.BEHIND, ()))
    whole, figures = whole_row(standings, options), count_figures(standings, TODAY, options)
    assert (whole.total, whole.count(Slot.COMPLETED), whole.count(Slot.BEHIND), len(whole.closed)) == (
        figures.total,
        figures.completed,
        figures.behind,
        figures.closed,
    )
    if dimension not in MANY:
        assert sum(row.total for row in rows) == figures.total


def test_problems_are_counted_by_source() -> None:
    """安徽 “1+1+N” 2023 (domain §5.3)."""
    counts = {ProblemSource.CENTRAL_INSPECTION: 376, ProblemSource.PROVINCE_INSPECTION: 3611,
              ProblemSource.SELF_FOUND: 14898}  # fmt: skip
    standings = [Standing(n, ProgressClass.COMPLETED, source=source) for source, c in counts.items() for n in range(c)]
    found = {row.name: row.total for row in group_figures(standings, Dimension.SOURCE)}
    assert found == {"中央督察": 376, "省督察": 3611, "自查发现": 14898}
    assert sum(found.values()) == 18885


def test_years_and_gates_stand_in_their_order_units_by_number() -> None:
    standings = (
        Standing(1, ProgressClass.COMPLETED, deadline=date(2025, 1, 1), responsible=("甲局",)),
        Standing(2, ProgressClass.BEHIND, is_long_term=True, responsible=("甲局", "乙镇")),
        Standing(3, ProgressClass.BEHIND, passed=frozenset((Gate.SELF_CHECK,))),
        Standing(4, ProgressClass.COMPLETED, deadline=date(2024, 1, 1), is_closed=True, passed=frozenset(Gate)),
    )
    years = [year_words(row.name) for row in group_figures(standings, Dimension.YEAR)]
    assert years == ["2024年", "2025年", "长期坚持", "未定期限"]
    gates = [row.name for row in group_figures(standings, Dimension.GATE)]
    assert gates == ["未进入销号环节", "已自查自验", "已销号备案"]
    units = [(row.name, row.total) for row in group_figures(standings, Dimension.RESPONSIBLE)]
    assert units == [("甲局", 2), ("乙镇", 1), (NAMELESS, 2)]


def test_units_are_ranked_by_completion_rate_then_by_count() -> None:
    done, on = ProgressClass.COMPLETED, ProgressClass.ON_SCHEDULE
    standings = (
        Standing(1, done, "1", lead=("甲局",)),
        Standing(2, done, "2", lead=("乙局", "乙局")),
        Standing(3, done, "3", lead=("乙局",)),
        Standing(4, on, "4", lead=("丙局", "甲局")),
        Standing(5, on, "5"),
    )
    rows = ranked(group_figures(standings, Dimension.LEAD))
    found = [(row.name, row.count(Slot.COMPLETED), row.total) for row in rows]
    assert found == [("乙局", 2, 2), ("甲局", 1, 2), ("丙局", 0, 1)]


def test_the_own_role_is_that_of_this_office_s_unit() -> None:
    standings = (
        Standing(1, ProgressClass.BEHIND, "a", lead=("甲局",), responsible=("甲局",)),
        Standing(2, ProgressClass.BEHIND, "b", assisting=("甲局",)),
        Standing(3, ProgressClass.BEHIND, "c", lead=("乙镇",)),
    )
    rows = group_figures(standings, Dimension.OWN_ROLE, own=frozenset(("甲局",)))
    found = {row.name: row.problems for row in rows}
    assert found == {"牵头": ("a",), "责任": ("a",), "配合": ("b",), "不承担": ("c",)}
