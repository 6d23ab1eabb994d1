"""What a field holds as a plain value that can be kept as JSON, and the way back."""

from collections.abc import Callable

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

_SIGNALS = ("textChanged", "toggled", "valueChanged", "dateChanged", "currentTextChanged", "changed")


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
    """Put a plain value back into a field; a value that no longer fits it is passed over."""
    if isinstance(widget, QLineEdit):
        widget.setText(_text(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(_text(value))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(value is True)
    elif isinstance(widget, QSpinBox):
        widget.setValue(value if isinstance(value, int) else widget.minimum())
    elif isinstance(widget, QDateEdit):
        widget.setDate(QDate.fromString(_text(value), "yyyy-MM-dd"))
    elif isinstance(widget, QComboBox):
        at = widget.findData(value)
        if at >= 0:
            widget.setCurrentIndex(at)
        elif widget.isEditable():
            widget.setEditText(_text(value))
    else:
        setter = getattr(widget, "set_value", None)
        if callable(setter):
            setter(value)


def on_change(widget: QWidget, slot: Callable[[], None]) -> None:
    """Connect whichever signal of a field tells that it was changed; fields of our own have ``changed``."""
    for name in _SIGNALS:
        signal = getattr(widget, name, None)
        if signal is not None:
            signal.connect(lambda *_: slot())
            return


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
