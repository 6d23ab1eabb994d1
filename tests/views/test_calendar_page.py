"""日历: the years in words and colours, the pasted notice beside its reading, both ways of counting."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.holidays import list_years
from desktop.rules.calendar import YearTable
from desktop.views.calendar_page import CalendarPage
from desktop.views.looks.theme import LIGHT
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.year_view import YearView, day_words
from tests.views.conftest import Answers

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（星期五）至3日（星期日）放假，共3天。
二、春节：2月5日（农历腊月廿九）至12日放假调休，共8天。2月14日（星期日）上班。"""


@pytest.fixture
def page(empty_session: Session, qtbot: Any) -> Iterator[CalendarPage]:
    made = CalendarPage(empty_session)
    qtbot.addWidget(made)
    made.resize(980, 520)
    made.show()
    yield made
    empty_session.runner.wait()


def table(session: Session, year: int) -> YearTable | None:
    return next((t for t in list_years(session.ledger) if t.year == year), None)


def test_the_present_year_is_shown_and_said_to_be_checked(page: CalendarPage) -> None:
    assert page.view.table is not None
    assert (page.view.table.year, page.state.text()) == (2026, "已核对")
    assert page.day.text() == "2026年11月23日 星期一 工作日"
    assert not page.agree_button.isVisible()


def test_an_unchecked_year_is_confirmed_after_a_yes(page: CalendarPage, qtbot: Any, answers: Answers) -> None:
    page.show_place(Place(PageKey.CALENDAR, filter="2024"))
    assert page.state.text() == "未核对"
    qtbot.mouseClick(page.agree_button, Qt.MouseButton.LeftButton)
    assert page.state.text() == "未核对"
    answers.replies["ask"] = True
    qtbot.mouseClick(page.agree_button, Qt.MouseButton.LeftButton)
    assert page.state.text() == "已核对"
    own = table(page.session, 2024)
    assert own is not None
    assert own.certain


def test_a_pasted_notice_is_previewed_and_taken_into_force(page: CalendarPage, qtbot: Any) -> None:
    assert page.is_idle()
    page.text.setPlainText(NOTICE)
    qtbot.waitUntil(lambda: page.read is not None, timeout=20_000)
    assert page.state.text() == "预览，尚未启用"
    assert page.found.text().startswith("2027年放假11天：1月1日至1月3日、2月5日至2月12日。")
    assert "调休上班1天：2月14日。" in page.found.text()
    assert table(page.session, 2027) is None
    assert not page.is_idle()
    page.said.setText("国办发明电〔2026〕7号")
    qtbot.mouseClick(page.enter_button, Qt.MouseButton.LeftButton)
    kept = table(page.session, 2027)
    assert kept is not None
    assert (kept.certain, kept.source) == (True, "国办发明电〔2026〕7号")
    assert (page.state.text(), page.year.currentText()) == ("已核对", "2027年")
    assert page.text.toPlainText() == ""
    assert page.is_idle()


def test_what_differs_from_the_year_in_force_is_named(page: CalendarPage) -> None:
    page.text.setPlainText("2026年放假安排\n2026-01-01 休\n2026-01-04 班")
    page.read_text()
    assert "不再放假：1月2日至1月3日" in page.found.text()
    assert "不再调休上班：2月14日、2月28日" in page.found.text()


def test_a_text_that_cannot_be_read_is_one_sentence_and_changes_nothing(page: CalendarPage) -> None:
    page.text.setPlainText("今天天气很好。")
    page.read_text()
    assert page.fault.text() == "没有读出是哪一年的放假安排；请连同通知标题一起粘贴。"
    assert not page.enter_button.isEnabled()
    page.text.clear()
    page.read_text()
    assert not page.fault.isVisible()


def test_a_year_without_a_table_says_what_to_do(page: CalendarPage) -> None:
    page.year.choose(2027)
    assert page.state.text() == "没有放假安排"
    assert "粘贴2027年的放假通知" in page.source.text()
    assert not page.view.isVisible()


def test_a_notice_is_counted_both_ways(page: CalendarPage) -> None:
    calculator = page.calculator
    calculator.start.set_day(date(2026, 9, 28))
    calculator.days.setText("5")
    assert "首日不计，最早2026年10月10日截止；首日计入，最早2026年10月9日截止" in calculator.least.text()
    calculator.end.set_day(date(2026, 10, 10))
    assert calculator.counted.text() == "首日计入：6个工作日、13天；首日不计：5个工作日、12天。"
    calculator.unit.choose("natural")
    assert "首日不计，最早2026年10月3日截止" in calculator.least.text()


def test_faults_of_the_calculator_are_said_below_it(page: CalendarPage) -> None:
    calculator = page.calculator
    calculator.start.set_day(date(2026, 12, 30))
    assert "没有2027年的放假安排" in calculator.fault.text()
    calculator.start.set_day(date(2024, 9, 29))
    calculator.end.set_day(date(2024, 10, 9))
    assert calculator.fault.text() == ""
    assert calculator.unchecked.text() == "2024年放假安排未核对，结果仅供参考。"
    calculator.end.line.setText("后天")
    assert "“后天”不是日期" in calculator.fault.text()
    assert calculator.counted.text() == ""


def test_days_are_worked_off_or_made_up_in_words(page: CalendarPage) -> None:
    shown = page.view.table
    assert shown is not None
    assert day_words(shown, date(2026, 2, 14)) == "2026年2月14日 星期六 调休上班"
    assert day_words(shown, date(2026, 2, 16)) == "2026年2月16日 星期一 放假"
    assert day_words(shown, date(2026, 3, 1)) == "2026年3月1日 星期日 周末休息"


def test_arrows_and_the_mouse_choose_a_day(page: CalendarPage, qtbot: Any) -> None:
    view = page.view
    view.choose(date(2026, 2, 13))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert page.day.text() == "2026年2月14日 星期六 调休上班"
    assert view.accessibleDescription() == page.day.text()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.day == date(2026, 2, 21)
    found = {view.day_at(view.day_cell(date(2026, month, 15)).center()) for month in range(1, 13)}
    assert found == {date(2026, month, 15) for month in range(1, 13)}
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.day_cell(date(2026, 1, 4)).center())
    assert page.day.text().endswith("调休上班")


def test_days_off_and_made_up_have_their_colours(qtbot: Any) -> None:
    view = YearView()
    qtbot.addWidget(view)
    view.resize(900, 900)
    day_off, made_up = date(2026, 1, 1), date(2026, 1, 4)
    view.show_table(YearTable(2026, frozenset({day_off}), frozenset({made_up})))
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()

    def back(day: date) -> str:
        corner = view.day_cell(day).topLeft() * ratio
        return image.pixelColor(corner.x() + 2, corner.y() + 2).name()

    assert (back(day_off), back(made_up)) == (LIGHT.late_back, LIGHT.warn_back)
    assert back(date(2026, 1, 5)) not in (LIGHT.late_back, LIGHT.warn_back)


def test_nothing_is_clipped_at_either_size(page: CalendarPage, clipped: Callable[[QWidget], list[str]]) -> None:
    page.text.setPlainText(NOTICE)
    page.read_text()
    for width, height in ((980, 520), (800, 420), (1250, 680)):
        page.resize(width, height)
        for tab in (0, 1):
            page.tabs.setCurrentIndex(tab)
            QApplication.processEvents()
            assert clipped(page) == []
