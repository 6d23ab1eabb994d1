"""The field of a 文号: the next number at a press, and the standard's writing when the clerk leaves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.rules.doc_numbers import doc_no_fault, mend_doc_no
from forms.fields.text import TextLine


class NumberField(QWidget):
    """Attributes: ``line`` to type into, ``take_button``, ``suggested`` the next number.

    Signals: ``changed``; ``left`` when the clerk has left the line.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, line: TextLine | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line or TextLine("", "如 蒸区委〔2026〕9号")
        line = self.line
        self.suggested = ""
        self._hint = line.placeholderText()
        self.take_button = QPushButton("取号")
        self.take_button.setAutoDefault(True)
        self.take_button.clicked.connect(self.take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(line, 1)
        row.addWidget(self.take_button)
        self.setFocusProxy(line)
        line.editingFinished.connect(self._mend)
        line.textChanged.connect(lambda _: self._allow())
        line.textChanged.connect(lambda _: self.changed.emit())
        self.suggest("")

    def suggest(self, number: str) -> None:
        """Offer the next number of the series; empty where none is known."""
        self.suggested = number
        self.line.setPlaceholderText(f"下一个号 {number}" if number else self._hint)
        words = f"填入下一个号：{number}" if number else "还不知道发文代字：先填一次，或在“设置”的“本单位”里填写"
        self.take_button.setToolTip(words)
        self.take_button.setAccessibleName(words)
        self._allow()

    def take(self) -> None:
        """Fill in the next number."""
        if self.suggested:
            self.line.setText(self.suggested)

    def value(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    def set_value(self, value: object) -> None:
        """Show a number."""
        self.line.setText(str(value or ""))

    def fault(self) -> str:
        """What is wrong with the writing, once the clerk has left the field."""
        return "" if self.line.hasFocus() else doc_no_fault(self.line.text())

    def _allow(self) -> None:
        self.take_button.setEnabled(bool(self.suggested) and self.line.text().strip() != self.suggested)

    def _mend(self) -> None:
        mended = mend_doc_no(self.line.text())
        if mended != self.line.text():
            self.line.setText(mended)
        self.left.emit()
