"""Lights in the list and on the page of a problem: the word and a shape beside the colour, and the filter by them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.operations.cases import find_case
from desktop.operations.lights import decide_light
from desktop.operations.lists import Filter
from desktop.operations.opened import Ledger
from desktop.rules.entries import LightEntry
from desktop.rules.region_chasing import Light
from desktop.views.columns import DISPLAY, TONE, TOOL_TIP
from desktop.views.filter_bar import LIGHT
from desktop.views.ledger_page import LedgerPage
from desktop.views.light_reader import PART, LightSearch
from desktop.views.session import Session
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


def test_a_light_narrows_the_list_and_goes_with_the_other_conditions(listed: Session, qtbot: object) -> None:
    page = LedgerPage(listed)
    page.refresh()
    page.filters.set_choices(_choices(listed.ledger))
    page.filters.choose("state", LIGHT + "red")
    numbers = [page.model.row_at(at).number for at in range(page.model.rowCount())]  # type: ignore[union-attr]
    assert numbers == [1, 2, 3, 10]
    assert page.model.chosen == Filter(light="red")
    page.filters.words.setText("10")
    page.filters.words.textChanged.emit("10")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)  # type: ignore[attr-defined]
    page.filters.take(Filter(light="good", text="10"))
    assert page.model.rowCount() == 0
    page.filters.clear()
    assert page.model.rowCount() == 16


def _choices(ledger: Ledger) -> object:
    from desktop.operations.lists import list_choices

    found = list_choices(ledger)
    assert [words for _, words in found.lights] == ["●蓝灯", "▲黄灯", "■红灯"]
    return found


def test_a_long_list_is_looked_through_between_events(
    listed: Session, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.light_reader.AT_ONCE", PART)
    page = LedgerPage(listed)
    page.refresh()
    search, found = LightSearch(listed), list[tuple[str, ...]]()
    search.found.connect(found.append)
    search.begin(page.model.keys, "red")
    assert search.is_reading
    assert found == []
    qtbot.waitUntil(lambda: not search.is_reading)  # type: ignore[attr-defined]
    assert [len(hits) for hits in found] == [4]


def test_a_search_that_is_stopped_finds_nothing(listed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.views.light_reader.AT_ONCE", 0)
    page = LedgerPage(listed)
    page.refresh()
    search, found = LightSearch(listed), list[object]()
    search.found.connect(found.append)
    search.begin(page.model.keys, "red")
    search.stop()
    assert not search.is_reading
    assert found == []


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
