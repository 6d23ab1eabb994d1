"""Reasons to tick, from the region's list, and one line for another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from forms.fields.text import TextLine

COLUMNS = 2


class ReasonPicker(QWidget):
    """Boxes to tick and a line for another reason. Signals: ``changed``."""

    changed = Signal()

    def __init__(self, reasons: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        self.boxes = [QCheckBox(reason) for reason in reasons]
        for number, box in enumerate(self.boxes):
            box.toggled.connect(lambda _: self.changed.emit())
            grid.addWidget(box, number // COLUMNS, number % COLUMNS)
        self.other = TextLine("", "其他原因")
        self.other.setAccessibleName("其他原因")
        self.other.textChanged.connect(lambda _: self.changed.emit())
        grid.addWidget(self.other, grid.rowCount(), 0, 1, COLUMNS)

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
