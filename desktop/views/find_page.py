"""查找: one line of words, and whatever holds them anywhere in the ledger, as they are typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.finding import Hit, find_everything, read_file_words
from desktop.rules.records import Changes
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import mark_as_search
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.runner import Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.marked_text import MARKS, MarkedText
from desktop.views.tables.row_model import Index, ListModel
from desktop.views.tables.table import TableView

WAIT_MS = 120
_PARTS = {
    "measure": "measures",
    "progress": "progress",
    "evidence": "evidence",
    "step": "steps",
    "paper": "papers",
    "chase": "chasing",
    "visit": "chasing",
}


@dataclass(frozen=True, slots=True)
class HitLine:
    """One line of the results."""

    hit: Hit


def _problem_words(hit: Hit) -> str:
    return "/" if hit.number is None else f"问题{hit.number}"


COLUMNS: tuple[Column[HitLine], ...] = (
    Column("kind", "类别", 5, lambda line: line.hit.words, sorts=False),
    Column("number", "问题", 5, lambda line: _problem_words(line.hit), sorts=False),
    Column("text", "内容", 40, lambda line: line.hit.text, stretch=True, sorts=False),
)


class HitModel(ListModel[HitLine]):
    """The results; the text says which of its stretches were asked for."""

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The marks beside what every table says."""
        if role == MARKS:
            line = self.row_at(index.row())
            return line.hit.marks if line and COLUMNS[index.column()].key == "text" else ()
        return super().data(index, role)


class FindPage(Page):
    """Attributes: ``words`` the line, ``table`` the results. ``Place.filter`` are words to look for at once."""

    key = PageKey.FIND

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = HitModel(COLUMNS, self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._look)
        title = QLabel("查找")
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.words = QLineEdit()
        self.words.setPlaceholderText(
            "问题、措施、进展、佐证材料及其中的文字、文号、单位（可用拼音首字母）；几个词用空格隔开"
        )
        self.words.setAccessibleName("查找全部内容")
        self.words.setClearButtonEnabled(True)
        mark_as_search(self.words)
        self.words.textChanged.connect(lambda _: self._wait.start())
        self.words.returnPressed.connect(self._go_to_table)
        self.table = TableView("find")
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(2, MarkedText(self.table))
        self.table.setAccessibleName("查找结果")
        self.table.opened.connect(self._open)
        self.table.told.connect(session.told)
        self.nothing = Empty("输入要找的词", "边输边找；回车到结果，再回车打开。")
        self.no_match = Empty("没有找到", "换一个词，或少输几个字。")
        self.stack = QStackedWidget()
        for part in (self.nothing, self.table, self.no_match):
            self.stack.addWidget(part)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addWidget(self.stack, 1)
        self.begin_at(self.words)

    def refresh(self) -> None:
        """Look again, and read the words of files that came since."""
        self._read_files()
        self._look()

    def concerns(self, changes: Changes) -> bool:
        """Everything that was written can be found."""
        return bool(changes.touched)

    def show_place(self, place: Place) -> None:
        """Look for the words of a place; the line has the keyboard."""
        if place.filter:
            self.words.setText(place.filter)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {"find": self._find}
        if self.table.currentIndex().isValid():
            found |= {"open": lambda: self._open(self.table.currentIndex()), "copy": self.table.copy}
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down goes from the line to the results."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self._go_to_table()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _look(self) -> None:
        self._wait.stop()
        words = self.words.text().strip()
        hits = find_everything(self.session.ledger, words) if words else ()
        self.model.set_rows([HitLine(hit) for hit in hits])
        self.count.setText(f"找到{len(hits)}处" if hits else "")
        self.stack.setCurrentWidget(self.table if hits else self.no_match if words else self.nothing)

    def _go_to_table(self) -> None:
        if self._wait.isActive():
            self._look()
        if self.model.rowCount():
            self.table.setFocus()
            self.table.choose_rows((), 0)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        if line is None:
            return
        hit = line.hit
        if hit.problem:
            self.go.emit(Place(PageKey.CASE, problem_id=hit.problem, part=_PARTS.get(hit.kind, "")))
        elif hit.kind in ("unit", "person"):
            name = hit.text.split(" ")[0]
            self.go.emit(Place(PageKey.UNITS, part="people" if hit.kind == "person" else "", filter=name))
        else:
            self.go.emit(Place(PageKey.LEDGER))

    def _read_files(self) -> None:
        """Words of PDF evidence are read once, in the background; the search works meanwhile without them."""
        ledger = self.session.ledger
        if not (self.session.can_write and self.session.runner.is_free):
            return

        def job(report: Report) -> int:
            return read_file_words(ledger, report)

        self.session.runner.start("读取佐证材料文字", job, lambda _: self._look(), lambda _: None, ledger)
