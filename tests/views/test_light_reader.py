"""Lights in the list and on the page of a problem: the word and a shape beside the colour, and the filter by them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.operations.cases import find_case
from desktop.operations.lights import decide_light
from desktop.operations.lists import Choices, Filter, list_choices
from desktop.operations.opened import Ledger
from desktop.rules.entries import LightEntry
from desktop.rules.region_chasing import Light
from desktop.views.ledger.page import LedgerPage
from desktop.views.session import Session
from desktop.views.tables.columns import DISPLAY, TONE, TOOL_TIP
from tests.views.sixteen import TODAY, sixteen


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Session]:
    """A session over sixteen problems, of which the tenth is red by decision."""
    ledger = sixteen(tmp_path / "十六")
    decide_light(ledger, find_case(ledger, 10), LightEntry("2026-11", Light.RED, "被省警示片曝光"), TODAY, "李明")
    yield Session(ledger, "李明", lambda: TODAY)
    ledger.close()


def cell(page: LedgerPage, number: int, role: int = DISPLAY) -> str:
    """What the column of lights shows for a problem."""
    column = next(at for at, column in enumerate(page.model.columns) if column.key == "light")
    row = page.model.keys.place(find_case(page.session.ledger, number).problem.id)
    return str(page.model.index(row, column).data(role))


def test_the_list_shows_shape_and_word_and_says_why(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.refresh()
    qtbot.waitUntil(lambda: bool(cell(page, 10) and cell(page, 3)))
    assert (cell(page, 10), cell(page, 10, TONE), cell(page, 10, TOOL_TIP)) == ("■红灯", "late", "被省警示片曝光")
    assert cell(page, 3) == "■红灯"  # overdue
    assert "整改时限2026年10月24日已过30天" in cell(page, 3, TOOL_TIP)


def numbers(page: LedgerPage) -> list[int]:
    """The problems that are listed."""
    return [row.number for at in range(page.model.rowCount()) if (row := page.model.row_at(at))]


def test_a_light_narrows_the_list_and_goes_with_every_other_condition(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    page.refresh()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("light", "red")
    assert numbers(page) == [1, 2, 3, 10]
    assert page.model.chosen == Filter(light="red")
    page.filters.choose("state", "overdue")
    assert numbers(page) == [1, 2, 3]
    page.filters.choose("year", 2026)
    unit = find_case(listed.ledger, 3).units[0].unit_id
    page.filters.choose("unit", unit)
    page.filters.choose("role", "lead")
    page.filters.choose("source", "省督察")
    chosen = Filter(light="red", state="overdue", year=2026, unit=unit, role="lead", source="省督察")
    assert page.model.chosen == chosen
    assert numbers(page) == [3]
    page.filters.take(Filter(light="red", text="10"))
    assert numbers(page) == [10]
    page.filters.words.setText("1")
    qtbot.waitUntil(lambda: page.model.chosen.text == "1", timeout=20_000)
    assert numbers(page) == [1, 10]
    page.filters.take(Filter(light="good", text="10"))
    assert page.stack.currentWidget() is page.no_match
    page.filters.clear()
    assert page.model.rowCount() == 16


def test_a_list_of_one_light_is_sorted_like_any_other(listed: Session) -> None:
    page = LedgerPage(listed)
    page.refresh()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("light", "red")
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert numbers(page) == [10, 3, 2, 1]


def test_a_region_without_lights_offers_none(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    qtbot.addWidget(page)
    page.show()
    page.filters.set_choices(_choices(listed.ledger))
    assert page.filters.boxes["light"].isVisible()
    page.filters.choose("light", "red")
    page.filters.set_choices(Choices((), (), ()))
    assert page.filters.boxes["light"].isHidden()
    assert page.filters.chosen == Filter()


def _choices(ledger: Ledger) -> Choices:
    found = list_choices(ledger)
    assert [words for _, words in found.lights] == ["●蓝灯", "▲黄灯", "■红灯"]
    return found


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a long list: one problem between two events."""
    monkeypatch.setattr("desktop.views.ledger.light_reader.PART", 1)
    monkeypatch.setattr("desktop.views.ledger.light_reader.SHOWN_EVERY", 0)
    monkeypatch.setattr("desktop.views.ledger.light_reader.read_a_while", lambda step: not step())


@pytest.mark.usefixtures("slowly")
def test_a_long_list_is_looked_through_between_events(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(page)
    page.show()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("light", "red")
    assert numbers(page) == [1]
    assert page.reading.text() == "正在核对亮灯 1/16"
    assert not page.export_button.isEnabled()
    assert "export" not in page.commands()
    qtbot.waitUntil(lambda: not page.lights.is_reading)
    assert numbers(page) == [1, 2, 3, 10]
    assert (page.reading.text(), page.count.text()) == ("", "共16个，显示4个")
    assert page.export_button.isEnabled()
    assert "export" in page.commands()


@pytest.mark.usefixtures("slowly")
def test_what_is_looked_through_is_a_list_while_nothing_is_found(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    qtbot.addWidget(page)
    page.show()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("light", "yellow")
    assert numbers(page) == []
    assert page.stack.currentWidget() is page.table
    page.hide()
    at = page.reading.text()
    qtbot.wait(50)
    assert page.reading.text() == at
    page.show()
    qtbot.waitUntil(lambda: not page.lights.is_reading)
    assert numbers(page) == [4]


@pytest.mark.usefixtures("slowly")
def test_other_conditions_end_the_looking(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    qtbot.addWidget(page)
    page.show()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("light", "red")
    assert page.lights.is_reading
    page.filters.clear()
    assert not page.lights.is_reading
    assert (page.reading.text(), page.model.rowCount()) == ("", 16)


def test_a_correction_shows_without_a_new_reading(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: cell(page, 12) == "●蓝灯")
    case, entry = find_case(listed.ledger, 12), LightEntry("2026-11", Light.YELLOW, "现场没有动工")
    listed.do(lambda: decide_light(listed.ledger, case, entry, TODAY, "李明"))
    qtbot.waitUntil(lambda: cell(page, 12) == "▲黄灯")
    page.close()


def test_the_column_is_read_aloud_with_its_title(listed: Session, qtbot: Any) -> None:
    page = LedgerPage(listed)
    page.refresh()
    qtbot.waitUntil(lambda: bool(cell(page, 10)))
    assert cell(page, 10, int(Qt.ItemDataRole.AccessibleTextRole)) == "亮灯 ■红灯"
