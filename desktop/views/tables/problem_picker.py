"""Choosing one problem of many: type a number or words, pick from what is found."""

from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.operations.lists import Filter, Sort, list_problems, read_keys, read_lines_of
from desktop.operations.opened import Ledger
from desktop.rules.records import ProblemLine
from desktop.views.looks.icon_buttons import icon_button, mark_as_search
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel

OFFERED = 40
_WAIT_MS = 150
_COLUMNS: tuple[Column[ProblemLine], ...] = (Column("head", "问题", 20, lambda line: problem_words(line)),)


def problem_words(line: ProblemLine) -> str:
    """A problem in one line: 5　蒸湘区……."""
    return f"{line.number}　{line.head}"


class ProblemPicker(QWidget):
    """A line that searches the problems of a ledger; arrows up and down beside it go to the next one.

    Attributes: ``chosen`` the row id, empty for none. Signals: ``picked(str)`` when the clerk chose another.
    """

    picked = Signal(str)

    def __init__(self, ledger: Ledger, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._today = ledger, today
        self.chosen = ""
        self._words = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.offer)
        self.line = QLineEdit()
        self.line.setAccessibleName("问题")
        self.line.setPlaceholderText("序号、文字或单位")
        mark_as_search(self.line)
        self.line.textEdited.connect(lambda _: self._wait.start())
        self.line.installEventFilter(self)
        self.before, self.after = _arrow("上一个问题", "up"), _arrow("下一个问题", "down")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.model: ListModel[ProblemLine] = ListModel(_COLUMNS, self)
        self.completer = QCompleter(self.model, self)
        self.completer.setWidget(self.line)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(12)
        self.completer.popup().setAccessibleName("找到的问题")
        # The stubs do not know that a signal with two forms is chosen from by its argument.
        self.completer.activated[QModelIndex].connect(lambda index: self._take(index.row()))  # type: ignore[index]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        self.setFocusProxy(self.line)

    def choose(self, problem: str) -> None:
        """Show a problem by its row id without a signal; one that is gone leaves the line empty."""
        found = read_lines_of(self._ledger, (problem,)) if problem else ()
        self.chosen = problem if found else ""
        self._words = problem_words(found[0]) if found else ""
        self.line.setText(self._words)
        self.line.setCursorPosition(0)
        self.line.setToolTip(self._words)

    def offer(self) -> None:
        """Show what matches the words; all problems while the line still names the chosen one."""
        self._wait.stop()
        text = self.line.text().strip()
        words = "" if text == self._words.strip() else text
        self.model.set_rows(list_problems(self._ledger, Filter(text=words), Sort(), self._today, 0, OFFERED).lines)
        if self.model.rows:
            self.completer.complete()
        else:
            self.completer.popup().hide()

    def step(self, by: int) -> None:
        """The next problem of the ledger, or the one before; the first one when none is chosen."""
        keys = read_keys(self._ledger, Filter(), Sort(), self._today)
        at = keys.place(self.chosen) if self.chosen else -1
        to = at + by if at >= 0 else 0
        if 0 <= to < len(keys):
            self._pick(keys.ids(to, 1)[0])

    def _take(self, row: int) -> None:
        line = self.model.row_at(row)
        if line is not None:
            self._pick(line.id)

    def _pick(self, problem: str) -> None:
        is_other = problem != self.chosen
        self.choose(problem)
        if is_other:
            self.picked.emit(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow down opens the list, Enter takes its first line, leaving the line restores what was chosen."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.offer()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.line.text() != self._words:
                    self.offer()
                    self._take(0)
                self.completer.popup().hide()
                return True
        if event.type() == QEvent.Type.FocusOut and not self.completer.popup().isVisible():
            self.line.setText(self._words)
            self.line.setCursorPosition(0)
        return super().eventFilter(watched, event)


def _arrow(words: str, picture: str) -> QPushButton:
    button = icon_button("", picture)
    button.setObjectName("flat")
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button
