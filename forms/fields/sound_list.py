"""The list of a long choice: typed letters lead to the entry that begins with them, holds them, or sounds like them."""

from itertools import chain
from typing import Any

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QStyle, QStyledItemDelegate, QWidget

from desktop.rules.names import is_called

FROM = 12  # entries from which a choice is long


class _Lines(QStyledItemDelegate):
    """Lines marked as a whole, as in the list that a choice has by itself."""

    def initStyleOption(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.showDecorationSelected = True


class SoundList(QListView):
    """Letters typed one soon after the other count together; the same letter again goes to the next that fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._since = QElapsedTimer()
        self.setItemDelegate(_Lines(self))

    def keyboardSearch(self, search: str) -> None:
        """Go to the entry that is meant; without one the cursor stays."""
        is_soon = self._since.isValid() and self._since.elapsed() < QApplication.keyboardInputInterval()
        self._typed = self._typed + search if is_soon else search
        self._since.start()
        is_repeated = len(self._typed) > 1 and self._typed == search * len(self._typed)
        wanted = search if is_repeated else self._typed
        at = self.currentIndex().row()
        found = self._find(wanted, at + 1 if is_repeated or len(self._typed) == 1 else max(at, 0))
        if found.isValid():
            self.setCurrentIndex(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is chosen now is marked, also the first entry, which a list takes for current without marking it."""
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _find(self, wanted: str, start: int) -> QModelIndex:
        model, count = self.model(), self.model().rowCount()
        if not wanted.strip() or not count:
            return QModelIndex()
        rows = [model.index((start + step) % count, self.modelColumn()) for step in range(count)]
        texts = [(index, str(index.data() or "")) for index in rows if index.flags() & Qt.ItemFlag.ItemIsEnabled]
        # What begins so comes before what only holds it somewhere.
        firsts = (index for index, text in texts if is_called(wanted, text[: len(wanted)]))
        others = (index for index, text in texts if is_called(wanted, text))
        return next(chain(firsts, others), QModelIndex())


def search_by_sound(box: QComboBox) -> None:
    """Let letters typed into a choice find its entries by pinyin initials."""
    box.setView(SoundList(box))
