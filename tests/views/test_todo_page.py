"""待办: groups with counts, lines that open their place, the sentence to copy."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.opened import Ledger
from desktop.operations.progress import report_progress
from desktop.operations.today import figures_now, todos
from desktop.rules.entries import ProgressEntry, StepEntry
from desktop.rules.records import Gate, StepAction
from desktop.rules.todo import TODO_WORDS, TodoKind
from desktop.views import todo_page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.row_model import ListModel
from desktop.views.todo_page import TODO_COLUMNS, TodoPage
from tests.views.sixteen import TODAY, sixteen


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems, the last of them finished and waiting for papers."""
    with sixteen(tmp_path / "台账") as made:
        done = ProgressEntry("全部完成", percent=100)
        report_progress(made, find_case(made, 16), done, TODAY, "李明")
        yield made


@pytest.fixture
def page(session: Session, qtbot: Any) -> TodoPage:
    made = TodoPage(session, {})
    qtbot.addWidget(made)
    made.resize(1093 - 140, 554)
    made.show()
    qtbot.waitUntil(lambda: not made.is_reading, timeout=20_000)
    return made


def groups(page: TodoPage) -> dict[str, int]:
    """The groups of the list with their counts."""
    items = [page.list.item(at) for at in range(page.list.count())]
    return {item.text(): int(item.toolTip().split("：")[1].removesuffix("项")) for item in items}


def choose(page: TodoPage, kind: TodoKind) -> None:
    """Choose a group."""
    rows = [page.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(page.list.count())]
    page.list.setCurrentRow(rows.index(kind))


def test_the_page_shows_all_that_waits(page: TodoPage, session: Session) -> None:
    whole = todos(session.ledger, TODAY)
    counts = {TODO_WORDS[kind]: sum(item.kind == kind for item in whole) for kind in TodoKind}
    expected = {"全部待办": len(whole)} | {words: count for words, count in counts.items() if count}
    assert groups(page) == expected
    assert expected["已逾期"] == 3
    assert {item.sentence for item in page.model.rows} == {item.sentence for item in whole}


def test_the_model_keeps_the_rules_of_models(session: Session) -> None:
    model = ListModel(TODO_COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_rows(todos(session.ledger, TODAY))
    assert model.rowCount() > 3


def test_the_sentence_is_the_standard_one_and_can_be_copied(page: TodoPage, session: Session, qtbot: Any) -> None:
    assert page.sentence.text() == figures_now(session.ledger, TODAY)[1]
    qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page.sentence.text()


def test_a_group_shows_its_lines_and_leads_to_the_list(page: TodoPage, qtbot: Any) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    choose(page, TodoKind.OVERDUE)
    assert [item.number for item in page.model.rows] == [1, 2, 3]
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert places == [Place(PageKey.LEDGER, filter="overdue")]


def test_a_line_opens_the_case_at_its_part(page: TodoPage, session: Session) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    choose(page, TodoKind.UNREPORTED)
    page.table.choose_rows((), 0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    problem = find_case(session.ledger, page.model.rows[0].number).problem.id
    assert places == [Place(PageKey.CASE, problem_id=problem, part="progress")]


def test_a_line_of_a_missing_paper_opens_its_gate(page: TodoPage) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    choose(page, TodoKind.MISSING)
    page.table.choose_rows((), 0)
    QTest.keyClick(page.table, Qt.Key.Key_Enter)
    assert places[0].part == Gate.SELF_CHECK


def test_what_is_done_no_longer_waits(page: TodoPage, session: Session, qtbot: Any) -> None:
    before = groups(page)["本月未报进展"]
    case = find_case(session.ledger, 7)
    session.do(lambda: report_progress(session.ledger, case, ProgressEntry("正在推进"), TODAY, "李明"))
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert groups(page)["本月未报进展"] == before - 1


def test_the_chosen_group_and_line_stay_when_it_is_read_again(page: TodoPage, qtbot: Any) -> None:
    choose(page, TodoKind.UNREPORTED)
    page.table.choose_rows((), 4)
    chosen = page.model.rows[4]
    page.commands()["refresh"]()
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert page.chosen_kind == TodoKind.UNREPORTED
    assert page.model.row_at(page.table.currentIndex().row()) == chosen


def test_a_return_waits_with_its_reason(page: TodoPage, session: Session, qtbot: Any) -> None:
    case = find_case(session.ledger, 16)
    given = StepEntry(StepAction.SELF_CHECK, TODAY, "已自查自验", reason="先办")
    session.do(lambda: take_step(session.ledger, case, given, TODAY, "李明"))
    again = find_case(session.ledger, 16)
    back = replace(given, action=StepAction.RETURN, text="", reason="照片没有日期")
    session.do(lambda: take_step(session.ledger, again, back, TODAY, "王芳"))
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    choose(page, TodoKind.RETURNED)
    assert page.model.rows[0].sentence == "问题16被退回：照片没有日期"


def test_a_long_group_shows_the_first_and_says_so(
    session: Session, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(todo_page, "line_todos", lambda ledger, kind, today: real(ledger, kind, today, limit=2))
    page = TodoPage(session, {})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    choose(page, TodoKind.OVERDUE)
    assert page.model.rowCount() == 2
    assert page.more.text() == "这里列出最紧急的2项，共3项。在台账中查看"


real = todo_page.line_todos


def test_an_empty_ledger_says_where_to_begin(empty_session: Session, qtbot: Any) -> None:
    page = TodoPage(empty_session, {})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert page.stack.currentWidget() is page.unused
    assert not page.card.isVisible()


@pytest.mark.parametrize("width", [1366 - 140, 1093 - 140, 911 - 140])
def test_no_button_or_label_is_clipped(page: TodoPage, width: int, clipped: Callable[[QWidget], list[str]]) -> None:
    page.resize(width, 452)
    QGuiApplication.processEvents()
    assert page.width() == width
    assert clipped(page) == []
