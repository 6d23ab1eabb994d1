"""A choice from a list."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """A choice from pairs of a plain value and its words; turning the wheel over it scrolls the form instead."""

    def __init__(
        self, entries: Iterable[tuple[object, str]], chosen: object = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        longest = 0
        for value, words in entries:
            self.addItem(words, value)
            longest = max(longest, len(words))
        # A Chinese character is about two of the letters the length is counted in.
        self.setMinimumContentsLength(min(2 * longest, 16))
        self.choose(chosen)

    def choose(self, value: object) -> None:
        """Choose the entry with this value, if there is one."""
        at = self.findData(value) if value is not None else -1
        if at >= 0:
            self.setCurrentIndex(at)

    def chosen(self) -> str:
        """The value of the chosen entry as text."""
        data = self.currentData()
        return "" if data is None else str(data)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form around."""
        event.ignore()


def tab_through(before: QWidget, cells: Sequence[QWidget | None], after: QWidget) -> None:
    """Let the Tab key pass from a table through the choices in its cells to what follows the table."""
    choices = [part for cell in cells if cell is not None for part in _choices(cell)]
    for one, next_one in pairwise([before, *choices, after]):
        QWidget.setTabOrder(one, next_one)


def _choices(cell: QWidget) -> list[QComboBox]:
    return [cell] if isinstance(cell, QComboBox) else cell.findChildren(QComboBox)
