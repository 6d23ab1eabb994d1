"""The list of problems: what a line says is what its case says; filters, orders, keys and pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.deadlines import days_left, finished_on, left_words
from desktop.rules.lifecycle import gate_dates, is_closed, is_long_term, notice_end, state_of
from desktop.rules.line_words import line_left_words, line_state
from desktop.rules.measures import percent_done
from desktop.rules.records import CaseFile, CaseState, Gate, ProblemLine
from desktop.rules.todo import LINE_KINDS, TodoKind
from desktop.store.ledger import Ledger, create
from desktop.store.lines import (
    STATES,
    Filter,
    ProblemKeys,
    Sort,
    count_all,
    count_lines,
    count_states,
    list_sources,
    list_years,
    read_keys,
    read_lines,
    read_lines_of,
    still_running,
)
from desktop.store.read_cases import all_problems, read_cases
from desktop.store.waiting import reading_order, waiting_lines
from desktop.store.writer import writing
from tests.store.support import Steady
from tests.store.varied import TODAY, varied_ledger


@dataclass
class World:
    """A varied ledger with its cases and the ids of its units."""

    ledger: Ledger
    cases: dict[str, CaseFile]
    units: dict[str, str]

    def lines(self) -> tuple[ProblemLine, ...]:
        """All lines in the order of the ledger."""
        return read_lines(self.ledger, Filter(), Sort(), TODAY, 0, 10_000)

    def numbers(self, chosen: Filter, sort: Sort | None = None) -> list[int]:
        """The numbers of the problems under a filter, by keys and pages."""
        keys = read_keys(self.ledger, chosen, sort or Sort(), TODAY)
        assert len(keys) == count_lines(self.ledger, chosen, TODAY)
        return [line.number for line in read_lines_of(self.ledger, keys.ids())]

    def those(self, holds: Callable[[CaseFile], bool]) -> set[int]:
        """The numbers of the cases of which something holds."""
        return {case.problem.number for case in self.cases.values() if holds(case)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("lines") / "台账"
    with create(folder, Steady(5).surroundings()) as ledger:
        units = varied_ledger(ledger, 150, seed=11)
        cases = {case.problem.id: case for case in read_cases(ledger, all_problems(ledger))}
        yield World(ledger, cases, units)


def test_the_sample_holds_every_state(world: World) -> None:
    assert {state_of(case, TODAY) for case in world.cases.values()} == set(CaseState)


def test_a_line_says_the_state_that_its_case_says(world: World) -> None:
    for line in world.lines():
        assert line_state(line, TODAY) == state_of(world.cases[line.id], TODAY), line


def test_a_line_says_the_days_left_that_its_case_says(world: World) -> None:
    for line in world.lines():
        case = world.cases[line.id]
        if not case.problem.is_long_term or case.problem.term_class:
            assert line_left_words(line, TODAY) == left_words(case, TODAY), line


def running(case: CaseFile) -> bool:
    """Neither closed nor carried over."""
    return not is_closed(case) and not case.problem.transferred_to


def left_of(case: CaseFile) -> int:
    """Days left while they count, else far away."""
    left = days_left(case, TODAY)
    return 9999 if left is None or finished_on(case) else left


def passed(case: CaseFile, gate: Gate) -> bool:
    """True when the gate is passed in the present attempt."""
    return gate_dates(case)[gate] is not None


def in_notice(case: CaseFile, *, ended: bool) -> bool:
    """A notice without a filing that has ended, or has not."""
    end = notice_end(case)
    return running(case) and end is not None and (end < TODAY) is ended and not passed(case, Gate.FILE)


MEANING: dict[str, Callable[[CaseFile], bool]] = {
    "open": running,
    "overdue": lambda case: running(case) and left_of(case) < 0,
    "due_7": lambda case: running(case) and 0 <= left_of(case) <= 7,
    "due_15": lambda case: running(case) and 0 <= left_of(case) <= 15,
    "due_30": lambda case: running(case) and 0 <= left_of(case) <= 30,
    "unreported": lambda case: (
        running(case)
        and not passed(case, Gate.SELF_CHECK)
        and max((p.month for p in case.progress), default="") < "2026-11"
    ),
    "rectifying": lambda case: running(case) and not passed(case, Gate.SELF_CHECK),
    "ready": lambda case: (
        running(case) and not passed(case, Gate.SELF_CHECK) and bool(case.measures) and percent_done(case) >= 100
    ),
    "self_checked": lambda case: running(case) and passed(case, Gate.SELF_CHECK) and not passed(case, Gate.APPLY),
    "applied": lambda case: running(case) and passed(case, Gate.APPLY) and not passed(case, Gate.ACCEPT),
    "accepted": lambda case: running(case) and passed(case, Gate.ACCEPT) and not passed(case, Gate.NOTICE),
    "in_notice": lambda case: in_notice(case, ended=False),
    "notice_ended": lambda case: in_notice(case, ended=True),
    "returned": lambda case: state_of(case, TODAY) in (CaseState.RETURNED, CaseState.REOPENED),
    "long_term": lambda case: is_long_term(case.problem),
    "listed": lambda case: case.problem.listed_for_chasing,
    "watched": lambda case: case.problem.dedicated_watch,
    "flagged": lambda case: case.problem.listed_for_chasing or case.problem.dedicated_watch,
    "chased": lambda case: any(chase.is_open for chase in case.chases),
    "chase_late": lambda case: any(chase.is_late(TODAY) for chase in case.chases),
    "closed": is_closed,
    "transferred": lambda case: bool(case.problem.transferred_to),
}


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_shows_the_problems_the_rules_put_in_it(world: World, state: str) -> None:
    expected = world.those(MEANING[state])
    assert expected, "the sample should hold some"
    assert set(world.numbers(Filter(state=state))) == expected


def test_words_narrow_by_text_number_and_unit(world: World) -> None:
    assert set(world.numbers(Filter(text="扬尘"))) == world.those(lambda c: "扬尘" in c.problem.text)
    assert world.numbers(Filter(text="第77处")) == [77]
    assert 77 in world.numbers(Filter(text="77"))
    both = world.numbers(Filter(text="扬尘 水利"))
    assert both
    units = {case.problem.number: {unit.name for unit in case.units} for case in world.cases.values()}
    assert all("区水利局" in units[number] for number in both)
    assert world.numbers(Filter(text="% _ ' 没有")) == []


def test_a_unit_and_its_role_narrow(world: World) -> None:
    unit = world.units["区住建局"]
    any_role = world.those(lambda c: any(u.unit_id == unit for u in c.units))
    lead = world.those(lambda c: any(u.unit_id == unit and u.role == "lead" for u in c.units))
    assert set(world.numbers(Filter(unit=unit))) == any_role
    assert set(world.numbers(Filter(unit=unit, role="lead"))) == lead
    assert lead < any_role


def test_a_merged_unit_is_found_under_the_one_it_was_merged_into(ledger: Ledger) -> None:
    units = varied_ledger(ledger, 12, seed=3)
    before = set(read_keys(ledger, Filter(unit=units["区住建局"]), Sort(), TODAY).ids())
    gone = set(read_keys(ledger, Filter(unit=units["区水利局"]), Sort(), TODAY).ids())
    assert gone - before
    with writing(ledger, "李明", TODAY) as writer:
        writer.set("unit", units["区水利局"], {"merged_into": units["区住建局"]})
    assert set(read_keys(ledger, Filter(unit=units["区住建局"]), Sort(), TODAY).ids()) == before | gone


def test_year_and_source_narrow(world: World) -> None:
    due = world.those(lambda c: bool(c.problem.deadline) and c.problem.deadline >= date(2027, 1, 1))
    assert set(world.numbers(Filter(year=2027))) == due
    assert list_years(world.ledger) == (2026, 2027)
    assert list_sources(world.ledger) == ("省督察",)
    assert set(world.numbers(Filter(source="省督察"))) == world.those(lambda c: bool(c.inspection))


@pytest.mark.parametrize("column", ["number", "head", "source", "deadline", "left", "lead", "percent", "state"])
def test_every_order_holds_all_lines_in_both_directions(world: World, column: str) -> None:
    up, down = (world.numbers(Filter(), Sort(column, way)) for way in (False, True))
    assert sorted(up) == sorted(down) == sorted(case.problem.number for case in world.cases.values())


def test_lines_without_a_deadline_stand_last_in_both_directions(world: World) -> None:
    without = world.those(lambda c: c.problem.current_deadline is None)
    deadlines = {c.problem.number: c.problem.current_deadline for c in world.cases.values()}
    for descending in (False, True):
        numbers = world.numbers(Filter(), Sort("deadline", descending))
        assert set(numbers[-len(without) :]) == without
        days = [deadlines[n] for n in numbers[: -len(without)]]
        assert days == sorted(days, reverse=descending)


def test_pages_put_together_are_the_whole_list(world: World) -> None:
    sort, keys = Sort("lead", True), read_keys(world.ledger, Filter(), Sort("lead", True), TODAY)
    pages = [line for start in range(0, 200, 40) for line in read_lines_of(world.ledger, keys.ids(start, 40))]
    offset = [x for start in range(0, 200, 40) for x in read_lines(world.ledger, Filter(), sort, TODAY, start, 40)]
    assert pages == offset
    assert len(pages) == count_all(world.ledger) == len(world.cases)


def test_keys_find_the_place_of_a_problem(world: World) -> None:
    keys = read_keys(world.ledger, Filter(), Sort(), TODAY)
    assert [keys.place(problem) for problem in keys.ids()] == list(range(len(keys)))
    assert keys.place("00" * 16) == -1
    assert keys.place("") == -1


def test_a_key_is_not_found_across_two_others() -> None:
    keys = ProblemKeys(bytes.fromhex("00" * 8 + "11" * 8 + "22" * 8 + "33" * 8))
    assert keys.place("11" * 8 + "22" * 8) == -1
    assert keys.place("22" * 8 + "33" * 8) == 1
    assert keys.ids(1, 5) == ("22" * 8 + "33" * 8,)


def test_a_problem_that_is_gone_is_passed_over(world: World) -> None:
    keys = read_keys(world.ledger, Filter(), Sort(), TODAY)
    assert len(read_lines_of(world.ledger, (*keys.ids(0, 2), "00" * 16))) == 2
    assert read_lines_of(world.ledger, ()) == ()


def plans(ledger: Ledger, ask: Callable[[], object]) -> list[str]:
    """How SQLite answers the questions to the summary that something asks."""
    connection, asked = ledger.db.connection(), list[str]()
    connection.set_trace_callback(asked.append)
    try:
        ask()
    finally:
        connection.set_trace_callback(None)
    found = (connection.execute(f"EXPLAIN QUERY PLAN {sql}") for sql in asked if "FROM summary" in sql)
    return [row[3] for rows in found for row in rows]


@pytest.mark.parametrize("kind", LINE_KINDS)
def test_a_morning_s_group_is_told_by_an_index_and_reads_only_what_it_shows(world: World, kind: TodoKind) -> None:
    """Otherwise every group reads every line: thousands of pages of a cold disk."""
    found = plans(world.ledger, lambda: waiting_lines(world.ledger, kind, TODAY, 5))
    over_all = [line for line in found if "summary" in line and "rowid=?" not in line]
    assert over_all
    assert all("COVERING INDEX summary_waiting" in line for line in over_all), found


def test_states_and_the_order_of_reading_are_told_by_an_index(world: World) -> None:
    states = ("ready", "self_checked", "applied", "accepted", "in_notice", "notice_ended", "closed", "overdue")
    for ask in (lambda: count_states(world.ledger, states, TODAY), lambda: reading_order(world.ledger)):
        assert any("COVERING INDEX summary_waiting" in line for line in plans(world.ledger, ask))


def test_those_still_running_keep_their_order(world: World) -> None:
    asked = tuple(reversed(all_problems(world.ledger)))
    over = {one for one, case in world.cases.items() if is_closed(case) or case.problem.transferred_to}
    assert still_running(world.ledger, asked) == tuple(one for one in asked if one not in over)
    assert over
