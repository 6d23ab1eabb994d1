"""A table whose first column has a tick that the clerk sets."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.views.tables.columns import DISPLAY, Column
from desktop.views.tables.row_model import ListModel, Row

Index = QModelIndex | QPersistentModelIndex
CHECK = int(Qt.ItemDataRole.CheckStateRole)


class TickModel(ListModel[Row]):
    """Rows with a tick. ``is_ticked(row)`` says how it stands; ``tick(row, on)`` is called when the clerk sets it.

    ``may_tick(row)``: False shows the tick grey.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        is_ticked: Callable[[Row], bool],
        tick: Callable[[Row, bool], None],
        may_tick: Callable[[Row], bool] = lambda row: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._is_ticked, self._tick, self._may_tick = is_ticked, tick, may_tick

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """The tick of the first column, else what all tables show."""
        if role == CHECK:
            row = self.row_at(index.row()) if index.isValid() and index.column() == 0 else None
            if row is None:
                return None
            return Qt.CheckState.Checked if self._is_ticked(row) else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = 2) -> bool:
        """Set or take away a tick."""
        row = self.row_at(index.row()) if index.isValid() else None
        if role != CHECK or index.column() != 0 or row is None or not self._may_tick(row):
            return False
        self._tick(row, Qt.CheckState(value) == Qt.CheckState.Checked)
        self.renew(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen; the first column can be ticked."""
        found = super().flags(index)
        row = self.row_at(index.row()) if index.isValid() and index.column() == 0 else None
        return found | Qt.ItemFlag.ItemIsUserCheckable if row is not None and self._may_tick(row) else found

    def renew(self, first: int = 0, last: int | None = None) -> None:
        """What some rows say has changed."""
        end = first if last is None else last
        if first < len(self.rows):
            self.dataChanged.emit(self.index(first, 0), self.index(min(end, len(self.rows) - 1), len(self.columns) - 1))

    def renew_all(self) -> None:
        """What any row says may have changed."""
        self.renew(0, len(self.rows) - 1)
