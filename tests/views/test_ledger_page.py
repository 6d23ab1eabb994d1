"""台账: the list narrows, sorts, keeps its place, copies, exports and opens."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.cases import find_case
from desktop.operations.lists import Choices, Filter
from desktop.operations.opened import Ledger
from desktop.operations.progress import report_progress
from desktop.operations.saved_filters import saved_filters
from desktop.operations.units import list_units
from desktop.rules.entries import ProgressEntry
from desktop.rules.pinyin import initials_of
from desktop.rules.records import Changes, Unit
from desktop.views.ledger.model import LedgerModel, month_words
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.filter_bar import FilterBar
from tests.in_front import in_front
from tests.views.sixteen import sixteen

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems instead of the founding plan."""
    with sixteen(tmp_path / "台账") as made:
        yield made


@pytest.fixture
def page(session: Session, qtbot: Any) -> LedgerPage:
    made = LedgerPage(session, {})
    qtbot.addWidget(made)
    made.resize(1093 - 140, 554)
    made.show()
    qtbot.waitUntil(lambda: made.filters.boxes["unit"].count() > 1, timeout=20_000)
    return made


def cells(page: LedgerPage, key: str) -> list[str]:
    """What a column says, from top to bottom."""
    at = next(i for i, column in enumerate(page.model.columns) if column.key == key)
    return [page.model.index(row, at).data() for row in range(page.model.rowCount())]


def type_words(widget: QWidget, words: str) -> None:
    """Chinese as an input method gives it."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def report(session: Session, number: int, percent: int) -> Changes:
    """A report of the whole problem, as another page would make it."""
    case = find_case(session.ledger, number)
    entry = ProgressEntry("全部完成" if percent == 100 else "正在推进", percent=percent)
    changes = session.do(lambda: report_progress(session.ledger, case, entry, session.today(), "李明"))
    assert changes is not None
    return changes


def test_the_model_keeps_the_rules_of_models(session: Session) -> None:
    model = LedgerModel(session.ledger, session.today)
    QAbstractItemModelTester(model, STRICT)
    model.show_only(Filter())
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show_only(Filter(text="污水"))
    model.show_only(Filter(text="没有这样的词"))
    assert model.rowCount() == 0


def test_all_problems_are_listed_with_words_and_dates(page: LedgerPage) -> None:
    assert page.count.text() == "共16个"
    assert cells(page, "number") == [str(n) for n in range(1, 17)]
    assert cells(page, "deadline")[:4] == ["2026/8/25", "2026/9/24", "2026/10/24", "2026/11/23"]
    assert cells(page, "left")[2:5] == ["逾期30天", "今天到期", "还有30天"]
    assert (cells(page, "deadline")[15], cells(page, "left")[15]) == ("/", "未定期限")
    assert set(cells(page, "state")) == {"整改中"}


def test_words_typed_by_an_input_method_narrow_the_list(page: LedgerPage, qtbot: Any) -> None:
    page.filters.words.setFocus()
    type_words(page.filters.words, "扬尘")
    qtbot.waitUntil(lambda: page.model.chosen.text == "扬尘", timeout=20_000)
    assert 0 < page.model.rowCount() < 16
    assert page.count.text() == f"共16个，显示{page.model.rowCount()}个"
    page.filters.clear()
    assert page.count.text() == "共16个"


def test_typing_fast_reads_the_list_once(page: LedgerPage, qtbot: Any) -> None:
    seen: list[Filter] = []
    page.filters.changed.connect(seen.append)
    for letter in "1 6":
        QTest.keyClick(page.filters.words, letter)
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert [found.text for found in seen] == ["1 6"]


def test_a_unit_narrows_and_then_its_role(page: LedgerPage, session: Session) -> None:
    lead = cells(page, "lead")[0].split("、")[0]
    unit = next(u for u in list_units(session.ledger) if u.name == lead)
    assert page.filters.boxes["role"].isHidden()
    page.filters.choose("unit", unit.id)
    assert not page.filters.boxes["role"].isHidden()
    either = page.model.rowCount()
    page.filters.choose("role", "lead")
    assert 0 < page.model.rowCount() <= either < 16
    assert all(lead in words for words in cells(page, "lead"))


def test_initials_typed_as_words_offer_the_units_that_sound_so(page: LedgerPage, session: Session, qtbot: Any) -> None:
    unit = next(unit for unit in list_units(session.ledger) if not unit.is_group)
    sound = "".join(initials_of(char)[:1] for char in unit.name)
    page.filters.words.setFocus()
    QTest.keyClicks(page.filters.words, sound)
    assert unit.name in page.filters.sounding.stringList()
    popup = page.filters.words.completer().popup()
    popup.setCurrentIndex(page.filters.sounding.index(page.filters.sounding.stringList().index(unit.name)))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.filters.chosen == Filter(unit=unit.id), timeout=20_000)
    assert page.filters.words.text() == ""


def test_this_offices_own_unit_is_offered_first(qtbot: Any) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    own = Unit("b" * 32, "区住建局")
    bar.set_choices(Choices((Unit("a" * 32, "区水利局"), own), (), (), own))
    box = bar.boxes["unit"]
    assert [box.itemText(at) for at in range(box.count())] == ["全部单位", "本单位（区住建局）", "区水利局"]


def test_conditions_kept_under_a_name_are_chosen_again_with_one_press(
    page: LedgerPage, session: Session, answers: Any, qtbot: Any
) -> None:
    """The clerk keeps 区住建局's open problems once, and finds them again after looking at others."""
    unit = next(found for found in list_units(session.ledger) if found.name in page.filters.boxes["unit"].itemText(2))
    page.filters.choose("unit", unit.id)
    page.filters.choose("state", "open")
    shown, chosen = cells(page, "number"), page.filters.chosen
    answers.replies["text"] = "我的督办件"
    act(page, "保存现在的条件…").trigger()
    assert [saved.name for saved in saved_filters(session.ledger)] == ["我的督办件"]
    page.filters.clear()
    assert page.filters.chosen != chosen
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.saved.kept), timeout=20_000)
    act(page, "我的督办件").trigger()
    assert (page.filters.chosen, cells(page, "number")) == (chosen, shown)
    assert act(page, "我的督办件").isChecked()
    page.saved.drop_wanted.emit("我的督办件")
    page.refresh()
    qtbot.waitUntil(lambda: not page.saved.kept, timeout=20_000)
    assert not act(page, "删除").isEnabled()


