"""What the base of the forms is put together from: a field's record, labels of the theme, stops of the Tab key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

Check = Callable[[], str]


@dataclass(slots=True)
class Field:
    """One field: its widget, the label that names its fault, the check that gives a sentence or an empty text.

    ``note`` is the grey remark, ``label`` what stands before the field, ``cell`` all that stands behind the label.
    """

    name: str
    words: str
    widget: QWidget
    fault: QLabel
    check: Check
    note: QLabel
    label: QLabel | None
    cell: QWidget


def make_label(kind: str, words: str = "") -> QLabel:
    """A label of the theme, hidden while it has nothing to say."""
    label = QLabel(words)
    label.setObjectName(kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # Showing a label that has no parent yet would open it as a window.
    if not words:
        label.hide()
    return label


def tab_stops(cell: QWidget) -> list[QWidget]:
    """The parts of a cell where the Tab key stops, as they were made."""
    return [
        part
        for part in [cell, *cell.findChildren(QWidget)]
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None and part.window() is cell.window()
    ]


def no_fault() -> str:
    """The check of a field that takes anything."""
    return ""
