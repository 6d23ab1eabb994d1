"""单位: the unit list in rank order with aliases and groups, leaders and people, and two units made one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.units import count_problems, list_units, merge_units, rank_units, save_unit, void_shared
from desktop.rules.entries import UnitEntry
from desktop.rules.records import Changes, Unit
from desktop.views import questions
from desktop.views.entries.dialog import ask_entry
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button, mark_as_search
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session
from desktop.views.tables.table import TableView
from desktop.views.units.merge_dialog import MergeDialog
from desktop.views.units.model import UnitLine, UnitsModel, moved_order, unit_lines, unit_matches
from desktop.views.units.people_view import PeopleView
from desktop.views.units.unit_record_view import UnitRecordView
from forms.unit import UnitForm

WAIT_MS = 120
_KINDS = {"chase", "visit", "unit", "unit_alias", "unit_member", "person", "problem_unit", "problem"}


class UnitsPage(Page):
    """The units and the people; ``Place.part`` ``people`` names the second tab, ``record`` a unit's record by the
    id in ``Place.filter``, which else is searched for.
    """

    key = PageKey.UNITS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.lines: tuple[UnitLine, ...] = ()
        self.model = UnitsModel(self)
        self.model.dropped.connect(self._on_dropped)
        self.table = TableView("units", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("单位名册")
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.table.setDragDropOverwriteMode(False)
        self.table.setDropIndicatorShown(True)
        self.table.opened.connect(lambda _: self.edit())
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.people = PeopleView(session)
        self.people.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找：名称、别名、拼音首字母")
        self.words.setAccessibleName("查找")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("字") * 17)
        mark_as_search(self.words)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._narrow)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(0)
        self._counting.timeout.connect(lambda: read_safely(session, self._count))
        self.words.textChanged.connect(lambda _: self._wait.start())
        self.words.returnPressed.connect(lambda: self._list().setFocus())
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self._lay_out()
        self._set_keys()

    def _lay_out(self) -> None:
        title = QLabel("单位")
        title.setObjectName("title")
        self.buttons = {
            "new": icon_button("新增", "new", self.new),
            "edit": icon_button("修改", "edit", self.edit),
            "up": icon_button("上移", "up", lambda: self.shift(-1)),
            "down": icon_button("下移", "down", lambda: self.shift(1)),
            "merge": icon_button("合并…", "merge", self.merge),
            "remove": icon_button("移出…", "delete", self.remove),
            "record": icon_button("单位档案", "case", self.open_record),
        }
        for key, tip in (("edit", "F2 或回车"), ("up", "Alt+↑"), ("down", "Alt+↓"), ("remove", "Delete")):
            self.buttons[key].setToolTip(tip)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        for button in self.buttons.values():
            head.addWidget(button)
        self.nothing = Empty(
            "名册里还没有单位",
            "导入整改方案时会自动登记其中的单位；也可以逐个新增。次序决定各种表格中单位的先后。",
            (("新增单位", self.new),),
        )
        self.no_match = Empty("没有符合的单位", "换一个词，或清除查找。", (("清除查找", self.words.clear),))
        self.stack = QStackedWidget()
        for part in (self.table, self.nothing, self.no_match):
            self.stack.addWidget(part)
        units = QWidget()
        inside = QVBoxLayout(units)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.stack, 1)
        inside.addWidget(self.hint)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("单位和人员")
        self.tabs.addTab(units, "单位")
        self.tabs.addTab(self.people, "领导和人员")
        corner = QWidget()
        beside = QHBoxLayout(corner)
        beside.setContentsMargins(0, 0, 0, 4)
        beside.addWidget(self.words)
        self.tabs.setCornerWidget(corner)
        self.tabs.currentChanged.connect(lambda _: self._narrow())
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self.record = UnitRecordView(self.session)
        self.record.go.connect(self.go)
        self.record.left.connect(self.close_record)
        self.sides = QStackedWidget()
        self.sides.addWidget(both)
        self.sides.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self.sides)
        self.begin_at(self.table)

    def _set_keys(self) -> None:
        here = Qt.ShortcutContext.WidgetShortcut
        for keys, act in (("Alt+Up", lambda: self.shift(-1)), ("Alt+Down", lambda: self.shift(1))):
            QShortcut(QKeySequence(keys), self.table, act, context=here)
        for table in (self.table, self.people.table):
            QShortcut(QKeySequence.StandardKey.Delete, table, self.remove, context=here)

    # The page

    def refresh(self) -> None:
        """Read units and people again; how many problems name each unit follows in a moment of its own."""
        known = {line.unit.id: line.problems for line in self.lines}
        self.lines = unit_lines(list_units(self.session.ledger), known)
        if self.sides.currentWidget() is self.record:
            self.record.read()
        self._narrow()
        self._counting.start()

    def _count(self) -> None:
        self.lines = unit_lines([line.unit for line in self.lines], count_problems(self.session.ledger))
        self._narrow()

    def concerns(self, changes: Changes) -> bool:
        """Units, people, and what problems name them."""
        return any(kind in _KINDS for kind, _ in changes.touched)

    def show_place(self, place: Place) -> None:
        """Bring a tab in front, and search."""
        self.refresh_if_stale()
        if place.part == "record":
            self._show_record(next((line.unit for line in self.lines if line.unit.id == place.filter), None))
            return
        self.close_record()
        if place.part == "people":
            self.tabs.setCurrentWidget(self.people)
        if place.filter:
            self.words.setText(place.filter)
            self._narrow()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {"find": self._find, "new": self.new}
        if self.buttons["edit"].isEnabled():
            found |= {"edit": self.edit, "open": self.edit}
        if self._list().chosen_rows():
            found["copy"] = self._list().copy
        return found

    def open_record(self) -> None:
        """The record of the unit that is chosen, as a place of its own, so that the way back is known."""
        unit = self._chosen()
        if unit is not None:
            self.go.emit(Place(PageKey.UNITS, part="record", filter=unit.id))

    def close_record(self) -> None:
        """Back to the list."""
        self.sides.setCurrentIndex(0)

    def _show_record(self, unit: Unit | None) -> None:
        if unit is not None:
            self.sides.setCurrentWidget(self.record)
            self.record.show_unit(unit.id, unit.name)

    def _find(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _list(self) -> TableView:
        return self.people.table if self._is_people() else self.table

    def _is_people(self) -> bool:
        return self.tabs.currentWidget() is self.people

    def _narrow(self) -> None:
        """Show the units that hold the words; the order can be changed only while all are shown."""
        self._wait.stop()
        words = self.words.text().strip()
        kept = self.chosen_ids()
        shown = [line for line in self.lines if not words or unit_matches(line, words)]
        self.model.can_move = not words and self.session.can_write
        self.model.set_rows(shown)
        self.choose(kept)
        self.people.show_people([line.unit for line in self.lines], words)
        self.stack.setCurrentWidget(self.table if shown else self.no_match if self.lines else self.nothing)
        total = len(self.lines)
        counted = f"共{total}个单位，显示{len(shown)}个" if words else f"共{total}个单位"
        self.count.setText(f"共{len(self.people.people)}人" if self._is_people() else counted)
        tail = "查找时不能调整次序。" if words else "拖动一行，或按 Alt+↑、Alt+↓ 调整次序；次序用于各种表格。"
        self.hint.setText(tail)
        self.hint.setVisible(bool(shown))
        self._allow()

    def _allow(self) -> None:
        writable, people = self.session.can_write, self._is_people()
        chosen = len(self._list().chosen_rows())
        self.buttons["new"].setEnabled(writable)
        self.buttons["record"].setEnabled(not people and chosen == 1)
        self.buttons["edit"].setEnabled(writable and chosen == 1)
        self.buttons["remove"].setEnabled(writable and chosen == 1)
        self.buttons["merge"].setEnabled(writable and not people and len(self.lines) > 1)
        for key in ("up", "down"):
            self.buttons[key].setEnabled(self.model.can_move and not people and chosen > 0)
        self.nothing.buttons[0].setEnabled(writable)

    # Units

    def chosen_ids(self) -> list[str]:
        """The ids of the chosen units, in the order of the list."""
        return [self.model.rows[row].unit.id for row in self.table.chosen_rows() if row < len(self.model.rows)]

    def choose(self, ids: list[str]) -> None:
        """Choose units by id, the first one in sight."""
        rows = [at for at, line in enumerate(self.model.rows) if line.unit.id in ids]
        if self.model.rows:
            self.table.clearSelection()
            self.table.choose_rows(rows, rows[0] if rows else 0)

    def _chosen(self) -> Unit | None:
        rows = self.table.chosen_rows()
        return self.model.rows[rows[0]].unit if len(rows) == 1 else None

    def new(self) -> None:
        """Enter a unit or a person, whichever list is in front."""
        if self._is_people():
            self.people.new()
        else:
            self._ask(None)

    def edit(self) -> None:
        """Change what is chosen."""
        if self._is_people():
            self.people.edit()
        elif self.session.can_write and (unit := self._chosen()):
            self._ask(unit)

    def _ask(self, unit: Unit | None) -> None:
        session, row = self.session, unit.id if unit else ""

        def save(entry: object, reason: str, report: object) -> Changes:
            assert isinstance(entry, UnitEntry)
            return save_unit(session.ledger, row, entry, session.today(), session.person)

        ask_entry(session, UnitForm([line.unit for line in self.lines], unit), row or "new", save)

    def remove(self) -> None:
        """Take what is chosen off the list, with a reason."""
        session, unit = self.session, self._chosen()
        if self._is_people():
            self.people.remove()
        elif unit is not None and session.can_write:
            reason = questions.ask_text(f"把“{unit.name}”移出名册，原记录保留在历史中。请填写原因：", "移出单位")
            if reason:
                session.do(
                    lambda: void_shared(session.ledger, "unit", unit.id, reason, session.today(), session.person)
                )

    def merge(self) -> None:
        """Make two units one, after showing what changes."""
        session = self.session
        dialog = MergeDialog(session, [line.unit for line in self.lines], self.chosen_ids())
        try:
            if questions.run_dialog(dialog):
                keep, gone = dialog.pair()
                session.do(lambda: merge_units(session.ledger, keep, gone, session.today(), session.person))
                self.choose([keep])
        finally:
            dialog.deleteLater()

    # The order

    def shift(self, by: int) -> None:
        """Move the chosen units one place up (-1) or down (1)."""
        rows = self.table.chosen_rows()
        if not rows or not self.model.can_move:
            return
        before = rows[0] - 1 if by < 0 else rows[-1] + 2
        if 0 <= before <= len(self.model.rows):
            self._on_dropped(self.chosen_ids(), before)

    def _on_dropped(self, ids: list[str], before: int) -> None:
        session = self.session
        order = [line.unit.id for line in self.lines]
        wanted = moved_order(order, ids, before)
        if wanted == order or not self.model.can_move:
            return
        session.do(lambda: rank_units(session.ledger, wanted, session.today(), session.person))
        self.choose(ids)
        self.table.setFocus()