def act(page: LedgerPage, words: str) -> QAction:
    """An entry of the menu of kept conditions."""
    return next(entry for entry in page.saved.menu().actions() if entry.text() == words)


def test_nothing_found_says_how_to_go_on(page: LedgerPage, qtbot: Any) -> None:
    type_words(page.filters.words, "没有这样的词")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_match, timeout=20_000)
    qtbot.mouseClick(page.no_match.buttons[0], Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.table


def test_an_empty_ledger_says_what_to_do(empty_session: Session, qtbot: Any) -> None:
    page = LedgerPage(empty_session, {})
    qtbot.addWidget(page)
    page.show()
    wanted: list[str] = []
    page.wanted.connect(wanted.append)
    assert page.stack.currentWidget() is page.nothing
    for button in page.nothing.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == ["import_plan", "new_problem"]
    assert not page.export_button.isEnabled()


def test_a_click_on_the_header_sorts_and_a_second_turns_it(page: LedgerPage, qtbot: Any) -> None:
    header = page.table.horizontalHeader()
    at = next(i for i, column in enumerate(page.model.columns) if column.key == "deadline")
    for _ in range(2):
        place = header.sectionViewportPosition(at) + 20
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center().__class__(place, 8))
    assert page.model.order.column == "deadline"
    assert page.model.order.descending
    days = [tuple(int(part) for part in day.split("/")) for day in cells(page, "deadline") if day != "/"]
    assert days == sorted(days, reverse=True)


def test_the_cursor_stays_on_its_problem_when_the_order_changes(page: LedgerPage) -> None:
    page.table.choose_rows((), 4)
    chosen = page.chosen_ids()
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert page.table.currentIndex().row() == 11
    assert page.chosen_ids() == chosen


