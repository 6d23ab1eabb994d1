"""The row of filters above a list: words that narrow as they are typed, and choices."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.operations.lists import Choices, Filter
from desktop.rules.names import is_called
from desktop.rules.records import ROLE_WORDS, Unit
from desktop.views.looks.icon_buttons import mark_as_search
from forms.fields.sound_list import search_by_sound

WAIT_MS = 120
LEAST_SOUND = 2  # letters from which units are offered by their sound
STATE_CHOICES = (
    ("", "全部状态"),
    ("open", "未销号"),
    ("overdue", "已逾期"),
    ("due_7", "7天内到期"),
    ("due_15", "15天内到期"),
    ("due_30", "30天内到期"),
    ("unreported", "本月未报进展"),
    ("rectifying", "整改中"),
    ("self_checked", "已自查自验"),
    ("applied", "已申请销号"),
    ("accepted", "已验收"),
    ("in_notice", "公示中"),
    ("notice_ended", "公示期满"),
    ("returned", "退回或重新整改"),
    ("chased", "督办未办结"),
    ("chase_late", "督办逾期未复"),
    ("listed", "挂账督办"),
    ("watched", "专案盯办"),
    ("long_term", "长期坚持"),
    ("closed", "已销号备案"),
    ("transferred", "已转入下一轮"),
)
ALL = "all"
FIELDS = ("state", "light", "unit", "role", "year", "source")


class FilterBar(QWidget):
    """Words and choices that make a Filter.

    ``fields`` are the choices that are offered: lights where the region has them, a role once a unit is chosen (a
    small screen has no room for more). Signals: ``changed(Filter)``; ``left`` when the clerk goes on to the list with
    Enter or the arrow down.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, fields: Sequence[str] = FIELDS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = Filter()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._tell)
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找：序号、文字、单位")
        self.words.setAccessibleName("查找")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("字") * 9)
        mark_as_search(self.words)
        self._units: tuple[Unit, ...] = ()
        self.sounding = QStringListModel(self)
        completer = QCompleter(self.sounding, self)
        # The model holds only what sounds as typed, so the completer must not narrow it again.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._choose_unit, Qt.ConnectionType.QueuedConnection)
        self.words.setCompleter(completer)
        self.words.textEdited.connect(self._offer_units)
        self.words.textChanged.connect(self._wait.start)
        self.words.returnPressed.connect(self.left)
        self.boxes = {name: _box(words) for name, words in _NAMES.items()}
        search_by_sound(self.boxes["unit"])
        self._only: tuple[str, ...] = ()
        self.only_button = QPushButton()
        self.only_button.setObjectName("chip")
        self.only_button.setToolTip("点这里显示其他问题")
        self.only_button.clicked.connect(lambda: self.show_only(()))
        self.only_button.setVisible(False)
        self.reset_button = QPushButton("清除条件")
        self.reset_button.setObjectName("flat")
        self.reset_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.only_button)
        layout.addWidget(self.words, 4)
        self._fields = fields
        for name, box in self.boxes.items():
            box.currentIndexChanged.connect(self._tell)
            box.currentTextChanged.connect(lambda chosen, box=box: box.setToolTip(f"{box.accessibleName()}：{chosen}"))
            box.setVisible(False)
            if name in fields:
                layout.addWidget(box, 2)
                box.setVisible(True)
        layout.addWidget(self.reset_button)
        self._row = layout
        self.set_choices(Choices((), (), ()))
        self._show_reset()

    def set_choices(self, found: Choices) -> None:
        """Offer the units, sources and years that occur; what was chosen stays chosen as long as it occurs."""
        self._units = found.units
        own = [(found.own.id, f"本单位（{found.own.short_name or found.own.name}）")] if found.own else []
        units = [(unit.id, unit.name) for unit in found.units if unit != found.own]
        _fill(self.boxes["state"], STATE_CHOICES)
        _fill(self.boxes["light"], (("", "全部亮灯"), *found.lights))
        _fill(self.boxes["unit"], (("", "全部单位"), *own, *units))
        _fill(self.boxes["role"], (("", "任一身份"), *ROLE_WORDS.items()))
        _fill(self.boxes["year"], (("", "全部年份"), *((year, f"{year}年到期") for year in found.years)))
        _fill(self.boxes["source"], (("", "全部来源"), *((source, source) for source in found.sources)))
        self._tell()

    @property
    def chosen(self) -> Filter:
        """What is chosen now; a role counts only together with a unit."""
        values = {name: box.currentData() for name, box in self.boxes.items()}
        unit = values["unit"] or ""
        return Filter(
            text=self.words.text().strip(),
            unit=unit,
            role=values["role"] if unit and values["role"] else "",
            year=values["year"] or None,
            source=values["source"] or "",
            light=values["light"] or "",
            state=values["state"] or "",
            only=self._only,
        )

    def choose(self, name: str, value: object) -> None:
        """Choose one value, as a line of another page asks; an unknown one chooses all."""
        box = self.boxes[name]
        box.setCurrentIndex(max(0, box.findData(value)))

    def add(self, button: QWidget) -> None:
        """A further button before 清除条件."""
        self._row.insertWidget(self._row.count() - 1, button)

    def take(self, chosen: Filter) -> None:
        """Choose all that a filter asks for; a unit, source or year that no longer occurs is left open."""
        self.clear()
        blockers = [QSignalBlocker(part) for part in (self.words, *self.boxes.values())]
        self.words.setText(chosen.text)
        for name in self.boxes:
            self.choose(name, getattr(chosen, name) or "")
        for blocker in blockers:
            blocker.unblock()
        if chosen.only:
            self.show_only(chosen.only, "选定的问题")
        self._tell()

    def show_only(self, problems: Sequence[str], words: str = "") -> None:
        """Show only some problems, which ``words`` name, such as those behind a number; none: no such bound."""
        self._only = tuple(problems)
        self.only_button.setText(f"{words}（{len(self._only)}个）  ✕")
        self.only_button.setAccessibleName(f"只看{words}，按下显示其他问题")
        self.only_button.setVisible(bool(self._only))
        self._tell()

    def clear(self) -> None:
        """Everything again."""
        self._only = ()
        self.only_button.setVisible(False)
        blockers = [QSignalBlocker(part) for part in (self.words, *self.boxes.values())]
        self.words.clear()
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        for blocker in blockers:
            blocker.unblock()
        self._tell()
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down goes to the list, Esc clears what is set."""
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.chosen != Filter():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _offer_units(self, text: str) -> None:
        """Letters are in no Chinese text: they may be the initials of a unit."""
        typed = text.strip()
        is_sound = len(typed) >= LEAST_SOUND and typed.isascii() and typed.isalpha() and self.boxes["unit"].isVisible()
        found = [unit.name for unit in self._units if is_called(typed, unit.name, unit.short_name, *unit.aliases)]
        self.sounding.setStringList(found if is_sound else [])

    def _choose_unit(self, name: str) -> None:
        unit = next((unit for unit in self._units if unit.name == name), None)
        if unit is not None:
            blocker = QSignalBlocker(self.words)
            self.words.clear()
            blocker.unblock()
            self.choose("unit", unit.id)
            self._tell()

    def _show_reset(self) -> None:
        self.reset_button.setEnabled(self.chosen != Filter())
        self._show_box("role", is_of_use=bool(self.boxes["unit"].currentData()))
        self._show_box("light", is_of_use=self.boxes["light"].count() > 1)

    def _show_box(self, name: str, *, is_of_use: bool) -> None:
        if name in self._fields:
            self.boxes[name].setVisible(is_of_use)

    def _tell(self) -> None:
        self._wait.stop()
        self._show_reset()
        if self.chosen != self._last:
            self._last = self.chosen
            self.changed.emit(self.chosen)


_NAMES = {
    "state": "状态",
    "light": "亮灯",
    "unit": "单位",
    "role": "单位的身份",
    "year": "到期年份",
    "source": "问题来源",
}


def _box(words: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(words)
    box.setToolTip(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(3)
    box.setMaxVisibleItems(18)
    return box


def _fill(box: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Offer other choices and keep the chosen one, without a word to anybody."""
    blocker = QSignalBlocker(box)
    before = box.currentData()
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(before)) if before else 0)
    view = box.view()
    view.setMinimumWidth(min(520, view.sizeHintForColumn(0) + 30))
    blocker.unblock()
