"""What the sides of a round share: a list over the month's state, a title, a way back to the grid."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.month.work import MonthState
from desktop.rules.wording import month_in_text
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.looks.empty import Empty
from desktop.views.pane import Pane
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel, Row
from desktop.views.tables.table import TableView


class RoundSide(Pane, Generic[Row]):
    """One side of a round.

    Attributes: ``model``, ``table``, ``buttons`` by key. Signals: ``left`` when the clerk goes back to the grid,
    ``go(Place)``. Subclasses say which rows a state has, and add their buttons.
    """

    left = Signal()
    go = Signal(object)
    title_words = ""
    nothing_words = ("", "")

    def __init__(
        self, work: RoundWork, name: str, columns: Sequence[Column[Row]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.work, self.session = work, work.session
        self.model: ListModel[Row] = ListModel(columns, self)
        self.table = TableView(name, self.session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.title_words)
        self.table.told.connect(self.session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.allow())
        self.title, self.hint = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._lay_out()
        work.changed.connect(self._show_state)

    def _lay_out(self) -> None:
        back = QPushButton("回到调度")
        back.setToolTip("Esc")
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(back)
        self.nothing = Empty(*self.nothing_words, ())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addWidget(self.stack, 1)
        layout.addLayout(self._foot)
        self.begin_at(self.table)

    def add_button(self, key: str, words: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
        """A button below the list, from left to right; ``add_room`` moves the next ones to the right."""
        button = QPushButton(words)
        if primary:
            button.setObjectName("primary")
        button.clicked.connect(lambda _=False: act())
        self.buttons[key] = button
        self._foot.addWidget(button)
        return button

    def add_room(self) -> None:
        """The next buttons stand at the right end."""
        self._foot.addStretch(1)

    def rows_of(self, state: MonthState) -> Sequence[Row]:
        """The rows of a state."""
        raise NotImplementedError

    def hint_of(self, state: MonthState) -> str:
        """What stands above the list."""
        raise NotImplementedError

    def allow(self) -> None:
        """Enable the buttons that have something to act on."""

    def chosen(self) -> list[Row]:
        """The selected rows."""
        found = (self.model.row_at(at) for at in self.table.chosen_rows())
        return [row for row in found if row is not None]

    def show_again(self) -> None:
        """Show the state as it is now."""
        self._show_state()
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.choose_rows((0,), 0)
        self.setFocus()

    def _show_state(self) -> None:
        month, state = self.work.month, self.work.state
        self.title.setText(f"{self.title_words}　{month_in_text(month) if month else ''}")
        if state is None:
            self.allow()
            return
        here = self.table.currentIndex().row()
        rows = self.rows_of(state)
        self.model.set_rows(rows)
        if rows and here >= 0:
            self.table.choose_rows((), min(here, len(rows) - 1))
        self.hint.setText(self.hint_of(state))
        self.stack.setCurrentWidget(self.table if rows else self.nothing)
        self.allow()

    @property
    def can_write(self) -> bool:
        """True while the month can be changed."""
        return self.work.is_open and self.work.state is not None and self.session.can_write
