"""Taking the last step back: what it would take back is told before, with what stood there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.history import last_own_change, undo_last
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.units import list_people, list_units, save_person, save_unit
from desktop.rules.entries import PersonEntry, ProblemEntry, UnitEntry
from desktop.rules.records import UnitRole
from desktop.store.read_cases import find_problems, read_case

TODAY = date(2026, 11, 23)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person="李明")
    yield made
    made.close()


def test_a_change_is_told_with_what_stood_there_before(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳", phone="8220001"), TODAY, "李明")
    person = list_people(ledger)[0].id
    save_person(ledger, person, PersonEntry("王芳", phone="8220002"), TODAY, "李明")
    assert last_own_change(ledger, "李明").endswith("：8220001 → 8220002")
    undone = undo_last(ledger, TODAY, "李明")
    assert undone.sentence.endswith("：8220001 → 8220002")
    assert list_people(ledger)[0].phone == "8220001"


def test_a_change_of_several_fields_says_how_many(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳", phone="8220001"), TODAY, "李明")
    person = list_people(ledger)[0].id
    save_person(ledger, person, PersonEntry("王芳", "科长", phone="8220002"), TODAY, "李明")
    assert last_own_change(ledger, "李明").endswith("等2处")


def test_what_the_history_is_silent_about_can_be_taken_back_too(ledger: Ledger) -> None:
    for name in ("区水利局", "区环保局"):
        save_unit(ledger, "", UnitEntry(name), TODAY, "李明")
    water, air = list_units(ledger)
    save_problem(
        ledger, None, ProblemEntry(1, "问题", units=((water.id, UnitRole.LEAD), (air.id, UnitRole.RESPONSIBLE))), TODAY
    )
    problem = find_problems(ledger, 1)[0]
    case = read_case(ledger, problem)
    save_problem(ledger, case, ProblemEntry(1, "问题", units=((water.id, UnitRole.LEAD),)), TODAY, "李明")
    assert last_own_change(ledger, "李明") == "修改问题单位"
    undo_last(ledger, TODAY, "李明")
    case = read_case(ledger, problem)
    assert case is not None
    assert [unit.name for unit in case.units] == ["区水利局", "区环保局"]
