"""The record of a unit beside the list: reached from it, every number opens its problems, saved as a paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.chasing import answer_due, issue_chase
from desktop.rules.entries import ChaseEntry
from desktop.rules.followup import Rung
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.units.page import UnitsPage
from tests.views.conftest import Answers
from tests.views.sixteen import TODAY, UNITS, sixteen


@pytest.fixture
def page(tmp_path: Path, qtbot: object) -> Iterator[UnitsPage]:
    """The units of sixteen problems; one of them was sent a letter."""
    ledger = sixteen(tmp_path / "十六")
    case = find_case(ledger, 12)
    unit = next(holder.unit_id for holder in case.units if holder.name == UNITS[1])
    due = answer_due(ledger, Rung.CHASE, TODAY)
    issue_chase(ledger, ChaseEntry(Rung.CHASE, unit, (case.problem.id,), TODAY, due, "请整改。"), TODAY, "李明")
    made = UnitsPage(Session(ledger, "李明", lambda: TODAY))
    qtbot.addWidget(made)  # type: ignore[attr-defined]
    made.show()
    yield made
    made.session.runner.wait()
    ledger.close()


def opened(page: UnitsPage, qtbot: object) -> None:
    """Open the record of 区住房和城乡建设局 as the window does."""
    places: list[Place] = []
    page.go.connect(places.append)
    page.choose([line.unit.id for line in page.lines if line.unit.name == UNITS[1]])
    page.buttons["record"].click()
    page.go.disconnect(places.append)
    page.show_place(places[0])
    qtbot.waitUntil(lambda: page.record.record is not None)  # type: ignore[attr-defined]


def test_the_record_opens_from_the_list_and_leads_back(page: UnitsPage, qtbot: object) -> None:
    opened(page, qtbot)
    assert page.sides.currentWidget() is page.record
    assert page.record.title.text() == f"单位档案　{UNITS[1]}"
    page.record.back_button.click()
    assert page.sides.currentIndex() == 0


def test_every_number_opens_its_problems_and_every_paper_its_case(page: UnitsPage, qtbot: object) -> None:
    opened(page, qtbot)
    places: list[Place] = []
    page.go.connect(places.append)
    _, problems = page.record.sections["problems"]
    problems.linkActivated.emit("0")
    assert places[-1].page == PageKey.LEDGER
    assert len(places[-1].only) == 4
    assert places[-1].words == f"{UNITS[1]}牵头单位"
    _, sheets = page.record.sections["sheets"]
    target = sheets.text().split("href='")[1].split("'")[0]
    sheets.linkActivated.emit(target)
    ledger = page.session.ledger
    assert places[-1] == Place(PageKey.CASE, problem_id=find_case(ledger, 12).problem.id, part="chasing")


def test_what_there_is_nothing_of_is_said(page: UnitsPage, qtbot: object) -> None:
    opened(page, qtbot)
    section, label = page.record.sections["returns"]
    assert section.remark.text() == "没有退回过"
    assert label.isHidden()


def test_the_record_is_saved_as_a_paper(page: UnitsPage, qtbot: object, tmp_path: Path, answers: Answers) -> None:
    opened(page, qtbot)
    target = tmp_path / "档案.pdf"
    answers.replies["save"] = target
    page.record.save_button.click()
    assert target.read_bytes().startswith(b"%PDF")
