"""One month with the keyboard alone: open the round, zero report, fill in, explain, judge, freeze, print."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from desktop.operations.cases import find_case
from desktop.operations.rounds import find_round
from desktop.rules.records import ProgressClass
from desktop.store.read_followup import read_unit_reports
from desktop.views.dispatch.check_side import CheckSide
from desktop.views.dispatch.page import DispatchPage
from desktop.views.dispatch.report_side import ReportSide
from desktop.views.papers.page import PapersPage
from forms.judgement import JudgementForm
from forms.round import RoundForm
from tests.scenarios.test_window_month import MOST_TABS, WORDS, column, focused, key, open_month, report_down
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, dialog_named, type_in

MONTH = "2024-11"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.day = date(2024, 11, 20)
        made.open_window()
        yield made


def come_back(clerk: WindowClerk) -> None:
    """A dialog that a test answers leaves the front to nobody: the window takes it."""
    clerk.window.activateWindow()
    clerk.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT)


def press_by_keyboard(clerk: WindowClerk, button: QPushButton) -> None:
    """Its shortcut where it has one, else Tab until it has the focus, then the space bar."""
    assert button.isVisible()
    assert button.isEnabled()
    come_back(clerk)
    if not button.shortcut().isEmpty():
        key(Qt.Key(button.shortcut()[0].key()), Qt.KeyboardModifier.AltModifier)
        pressed: list[bool] = []
        button.clicked.connect(lambda *_: pressed.append(True))
        # Qt shows the button pressed for a moment before it acts.
        clerk.qtbot.waitUntil(lambda: bool(pressed), timeout=WAIT)
        return
    for _ in range(MOST_TABS):
        if button.hasFocus():
            break
        key(Qt.Key.Key_Tab)
    assert button.hasFocus(), "Tab never reaches the button"
    key(Qt.Key.Key_Space)


def in_dialog(clerk: WindowClerk, fill: Any) -> None:
    """The next dialog: ``fill(form)`` types into it, Enter saves it."""

    def work(title: str, name: str) -> bool:
        dialog = dialog_named(name)
        dialog.show()
        fill(dialog.form)
        QTest.keyClick(dialog.form, Qt.Key.Key_Return)
        assert dialog.result() == QDialog.DialogCode.Accepted, dialog.fault.text()
        return True

    clerk.answers.replies["dialog"] = work


def settled(clerk: WindowClerk, page: DispatchPage) -> None:
    """Wait until the round's state is known."""
    clerk.qtbot.waitUntil(lambda: page.work.state is not None and not page.is_reading, timeout=WAIT)


