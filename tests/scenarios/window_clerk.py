"""A clerk at the window: real widgets only, Chinese from the input method, no command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop import paths
from desktop.operations.ledgers import new_ledger, open_to_work
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.case.page import CasePage
from desktop.views.entries.dialog import EntryDialog
from desktop.views.ledger.page import LedgerPage
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.main_window import MainWindow
from desktop.views.navigation import Navigation
from desktop.views.page import Page
from desktop.views.place import PageKey, page_shortcut
from desktop.views.program import build_window
from forms.base import Form
from forms.fields.choice import Choice
from forms.fields.files import FileList
from forms.fields.reasons import ReasonPicker
from forms.fields.standards import StandardsField
from forms.fields.units import UnitPicker
from tests.views.conftest import Answers

PLAN = paths.resource("sample", "founding-plan.txt")
OFFICE = "蒸湘区整改工作专班办公室"
WAIT = 30_000


def type_in(widget: QWidget, words: str) -> None:
    """Replace what stands in a text field, as an input method does it."""
    target = widget.focusProxy() or widget
    assert isinstance(target, (QLineEdit, QPlainTextEdit))
    assert target.isEnabled()
    assert target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    target.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(target, event)


def press(button: QWidget) -> None:
    """Click a button that can be clicked."""
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press_words(widget: QWidget, words: str) -> None:
    """Click the button in sight that carries these words."""
    press(next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible()))


@dataclass
class WindowClerk:
    """Works in one window at a time. ``day`` is today; ``answers`` what is replied to questions of the program."""

    qtbot: Any
    answers: Answers
    folder: Path
    settings: Settings
    day: date = date(2024, 7, 5)
    windows: list[MainWindow] = field(default_factory=list)

    # Windows

    def make_ledger(self) -> None:
        """A ledger with the founding plan, closed again."""
        with new_ledger(self.folder, OFFICE, self.day, person="李明") as made:
            import_plan(made, read_plan_file(PLAN), self.day, "李明")

    def open_window(self, person: str = "李明") -> MainWindow:
        """A further window on the ledger, in front."""
        window = build_window(open_to_work(self.folder), person, lambda: self.day, self.settings)
        self.windows.append(window)
        window.show()
        window.activateWindow()
        return window

    @property
    def window(self) -> MainWindow:
        """The window in which the clerk works."""
        return self.windows[-1]

    def throw_away(self) -> None:
        """The window ends as when the program dies: nobody is asked, nothing more is kept."""
        window = self.windows.pop()
        window.close_at_once()
        window.deleteLater()
        if self.windows:
            self.window.activateWindow()

    def end(self) -> None:
        """Every window goes."""
        while self.windows:
            self.throw_away()

    # Pages

    def turn_to(self, key: PageKey) -> Page:
        """Open a page of the navigation by its shortcut."""
        navigation = self.window.findChild(Navigation)
        assert navigation is not None
        wanted = QKeySequence(page_shortcut(key, navigation.keys.index(key) + 1))[0]
        self.qtbot.waitUntil(self._in_front, timeout=WAIT)
        QTest.keyClick(self.window, wanted.key(), wanted.keyboardModifiers())
        self.qtbot.waitUntil(lambda: self.window.page is not None and self.window.page.key == key, timeout=WAIT)
        assert self.window.page is not None
        return self.window.page

    def _in_front(self) -> bool:
        """Asked again and again: a window that is just going may take the front once more."""
        self.window.activateWindow()
        return self.window.isActiveWindow()

    def open_problem(self, row: int = 0) -> CasePage:
        """Open a line of 台账 with Enter."""
        page = self.turn_to(PageKey.LEDGER)
        assert isinstance(page, LedgerPage)
        self.qtbot.waitUntil(lambda: page.model.rowCount() > row, timeout=WAIT)
        page.table.choose_rows((), row)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        case = self.window.page
        assert isinstance(case, CasePage)
        assert case.case is not None
        return case

    # Forms

    def fill(self, opener: QWidget | Callable[[], object], *, end: str = "submit", **values: object) -> str:
        """Press what opens a form, fill the form in, and save it (or ``cancel``); the refusal inside it, if any."""
        told: list[str] = []

        def work(title: str, name: str) -> bool:
            dialog = dialog_named(name)
            dialog.show()
            for key, value in values.items():
                self.put(dialog.form, key, value)
            if end == "submit" and dialog.form.submit_button.isEnabled():
                press(dialog.form.submit_button)
            told.append(fault_of(dialog))
            saved = dialog.result() == QDialog.DialogCode.Accepted
            if not saved:
                dialog.reject()
            return saved

        self.answers.replies["dialog"] = work
        opener() if callable(opener) else press(opener)
        assert len(told) == 1, "the form did not open"
        return told[0]

    def give_back(self, page: CasePage, demands: str, reason: str) -> None:
        """Register a return from the menu 更多."""
        assert self.fill(self.more(page, "登记退回…"), text=demands, reasons=reason) == ""

    def more(self, page: CasePage, words: str) -> Callable[[], None]:
        """An entry of the menu 更多 that can be chosen."""
        menu = page.bar.more_button.menu()
        menu.aboutToShow.emit()
        entry = next(action for action in menu.actions() if action.text() == words)
        assert entry.isEnabled(), words
        return entry.trigger

    def put(self, form: Form, key: str, value: object) -> None:
        """Put a value into a field, by the means of its kind."""
        widget = form.fields[key].widget
        if isinstance(widget, FileList):
            self.answers.replies["files"] = value
            press(widget.choose_button)
        elif isinstance(widget, Choice):
            at = widget.findData(value)
            assert at >= 0, (key, value)
            widget.setCurrentIndex(at)
        elif isinstance(widget, ReasonPicker):
            type_in(widget.other, str(value))
        elif isinstance(widget, StandardsField):
            self.answer(widget, value)
        elif isinstance(widget, UnitPicker):
            assert isinstance(value, dict)
            for sound, role in value.items():
                self.add_unit(widget, sound, role)
        elif isinstance(widget, QCheckBox):
            if widget.isChecked() != value:
                widget.click()
        else:
            type_in(widget, str(value))

    def answer(self, field: StandardsField, value: object) -> None:
        """Answer every question with a word, or some by their words with answer and remark; the others with 是."""
        said = value if isinstance(value, dict) else {}
        for row in field.rows:
            answer, remark = said.get(row.question.words, (value if isinstance(value, str) else "是", ""))
            row.buttons[answer].click()
            if remark:
                type_in(row.remark, remark)

    def add_unit(self, picker: UnitPicker, sound: str, role: str) -> None:
        """Choose a role, type the initials of a unit, and take the only one that sounds so with Enter."""
        if picker.roles:
            picker.role.setCurrentIndex(picker.role.findData(role))
        before = picker.chosen()
        picker.line.setFocus()
        QTest.keyClicks(picker.line, sound)
        picker.line.completer().popup().hide()
        QTest.keyClick(picker.line, Qt.Key.Key_Return)
        assert len(picker.chosen()) == len(before) + 1, picker.told.text()

    def file(self, name: str) -> list[Path]:
        """A small file of the clerk's."""
        path = self.folder.parent / "材料" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"材料：{name}", encoding="utf-8")
        return [path]


