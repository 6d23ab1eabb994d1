"""One part of a template to change: its name, its sentence with the fields it may name, what a column shows."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.template_items import Item, Path
from desktop.views.papers.style_state import StyleState
from desktop.views.papers.style_words import chips_of, to_keep, to_read
from forms.fields.text import TextArea, TextLine

_FIELD = int(Qt.ItemDataRole.UserRole)
_ROWS = 4
NARROWEST, WIDEST = 6.0, 300.0


class StyleFields(QWidget):
    """Signals: ``edited(path, value)`` for each change of the part that is shown."""

    edited = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = Item("", "")
        self._chips: Mapping[str, str] = {}
        self.name = TextLine()
        self.name.editingFinished.connect(self._on_name)
        self.text = TextArea(least=3, most=6)
        self.text.textChanged.connect(self._on_text)
        self.field = QComboBox()
        self.field.setMaxVisibleItems(20)
        self.field.activated.connect(lambda _: self.edited.emit(self._item.field, self.field.currentData()))
        self.wide = QDoubleSpinBox()
        self.wide.setRange(NARROWEST, WIDEST)
        self.wide.setDecimals(1)
        self.wide.setSuffix(" 毫米")
        self.wide.valueChanged.connect(lambda value: self.edited.emit(self._item.width, round(value, 1)))
        self.chips = QListWidget()
        self.chips.itemActivated.connect(self._insert)
        self.chips.itemDoubleClicked.connect(self._insert)
        self.hint = QLabel("双击一个字段，插在句子里光标所在的地方。")
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.rows = QFormLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setVerticalSpacing(5)
        self.parts: dict[str, QWidget] = {
            "name": self.name,
            "field": self.field,
            "width": self.wide,
            "text": self.text,
            "chips": self.chips,
        }
        words = {"name": "名称", "field": "内容", "width": "宽度", "text": "句子", "chips": "可用字段"}
        for key, widget in self.parts.items():
            widget.setAccessibleName(words[key])
            self.rows.addRow(words[key], widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.rows)
        layout.addWidget(self.hint)
        self.chips.setFixedHeight(self.chips.fontMetrics().lineSpacing() * _ROWS + 8)

    def show_part(self, item: Item | None, state: StyleState) -> None:
        """Offer what can be changed of a part."""
        self._item = item or Item("", "")
        named = self._item.text or self._item.field
        self._chips = chips_of(state.fields_at(named), state.labels) if named else {}
        shown = {
            "name": bool(self._item.name),
            "field": bool(self._item.field and self._chips),
            "width": bool(self._item.width),
            "text": bool(self._item.text),
            "chips": bool(self._item.text and self._chips),
        }
        for key, widget in self.parts.items():
            self.rows.setRowVisible(widget, shown[key])
        self.hint.setVisible(shown["chips"])
        with QSignalBlocker(self):
            self._fill(state)

    def _fill(self, state: StyleState) -> None:
        item = self._item
        if item.name and not self.name.hasFocus():
            self.name.setText(str(state.value(item.name) or "").replace("\n", "／"))
            self.name.setCursorPosition(0)
        if item.text:
            said = to_read(str(state.value(item.text) or ""), self._chips)
            if said != self.text.toPlainText():
                self.text.setPlainText(said)
            self.chips.clear()
            for field, words in self._chips.items():
                chip = QListWidgetItem(words)
                chip.setData(_FIELD, field)
                self.chips.addItem(chip)
        if item.field:
            self.field.clear()
            for field, words in self._chips.items():
                self.field.addItem(words, field)
            self.field.setCurrentIndex(self.field.findData(item.filled))
        if item.width:
            self.wide.setValue(float(state.value(item.width) or NARROWEST))

    def _on_name(self) -> None:
        if self._item.name and self.name.text().strip():
            self.edited.emit(self._item.name, self.name.text().strip().replace("／", "\n"))

    def _on_text(self) -> None:
        if self._item.text:
            self.edited.emit(self._item.text, to_keep(self.text.toPlainText(), self._chips))

    def _insert(self, chip: QListWidgetItem) -> None:
        self.text.insertPlainText(f"{{{chip.text()}}}")
        self.text.setFocus()

    def path(self) -> Path:
        """What of the part is being changed: its sentence, else its name, else the part itself."""
        return self._item.text or self._item.name or self._item.node
