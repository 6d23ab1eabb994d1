"""Problems that belong together: carried over, or the same raised by two sources and counted once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.figures import read_figures
from desktop.operations.ledgers import check, new_ledger
from desktop.operations.links import link_same, links_of, transfer_problem, undo_transfer, unlink_same
from desktop.operations.lists import count_all
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.progress import report_progress
from desktop.operations.show import show_ledger
from desktop.operations.today import month_rows, todos
from desktop.rules.entries import ProblemEntry, ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.wording import numbers_of
from desktop.store.writer import writing

D = date
TODAY = D(2026, 11, 30)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem 1 of the province, problem 2 of a warning film, problem 3 of nobody."""
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", D(2026, 10, 1), person="李明")
    with writing(made, "李明", D(2026, 10, 1)) as writer:
        rows = [
            writer.new("inspection", {"name": name, "level": "province", "source": source, "kind": "routine"})
            for name, source in (("第二轮省督察", "province_inspection"), ("2025年警示片", "province_warning_film"))
        ]
    for number, inspection in ((1, rows[0]), (2, rows[1]), (3, "")):
        entry = ProblemEntry(number, f"污水直排{number}", inspection_id=inspection, deadline=D(2026, 12, 31))
        save_problem(made, None, entry, D(2026, 10, 1), "李明")
    yield made
    made.close()


def row(ledger: Ledger, number: int) -> str:
    return find_case(ledger, number).problem.id


def test_a_problem_is_carried_over_and_both_sides_show_it(ledger: Ledger) -> None:
    said = transfer_problem(ledger, find_case(ledger, 1), row(ledger, 3), TODAY, "李明")
    assert said.sentence == "问题1已转入问题3。"
    here, there = links_of(ledger, find_case(ledger, 1)), links_of(ledger, find_case(ledger, 3))
    assert here.transferred_to is not None
    assert (here.transferred_to.number, here.transferred_to.head) == (3, "污水直排3")
    assert [(linked.number, linked.source) for linked in there.came_from] == [(1, "第二轮省督察")]
    figures = read_figures(ledger, TODAY, TODAY).figures
    assert (figures.total, figures.transferred) == (3, 1)
    with pytest.raises(Refused, match="已转入新的问题"):
        report_progress(ledger, find_case(ledger, 1), ProgressEntry("进展"), TODAY)
    undo_transfer(ledger, find_case(ledger, 1), TODAY)
    assert links_of(ledger, find_case(ledger, 1)).is_empty
    assert read_figures(ledger, TODAY, TODAY).figures.transferred == 0


def test_one_problem_of_two_sources_is_counted_once_in_every_figure_and_list(ledger: Ledger) -> None:
    said = link_same(ledger, find_case(ledger, 2), row(ledger, 1), TODAY, "李明")
    assert said.sentence == "问题2与问题1记为同一问题，按问题1计数一次。"
    assert numbers_of(find_case(ledger, 1).problem) == "1（省生态环境警示片序号2）"
    assert numbers_of(find_case(ledger, 2).problem) == "2（省督察序号1）"
    assert read_figures(ledger, TODAY, TODAY).figures.total == 2
    assert count_all(ledger) == 2
    shown = show_ledger(ledger, TODAY)
    assert [problem["number"] for problem in shown["problems"]] == [1, 3]  # type: ignore[attr-defined,index]
    assert {item.number for item in todos(ledger, TODAY)} == {1, 3}
    assert {found.number for found in month_rows(ledger, "2026-11", TODAY)} == {1, 3}
    with pytest.raises(Refused, match="并为同一问题"):
        report_progress(ledger, find_case(ledger, 2), ProgressEntry("进展"), TODAY)
    upper, lower = links_of(ledger, find_case(ledger, 1)), links_of(ledger, find_case(ledger, 2))
    assert [linked.number for linked in upper.repeated_by] == [2]
    assert lower.counted_with is not None
    assert lower.counted_with.number == 1


def test_unlinked_both_count_again_and_lose_each_others_number(ledger: Ledger) -> None:
    before = [find_case(ledger, number) for number in (1, 2)]
    link_same(ledger, find_case(ledger, 2), row(ledger, 1), TODAY)
    unlink_same(ledger, find_case(ledger, 2), TODAY)
    assert [find_case(ledger, number) for number in (1, 2)] == before
    assert count_all(ledger) == 3
    assert read_figures(ledger, TODAY, TODAY).figures.total == 3
    assert check(ledger).is_sound


def test_chains_and_loops_are_refused(ledger: Ledger) -> None:
    one, two, three = (find_case(ledger, number) for number in (1, 2, 3))
    for act in (transfer_problem, link_same):
        with pytest.raises(Refused, match="不能选择这个问题本身"):
            act(ledger, one, one.problem.id, TODAY)
    link_same(ledger, two, one.problem.id, TODAY)
    for act in (transfer_problem, link_same):
        with pytest.raises(Refused, match="本身已转入或并入"):
            act(ledger, three, two.problem.id, TODAY)
    with pytest.raises(Refused, match="已有别的问题并入问题1"):
        link_same(ledger, find_case(ledger, 1), three.problem.id, TODAY)
    with pytest.raises(Refused, match="没有转入别的问题"):
        undo_transfer(ledger, three, TODAY)
    with pytest.raises(Refused, match="没有并入别的问题"):
        unlink_same(ledger, three, TODAY)
