"""The history of a case in words: the latest first, narrowed by kind and by words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.rules.history import Change, moment_words
from desktop.views.case.history_view import HistoryView

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


def change(words: str, field: str, before: str, after: str, person: str = "李明", hour: int = 1) -> Change:
    """One line of the history."""
    at = datetime(2026, 11, 23, hour, 5, tzinfo=UTC)
    return Change(f"o{hour}", at, person, "f", "measure", "r", field, words, before, after, "")


CHANGES = (
    change("问题", "", "", "5，未落实应急减排措施"),
    change("整改措施·完成时限", "due", "2024年12月31日", "2025年6月30日", "王芳", 2),
    change("进展", "", "", "2026-11，设备到货", "李明", 3),
)


@pytest.fixture
def view(qtbot: Any) -> HistoryView:
    made = HistoryView()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_changes(CHANGES, "新增进展：设备到货")
    return made


def column(view: HistoryView, at: int) -> list[str]:
    """What a column says, from top to bottom."""
    return [view.model.index(row, at).data() for row in range(view.model.rowCount())]


def test_the_latest_change_stands_first_in_words(view: HistoryView) -> None:
    QAbstractItemModelTester(view.model, STRICT, view)
    assert column(view, 2) == ["新增进展", "整改措施·完成时限", "新增问题"]
    assert column(view, 3) == ["", "2024年12月31日", ""]
    assert column(view, 4)[1] == "2025年6月30日"
    assert column(view, 0)[0] == moment_words(CHANGES[2].at)


def test_typing_chinese_narrows_the_history(view: HistoryView) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString("王芳")
    QApplication.sendEvent(view.filter, event)
    assert column(view, 1) == ["王芳"]
    assert view.remark.text() == "3条中的1条"
    view.filter.clear()
    assert view.model.rowCount() == 3


def test_one_kind_can_be_chosen_and_stays_chosen(view: HistoryView) -> None:
    view.kinds.setCurrentText("进展")
    assert column(view, 2) == ["新增进展"]
    view.show_changes((*CHANGES, change("进展", "", "", "2026-11，安装完成", hour=4)), "")
    assert view.kinds.currentText() == "进展"
    assert view.model.rowCount() == 2


def test_undo_says_what_it_takes_back_and_hides_when_there_is_nothing(view: HistoryView, qtbot: Any) -> None:
    assert "设备到货" in view.undo_button.toolTip()
    with qtbot.waitSignal(view.undo_wanted):
        view.undo_button.click()
    view.show_changes(CHANGES, "")
    assert not view.undo_button.isVisible()
