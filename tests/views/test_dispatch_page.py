"""调度: a month typed by keyboard, carried forward, saved, and found again after a crash."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.operations.cases import find_case
from desktop.operations.drafts import keep_draft, kept_draft
from desktop.operations.opened import Ledger
from desktop.operations.today import month_rows
from desktop.operations.undo import undo_last
from desktop.views.dispatch.page import DispatchPage
from desktop.views.dispatch.parts import months_back
from desktop.views.dispatch.table import split_cells
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.in_front import in_front
from tests.views.sixteen import TODAY, sixteen

NAVIGATION = 104  # its width beside the page, at the usual size of the text


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems with two measures each; the first of each was reported in October."""
    with sixteen(tmp_path / "台账") as made:
        yield made


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[DispatchPage]:
    made = opened(session, qtbot)
    yield made
    made.model.edits.clear()


def opened(session: Session, qtbot: Any) -> DispatchPage:
    """The page on the screen, fully read."""
    made = DispatchPage(session, {})
    qtbot.addWidget(made)
    made.resize(1093 - 140, 554)
    made.show()
    qtbot.waitUntil(lambda: not made.is_reading, timeout=20_000)
    return made


def at(page: DispatchPage, row: int, key: str) -> Any:
    """The index of a cell."""
    column = next(i for i, found in enumerate(page.model.columns) if found.key == key)
    return page.model.index(row, column)


def editor(page: DispatchPage) -> QWidget:
    """The box that is open in the grid."""
    found = page.table.viewport().findChildren(QPlainTextEdit) + page.table.viewport().findChildren(QLineEdit)
    return next(box for box in found if box.isVisible())


