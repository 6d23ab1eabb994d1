"""A day is read however clerks type it, shown one way, picked from a Chinese calendar, and may stay empty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import TODAY
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QPushButton
from pytestqt.qtbot import QtBot

from forms.fields.calendar_popup import CHINESE
from forms.fields.date_field import DateField
from forms.fields.day_text import day_words, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "2026年11月23日",
        "20261123",
        "11.23",
        "11-23",
        "11/23",
        "11月23日",
        "11月23",
        "２０２６年１１月２３日",
        " 2026 年 11 月 23 日 ",
        "11。23",
    ],
)
def test_every_way_of_writing_a_day_is_read(text: str) -> None:
    assert read_day(text, 2026) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["", "2026-02-30", "13.1", "明天", "2026", "2026-11", "11.23.2026", "26.11.23"])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert read_day(text, 2026) is None


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)))
def test_a_day_shown_is_read_as_itself(day: date) -> None:
    assert read_day(day_words(day), 2026) == day
    assert read_day(f"{day.month}.{day.day}", day.year) == day


@pytest.fixture
def field(qtbot: QtBot) -> DateField:
    made = DateField(TODAY, optional=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_typed_day_is_tidied_on_leaving(field: DateField) -> None:
    QTest.keyClicks(field.line, "11.5")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "2026年11月5日"
    assert field.value() == "2026-11-05"


def test_an_optional_day_may_be_empty_and_a_needed_one_not(qtbot: QtBot, field: DateField) -> None:
    needed = DateField(TODAY)
    qtbot.addWidget(needed)
    assert (field.fault(), field.day(), field.value()) == ("", None, "")
    assert needed.fault() == "请填写日期，如 2026-11-23"


def test_what_cannot_be_read_is_named_and_kept_in_the_state(qtbot: QtBot, field: DateField) -> None:
    field.line.setText("下周一")
    assert field.fault() == "“下周一”不是日期，请写成 2026-11-23 或 2026年11月23日"
    again = DateField(TODAY, optional=True)
    qtbot.addWidget(again)
    again.set_value(field.value())
    assert again.line.text() == "下周一"


def test_arrow_keys_move_by_a_day(field: DateField) -> None:
    field.set_day(date(2026, 12, 31))
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.day() == date(2027, 1, 1)
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.line.text() == "2026年12月31日"


def test_the_calendar_is_chinese_and_a_click_takes_the_day(field: DateField) -> None:
    QTest.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.popup
    assert popup is not None
    assert popup.isVisible()
    assert popup.calendar.selectedDate() == QDate(2026, 11, 23)
    assert popup.month.text() == "2026年11月"
    assert popup.calendar.locale() == CHINESE
    days = popup.calendar.findChild(QAbstractItemView)
    heads = [str(days.model().index(0, column).data()) for column in range(days.model().columnCount())]
    assert [head for head in heads if head] == ["一", "二", "三", "四", "五", "六", "日"]
    popup.calendar.clicked.emit(QDate(2026, 11, 30))
    assert field.day() == date(2026, 11, 30)
    assert not popup.isVisible()


def test_the_calendar_turns_by_month_and_year(field: DateField) -> None:
    field.open_calendar()
    popup = field.popup
    buttons = {button.text(): button for button in popup.findChildren(QPushButton)}
    for words, month in (("下月", "2026年12月"), ("下月", "2027年1月"), ("上年", "2026年1月"), ("上月", "2025年12月")):
        buttons[words].click()
        assert popup.month.text() == month


def test_the_calendar_clears_an_optional_day(field: DateField) -> None:
    field.set_day(TODAY)
    field.open_calendar()
    buttons = {button.text(): button for button in field.popup.findChildren(QPushButton)}
    buttons["清空"].click()
    assert field.day() is None
    field.open_calendar()
    buttons["今天"].click()
    assert field.day() == TODAY