def test_a_month_from_opening_to_the_print_by_keyboard_alone(clerk: WindowClerk, tmp_path: Path) -> None:
    page = open_month(clerk)
    ledger = clerk.window.session.ledger
    assert page.strip.words.text() == "2024年11月还没有开始调度。"

    def due(form: RoundForm) -> None:
        type_in(form.due, "2024-11-28")
        type_in(form.note, "请各单位如实填报")

    in_dialog(clerk, due)
    press_by_keyboard(clerk, page.strip.buttons["begin"])
    settled(clerk, page)
    assert page.strip.words.text().startswith("报送时限2024年11月28日（还有8天）。应报")

    # 零报告 of one unit, before anything is filled in.
    press_by_keyboard(clerk, page.strip.buttons["board"])
    side = page.sides.currentWidget()
    assert isinstance(side, ReportSide)
    clerk.answers.replies["text"] = "本月无新进展"
    press_by_keyboard(clerk, side.buttons["zero"])
    settled(clerk, page)
    (report,) = read_unit_reports(ledger, MONTH)
    assert (report.is_zero, report.note, report.on) == (True, "本月无新进展", date(2024, 11, 20))
    assert side.model.rows[0].words(clerk.day) == "零报告"
    come_back(clerk)
    key(Qt.Key.Key_Escape)
    assert page.sides.is_grid

    # The grid, with one slip of the keyboard.
    report_down(page, "text", WORDS)
    report_down(page, "percent", ("100", "60", "80"))
    report_down(page, "quantity", ("",))
    key(Qt.Key.Key_F2)
    type_in(focused(), "90")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_S, CTRL)
    clerk.qtbot.waitUntil(lambda: page.bar.counts.text() == "已报3项，未报0项" and page.is_idle(), timeout=WAIT)
    clerk.qtbot.waitUntil(lambda: page.work.state is not None and bool(page.work.state.open_checks), timeout=WAIT)
    assert page.model.index(1, column(page, "flag")).data() == "待核对"

    # The check leads to its cell, and is answered.
    press_by_keyboard(clerk, page.strip.buttons["checks"])
    checks = page.sides.currentWidget()
    assert isinstance(checks, CheckSide)
    assert [row.rule for row in checks.model.rows] == ["quantity_more"]
    key(Qt.Key.Key_Return)
    assert page.sides.is_grid
    assert page.table.currentIndex().column() == column(page, "quantity")
    press_by_keyboard(clerk, page.strip.buttons["checks"])
    clerk.answers.replies["text"] = "含新增排查项目"
    press_by_keyboard(clerk, checks.buttons["explain"])
    settled(clerk, page)
    assert page.work.state is not None
    assert page.work.state.open_checks == ()
    assert [e.reason for e in find_case(ledger, 5).explanations] == ["含新增排查项目"]
    come_back(clerk)
    key(Qt.Key.Key_Escape)

    # The class that counts.
    press_by_keyboard(clerk, page.strip.buttons["judge"])

    def decide(form: JudgementForm) -> None:
        form.decided.setFocus()
        while form.decided.chosen() != ProgressClass.MOSTLY_DONE:
            before = form.decided.currentIndex()
            step = Qt.Key.Key_Down if before < 4 else Qt.Key.Key_Up
            QTest.keyClick(form.decided, step)
            assert form.decided.currentIndex() != before
        type_in(form.reason, "主体工程已完工")

    in_dialog(clerk, decide)
    key(Qt.Key.Key_Return)
    settled(clerk, page)
    (judged,) = find_case(ledger, 5).judgements
    assert (judged.decided, judged.reason, judged.month) == (ProgressClass.MOSTLY_DONE, "主体工程已完工", MONTH)
    assert judged.suggested != judged.decided
    come_back(clerk)
    key(Qt.Key.Key_Escape)

    # The freeze asks once, and the month is read-only.
    clerk.answers.replies |= {"ask": True, "text": "已电话核实"}
    press_by_keyboard(clerk, page.strip.buttons["freeze"])
    clerk.qtbot.waitUntil(lambda: page.work.is_frozen and not page.is_reading and bool(page.model.keys), timeout=WAIT)
    found = find_round(ledger, MONTH)
    assert found is not None
    assert found.frozen_on == clerk.day
    assert page.bar.months.currentText() == "2024年11月（已冻结）"
    assert not page.table.is_typed_in(page.model.index(0, column(page, "text")))
    assert page.model.index(0, column(page, "suggested")).data() == "基本完成"

    # Print: without a printer the paper is saved.
    target = tmp_path / "月调度表.pdf"
    clerk.answers.replies |= {"which": "save", "save": target}
    press_by_keyboard(clerk, page.strip.buttons["papers"])
    papers = clerk.window.page
    assert isinstance(papers, PapersPage)
    clerk.qtbot.waitUntil(lambda: papers.preview.printed is not None and papers.preview.view.is_drawn, timeout=WAIT)
    clerk.qtbot.waitUntil(lambda: not clerk.window.session.runner.is_busy, timeout=WAIT)
    assert papers.chooser.kind is not None
    assert papers.chooser.kind.key == "monthly_dispatch"
    assert papers.chooser.options.lines["month"].text() == MONTH
    papers.commands()["print"]()
    assert target.read_bytes().startswith(b"%PDF")


def test_what_comes_after_the_freeze_is_told_in_the_grid_and_the_next_month(clerk: WindowClerk) -> None:
    page = open_month(clerk)
    in_dialog(clerk, lambda form: None)
    press_by_keyboard(clerk, page.strip.buttons["begin"])
    settled(clerk, page)
    clerk.answers.replies |= {"ask": True, "text": "各单位未报，先行冻结"}
    press_by_keyboard(clerk, page.strip.buttons["freeze"])
    clerk.qtbot.waitUntil(lambda: page.work.is_frozen and not page.is_reading and bool(page.model.keys), timeout=WAIT)
    assert any("没有报齐" in told for kind, told, _ in clerk.answers.asked if kind == "text")
    page.table.setCurrentIndex(page.model.index(0, column(page, "text")))
    in_dialog(clerk, lambda form: type_in(form.text, "补报：预案已修订"))
    press_by_keyboard(clerk, page.strip.buttons["late"])
    clerk.qtbot.waitUntil(lambda: not page.is_reading and bool(page.model.keys), timeout=WAIT)
    assert page.model.index(0, column(page, "flag")).data() == "冻结后补报"
    assert page.model.index(0, column(page, "text")).data() == ""
    clerk.throw_away()
    clerk.day = date(2024, 12, 20)
    clerk.open_window()
    page = open_month(clerk)
    assert page.model.index(0, column(page, "flag")).data() == "冻结后补报"
    assert "冻结后补报（2024年11月）：补报：预案已修订" in page.texts.boxes[1][1].toPlainText()