def commit(widget: QWidget, words: str) -> None:
    """Chinese as an input method gives it."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def test_all_measures_of_the_month_are_in_the_grid(page: DispatchPage, session: Session) -> None:
    rows = month_rows(session.ledger, "2026-11", TODAY)
    assert page.model.rowCount() == len(rows) == 32
    assert page.bar.counts.text() == "已报0项，未报32项"
    assert at(page, 0, "last").data() == "已完成1处"
    assert at(page, 0, "head").data() == "（一）完成第1阶段治理"
    assert at(page, 0, "quantity").data() == "/10处"
    assert at(page, 0, "flag").data() == "未报"


def test_the_model_keeps_the_rules_of_models(page: DispatchPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    page.model.setData(at(page, 1, "text"), "正在推进")
    page.model.begin("2026-10")
    page.refresh()


def test_a_row_is_typed_by_keyboard_and_enter_goes_down(page: DispatchPage, qtbot: Any) -> None:
    page.table.setCurrentIndex(at(page, 0, "text"))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    commit(editor(page), "已完成6处")
    QTest.keyClick(editor(page), Qt.Key.Key_Return)
    assert page.table.currentIndex() == at(page, 1, "text")
    assert at(page, 0, "text").data() == "已完成6处"
    page.table.setCurrentIndex(at(page, 0, "percent"))
    QTest.keyClick(page.table, "6")
    QTest.keyClick(editor(page), "0")
    QTest.keyClick(editor(page), Qt.Key.Key_Enter)
    assert page.table.currentIndex() == at(page, 1, "percent")
    assert at(page, 0, "percent").data() == "5→60"
    assert at(page, 0, "flag").data() == "未保存"
    assert page.bar.save.text() == "保存（1行）"
    assert not page.is_idle()


def test_tab_goes_through_the_cells_to_fill_in_and_then_out_of_the_grid(page: DispatchPage, qtbot: Any) -> None:
    in_front(qtbot, page)
    table, last = page.table, page.model.rowCount() - 1
    table.setFocus()
    table.setCurrentIndex(at(page, 0, "number"))
    met = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append((table.currentIndex().row(), page.model.columns[table.currentIndex().column()].key))
    assert met == [(0, "text"), (0, "percent"), (0, "quantity"), (1, "text"), (1, "percent")]
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    assert table.currentIndex() == at(page, 0, "quantity")
    table.setCurrentIndex(at(page, last, "quantity"))
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert page.texts.boxes[0][1].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert table.hasFocus()
    table.setCurrentIndex(at(page, 0, "text"))
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    assert page.filters.isAncestorOf(QApplication.focusWidget())


def test_tab_in_an_open_cell_keeps_what_was_typed_and_goes_on(page: DispatchPage, qtbot: Any) -> None:
    in_front(qtbot, page)
    page.table.setFocus()
    page.table.setCurrentIndex(at(page, 0, "text"))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    commit(editor(page), "已完成6处")
    QTest.keyClick(editor(page), Qt.Key.Key_Tab)
    assert page.table.currentIndex() == at(page, 0, "percent")
    QTest.keyClick(page.table, "6")
    QTest.keyClick(editor(page), Qt.Key.Key_Backtab)
    assert page.table.currentIndex() == at(page, 0, "text")
    assert (at(page, 0, "text").data(), at(page, 0, "percent").data()) == ("已完成6处", "5→6")


@pytest.mark.parametrize("is_typing", [False, True])
@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)],
)
def test_two_keys_leave_the_grid_from_any_cell(
    page: DispatchPage, key: Any, held: Any, is_typing: bool, qtbot: Any
) -> None:
    in_front(qtbot, page)

    def press(more: Qt.KeyboardModifier) -> QWidget:
        page.table.setFocus()
        page.table.setCurrentIndex(at(page, 3, "text"))
        if is_typing:
            QTest.keyClick(page.table, Qt.Key.Key_F2)
            commit(editor(page), "写到一半")
        QTest.keyClick(editor(page) if is_typing else page.table, key, held | more)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    assert press(Qt.KeyboardModifier.NoModifier) is page.texts.boxes[0][1]
    assert at(page, 3, "text").data() == ("写到一半" if is_typing else "")
    assert page.filters.isAncestorOf(press(Qt.KeyboardModifier.ShiftModifier))
    assert page.table.currentIndex() == at(page, 3, "text")


def test_the_heads_of_the_cells_to_fill_in_tell_the_keys(page: DispatchPage) -> None:
    told = [
        page.model.headerData(i, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for i, found in enumerate(page.model.columns)
        if found.key in ("head", "text")
    ]
    assert told[0] is None
    assert "F6" in told[1]
    assert page.table.accessibleDescription() == told[1]


def test_alt_enter_breaks_the_line(page: DispatchPage) -> None:
    page.table.setCurrentIndex(at(page, 0, "text"))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    commit(editor(page), "一是")
    QTest.keyClick(editor(page), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    commit(editor(page), "二是")
    QTest.keyClick(editor(page), Qt.Key.Key_Return)
    assert at(page, 0, "text").data(Qt.ItemDataRole.EditRole) == "一是\n二是"
    assert at(page, 0, "text").data() == "一是 二是"


def test_saved_rows_are_reported(page: DispatchPage, session: Session, qtbot: Any) -> None:
    page.model.setData(at(page, 0, "text"), "已完成6处")
    page.model.setData(at(page, 0, "quantity"), "6")
    page.model.setData(at(page, 3, "text"), "正在施工")
    page.save()
    qtbot.waitUntil(lambda: not page.model.edits, timeout=20_000)
    rows = month_rows(session.ledger, "2026-11", TODAY)
    assert [(rows[0].text, rows[0].percent, rows[0].quantity_done), rows[3].text] == [("已完成6处", 60, 6), "正在施工"]
    qtbot.waitUntil(lambda: page.bar.counts.text() == "已报2项，未报30项", timeout=20_000)
    assert at(page, 0, "flag").data() == "已报"
    assert find_case(session.ledger, 1).progress[-1].person == "李明"
    assert page.is_idle()


def test_one_save_is_one_step_to_take_back_and_the_next_one_another(
    page: DispatchPage, session: Session, qtbot: Any
) -> None:
    outside = session.ledger.outside
    clock = count(outside.now_ms(), 10_000)  # every row takes longer than ten seconds
    outside.now_ms = lambda: next(clock)

    def save(*rows: int) -> None:
        for row in rows:
            page.model.setData(at(page, row, "text"), "正在施工")
        # A save that is pressed while the one before still ends is not taken: it is pressed again.
        qtbot.waitUntil(lambda: bool(page.save() or not page.model.edits), timeout=20_000)

    def reported() -> int:
        return sum(row.is_reported for row in month_rows(session.ledger, "2026-11", TODAY))

    save(*range(8))
    save(9, 10)
    assert reported() == 10
    undo_last(session.ledger, TODAY, session.person)
    assert reported() == 8
    undo_last(session.ledger, TODAY, session.person)
    assert reported() == 0


def test_a_refused_row_stays_and_is_shown(page: DispatchPage, answers: Any, qtbot: Any) -> None:
    page.model.setData(at(page, 2, "text"), "正在施工")
    page.model.setData(at(page, 4, "percent"), "50")
    page.save()
    qtbot.waitUntil(lambda: bool(answers.texts("refusal")), timeout=20_000)
    assert answers.texts("refusal") == ["请填写问题3的进展内容，没有保存。"]
    assert page.table.currentIndex().row() == 4
    assert at(page, 4, "flag").data() == "未保存"
    assert at(page, 2, "flag").data() == "已报"


def test_what_is_no_number_is_refused_beside_the_grid(page: DispatchPage) -> None:
    assert not page.model.setData(at(page, 0, "percent"), "120")
    assert page.bar.sentence.text() == "完成百分比应填 0 到 100 的整数，没有改动。"
    page.model.setData(at(page, 0, "percent"), "80%")
    assert page.bar.sentence.isHidden()


def test_last_months_words_are_carried_into_the_chosen_rows_and_flagged(page: DispatchPage, qtbot: Any) -> None:
    page.table.choose_rows([0, 1, 2], 0)
    QTest.keyClick(page.bar.carry, Qt.Key.Key_Space)
    assert [at(page, row, "text").data() for row in (0, 1, 2)] == ["已完成1处", "", "已完成2处"]
    assert at(page, 0, "percent").data() == "5"
    assert at(page, 0, "flag").data() == "同上月·未保存"
    page.save()
    qtbot.waitUntil(lambda: not page.model.edits, timeout=20_000)
    assert at(page, 0, "flag").data() == "与上月相同"


def test_only_the_unreported_rows_can_be_shown(page: DispatchPage, qtbot: Any) -> None:
    page.model.setData(at(page, 0, "text"), "已完成6处")
    page.save()
    qtbot.waitUntil(lambda: page.bar.counts.text() == "已报1项，未报31项", timeout=20_000)
    page.show_place(Place(PageKey.DISPATCH, filter="unreported"))
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert page.model.rowCount() == 31


def test_words_narrow_the_grid(page: DispatchPage, qtbot: Any) -> None:
    commit(page.filters.words, "16号点位")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and not page.is_reading, timeout=20_000)
    page.filters.words.setText("没有这样的词")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing, timeout=20_000)


def test_an_earlier_month_shows_its_own_reports(page: DispatchPage, qtbot: Any) -> None:
    page.bar.months.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert page.bar.counts.text() == "已报16项，未报16项"
    assert at(page, 0, "text").data() == "已完成1处"


def test_what_was_typed_is_offered_after_a_crash(page: DispatchPage, session: Session, qtbot: Any) -> None:
    page.model.setData(at(page, 5, "text"), "写到一半")
    qtbot.waitUntil(lambda: bool(kept_draft(session.ledger, "dispatch", "2026-11")), timeout=20_000)
    again = opened(session, qtbot)
    assert again.drafts.isVisible()
    assert again.drafts.words.text() == "上次填写的1行还没有保存。"
    qtbot.mouseClick(again.drafts.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not again.is_reading, timeout=20_000)
    assert at(again, 5, "text").data() == "写到一半"
    assert not again.drafts.isVisible()
    again.save()
    qtbot.waitUntil(
        lambda: not again.model.edits and not kept_draft(session.ledger, "dispatch", "2026-11"), timeout=20_000
    )


def test_a_draft_can_be_thrown_away(session: Session, qtbot: Any) -> None:
    keep_draft(session.ledger, "dispatch", "2026-11", {"ab~cd": {"text": "旧的"}})
    page = opened(session, qtbot)
    qtbot.mouseClick(page.drafts.drop, Qt.MouseButton.LeftButton)
    assert not page.drafts.isVisible()
    assert kept_draft(session.ledger, "dispatch", "2026-11") == {}


def test_another_month_keeps_what_was_typed_in_this_one(page: DispatchPage, qtbot: Any) -> None:
    page.model.setData(at(page, 0, "text"), "十一月的话")
    page.bar.months.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert not page.model.edits
    page.bar.months.setCurrentIndex(0)
    assert page.drafts.isVisible()


def test_a_column_copied_in_wps_is_pasted_downwards(page: DispatchPage) -> None:
    QGuiApplication.clipboard().setText('甲已完成\t90\n"乙已\n完成"\n丙已完成\n')
    page.table.setCurrentIndex(at(page, 3, "text"))
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    texts = [at(page, row, "text").data(Qt.ItemDataRole.EditRole) for row in (3, 4, 5, 6)]
    assert texts == ["甲已完成", "乙已\n完成", "丙已完成", ""]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("一", ["一"]),
        ('"一""二"\n三', ['一"二', "三"]),
        ('"没有结束', ['"没有结束']),
        ("一\r\n\r\n二", ["一", "", "二"]),
    ],
)
def test_pasted_text_is_cut_into_cells(text: str, cells: list[str]) -> None:
    assert split_cells(text) == cells


def test_the_cursor_stays_on_its_row_when_the_grid_is_read_again(page: DispatchPage, qtbot: Any) -> None:
    page.table.setCurrentIndex(at(page, 9, "percent"))
    page.filters.words.setText("号点位")
    qtbot.waitUntil(lambda: page.filters.chosen.text == "号点位" and not page.is_reading, timeout=20_000)
    page.commands()["refresh"]()
    qtbot.waitUntil(lambda: not page.is_reading, timeout=20_000)
    assert page.table.currentIndex() == at(page, 9, "percent")


def test_delete_empties_what_was_typed(page: DispatchPage) -> None:
    page.model.setData(at(page, 0, "text"), "写错了")
    page.table.setCurrentIndex(at(page, 0, "text"))
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert at(page, 0, "text").data() == ""
    assert not page.model.edits


def test_enter_on_the_problem_opens_its_case(page: DispatchPage, session: Session) -> None:
    places: list[Place] = []
    page.go.connect(places.append)
    page.table.setCurrentIndex(at(page, 2, "head"))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    problem = find_case(session.ledger, 2).problem.id
    assert places == [Place(PageKey.CASE, problem_id=problem, part="progress")]


def test_a_single_cell_is_copied_as_its_text(page: DispatchPage) -> None:
    page.table.setCurrentIndex(at(page, 0, "last"))
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "已完成1处"


def test_the_whole_texts_of_the_row_stand_below(page: DispatchPage) -> None:
    page.table.setCurrentIndex(at(page, 4, "text"))
    (_, measure), (title, last) = page.texts.boxes
    assert (measure.toPlainText(), last.toPlainText()) == ("完成第1阶段治理", "已完成3处")
    assert title.text() == "上次填报（2026年10月，完成15%）"


def test_a_ledger_that_can_only_be_read_takes_no_typing(session: Session, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(Session, "can_write", property(lambda self: False))
    page = opened(session, qtbot)
    assert not page.model.flags(at(page, 0, "text")) & Qt.ItemFlag.ItemIsEditable
    assert not page.model.setData(at(page, 0, "text"), "不行")
    assert not page.bar.carry.isEnabled()


def test_months_go_back_over_the_year() -> None:
    assert months_back(TODAY, 13)[::11] == ("2026-11", "2025-12")


def test_all_columns_are_in_sight_on_a_small_screen(page: DispatchPage) -> None:
    page.resize(1093 - NAVIGATION, 554)
    QApplication.processEvents()
    table = page.table
    assert table.verticalScrollBar().isVisible()
    assert not any(table.isColumnHidden(column) for column in range(len(page.model.columns)))
    assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [1366 - 140, 1093 - 140, 911 - 140])
def test_no_button_or_label_is_clipped(page: DispatchPage, width: int, clipped: Callable[[QWidget], list[str]]) -> None:
    page.drafts.offer(3)
    page.bar.show_counts(123, 456, 32, is_reading=True)
    page.resize(width, 452)
    QApplication.processEvents()
    assert page.width() == width
    assert clipped(page) == []


def test_a_window_left_open_over_the_end_of_a_month_is_at_the_new_month(session: Session, qtbot: Any) -> None:
    days = [date(2026, 11, 30)]
    session.today = lambda: days[0]
    page = DispatchPage(session)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place(PageKey.DISPATCH))
    qtbot.waitUntil(lambda: not page.is_reading and page.model.rowCount() > 0, timeout=10_000)
    assert page.month == "2026-11"
    days[0] = date(2026, 12, 1)
    page.show_place(Place(PageKey.DISPATCH))
    qtbot.waitUntil(lambda: not page.is_reading, timeout=10_000)
    assert (page.month, page.model.month, page.bar.months.count()) == ("2026-12", "2026-12", 13)
    page.bar.months.setCurrentIndex(page.bar.months.findData("2026-10"))
    days[0] = date(2027, 1, 4)
    page.show_place(Place(PageKey.DISPATCH))
    assert page.month == "2026-10"
