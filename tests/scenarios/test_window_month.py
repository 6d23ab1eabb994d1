"""The monthly job with the keyboard alone: every key and every word goes to whatever has the focus."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.cases import find_case
from desktop.views.dispatch.page import DispatchPage
from desktop.views.place import PageKey
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, type_in

MOST_TABS = 40
WORDS = ("已修订应急响应实施方案", "6个项目已完成4个", "在线监测房已规范建设")


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.day = date(2024, 11, 20)
        made.open_window()
        yield made


def focused() -> QWidget:
    """What has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, to whatever has the focus."""
    QTest.keyClick(focused(), code, modifier)


def open_month(clerk: WindowClerk) -> DispatchPage:
    """调度 by its shortcut, the focus brought into the grid with Tab."""
    page = clerk.turn_to(PageKey.DISPATCH)
    assert isinstance(page, DispatchPage)
    clerk.qtbot.waitUntil(lambda: not page.is_reading and page.model.rowCount() == 3, timeout=WAIT)
    for _ in range(MOST_TABS):
        if page.table.hasFocus():
            return page
        key(Qt.Key.Key_Tab)
    raise AssertionError("Tab never reaches the grid")


def column(page: DispatchPage, name: str) -> int:
    return next(at for at, found in enumerate(page.model.columns) if found.key == name)


def move_to(page: DispatchPage, row: int, name: str) -> None:
    """To a cell with the arrow keys."""
    for _ in range(MOST_TABS):
        here = page.table.currentIndex()
        if here.row() == row and here.column() == column(page, name):
            return
        if here.row() != row:
            key(Qt.Key.Key_Up if here.row() > row else Qt.Key.Key_Down)
        else:
            key(Qt.Key.Key_Left if here.column() > column(page, name) else Qt.Key.Key_Right)
    raise AssertionError(f"the arrow keys never reach {name}")


def report_down(page: DispatchPage, name: str, texts: tuple[str, ...]) -> None:
    """Fill a column in: F2, the words, Enter, and so on down."""
    move_to(page, 0, name)
    for row, words in enumerate(texts):
        assert page.table.currentIndex().row() == row
        key(Qt.Key.Key_F2)
        assert focused() is not page.table
        type_in(focused(), words)
        key(Qt.Key.Key_Return)
        assert focused() is page.table


def test_a_month_is_reported_by_keyboard_alone(clerk: WindowClerk) -> None:
    page = open_month(clerk)
    assert page.bar.counts.text() == "已报0项，未报3项"
    report_down(page, "text", WORDS)
    report_down(page, "percent", ("100", "60", "80"))
    assert page.bar.save.text() == "保存（3行）"
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.qtbot.waitUntil(lambda: page.bar.counts.text() == "已报3项，未报0项", timeout=WAIT)
    assert page.is_idle()
    progress = find_case(clerk.window.session.ledger, 5).progress
    assert [(p.text, p.percent, p.month, p.person) for p in progress] == [
        (words, percent, "2024-11", "李明") for words, percent in zip(WORDS, (100, 60, 80), strict=True)
    ]
    assert clerk.answers.asked == []


def test_the_words_are_on_the_case_page_afterwards(clerk: WindowClerk) -> None:
    page = open_month(clerk)
    report_down(page, "text", WORDS)
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.qtbot.waitUntil(lambda: page.is_idle() and "已报3项" in page.bar.counts.text(), timeout=WAIT)
    case = clerk.open_problem()
    assert case.case is not None
    assert [p.text for p in case.case.progress] == list(WORDS)


def test_the_next_month_takes_the_words_over_and_says_so(clerk: WindowClerk) -> None:
    page = open_month(clerk)
    report_down(page, "text", WORDS)
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.qtbot.waitUntil(lambda: page.is_idle() and "已报3项" in page.bar.counts.text(), timeout=WAIT)
    clerk.throw_away()
    clerk.day = date(2024, 12, 20)
    clerk.open_window()
    page = open_month(clerk)
    assert [page.model.index(row, column(page, "last")).data() for row in range(3)] == list(WORDS)
    report_down(page, "text", (WORDS[0], "6个项目全部完成"))
    assert "同上月" in page.model.index(0, column(page, "flag")).data()
    assert "同上月" not in page.model.index(1, column(page, "flag")).data()
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.qtbot.waitUntil(lambda: page.bar.counts.text() == "已报2项，未报1项", timeout=WAIT)
    months = [p.month for p in find_case(clerk.window.session.ledger, 5).progress]
    assert sorted(months) == ["2024-11"] * 3 + ["2024-12"] * 2
