"""待办: what waits this morning, group by group; each line opens its place."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.lists import ProblemKeys
from desktop.operations.profile import region_of
from desktop.operations.today import line_todos, read_waiting, reading_order
from desktop.rules.figures import count_figures
from desktop.rules.records import Changes
from desktop.rules.region import Region
from desktop.rules.sentences import overall_sentence
from desktop.rules.standing import Standing
from desktop.rules.todo import LINE_KINDS, TODO_WORDS, Todo, TodoGroup, TodoKind, in_order, tone_of
from desktop.rules.wording import NO_TEXT, date_in_table, date_in_text
from desktop.views.looks.empty import Empty, no_problems
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.page import PAINTED_MS, Page
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.group_list import GroupDelegate, group_item
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import Layouts, TableView

PART = 10
SHOWN_EVERY = 20
# Groups whose problems the 台账 can list in full.
_STATES = {
    TodoKind.OVERDUE: "overdue",
    TodoKind.DUE_7: "due_7",
    TodoKind.DUE_15: "due_15",
    TodoKind.DUE_30: "due_30",
    TodoKind.NOTICE_OVER: "notice_ended",
    TodoKind.RETURNED: "returned",
    TodoKind.UNREPORTED: "unreported",
    TodoKind.CHASE_LATE: "chase_late",
}

TODO_COLUMNS: tuple[Column[Todo], ...] = (
    Column("kind", "类别", 7.8, lambda item: TODO_WORDS[item.kind], tone=lambda item: tone_of(item.kind), sorts=False),
    Column("sentence", "事项", 20, lambda item: item.sentence, stretch=True, sorts=False),
    Column("day", "日期", 5.5, lambda item: date_in_table(item.day) if item.day else NO_TEXT, sorts=False),
    Column("lead", "牵头单位", 7, lambda item: item.lead or NO_TEXT, sorts=False),
    Column("head", "整改问题", 10, lambda item: item.head, stretch=True, sorts=False),
)


class TodoPage(Page):
    """The morning's list.

    A large ledger is read in small parts between two events: first the groups that a line tells, then case by case
    the earliest deadlines first, then the figures.
    """

    key = PageKey.WAITING

    def __init__(self, session: Session, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.groups: dict[TodoKind, TodoGroup] = {}
        self._of_cases: defaultdict[TodoKind, list[Todo]] = defaultdict(list)
        self._standings: list[Standing] = []
        self._order = ProblemKeys()
        self._has_order = False
        self._region: Region | None = None
        self._read = 0
        self._kinds_left: list[TodoKind] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: read_safely(session, self._read_part, self._timer))
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setAccessibleName("总体情况")
        self.copy_button = icon_button("复制这句话", "copy")
        self.copy_button.clicked.connect(self.copy_sentence)
        self.state = QLabel()
        self.state.setObjectName("hint")
        self.list = QListWidget()
        self.list.setAccessibleName("待办类别")
        self.list.setItemDelegate(GroupDelegate(self.list))
        self.list.currentRowChanged.connect(self._show_rows)
        self.model: ListModel[Todo] = ListModel(TODO_COLUMNS, self)
        self.table = TableView("todo", session.settings.tables() if layouts is None else layouts)
        self.table.setAccessibleName("待办事项")
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.table.told.connect(session.told)
        self.more = QPushButton()
        self.more.setObjectName("flat")
        self.more.clicked.connect(self._open_in_ledger)
        self._lay_out()

    def _lay_out(self) -> None:
        title, self.day = QLabel("待办"), QLabel()
        title.setObjectName("title")
        self.day.setObjectName("hint")
        head = QHBoxLayout()
        for part in (title, self.day, self.state):
            head.addWidget(part)
        head.addStretch(1)
        again = icon_button("刷新", "refresh")
        again.setToolTip("F5")
        again.clicked.connect(self.refresh)
        head.addWidget(again)
        card = QFrame()
        card.setObjectName("card")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(12, 8, 8, 8)
        inside.addWidget(self.sentence, 1)
        inside.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.table, 1)
        right.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        body = QWidget()
        middle = QHBoxLayout(body)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.list, 0)
        middle.addLayout(right, 1)
        self.stack = QStackedWidget()
        self.nothing = Empty("今天没有待办事项", "到期、逾期、公示期满、缺材料和未报进展的问题会列在这里。")
        self.unused = no_problems(self.go)
        for widget in (body, self.nothing, self.unused):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(card)
        layout.addWidget(self.stack, 1)
        self.card = card
        self.begin_at(self.table)
        for before, after in pairwise((self.list, self.table, self.more, self.copy_button, again)):
            self.setTabOrder(before, after)

    # Reading

    def refresh(self) -> None:
        """Read everything again, in parts."""
        today = self.session.today()
        self.day.setText(date_in_text(today))
        self.groups = {}
        self._of_cases = defaultdict(list)
        self._standings, self._read = [], 0
        self._order = ProblemKeys()
        self._has_order = False
        self._region = region_of(self.session.ledger)
        self._kinds_left = list(LINE_KINDS)
        self.state.setText("正在读取…")
        self._timer.start(PAINTED_MS)

    @property
    def is_reading(self) -> bool:
        """True until everything is read."""
        return self._timer.isActive()

    def concerns(self, changes: Changes) -> bool:
        """Whatever was written may change what waits."""
        return bool(changes.touched)

    def _read_part(self) -> None:
        """One small part of the reading, far below a tenth of a second."""
        ledger, today = self.session.ledger, self.session.today()
        if not self._has_order:
            self._timer.setInterval(0)
            self._order, self._has_order = reading_order(ledger), True
            return
        if self._kinds_left:
            kind = self._kinds_left.pop(0)
            self.groups[kind] = line_todos(ledger, kind, today)
            if not self._kinds_left:
                self._show_groups()
            return
        part = self._order.ids(self._read, PART)
        if part:
            found = read_waiting(ledger, part, today, self._region)
            for item in found.todos:
                self._of_cases[item.kind].append(item)
            self._standings += found.standings
            self._read += len(part)
            if self._read // PART % SHOWN_EVERY == 0:
                self._show_groups()
                self.state.setText(f"正在核对，已看{self._read}个，共{len(self._order)}个")
            return
        self._timer.stop()
        self.state.clear()
        self.sentence.setText(overall_sentence(count_figures(self._standings, today)) if self._standings else "")
        self._show_groups()

    # Showing

    def _show_groups(self) -> None:
        for kind, items in self._of_cases.items():
            self.groups[kind] = TodoGroup(kind, len(items), in_order(items))
        chosen = self.chosen_kind
        present = [self.groups[kind] for kind in TodoKind if kind in self.groups and self.groups[kind].count]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItem(group_item("全部待办", sum(group.count for group in present), "", None))
        for group in present:
            self.list.addItem(group_item(TODO_WORDS[group.kind], group.count, tone_of(group.kind), group.kind))
        rows = [self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count())]
        self.list.setCurrentRow(rows.index(chosen) if chosen in rows else 0)
        self.list.blockSignals(False)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 2 * self.list.frameWidth() + 4)
        self.card.setVisible(bool(len(self._order)))
        self.copy_button.setEnabled(bool(self.sentence.text()))
        if not len(self._order):
            self.stack.setCurrentWidget(self.unused)
        else:
            self.stack.setCurrentIndex(0 if present or self.is_reading else 1)
        self._show_rows()

    @property
    def chosen_kind(self) -> TodoKind | None:
        """The group that is shown; None for all."""
        item: QListWidgetItem | None = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _show_rows(self) -> None:
        kind = self.chosen_kind
        chosen = [self.groups[k] for k in TodoKind if k in self.groups and kind in (None, k)]
        rows: Sequence[Todo] = [item for group in chosen for item in group.items]
        total = sum(group.count for group in chosen)
        at = self.table.currentIndex().row()
        current = self.model.row_at(at)
        if tuple(rows) != self.model.rows:
            self.model.set_rows(rows)
            again = next((i for i, row in enumerate(rows) if row == current), -1) if current else -1
            if rows:
                self.table.choose_rows((), again if again >= 0 else 0)
        is_listed = kind in _STATES
        self.more.setVisible(is_listed or total > len(rows))
        left = f"这里列出最紧急的{len(rows)}项，共{total}项。" if total > len(rows) else ""
        self.more.setText(left + ("在台账中查看" if is_listed else "选择左边的类别后可在台账中查看全部"))
        self.more.setEnabled(is_listed)

    # Going on

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {"refresh": self.refresh}
        if self.table.chosen_rows():
            found |= {"open": lambda: self._open(self.table.currentIndex()), "copy": self.table.copy}
        return found

    def copy_sentence(self) -> None:
        """Put the standard sentence on the clipboard."""
        QGuiApplication.clipboard().setText(self.sentence.text())
        self.session.told.emit("已复制总体情况，可粘贴到文件中。")

    def _open(self, index: QModelIndex) -> None:
        item = self.model.row_at(index.row())
        if item is not None:
            part = item.gate.value if item.gate else item.part
            self.go.emit(Place(PageKey.CASE, problem_id=item.problem_id, part=part))

    def _open_in_ledger(self) -> None:
        kind = self.chosen_kind
        if kind is not None:
            self.go.emit(Place(PageKey.LEDGER, filter=_STATES[kind]))