def test_several_chosen_problems_stay_chosen(page: LedgerPage, session: Session) -> None:
    page.table.choose_rows([2, 5, 6], 5)
    chosen = page.chosen_ids()
    report(session, 3, 40)
    assert page.chosen_ids() == chosen
    assert len(chosen) == 3


def test_a_change_elsewhere_is_shown_at_once(page: LedgerPage, session: Session) -> None:
    assert cells(page, "percent")[4] == "12%"
    report(session, 5, 100)
    assert cells(page, "percent")[4] == "100%"


def test_opening_goes_to_the_case(page: LedgerPage, session: Session) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    page.table.choose_rows((), 4)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert places == [Place(PageKey.CASE, problem_id=find_case(session.ledger, 5).problem.id)]


def test_the_arrow_down_leads_from_the_words_to_the_list(page: LedgerPage, qtbot: Any) -> None:
    in_front(qtbot, page)
    page.filters.words.setFocus()
    QTest.keyClick(page.filters.words, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 0


def test_a_place_shows_a_state_or_a_problem(page: LedgerPage, session: Session) -> None:
    page.show_place(Place(PageKey.LEDGER, filter="overdue"))
    assert page.model.chosen == Filter(state="overdue")
    assert all(words.startswith("逾期") for words in cells(page, "left"))
    page.filters.clear()
    problem = find_case(session.ledger, 9).problem.id
    page.show_place(Place(PageKey.LEDGER, problem_id=problem))
    assert page.chosen_ids() == (problem,)


def test_export_writes_what_is_shown(page: LedgerPage, tmp_path: Path, answers: Any) -> None:
    target = tmp_path / "逾期"
    answers.replies |= {"save": target, "dialog": True}
    page.show_place(Place(PageKey.LEDGER, filter="overdue"))
    page.export()
    sheet = load_workbook(target.with_suffix(".xlsx")).active
    assert sheet is not None
    numbers = [row[0] for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]
    assert numbers == [int(n) for n in cells(page, "number")]
    assert answers.texts("tell")[0].startswith(f"已导出{len(numbers)}个问题")


def test_a_long_export_goes_through_the_runner(
    page: LedgerPage, session: Session, tmp_path: Path, answers: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.ledger.page.AT_ONCE", 3)
    answers.replies |= {"save": tmp_path / "全部.xlsx", "dialog": True}
    page.export()
    assert session.runner.title == "导出台账"
    page.export()
    assert "现在不能导出" in answers.texts("tell")[0]
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)
    assert (tmp_path / "全部.xlsx").is_file()
    assert answers.texts("tell")[-1].startswith("已导出16个问题")


def test_an_export_that_fails_says_why(page: LedgerPage, tmp_path: Path, answers: Any) -> None:
    answers.replies |= {"save": tmp_path / "台账.pdf", "dialog": True}
    page.export()
    assert "没有生成文件" in answers.texts("refusal")[0]


def test_the_page_offers_its_commands(page: LedgerPage) -> None:
    assert {"new", "find", "print", "export"} <= set(page.commands())
    assert "open" not in page.commands()
    page.table.choose_rows((), 0)
    assert {"open", "copy"} <= set(page.commands())


@pytest.mark.parametrize("width", [1366 - 140, 1093 - 140, 911 - 140])
def test_no_button_or_label_is_clipped(page: LedgerPage, width: int, clipped: Callable[[QWidget], list[str]]) -> None:
    page.resize(width, 554)
    QApplication.processEvents()
    assert page.width() == width
    assert clipped(page) == []
    page.filters.choose("unit", page.filters.boxes["unit"].itemData(1))
    page.lights.told.emit("正在核对亮灯 12000/20000")
    QApplication.processEvents()
    assert page.width() == width
    assert clipped(page) == []


def test_months_are_written_as_tables_write_them() -> None:
    assert [month_words(month) for month in ("2026-09", "2026-11", "")] == ["2026/9", "2026/11", "未报"]
