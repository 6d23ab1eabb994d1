"""内容核对 over a whole ledger."""

from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.content_check import check_contents, remarks_on_case
from desktop.operations.ledgers import new_ledger, open_to_read
from desktop.operations.opened import Ledger
from desktop.operations.sample.make import make_sample
from desktop.rules.checks import check_ledger
from desktop.rules.lifecycle import is_closed
from desktop.rules.records import LedgerFile
from desktop.store.read_cases import all_problems, read_cases
from desktop.store.read_shared import read_office, read_people, read_plans
from tests.views.conftest import TODAY


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger: problems at every stage."""
    folder = tmp_path_factory.mktemp("check") / "示例台账"
    make_sample(folder)
    return folder


def whole(ledger: Ledger) -> LedgerFile:
    """Everything in memory, as the rules take a small ledger."""
    cases = tuple(read_cases(ledger, all_problems(ledger)))
    return LedgerFile(read_office(ledger), plans=read_plans(ledger), people=read_people(ledger), cases=cases)


def test_it_finds_what_the_rules_find_in_problems_that_are_open(sample: Path) -> None:
    with open_to_read(sample) as ledger:
        held = whole(ledger)
        done = {case.problem.number for case in held.cases if is_closed(case) or case.problem.transferred_to}
        shared = ("total", "year_total", "missing_numbers", "double_numbers", "same_picture")
        expected = [f for f in check_ledger(held) if f.number not in done or f.key in shared]
        found = check_contents(ledger)
        assert expected
        assert sorted(r.finding.sentence for r in found) == sorted(f.sentence for f in expected)
        ids = {case.problem.number: case.problem.id for case in held.cases}
        assert all(remark.problem == ids.get(remark.finding.number, "") for remark in found)


def test_the_case_page_gets_those_of_its_case(sample: Path) -> None:
    with open_to_read(sample) as ledger:
        case = find_case(ledger, 14)
        all_of_it = tuple(r.finding for r in check_contents(ledger) if r.problem == case.problem.id)
        assert set(remarks_on_case(ledger, case)) <= set(all_of_it)
        assert remarks_on_case(ledger, find_case(ledger, 1)) == ()


def test_it_tells_how_far_it_is_and_can_be_stopped(sample: Path) -> None:
    class Stop(Exception):
        pass

    def stop(words: str, share: float) -> None:
        raise Stop(words)

    with open_to_read(sample) as ledger, pytest.raises(Stop, match="正在核对第1个问题，共16个"):
        check_contents(ledger, stop)


def test_an_empty_ledger_has_no_remarks(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "空台账", "蒸湘区整改办", TODAY) as ledger:
        assert check_contents(ledger) == ()
