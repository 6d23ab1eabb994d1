"""What every entry form is: labelled fields, the fault in words beside its field, a state that survives a crash."""

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from forms.fields.files import FileList
from forms.fields.values import on_change, set_value, value_of
from forms.parts import Check, Field, make_label, no_fault, tab_stops
from forms.rows import Rows

__all__ = ["Check", "Field", "Form", "set_value", "value_of"]

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
WIDE = 40  # characters of Chinese that a form must be wide for two columns
HIGHEST = 520  # pixels; dialogs stay below 560 with their frame


class Form(QWidget):
    """Base of the forms.

    Signals: ``submitted(entry)`` with a frozen entry when every check passes; ``cancelled``; ``edited`` at every
    change, by which the view keeps ``state()`` for the next start; ``files_wanted(take)`` when the clerk wants to
    choose files: the view asks for them and calls ``take(paths)``. Attributes: ``key`` names the form's kind.
    """

    key = "form"
    submitted = Signal(object)
    cancelled = Signal()
    edited = Signal()
    files_wanted = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None, submit_words: str = "保存") -> None:
        super().__init__(parent)
        self.title = title
        self.fields: dict[str, Field] = {}
        self._is_built = False
        self._was_shown = False
        self._first: QWidget | None = None
        self.rows = Rows()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setObjectName("body")
        self._scroll.setWidget(self.rows)
        self.heading = make_label("title", title)
        self.subject = make_label("hint")
        self.verdict = make_label("fault")
        self.remark = make_label("hint")
        self.submit_button = QPushButton(submit_words)
        self.submit_button.setObjectName("primary")
        self.submit_button.setToolTip("Ctrl+S")
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self.submit)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.setToolTip("Esc")
        # Outside a dialog Enter would pass a focused button by and save the form.
        self.cancel_button.setAutoDefault(True)
        self.cancel_button.clicked.connect(self.cancelled)
        self._lay_out()
        self.setAcceptDrops(True)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What a form of its own writes

    def draft(self) -> object:
        """The frozen entry of what is filled in; only called when every check passes."""
        raise NotImplementedError

    def set_subject(self, words: str) -> None:
        """Say below the title what the form is about, in grey."""
        self.subject.setText(words)
        self.subject.setVisible(bool(words))

    def add(
        self,
        name: str,
        words: str,
        widget: AnyWidget,
        check: Check | None = None,
        hint: str = "",
        *,
        half: bool = False,
        note_first: bool = False,
    ) -> AnyWidget:
        """Add a field under its label; ``check`` gives the fault in words, or an empty text.

        Without a check the widget's own ``fault()`` speaks. ``half`` fields share a line; with ``note_first`` the
        remark stands above the field.
        """
        fault, note, cell = make_label("fault"), make_label("hint", hint), QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (note, widget, fault) if note_first else (widget, note, fault):
            column.addWidget(part)
        if isinstance(widget, QCheckBox):
            widget.setMinimumHeight(QLineEdit().sizeHint().height())
        widget.setObjectName(name)
        widget.setAccessibleName(words)
        typed = widget.focusProxy()
        if typed is not None:
            typed.setAccessibleName(words)
        label = self.rows.add(words, cell, half=half)
        if label is not None:
            label.setBuddy(widget)
        own = getattr(widget, "fault", None)
        self.fields[name] = Field(name, words, widget, fault, check or own or no_fault, note, label, cell)
        if isinstance(widget, FileList):
            widget.files_wanted.connect(self.files_wanted)
        on_change(widget, self._edited)
        return widget

    def require(self, name: str, words: str) -> Check:
        """A check that a text field is not empty."""
        return lambda: "" if value_of(self.fields[name].widget) else f"请填写{words}"

    def begin(self) -> None:
        """Put the Tab key in order and bring everything up to date, once the fields are there.

        Forms with ``live`` call it at the end of building; for others showing or restoring does.
        """
        self.rows.set_wide(self.width() >= self._wide_from())
        chain = [part for cell in self.rows.cells() for part in tab_stops(cell)]
        self._first = self._first or next(iter(chain), None)
        chain += [self.submit_button, self.cancel_button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self._is_built = True
        self.live()

    def begin_at(self, widget: QWidget) -> None:
        """Let the clerk begin at this field instead of the first one."""
        self._first = widget

    def focus_first(self) -> None:
        """Put the focus where the clerk begins."""
        if self._first is not None:
            self._first.setFocus()

    def live(self) -> None:
        """Bring what depends on the fields up to date; called after every change. Forms override it."""

    # Faults

    def faults(self) -> dict[str, str]:
        """The fault of each field that has one, shown beside it; a field that is not shown has none."""
        found = {}
        for field in self.fields.values():
            sentence = "" if field.cell.isHidden() else field.check()
            self.show_fault(field.name, sentence)
            if sentence:
                found[field.name] = sentence
        return found

    def show_fault(self, name: str, sentence: str) -> None:
        """Show a sentence beside a field, or take it away when it is empty."""
        field = self.fields[name]
        field.fault.setText(sentence)
        field.fault.setVisible(bool(sentence))
        (field.widget.focusProxy() or field.widget).setAccessibleDescription(sentence)

    def show_note(self, name: str, sentence: str) -> None:
        """Say something in grey beside a field that forbids nothing; empty takes it away."""
        note = self.fields[name].note
        note.setText(sentence)
        note.setVisible(bool(sentence))

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        field = self.fields[name]
        field.cell.setVisible(shown)
        if field.label is not None:
            field.label.setVisible(shown)

    def show_refusal(self, sentence: str) -> None:
        """Say above the buttons why this cannot be saved at all, and keep it from being saved; empty allows it."""
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))
        self.submit_button.setEnabled(not sentence)

    def show_remark(self, sentence: str) -> None:
        """Say something above the buttons that forbids nothing; empty takes it away."""
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def submit(self) -> None:
        """Emit the entry when everything is in order, else go to the first fault."""
        if not self.submit_button.isEnabled():
            return
        found = self.faults()
        if found:
            field = self.fields[next(iter(found))]
            field.widget.setFocus()
            # The sentence of the fault has its place only after the rows were laid out again.
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(field.cell))
            return
        self.submitted.emit(self.draft())

    # What survives a crash

    def state(self) -> dict[str, object]:
        """What is filled in, as plain values that can be kept as JSON."""
        return {name: value_of(field.widget) for name, field in self.fields.items()}

    def restore(self, state: dict[str, object]) -> None:
        """Fill in what was kept; fields that no longer exist are passed over."""
        for name, value in state.items():
            if name in self.fields:
                set_value(self.fields[name].widget, value)
        if self._is_built:
            self.live()
        else:
            self.begin()

    def forget_pasted(self) -> None:
        """Remove the pictures pasted into this form; for the view, once they are stored or thrown away."""
        for files in self._file_lists():
            files.forget_pasted()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc cancels, a picture pasted outside a text goes to the files."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._file_lists():
            self._file_lists()[0].paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere on a form that has a place for them."""
        if event.mimeData().hasUrls() and self._file_lists():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put dropped files into the form's file list."""
        self._file_lists()[0].take_mime(event.mimeData())
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """A form that has not begun begins now."""
        super().showEvent(event)
        if not self._is_built:
            self.begin()
        if not self._was_shown:
            self._was_shown = True
            self.focus_first()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A form itself has nothing to write into."""
        super().focusInEvent(event)
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        self.rows.set_wide(self.width() >= self._wide_from())

    def sizeHint(self) -> QSize:
        """Wide enough for two columns, high as the content up to the highest dialog."""
        rows = self.rows.sizeHint()
        around = self._frame.sizeHint().height() - self._scroll.sizeHint().height()
        width = max(self._wide_from() + 24, min(900, rows.width() + 24))
        return QSize(width, min(HIGHEST, rows.height() + around + 4))

    def cut_off(self) -> int:
        """How many pixels of the fields only the scroll bar leads to."""
        return self._scroll.verticalScrollBar().maximum()

    def _wide_from(self) -> int:
        return WIDE * self.fontMetrics().horizontalAdvance("汉")

    def _file_lists(self) -> list[FileList]:
        return [field.widget for field in self.fields.values() if isinstance(field.widget, FileList)]

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.subject)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(self.verdict)
        foot.addWidget(self.remark)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.submit_button)
        foot.addLayout(buttons)
        self._frame = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)

    def _edited(self) -> None:
        if not self._is_built:
            return
        for field in self.fields.values():
            if field.fault.text() and not field.check():
                self.show_fault(field.name, "")
        self.live()
        self.edited.emit()
