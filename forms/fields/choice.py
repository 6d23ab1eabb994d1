"""A choice from a list."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTableWidget, QWidget

from forms.fields.sound_list import FROM, search_by_sound


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
        if self.count() >= FROM:
            search_by_sound(self)
        # Long words end in an ellipsis on a narrow form.
        self.currentTextChanged.connect(self.setToolTip)
        self.choose(chosen)
        self.setToolTip(self.currentText())

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


def choice_in(table: QTableWidget, row: int, column: int) -> Choice | None:
    """The choice in a cell of a table, if one was put there."""
    cell = table.cellWidget(row, column)
    return cell.findChild(Choice) if cell is not None else None


def put_choice(
    table: QTableWidget,
    row: int,
    column: int,
    entries: Iterable[tuple[object, str]],
    chosen: str,
    tell: Callable[[int, str], None],
) -> Choice:
    """Show a choice in a cell, using the one that is there already; ``tell`` hears the row and what was chosen."""
    choice = choice_in(table, row, column)
    if choice is None:
        choice = Choice(entries)
        cell = QWidget()
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.addWidget(choice)
        table.setCellWidget(row, column, cell)
        choice.currentIndexChanged.connect(lambda _, made=choice: tell(row, made.chosen()))
    choice.blockSignals(True)
    choice.choose(chosen)
    choice.blockSignals(False)
    return choice


def tab_through(table: QTableWidget, column: int, after: QWidget) -> None:
    """Let the Tab key pass from a table through the choices of a column to what follows the table."""
    found = [choice_in(table, row, column) for row in range(table.rowCount())]
    chain: Sequence[QWidget] = [table, *(choice for choice in found if choice is not None), after]
    for one, next_one in pairwise(chain):
        QWidget.setTabOrder(one, next_one)
