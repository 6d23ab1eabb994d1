"""What every entry form is: labelled fields, the fault in words beside its field, a state that survives a crash."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

Check = Callable[[], str]


@dataclass(slots=True)
class Field:
    """One field: its widget, the label that names its fault, the check that gives a sentence or an empty text."""

    name: str
    words: str
    widget: QWidget
    fault: QLabel
    check: Check


class Form(QWidget):
    """Base of the forms.

    Signals: ``submitted(draft)`` with a frozen draft when every check passes; ``cancelled``; ``edited`` at every
    change, by which the view keeps ``state()`` for the next start. Attributes: ``key`` names the form's kind.
    """

    key = "form"
    submitted = Signal(object)
    cancelled = Signal()
    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, submit_words: str = "保存") -> None:
        super().__init__(parent)
        self.title = title
        self.fields: dict[str, Field] = {}
        self.rows = QFormLayout()
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        body = QWidget()
        body.setLayout(self.rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(body)
        self.submit_button = QPushButton(submit_words)
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self.submit)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.submit_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)
        QShortcut(QKeySequence("Ctrl+S"), self, self.submit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def draft(self) -> object:
        """The frozen draft of what is filled in; only called when every check passes."""
        raise NotImplementedError

    def add(self, name: str, words: str, widget: QWidget, check: Check | None = None, hint: str = "") -> QWidget:
        """Add a field under its label; ``check`` gives the fault in words, or an empty text."""
        fault = QLabel()
        fault.setObjectName("fault")
        fault.setWordWrap(True)
        fault.hide()
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(widget)
        if hint:
            note = QLabel(hint)
            note.setObjectName("hint")
            note.setWordWrap(True)
            cell.addWidget(note)
        cell.addWidget(fault)
        label = QLabel(words)
        label.setBuddy(widget)
        widget.setObjectName(name)
        widget.setAccessibleName(words)
        self.rows.addRow(label, cell)
        self.fields[name] = Field(name, words, widget, fault, check or (lambda: ""))
        _on_change(widget, self._edited)
        return widget

    def require(self, name: str, words: str) -> Check:
        """A check that a text field is not empty."""
        return lambda: "" if value_of(self.fields[name].widget) else f"请填写{words}"

    def faults(self) -> dict[str, str]:
        """The fault of each field that has one, shown beside it."""
        found = {}
        for field in self.fields.values():
            sentence = field.check()
            self.show_fault(field.name, sentence)
            if sentence:
                found[field.name] = sentence
        return found

    def show_fault(self, name: str, sentence: str) -> None:
        """Show a sentence beside a field, or take it away when it is empty."""
        fault = self.fields[name].fault
        fault.setText(sentence)
        fault.setVisible(bool(sentence))

    def submit(self) -> None:
        """Emit the draft when everything is in order, else go to the first fault."""
        found = self.faults()
        if found:
            self.fields[next(iter(found))].widget.setFocus()
            return
        self.submitted.emit(self.draft())

    def state(self) -> dict[str, object]:
        """What is filled in, as plain values that can be kept as JSON."""
        return {name: value_of(field.widget) for name, field in self.fields.items()}

    def restore(self, state: dict[str, object]) -> None:
        """Fill in what was kept; fields that no longer exist are passed over."""
        for name, value in state.items():
            if name in self.fields:
                set_value(self.fields[name].widget, value)

    def _edited(self) -> None:
        for field in self.fields.values():
            if field.fault.isVisible() and not field.check():
                self.show_fault(field.name, "")
        self.edited.emit()


def value_of(widget: QWidget) -> object:
    """What a field holds, as a plain value: text, number, flag, ISO date, or the data of a chosen entry."""
    if isinstance(widget, QLineEdit):
        return widget.text().strip()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QSpinBox):
        return widget.value()
    if isinstance(widget, QDateEdit):
        return widget.date().toString("yyyy-MM-dd")
    if isinstance(widget, QComboBox):
        return widget.currentData() if widget.currentData() is not None else widget.currentText().strip()
    getter = getattr(widget, "value", None)
    return getter() if callable(getter) else None


def set_value(widget: QWidget, value: object) -> None:
    """Put a plain value back into a field."""
    if isinstance(widget, QLineEdit):
        widget.setText(str(value or ""))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value or ""))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QSpinBox):
        widget.setValue(int(str(value or 0)))
    elif isinstance(widget, QDateEdit):
        widget.setDate(QDate.fromString(str(value), "yyyy-MM-dd"))
    elif isinstance(widget, QComboBox):
        at = widget.findData(value)
        if at >= 0:
            widget.setCurrentIndex(at)
        elif widget.isEditable():
            widget.setEditText(str(value or ""))
    else:
        setter = getattr(widget, "set_value", None)
        if callable(setter):
            setter(value)


def _on_change(widget: QWidget, slot: Callable[[], None]) -> None:
    """Connect whichever signal of a field tells that it was changed; fields of our own have ``changed``."""
    for name in ("textChanged", "toggled", "valueChanged", "dateChanged", "currentTextChanged", "changed"):
        signal = getattr(widget, name, None)
        if signal is not None:
            signal.connect(lambda *_: slot())
            return
