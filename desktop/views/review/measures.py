"""The measures of one problem under review: text, due day and quantity of each, one below the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.rules.drafts import MeasureDraft, Quantity
from desktop.rules.wording import chinese_number
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea, TextLine

LONGEST = 60  # lines


class MeasureRow(QFrame):
    """One measure. Signals: ``edited``, ``entered`` when the focus comes in, ``removed``."""

    edited = Signal()
    entered = Signal()
    removed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._draft = MeasureDraft(0, "")
        self._is_filling = False
        self.head = QLabel()
        self.text = whole_text(2)
        self.due = DateField(today, optional=True)
        self.count, self.total, self.unit = NumberLine(), NumberLine(), TextLine()
        wide = self.fontMetrics().horizontalAdvance("000") + 14
        for line, words in ((self.count, "数量"), (self.total, "总数"), (self.unit, "量词")):
            line.setMaximumWidth(wide)
            line.setAccessibleName(words)
        self.text.setAccessibleName("措施内容")
        self.due.line.setAccessibleName("完成时限")
        self.remove_button = QPushButton("删除")
        self.remove_button.setObjectName("flat")
        self.remove_button.clicked.connect(self.removed)
        self._lay_out()
        for signal in (self.text.textChanged, self.due.changed, *(w.textChanged for w in self._lines())):
            signal.connect(self._on_edited)
        for widget in (self.text, self.due.line, *self._lines()):
            widget.installEventFilter(self)

    def _lines(self) -> tuple[TextLine, ...]:
        return self.count, self.total, self.unit

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.remove_button)
        day, amount = QHBoxLayout(), QHBoxLayout()
        day.addWidget(_hint("时限"))
        day.addWidget(self.due, 1)
        for part in (_hint("完成"), self.count, _hint("共"), self.total, self.unit):
            amount.addWidget(part)
        amount.addStretch(1)
        self._below = below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(6)
        for line, share in ((day, 1), (amount, 0)):
            line.setSpacing(4)
            below.addLayout(line, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.text)
        layout.addLayout(below)

    def set_narrow(self, narrow: bool) -> None:
        """Put the quantity below the day, or beside it."""
        self._below.setDirection(direction_of(narrow))

    def show_draft(self, draft: MeasureDraft) -> None:
        """Fill in a measure."""
        self._is_filling = True
        self._draft = draft
        self.head.setText(f"措施（{chinese_number(draft.number)}）")
        quantity = draft.quantity
        if self.text.toPlainText() != draft.text:
            self.text.setPlainText(draft.text)
        if self.due.day() != draft.due or not draft.due:
            self.due.set_day(draft.due)
        self.count.setText(str(quantity.count) if quantity else "")
        self.total.setText(str(quantity.total) if quantity and quantity.total else "")
        self.unit.setText(quantity.unit if quantity else "")
        self.remove_button.setAccessibleName(f"删除措施{draft.number}")
        self._is_filling = False

    def draft(self) -> MeasureDraft:
        """The measure as it stands."""
        count, before = self.count.number(), self._draft.quantity
        quantity = None
        if count is not None:
            kept = before.due if before else None
            quantity = Quantity(count, self.unit.text().strip(), kept, self.total.number())
        return replace(self._draft, text=self.text.toPlainText().strip(), due=self.due.day(), quantity=quantity)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the clerk comes into this measure."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()


class MeasureList(QWidget):
    """All measures of a problem; rows are made once and used again, so that going on to the next problem is quick.

    Signals: ``changed``; ``entered(int)`` with the place of the measure that has the focus.
    """

    changed = Signal()
    entered = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.rows: list[MeasureRow] = []
        self._shown = 0
        self._is_narrow = False
        self.add_button = QPushButton("添加措施")
        self.add_button.setObjectName("flat")
        self.add_button.clicked.connect(self.add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_drafts(self, drafts: Sequence[MeasureDraft]) -> None:
        """Show these measures."""
        while len(self.rows) < len(drafts):
            self._make_row()
        self._shown = len(drafts)
        for at, row in enumerate(self.rows):
            if at < self._shown:
                row.show_draft(drafts[at])
            row.setVisible(at < self._shown)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange all measures for a narrow or a wide place."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            for row in self.rows:
                row.set_narrow(narrow)

    def drafts(self) -> tuple[MeasureDraft, ...]:
        """The measures as they stand."""
        return tuple(row.draft() for row in self.rows[: self._shown])

    def faults(self) -> list[str]:
        """What was typed into each measure and cannot be read."""
        shown = self.rows[: self._shown]
        return [fault for row in shown for w in (row.due, row.count, row.total) if (fault := w.fault())]

    def add(self) -> None:
        """One more measure at the end."""
        drafts = self.drafts()
        number = max((draft.number for draft in drafts), default=0) + 1
        self.show_drafts((*drafts, MeasureDraft(number, "")))
        self.rows[self._shown - 1].text.setFocus()
        self.changed.emit()

    def remove(self, at: int) -> None:
        """Leave a measure out."""
        drafts = self.drafts()
        self.show_drafts(drafts[:at] + drafts[at + 1 :])
        self.changed.emit()

    def _make_row(self) -> None:
        row, at = MeasureRow(self._today), len(self.rows)
        row.set_narrow(self._is_narrow)
        row.edited.connect(self.changed)
        row.entered.connect(lambda: self.entered.emit(at))
        row.removed.connect(lambda: self.remove(at))
        self.rows.append(row)
        self._layout.insertWidget(at, row)


def whole_text(least: int) -> TextArea:
    """A text that is shown whole: the page around it scrolls, never the text inside."""
    area = TextArea(least=least, most=LONGEST)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def direction_of(narrow: bool) -> QBoxLayout.Direction:
    """Below each other in a narrow place, else side by side."""
    return QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight


def _hint(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("hint")
    return label
