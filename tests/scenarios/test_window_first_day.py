"""The first day: a new ledger, the issued plan reviewed and taken in, the first case opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey
from desktop.views.program import Program
from desktop.views.review.page import PlanReviewPage
from tests.scenarios.at_start import make_ledger, started
from tests.scenarios.window_clerk import PLAN, WAIT, WindowClerk, at_work, press, press_words, type_in


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def program(clerk: WindowClerk, qapp: QApplication) -> Iterator[Program]:
    with started(clerk, qapp) as made:
        yield made


def review_plan(clerk: WindowClerk) -> PlanReviewPage:
    """From the empty 台账 to the plan under review."""
    ledger = clerk.turn_to(PageKey.LEDGER)
    assert isinstance(ledger, LedgerPage)
    assert ledger.nothing.isVisible()
    press_words(ledger.nothing, "导入方案")
    page = clerk.window.page
    assert isinstance(page, PlanReviewPage)
    clerk.answers.replies["files"] = [PLAN]
    with clerk.qtbot.waitSignal(page.ready, timeout=WAIT):
        press(page.choose_button)
    return page


def test_a_plan_becomes_a_ledger_on_the_first_day(program: Program, clerk: WindowClerk) -> None:
    make_ledger(program, clerk)
    assert not program.start.isVisible()
    assert clerk.window.windowTitle() == "蒸湘区台账 - 督察整改台账"
    page = review_plan(clerk)
    assert page.subject.text() == "founding-plan.txt，共1个问题，已确认0个"
    assert not page.import_button.isEnabled()
    press(page.all_button)
    assert page.import_button.text() == "导入已确认的1个"
    press(page.import_button)
    clerk.qtbot.waitUntil(lambda: isinstance(clerk.window.page, LedgerPage), timeout=WAIT)
    ledger = clerk.window.page
    assert isinstance(ledger, LedgerPage)
    assert ledger.count.text() == "共1个"
    assert "湖南衡阳钢管" in " ".join(
        str(ledger.model.index(0, column).data()) for column in range(ledger.model.columnCount())
    )
    case = clerk.open_problem()
    assert clerk.window.session.ledger.folder == clerk.folder.parent / "蒸湘区台账"
    assert case.bar.name.text() == "问题5"
    assert case.bar.next_button.text() == "登记自查自验…"
    assert clerk.answers.texts("refusal") == []


def test_a_name_put_right_in_the_review_is_what_the_ledger_has(program: Program, clerk: WindowClerk) -> None:
    make_ledger(program, clerk)
    page = review_plan(clerk)
    assert page.board is not None
    type_in(page.board.fields.names["leaders"], "王芳")
    press(page.all_button)
    press(page.import_button)
    clerk.qtbot.waitUntil(lambda: isinstance(clerk.window.page, LedgerPage), timeout=WAIT)
    case = clerk.open_problem()
    assert case.case is not None
    assert case.case == find_case(clerk.window.session.ledger, 5)
    assert case.case.problem.leaders == ("王芳",)


def test_a_review_given_up_leaves_nothing(program: Program, clerk: WindowClerk) -> None:
    make_ledger(program, clerk)
    page = review_plan(clerk)
    press(page.all_button)
    clerk.answers.replies["ask"] = True
    press(page.drop_button)
    ledger = clerk.turn_to(PageKey.LEDGER)
    assert isinstance(ledger, LedgerPage)
    assert ledger.nothing.isVisible()
    assert ledger.model.rowCount() == 0
