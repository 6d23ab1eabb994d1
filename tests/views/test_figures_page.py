"""统计: sentences to copy, tables and charts, and every number opens the problems behind it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.operations.lists import Filter
from desktop.operations.opened import Ledger
from desktop.operations.rounds import find_round, freeze_round, open_round, suggest_round
from desktop.rules.records import Changes
from desktop.views.figures_page import COLUMNS, FiguresPage
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.in_front import in_front
from tests.views.conftest import Answers
from tests.views.problem_five import finish_measures, new_sample, to_notice

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan: problem five in its notice, six finished."""
    made = new_sample(tmp_path / "台账")
    to_notice(made)
    finish_measures(made, 6)
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[FiguresPage]:
    made = FiguresPage(session)
    qtbot.addWidget(made)
    made.resize(943, 554)
    made.show()
    qtbot.waitUntil(lambda: made.book is not None, timeout=15000)
    yield made
    session.runner.wait()


def cell(page: FiguresPage, name: str, key: str) -> Any:
    """The index of a cell by its line and column."""
    row = next(at for at in range(page.model.rowCount()) if page.model.index(at, 0).data() == name)
    return page.model.index(row, next(at for at, column in enumerate(COLUMNS) if column.key == key))


def test_the_table_adds_up_and_a_number_opens_its_problems(page: FiguresPage) -> None:
    QAbstractItemModelTester(page.model, STRICT, page)
    assert cell(page, "合计", "total").data() == str(page.book.figures.total)  # type: ignore[union-attr]
    opened: list[Place] = []
    page.go.connect(opened.append)
    page.table.opened.emit(cell(page, "合计", "total"))
    (place,) = opened
    assert place.page == PageKey.LEDGER
    assert len(place.only) == page.book.figures.total  # type: ignore[union-attr]
    assert place.words == "合计"


def test_a_number_of_nothing_says_so(page: FiguresPage, session: Session) -> None:
    told: list[str] = []
    session.told.connect(told.append)
    page.table.opened.emit(cell(page, "合计", "transferred"))
    assert told == ["这一格没有问题。"]


def test_another_dimension_shows_other_lines(page: FiguresPage) -> None:
    page.dimension.setCurrentIndex(page.dimension.findText("按销号环节"))
    names = [page.model.index(at, 0).data() for at in range(page.model.rowCount())]
    assert "已公示" in names
    assert names[-1] == "合计"


def test_counting_long_term_as_done_is_said_in_the_sentence(page: FiguresPage) -> None:
    page.long_term.click()
    assert "（含长期坚持）" in page.book.sentences[0]  # type: ignore[union-attr]


def test_a_sentence_is_copied_with_one_click(page: FiguresPage) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "复制" and b.isVisible())
    button.click()
    assert QGuiApplication.clipboard().text() == page.book.sentences[0]  # type: ignore[union-attr]


def test_charts_are_drawn_and_a_bar_opens_its_problems(page: FiguresPage, qtbot: Any) -> None:
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.charts and all(view.spots for view in page.charts.values()), timeout=15000)
    opened: list[Place] = []
    page.go.connect(opened.append)
    view = page.charts["units"]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened[0].only == view.spots[0].problems
    spot = view.spots[-1]
    place = view._rectangle(spot).center().toPoint()  # noqa: SLF001 where a clerk would click
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened[1].only == spot.problems
    assert view.accessibleDescription()


def test_a_day_before_the_ledger_was_made_shows_an_empty_ledger(page: FiguresPage, qtbot: Any) -> None:
    page.day.line.setText("2020-1-1")
    page.read()
    qtbot.waitUntil(lambda: page.book is not None and page.book.figures.total == 0, timeout=15000)
    assert page.day.line.text() == "2020年1月1日"


def test_the_report_is_saved_as_pdf(page: FiguresPage, answers: Answers, tmp_path: Path, qtbot: Any) -> None:
    answers.replies["save"] = tmp_path / "统计"
    page.save()
    qtbot.waitUntil(lambda: (tmp_path / "统计.pdf").is_file(), timeout=15000)
    assert (tmp_path / "统计.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_is_cut_off(page: FiguresPage, clipped: Callable[[QWidget], list[str]]) -> None:
    assert clipped(page) == []


def test_the_list_shows_only_the_problems_behind_a_number(session: Session, qtbot: Any) -> None:
    listed = LedgerPage(session)
    qtbot.addWidget(listed)
    listed.show()
    some = listed.model.keys.ids()[:1]
    listed.show_place(Place(PageKey.LEDGER, only=some, words="2024年 逾期"))
    assert listed.model.keys.ids() == some
    assert listed.filters.only_button.text() == "2024年 逾期（1个）  ✕"
    listed.filters.only_button.click()
    assert listed.model.chosen == Filter()
    assert len(listed.model.keys) > 1


def test_a_frozen_month_is_counted_as_it_was(page: FiguresPage, qtbot: Any) -> None:
    assert page.month.isHidden()
    session, month = page.session, f"{page.session.today():%Y-%m}"
    ledger, today = session.ledger, session.today()
    open_round(ledger, suggest_round(ledger, month), today)
    found = find_round(ledger, month)
    assert found is not None
    session.do(lambda: freeze_round(ledger, found, (), (), today))
    assert page.book is not None
    before = page.book.figures
    session.do(lambda: finish_measures(ledger, 7) or Changes("已完成", (("progress", ""),)))
    qtbot.waitUntil(lambda: page.book is not None and page.book.figures != before, timeout=15000)
    page.month.setCurrentIndex(1)
    page.month.activated.emit(1)
    qtbot.waitUntil(lambda: page.book is not None and page.book.month == month, timeout=15000)
    assert page.book is not None
    assert page.book.figures == before
    assert not page.day.isEnabled()


def test_leaving_the_day_counts_again_only_for_another_day_and_not_while_the_window_goes(
    page: FiguresPage, qtbot: Any
) -> None:
    in_front(qtbot, page)
    runner, started = page.session.runner, []
    qtbot.waitUntil(lambda: page.book is not None and not runner.is_busy, timeout=20_000)
    runner.started.connect(started.append)
    page.day.line.setFocus()
    page.again_button.setFocus()
    assert started == []
    page.day.line.setFocus()
    page.day.set_day(page.session.today() - timedelta(days=1))
    page.again_button.setFocus()
    assert started == ["统计"]
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    page.day.line.setFocus()
    page.day.set_day(page.session.today() - timedelta(days=2))
    page.close()
    QApplication.processEvents()
    assert started == ["统计"]


def test_all_columns_are_in_sight_on_a_small_screen_and_copied_by_their_whole_names(page: FiguresPage) -> None:
    page.resize(1093 - 104, 554)
    QApplication.processEvents()
    assert page.table.horizontalScrollBar().maximum() == 0
    heads = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert {"完成\n整改", "已转入", "已销号\n备案"} <= set(heads)
    page.table.selectAll()
    page.table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t") == [found.title for found in COLUMNS]
    QGuiApplication.clipboard().clear()  # without a screen a process dies that ends with something in it
