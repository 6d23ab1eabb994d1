"""查找: results as one types, marked, opened with the keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.cases import find_case
from desktop.operations.chasing import issue_chase
from desktop.rules.entries import ChaseEntry
from desktop.rules.followup import Rung
from desktop.views.find_page import FindPage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.marked_text import MARKS
from tests.in_front import in_front

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def page(session: Session, qtbot: Any) -> FindPage:
    made = FindPage(session)
    qtbot.addWidget(made)
    made.resize(943, 554)
    made.show()
    qtbot.waitUntil(lambda: not session.runner.is_busy)
    return made


def typed(page: FindPage, words: str, qtbot: Any) -> None:
    """Type Chinese as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(page.words, event)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 or page.stack.currentWidget() is page.no_match)


def test_what_is_typed_is_found_and_marked(page: FindPage, qtbot: Any) -> None:
    QAbstractItemModelTester(page.model, STRICT, page)
    typed(page, "衡阳钢管", qtbot)
    index = page.model.index(0, 2)
    text, marks = index.data(), index.data(MARKS)
    assert any(text[a:b] == "衡阳钢管" for a, b in marks)
    assert page.model.index(0, 1).data() == "问题5"
    assert page.model.index(0, 0).data(MARKS) == ()
    assert page.count.text().startswith("找到")
    assert not page.grab().isNull()


def test_enter_goes_to_the_results_and_enter_opens_one(page: FindPage, qtbot: Any) -> None:
    opened: list[Place] = []
    page.go.connect(opened.append)
    typed(page, "衡阳钢管", qtbot)
    in_front(qtbot, page)
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == 0
    page.table.opened.emit(page.table.currentIndex())
    assert opened[0].page == PageKey.CASE
    assert opened[0].problem_id


def test_a_unit_opens_the_list_of_units(page: FindPage, qtbot: Any) -> None:
    opened: list[Place] = []
    page.go.connect(opened.append)
    typed(page, "生态环境分局", qtbot)
    rows = [at for at in range(page.model.rowCount()) if page.model.index(at, 0).data() == "单位"]
    page.table.opened.emit(page.model.index(rows[0], 0))
    assert (opened[0].page, opened[0].filter) == (PageKey.UNITS, "区生态环境分局")


def test_a_paper_of_the_ladder_opens_its_problem_at_its_place(session: Session, page: FindPage, qtbot: Any) -> None:
    case = find_case(session.ledger, 5)
    entry = ChaseEntry(
        Rung.CHASE, case.units[0].unit_id, (case.problem.id,), session.today(), session.today(), "请立即倒排工期。"
    )
    issue_chase(session.ledger, entry, session.today(), "李明")
    opened: list[Place] = []
    page.go.connect(opened.append)
    typed(page, "倒排工期", qtbot)
    assert page.model.index(0, 0).data() == "督办"
    page.table.opened.emit(page.model.index(0, 0))
    assert (opened[0].page, opened[0].problem_id, opened[0].part) == (PageKey.CASE, case.problem.id, "chasing")


def test_nothing_found_says_so(page: FindPage, qtbot: Any) -> None:
    typed(page, "没有这样的文字", qtbot)
    assert page.stack.currentWidget() is page.no_match


def test_a_place_brings_its_words(page: FindPage, qtbot: Any) -> None:
    page.show_place(Place(PageKey.FIND, filter="整改"))
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert page.words.text() == "整改"


def test_nothing_is_cut_off(page: FindPage, clipped: Callable[[QWidget], list[str]]) -> None:
    assert clipped(page) == []
