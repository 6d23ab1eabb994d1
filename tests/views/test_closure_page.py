"""销号: who stands where, what is next and missing, the next gate at one click."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QWidget

from desktop.operations.opened import Ledger
from desktop.rules.records import Changes, StepAction
from desktop.views import questions
from desktop.views.closure_page import COLUMNS, ClosurePage
from desktop.views.entries.dialog import EntryDialog
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.views.problem_five import TODAY, finish_measures, five, new_sample, step, to_notice

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan: problem five in its notice, six ready for its check."""
    made = new_sample(tmp_path / "台账")
    to_notice(made)
    finish_measures(made, 6)
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: Any) -> ClosurePage:
    made = ClosurePage(session)
    qtbot.addWidget(made)
    made.resize(943, 554)
    made.show()
    qtbot.waitUntil(lambda: all(row.lacks != "…" for row in made.model.rows))
    return made


def cells(page: ClosurePage, key: str) -> list[str]:
    """What a column says, from top to bottom."""
    at = next(n for n, column in enumerate(COLUMNS) if column.key == key)
    return [page.model.index(row, at).data() for row in range(page.model.rowCount())]


def test_each_problem_says_its_state_next_gate_and_what_it_lacks(page: ClosurePage) -> None:
    QAbstractItemModelTester(page.model, STRICT, page)
    assert cells(page, "number") == ["6", "5"]
    assert cells(page, "state") == ["整改中", "公示中"]
    assert cells(page, "act") == ["自查自验", "备案"]
    assert "公示网页截图" in cells(page, "lacks")[1]
    assert "2026年11月25日才结束" in cells(page, "lacks")[1]


def test_counts_stand_on_the_chips_and_a_chip_narrows(page: ClosurePage) -> None:
    assert page.chips[""].text() == "全部 2"
    assert page.chips["in_notice"].text() == "公示中 1"
    assert not page.chips["applied"].isVisible()
    page.chips["in_notice"].click()
    assert cells(page, "number") == ["5"]


def test_a_place_names_a_state(page: ClosurePage) -> None:
    page.show_place(Place(PageKey.CLOSURE, filter="ready"))
    assert cells(page, "number") == ["6"]
    assert page.chips["ready"].isChecked()


def test_enter_opens_the_case_at_its_next_gate(page: ClosurePage, session: Session, qtbot: Any) -> None:
    page.table.choose_rows([], 1)
    with qtbot.waitSignal(page.go) as blocker:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert blocker.args == [Place(PageKey.CASE, five(session.ledger).problem.id, part="file")]


def test_the_button_names_the_next_gate_and_opens_its_form(
    page: ClosurePage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def run(dialog: QDialog) -> bool:
        assert isinstance(dialog, EntryDialog)
        seen.append(dialog.windowTitle())
        return False

    monkeypatch.setattr(questions, "run_dialog", run)
    page.table.choose_rows([], 1)
    assert page.act_button.text() == "登记备案…"
    page.act_button.click()
    at = next(n for n, column in enumerate(COLUMNS) if column.key == "act")
    page.table.clicked.emit(page.model.index(1, at))
    assert seen == ["登记备案", "登记备案"]


def test_the_page_follows_a_step_and_keeps_the_cursor(page: ClosurePage, session: Session, qtbot: Any) -> None:
    page.table.choose_rows([], 1)
    step(session.ledger, StepAction.RETURN, TODAY, "公示落款不符", "公示落款或期限不符")
    session.announce(Changes("已退回。"))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and "…" not in cells(page, "lacks"))
    assert page.chips["returned"].text() == "退回、重新整改 1"
    assert page.chosen().line.number == 5
    assert cells(page, "state")[1] == "退回整改"


def test_an_empty_way_says_what_will_come(empty_session: Session, qtbot: Any) -> None:
    made = ClosurePage(empty_session)
    qtbot.addWidget(made)
    made.show()
    assert made.empty.isVisible()
    assert "自查自验" in made.empty.hint.text()
    assert not made.act_button.isEnabled()


@pytest.mark.parametrize("size", [(943, 554), (1216, 708), (780, 452)])
def test_nothing_is_clipped(
    page: ClosurePage, size: tuple[int, int], clipped: Callable[[QWidget], list[str]], qtbot: Any
) -> None:
    page.resize(*size)
    qtbot.waitUntil(lambda: clipped(page) == [], timeout=20_000)