def fault_of(dialog: EntryDialog) -> str:
    """Every refusal that a dialog shows: its own, the form's, and those beside fields."""
    form = dialog.form
    lines = [dialog.fault.text(), form.verdict.text(), *(f.fault.text() for f in form.fields.values())]
    return "\n".join(line for line in lines if line)


def dialog_named(name: str) -> EntryDialog:
    """The dialog that was opened just now; those of before wait for their deletion."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, EntryDialog) and w.objectName() == name]
    fresh = [dialog for dialog in found if not dialog.property("was_used")]
    assert len(fresh) == 1
    fresh[0].setProperty("was_used", True)
    return fresh[0]


@contextmanager
def at_work(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    """A clerk without a ledger, at a program that looks as it does on the desk."""
    assert load_fonts(qapp)
    speak_chinese(qapp)
    apply_theme(qapp)
    monkeypatch.setattr(paths, "settings_dir", lambda: tmp_path / "settings")
    given = Answers()
    questions.answer = given
    for left_over in QApplication.topLevelWidgets():
        left_over.setProperty("was_used", True)
    clerk = WindowClerk(qtbot, given, tmp_path / "台账", Settings(tmp_path / "settings.json"))
    try:
        yield clerk
    finally:
        clerk.end()
        questions.answer = None
