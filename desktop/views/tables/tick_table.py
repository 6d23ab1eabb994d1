"""The problems of a ledger with ticks: read a page at a time, ticked by mouse or space bar."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.operations.lists import Filter, ProblemKeys, Sort, read_keys, read_lines_of
from desktop.operations.opened import Ledger
from desktop.rules.line_words import line_state, state_tone
from desktop.rules.records import STATE_WORDS, ProblemLine
from desktop.rules.wording import NO_TEXT
from desktop.views.tables.columns import DISPLAY, Column
from desktop.views.tables.row_model import Index, LazyModel
from desktop.views.tables.table import TableView

CHECK = int(Qt.ItemDataRole.CheckStateRole)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TickModel(LazyModel[ProblemLine]):
    """The problems under a filter, each with a tick that outlives the filter. Signals: ``ticked``."""

    ticked = Signal()

    def __init__(self, ledger: Ledger, today: Callable[[], date], parent: QObject | None = None) -> None:
        columns: tuple[Column[ProblemLine], ...] = (
            Column("number", "序号", 5, lambda line: str(line.number), sorts=False),
            Column("head", "整改问题", 14, lambda line: line.head, stretch=True, sorts=False),
            Column("lead", "牵头单位", 8, lambda line: line.lead or NO_TEXT, sorts=False),
            Column(
                "state",
                "办理状态",
                6.5,
                lambda line: STATE_WORDS[line_state(line, today())],
                tone=lambda line: state_tone(line_state(line, today())),
                sorts=False,
            ),
        )
        super().__init__(columns, parent)
        self._ledger, self._today = ledger, today
        self.keys = ProblemKeys()
        self.chosen = Filter()
        self.ticks: set[str] = set()

    def fetch(self, start: int, limit: int) -> Sequence[ProblemLine]:
        """A page of lines."""
        return read_lines_of(self._ledger, self.keys.ids(start, limit))

    def show_only(self, chosen: Filter) -> None:
        """Show the lines under a filter."""
        self.chosen = chosen
        self.reset(self._read)

    def _read(self) -> int:
        self.keys = read_keys(self._ledger, self.chosen, Sort(), self._today())
        return len(self.keys)

    def ticked_problems(self) -> tuple[str, ...]:
        """The row ids of what is ticked, in the order of the ledger; those gone meanwhile are left out."""
        return tuple(row for row in read_keys(self._ledger, Filter(), Sort(), self._today()).ids() if row in self.ticks)

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Tick rows, or untick them."""
        for row in rows:
            ids = self.keys.ids(row, 1)
            (self.ticks.update if on else self.ticks.difference_update)(ids)
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0), [CHECK])
            self.ticked.emit()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """The tick in the first column; the rest as in every table."""
        if role == CHECK:
            if not index.isValid() or index.column():
                return None
            return _CHECKED if set(self.keys.ids(index.row(), 1)) <= self.ticks else _UNCHECKED
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = DISPLAY) -> bool:
        """A click on the tick."""
        if role != CHECK or not index.isValid() or index.column():
            return False
        self.tick([index.row()], Qt.CheckState(value) == _CHECKED)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and not index.column() else found


class TickTable(TableView):
    """The space bar ticks the selected rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space: untick when all selected are ticked, else tick."""
        model, rows = self.model(), self.chosen_rows()
        if event.key() == Qt.Key.Key_Space and isinstance(model, TickModel) and rows:
            all_ticked = all(model.index(row, 0).data(CHECK) == _CHECKED for row in rows)
            model.tick(rows, not all_ticked)
            return
        super().keyPressEvent(event)
