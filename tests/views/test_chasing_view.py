"""What a problem's page shows and offers of chasing: its section, the menu 更多, the light and the flags."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.operations.cases import find_case
from desktop.operations.chasing import issue_chase
from desktop.operations.visits import save_visit
from desktop.rules.entries import ChaseEntry, VisitEntry
from desktop.rules.followup import Rung
from desktop.rules.ladder import bound_units
from desktop.views.case.menu import menu_entries
from desktop.views.case.page import CasePage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.views.conftest import Answers
from tests.views.sixteen import TODAY, sixteen


@pytest.fixture
def page(tmp_path: Path, qtbot: Any) -> Iterator[CasePage]:
    """Problem twelve with a late letter that names problem eight too, and a visit."""
    ledger = sixteen(tmp_path / "十六")
    case, other = find_case(ledger, 12), find_case(ledger, 8)
    unit, on = bound_units(case)[0].unit_id, date(2026, 10, 8)
    ids = (case.problem.id, other.problem.id)
    issue_chase(ledger, ChaseEntry(Rung.CHASE, unit, ids, on, date(2026, 10, 22), "请倒排工期。"), TODAY, "李明")
    demand = VisitEntry(ids[:1], TODAY, "暗访", "围挡破损。", demand="修复。", due=date(2026, 11, 30))
    save_visit(ledger, demand, TODAY, "李明")
    made = CasePage(Session(ledger, "李明", lambda: TODAY))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_place(Place(PageKey.CASE, problem_id=case.problem.id))
    qtbot.waitUntil(lambda: bool(made.chasing.words.text()))
    yield made
    ledger.close()


def follow(page: CasePage, verb: str, kind: str) -> None:
    """Press a link of the section."""
    case = page.case
    assert case is not None
    sheet = (case.chases if kind == "chase" else case.visits)[0].sheet
    assert f"'{verb}:{kind}:{sheet}'" in page.chasing.words.text()
    page.chasing.words.linkActivated.emit(f"{verb}:{kind}:{sheet}")


def entry(page: CasePage, words: str) -> tuple[bool, Callable[[], object]]:
    """An entry of the menu 更多."""
    assert page.case is not None
    return next((can, act) for name, can, act in menu_entries(page.session, page.case) if name == words)


def test_papers_and_visits_stand_with_state_and_days(page: CasePage) -> None:
    text = page.chasing.words.text()
    assert "逾期未复（逾期32天）" in text
    assert "待整改（还有7天）" in text
    assert "一并涉及问题8、12" in text
    assert page.chasing.remark.text() == "共2件，2件没有办结"
    assert "督办未办结1件、" in page.header.facts.text()
    assert "逾期未复1件" in page.header.facts.text()


def test_a_paper_is_printed_and_withdrawn_from_here(page: CasePage, answers: Answers, qtbot: Any) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    follow(page, "print", "chase")
    assert places[0].paper == "chase_letter"
    answers.replies["text"] = "发错单位"
    follow(page, "void", "chase")
    assert page.case is not None
    assert page.case.chases == ()
    assert find_case(page.session.ledger, 8).chases == ()
    qtbot.waitUntil(lambda: page.chasing.remark.text() == "共1件，1件没有办结")


@pytest.mark.parametrize(
    ("verb", "kind", "name"),
    [("reply", "chase", "entry_reply"), ("settle", "chase", "entry_settle"), ("settle", "visit", "entry_reply")],
)
def test_each_link_opens_its_form(page: CasePage, answers: Answers, verb: str, kind: str, name: str) -> None:
    follow(page, verb, kind)
    assert answers.asked[-1][2] == name


@pytest.mark.parametrize(
    ("words", "name"),
    [("判定亮灯…", "entry_light"), ("发督办…", "entry_chase"), ("登记明察暗访…", "entry_visit")],
)
def test_the_menu_opens_the_forms(page: CasePage, answers: Answers, words: str, name: str) -> None:
    possible, act = entry(page, words)
    assert possible
    act()
    assert answers.asked[-1][2] == name


def test_a_flag_is_set_and_taken_away_and_both_stay_in_the_history(page: CasePage, qtbot: Any) -> None:
    entry(page, "列为挂账督办")[1]()
    assert page.case is not None
    assert page.case.problem.listed_for_chasing
    entry(page, "取消挂账督办")[1]()
    assert not page.case.problem.listed_for_chasing
    qtbot.waitUntil(lambda: len([c for c in page.history.model.rows if c.title == "问题·挂账督办"]) == 2)


def test_a_closed_problem_offers_nothing_of_it(page: CasePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.views.case.menu.is_closed", lambda case: True)
    assert not entry(page, "发督办…")[0]
    assert not entry(page, "判定亮灯…")[0]
