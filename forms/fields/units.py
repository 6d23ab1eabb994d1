"""Units with their roles, in order: typing narrows the list, and a name nobody knows is asked, never taken."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.names import in_rank_order, is_called, match_unit
from desktop.rules.records import ROLE_WORDS, Unit, UnitRole
from forms.fields.choice import Choice, put_choice, tab_through
from forms.fields.text import TextLine

SHOWN_ROWS = 5


def narrow(text: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units one of whose names holds the text or sounds like it (pinyin initials), in rank order."""
    return tuple(unit for unit in in_rank_order(units) if is_called(text, unit.name, unit.short_name, *unit.aliases))


class UnitLine(TextLine):
    """The line to type a unit's name into. Signals: ``entered`` on Enter, which does not save the form."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is typed, unless a name of the list is marked: then the list takes that."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        popup = self.completer().popup()
        is_marked = popup.isVisible() and popup.currentIndex().isValid()
        if is_enter and self.text().strip() and not is_marked:
            popup.hide()
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class UnitPicker(QWidget):
    """Chosen units in order, each with its role where ``roles`` are given; with ``most`` 1 a new one replaces the old.

    Signals: ``changed``; ``unknown(name)`` when a typed name is on no list, so that the view may offer to enter it.
    """

    changed = Signal()
    unknown = Signal(str)

    def __init__(
        self,
        units: Sequence[Unit],
        roles: Sequence[UnitRole] = (),
        *,
        most: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.units = {unit.id: unit for unit in in_rank_order(units)}
        self.roles, self.most = tuple(roles), most
        self._chosen: list[tuple[str, str]] = []
        self._build()
        self._show()

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Pairs of unit id and role value, in order; the role is empty where none is asked."""
        return tuple(self._chosen)

    def add_unit(self, unit_id: str, role: str = "") -> None:
        """Put a unit at the end, or in place of the only one; the same unit twice in one role is one."""
        if self.most == 1:
            self._chosen = []
        if (unit_id, role) not in self._chosen:
            self._chosen.append((unit_id, role))
        self._show()
        self.changed.emit()

    def set_chosen(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show these pairs of unit id and role; units that are not on the list are left out."""
        self._chosen = [pair for pair in pairs if pair[0] in self.units]
        self._show()
        self.changed.emit()

    def take_typed(self) -> bool:
        """Add the unit whose name was typed; a name that fits none or several is told below and stays."""
        text = self.line.text().strip()
        found = match_unit(text, tuple(self.units.values())) if text else None
        if not isinstance(found, Unit):
            near = narrow(text, self.units.values()) if text else ()
            found = near[0] if len(near) == 1 else found or near
        if isinstance(found, Unit):
            self.line.clear()
            self._tell("")
            self.add_unit(found.id, self.role.chosen() if self.roles else "")
            return True
        if found:
            self._tell(f"“{text}”可能是{'、'.join(unit.name for unit in found[:6])}，请从列表中选定一个")
        elif text:
            self._tell(f"“{text}”不在单位名册中，没有加入；请核对名称，或先在“单位”中登记")
            self.unknown.emit(text)
        return False

    def shift(self, by: int) -> None:
        """Move the selected unit up (-1) or down (1)."""
        at = self.table.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < len(self._chosen):
            return
        self._chosen[at], self._chosen[to] = self._chosen[to], self._chosen[at]
        self._show()
        self.table.selectRow(to)
        self.changed.emit()

    def remove_selected(self) -> None:
        """Take the selected unit off the list."""
        at = self.table.currentRow()
        if 0 <= at < len(self._chosen):
            del self._chosen[at]
            self._show()
            self.changed.emit()

    def fault(self) -> str:
        """A name that was typed and not added would be lost."""
        text = self.line.text().strip()
        return f"“{text}”还没有加入，请按回车加入或清空" if text else ""

    def value(self) -> dict[str, object]:
        """What was chosen, and what is typed and not yet added."""
        return {"chosen": [list(pair) for pair in self._chosen], "typed": self.line.text()}

    def set_value(self, value: object) -> None:
        """Put back what ``value`` gave; a unit that is no longer on the list is named and left out."""
        kept = value if isinstance(value, dict) else {}
        pairs = [(str(pair[0]), str(pair[1])) for pair in kept.get("chosen", ()) if len(pair) == 2]
        self.line.setText(str(kept.get("typed", "")))
        self.set_chosen(pairs)
        lost = len(pairs) - len(self._chosen)
        self._tell(f"有{lost}个单位已不在单位名册中，请核对" if lost else "")

    def _build(self) -> None:
        self.line = UnitLine("", "输入名称、简称或拼音首字母，回车加入")
        self.line.entered.connect(self.take_typed)
        self._names_model = QStringListModel([unit.name for unit in self.units.values()], self)
        completer = QCompleter(self._names_model, self)
        # The model is narrowed here, by aliases too, so the completer must not narrow it again.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take_offered, Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._narrow)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.role = Choice([(role.value, ROLE_WORDS[role]) for role in self.roles])
        self.role.setAccessibleName("角色")
        self.add_button = QPushButton("加入")
        self.add_button.clicked.connect(self.take_typed)
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        if self.roles:
            top.addWidget(self.role)
        top.addWidget(self.add_button)
        self.told = QLabel()
        self.told.setObjectName("fault")
        self.told.setWordWrap(True)
        self.told.hide()
        self.table = self._make_table()
        side = QVBoxLayout()
        self.verbs = [QPushButton(words) for words, _ in self._verbs()]
        for button, (_, slot) in zip(self.verbs, self._verbs(), strict=True):
            button.setAutoDefault(True)
            button.clicked.connect(slot)
            side.addWidget(button)
        side.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.table, 1)
        body.addLayout(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addLayout(body)
        self.setFocusProxy(self.line)

    def _verbs(self) -> list[tuple[str, Callable[[], None]]]:
        moves = [] if self.most == 1 else [("上移", lambda: self.shift(-1)), ("下移", lambda: self.shift(1))]
        return [*moves, ("移除", self.remove_selected)]

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 2 if self.roles else 1)
        table.setHorizontalHeaderLabels(["单位", "角色"][: table.columnCount()])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAccessibleName("已选单位")
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence.StandardKey.Delete, table, self.remove_selected, context=here)
        return table

    def _show(self) -> None:
        self.table.setRowCount(len(self._chosen))
        entries = [(known.value, ROLE_WORDS[known]) for known in self.roles]
        for row, (unit_id, role) in enumerate(self._chosen):
            name = self.units[unit_id].name
            self.table.setItem(row, 0, QTableWidgetItem(name))
            if self.roles:
                put_choice(self.table, row, 1, entries, role, self._set_role).setAccessibleName(f"{name}的角色")
        tab_through(self.table, 1, self.verbs[0])
        height = self.table.horizontalHeader().sizeHint().height() + 2 * self.table.frameWidth()
        line = max(self.line.sizeHint().height() + 4, self.table.verticalHeader().minimumSectionSize())
        self.table.verticalHeader().setDefaultSectionSize(line)
        least = 1 if self.most == 1 else 3
        self.table.setFixedHeight(height + min(max(len(self._chosen), least), SHOWN_ROWS) * line)
        if self.roles:
            longest = max(self.fontMetrics().horizontalAdvance(ROLE_WORDS[role]) for role in self.roles)
            self.table.setColumnWidth(1, min(longest + 48, 200))

    def _set_role(self, row: int, role: str) -> None:
        self._chosen[row] = (self._chosen[row][0], role)
        self.changed.emit()

    def _narrow(self, text: str) -> None:
        self._tell("")
        self._names_model.setStringList([unit.name for unit in narrow(text, self.units.values())])

    def _take_offered(self, name: str) -> None:
        self.line.setText(name)
        self.take_typed()

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
