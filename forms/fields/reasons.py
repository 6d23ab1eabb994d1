"""Reasons to tick, from the region's list, and one line for another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from forms.fields.text import TextLine

COLUMNS = 2


class ReasonPicker(QWidget):
    """Boxes to tick and a line for another reason. Signals: ``changed``."""

    changed = Signal()

    def __init__(self, reasons: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._columns = 0
        self.boxes = [QCheckBox(reason) for reason in reasons]
        for box in self.boxes:
            box.toggled.connect(lambda _: self.changed.emit())
        self.other = TextLine("", "其他原因")
        self.other.setAccessibleName("其他原因")
        self.other.textChanged.connect(lambda _: self.changed.emit())
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two boxes on a line where both fit."""
        super().resizeEvent(event)
        longest = max((box.sizeHint().width() for box in self.boxes), default=0)
        self._arrange(COLUMNS if event.size().width() >= COLUMNS * (longest + self._grid.spacing()) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, box in enumerate(self.boxes):
            self._grid.addWidget(box, number // columns, number % columns)
        self._grid.addWidget(self.other, len(self.boxes), 0, 1, COLUMNS)

    def words(self) -> str:
        """The reasons in one line, in the order of the list."""
        other = self.other.text().strip()
        return "；".join([box.text() for box in self.boxes if box.isChecked()] + ([other] if other else []))

    def fault(self) -> str:
        """At least one reason is needed."""
        return "" if self.words() else "请至少选择或填写一项原因"

    def value(self) -> dict[str, object]:
        """The ticked reasons and the other one."""
        return {"ticked": [box.text() for box in self.boxes if box.isChecked()], "other": self.other.text().strip()}

    def set_value(self, value: object) -> None:
        """Put back what ``value`` gave; a reason that has left the list becomes the other one."""
        kept = value if isinstance(value, dict) else {}
        ticked = [str(reason) for reason in kept.get("ticked", ())]
        for box in self.boxes:
            box.setChecked(box.text() in ticked)
        gone = [reason for reason in ticked if reason not in [box.text() for box in self.boxes]]
        self.other.setText("；".join([*gone, *filter(None, [str(kept.get("other", ""))])]))
