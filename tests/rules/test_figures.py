"""Counting: the partition, rates, years, and the figures that were published (domain §5)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.figures import (
    FigureOptions,
    Figures,
    count_figures,
    figures_json,
    figures_of,
    rate,
    rate_words,
)
from desktop.rules.records import CaseFile, Gate, Problem, ProgressClass, TermClass
from desktop.rules.standing import SLOT_WORDS, Slot, Standing

D = date
DONE, ON, BEHIND = ProgressClass.COMPLETED, ProgressClass.ON_SCHEDULE, ProgressClass.BEHIND
CUT_OFF = D(2022, 12, 31)


def some(count: int, progress: ProgressClass = DONE, **more: object) -> list[Standing]:
    return [Standing(number, progress, **more) for number in range(1, count + 1)]  # type: ignore[arg-type]


# name, completed, mostly, on schedule, behind, long-term, transferred, total
PUBLISHED = [
    ("湖南2022", 25, 0, 26, 2, 0, 0, 53),
    ("漳州", 13, 0, 11, 0, 0, 0, 24),
    ("广西2023", 27, 0, 12, 0, 0, 0, 39),
    ("广西2023此前", 19, 0, 20, 0, 0, 0, 39),
    ("广西回头看", 43, 0, 0, 0, 0, 2, 45),
    ("四川2019", 45, 0, 37, 7, 0, 0, 89),
    ("湖北2018到期", 49, 7, 0, 0, 0, 0, 56),
    ("聊城2020", 25, 0, 16, 0, 0, 0, 41),
    ("贵州2020", 30, 0, 12, 0, 0, 0, 42),
    ("甘肃2021到期", 29, 0, 3, 0, 0, 0, 32),
    ("天津2018", 32, 0, 17, 0, 0, 0, 49),
    ("福建2018", 31, 0, 41, 0, 0, 0, 72),
    ("岳阳2019", 10, 0, 12, 1, 0, 0, 23),
    ("青岛2025", 35, 0, 6, 0, 0, 0, 41),
    ("六盘水2021", 59, 5, 0, 0, 0, 0, 64),
    ("云南2020", 38, 0, 20, 0, 0, 0, 58),
    ("平罗2019", 18, 0, 0, 0, 0, 2, 20),
    ("陆良2019", 20, 0, 0, 0, 3, 0, 23),
    ("黑龙江2020", 47, 0, 0, 5, 0, 0, 52),
]


@pytest.mark.parametrize(("name", "done", "mostly", "on", "behind", "long_term", "moved", "total"), PUBLISHED)
def test_published_classes_add_up(
    name: str, done: int, mostly: int, on: int, behind: int, long_term: int, moved: int, total: int
) -> None:
    standings = some(done) + some(mostly, ProgressClass.MOSTLY_DONE) + some(on, ON) + some(behind, BEHIND)
    standings += some(long_term, ON, is_long_term=True) + some(moved, ON, is_transferred=True)
    found = count_figures(standings, CUT_OFF)
    counts = (found.completed, found.mostly_done, found.on_schedule, found.behind, found.long_term, found.transferred)
    assert (counts, found.total) == ((done, mostly, on, behind, long_term, moved), total), name


@pytest.mark.parametrize(
    ("place", "part", "whole", "percent"),
    [
        ("湖南信访", 3177, 3321, "95.7"),
        ("广西信访", 3848, 3917, "98.2"),
        ("四川2020", 8809, 8924, "98.7"),
        ("湖北子问题", 460, 477, "96.4"),
        ("常德", 277, 290, "95.5"),
        ("安徽信访", 3230, 3719, "86.9"),
        ("全国", 1275, 2164, "58.9"),
        ("安徽1+1+N", 15361, 18885, "81.3"),
        ("贵州2018", 49, 72, "68.1"),
        ("贵州子问题", 330, 385, "85.7"),
        ("海南问题", 31, 44, "70.5"),
        ("海南措施", 135, 137, "98.5"),
        ("儋州措施", 108, 158, "68.4"),
        ("半数进位", 1, 16, "6.3"),
    ],
)
def test_published_rates_are_half_up_with_one_decimal(place: str, part: int, whole: int, percent: str) -> None:
    assert rate(part, whole) == Decimal(percent), place
    assert rate_words(part, whole) == f"{percent}%"


def test_rate_of_nothing_is_a_dash() -> None:
    assert rate(0, 0) is None
    assert rate_words(0, 0) == "/"


def test_rates_as_reports_on_letters_print_them() -> None:
    counts = ((3177, 3321), (3848, 3917), (207, 208), (208, 208))
    assert [str(rate(part, whole)) for part, whole in counts] == ["95.7", "98.2", "99.5", "100.0"]


def years(*counts: tuple[int, int]) -> list[Standing]:
    return [s for year, count in counts for s in some(count, ON, deadline=D(year, 12, 31))]


def test_founding_plan_by_year() -> None:
    standings = years((2024, 11), (2025, 2), (2026, 1)) + some(2, ON, is_long_term=True)
    found = count_figures(standings, D(2024, 7, 4))
    assert found.by_year == (("2024", 11), ("2025", 2), ("2026", 1), ("long_term", 2))
    assert found.total == 16
    assert found.long_term == 2


def test_chuzhou_and_xianning_by_year() -> None:
    chuzhou = years((2024, 45), (2025, 6), (2026, 3), (2027, 1)) + some(1, ON, is_long_term=True)
    assert count_figures(chuzhou, CUT_OFF).by_year[-1] == ("long_term", 1)
    assert count_figures(chuzhou, CUT_OFF).total == 56
    xianning = count_figures(years((2017, 23), (2018, 15)), D(2017, 12, 31))
    assert (xianning.due, xianning.due_this_year, xianning.total) == (23, 23, 38)


def test_due_counts_deadlines_up_to_the_cut_off() -> None:
    hunan = some(25, deadline=D(2022, 12, 31)) + some(1, BEHIND, deadline=D(2022, 6, 30))
    hunan += some(26, ON, deadline=D(2024, 12, 31)) + some(1, BEHIND, deadline=D(2024, 12, 31))
    found = count_figures(hunan, CUT_OFF)
    assert (found.total, found.due, found.due_completed) == (53, 26, 25)
    gansu = some(29, deadline=D(2021, 6, 30)) + some(3, ON, deadline=D(2021, 6, 30)) + years((2023, 19))
    found = count_figures(gansu, D(2021, 8, 1))
    assert (found.total, found.due, found.due_completed) == (51, 32, 29)


def test_due_before_the_cut_off_and_due_this_year_are_two_counts() -> None:
    found = count_figures(years((2022, 3), (2023, 4)), D(2023, 6, 30))
    assert (found.due, found.due_this_year) == (3, 7)


def test_completing_and_closing_are_two_axes() -> None:
    liaocheng = some(13, is_closed=True) + some(12) + some(16, ON)
    found = count_figures(liaocheng, CUT_OFF)
    assert (found.total, found.completed, found.closed) == (41, 25, 13)
    assert found.closing_rate == Decimal("31.7")
    assert found.closing_rate_of_completed == Decimal("52.0")
    accepted = frozenset({Gate.APPLY, Gate.ACCEPT})
    heilongjiang = some(33, is_closed=True, passed=accepted) + some(10, passed=frozenset({Gate.APPLY})) + some(4)
    gates = dict(count_figures(heilongjiang, CUT_OFF).gates)
    assert (gates[Gate.APPLY], gates[Gate.ACCEPT], len(heilongjiang)) == (43, 33, 47)


def test_long_term_problems_are_completed_only_where_the_report_says_so() -> None:
    danzhou = some(96) + some(12, ON, is_long_term=True) + some(50, ON)
    apart = count_figures(danzhou, CUT_OFF)
    inside = count_figures(danzhou, CUT_OFF, FigureOptions(long_term_completed=True))
    assert (apart.total, apart.completed, apart.long_term) == (158, 96, 12)
    assert (inside.completed, inside.long_term) == (108, 0)
    assert inside.options.labels == ("含长期坚持",)


def test_figures_that_do_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="add up to 2, not to 3"):
        Figures(CUT_OFF, 3, completed=2)
    with pytest.raises(ValueError, match="larger than its whole"):
        Figures(CUT_OFF, 1, behind=1, overdue=2)
    with pytest.raises(ValueError, match="years"):
        Figures(CUT_OFF, 1, completed=1, by_year=(("2022", 2),))


def test_figures_of_cases_for_the_command_line() -> None:
    cases = [
        CaseFile(Problem("a", 1, "一", deadline=D(2022, 6, 30))),
        CaseFile(Problem("b", 2, "二", term_class=TermClass.LONG_TERM)),
        CaseFile(Problem("c", 3, "三", deadline=D(2022, 6, 30), transferred_to="z")),
    ]
    found = figures_json(figures_of(cases, CUT_OFF))
    assert found["total"] == 3
    assert (found["completed"], found["closed"], found["overdue"], found["long_term"]) == (0, 0, 1, 1)
    assert found["by_year"] == {"2022": 2, "long_term": 1}
    assert found["completion_rate"] == 0.0
    assert figures_json(figures_of([], CUT_OFF))["completion_rate"] is None


def test_every_class_has_a_word() -> None:
    assert set(SLOT_WORDS) == set(Slot)


STANDINGS = st.lists(
    st.builds(
        Standing,
        number=st.integers(1, 99),
        progress=st.sampled_from(ProgressClass),
        deadline=st.none() | st.dates(D(2020, 1, 1), D(2030, 12, 31)),
        is_long_term=st.booleans(),
        is_transferred=st.booleans(),
        is_closed=st.booleans(),
    ),
    max_size=60,
)


@given(STANDINGS, st.dates(D(2020, 1, 1), D(2030, 12, 31)), st.booleans(), st.booleans())
def test_every_problem_is_counted_in_exactly_one_class(
    standings: list[Standing], as_of: date, long_term: bool, mostly: bool
) -> None:
    found = count_figures(standings, as_of, FigureOptions(long_term, mostly))
    classes = (found.completed, found.mostly_done, found.on_schedule, found.behind, found.long_term, found.transferred)
    assert sum(classes) == len(standings)
    assert sum(count for _, count in found.by_year) == len(standings)
    assert found.due_completed <= found.due <= found.due_this_year <= len(standings)


@given(st.integers(0, 10000), st.integers(1, 10000))
def test_rate_is_within_half_a_tenth_of_the_fraction(part: int, whole: int) -> None:
    found = rate(part, whole)
    assert found is not None
    assert abs(found - Decimal(part) * 100 / whole) <= Decimal("0.05")
