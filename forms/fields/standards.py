"""Questions answered one by one with 是, 否 or 不适用 and a remark: closing standard, 四不放过, demands of a return."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QWidget

from desktop.rules.standards import ANSWERS, Question
from forms.fields.text import TextLine

_WIDE = 30  # characters of Chinese from which question, answers and remark share a line


class AnswerRow:
    """One question: its label, a button for each answer, the line for a remark."""

    def __init__(self, question: Question, owner: "StandardsField") -> None:
        self.question = question
        self.label = QLabel(question.words, owner)
        self.label.setWordWrap(True)
        self.group = QButtonGroup(owner)
        self.group.setExclusive(True)
        self.buttons = {word: QRadioButton(word, owner) for word in ANSWERS}
        for word, button in self.buttons.items():
            button.setAccessibleName(f"{question.words}：{word}")
            self.group.addButton(button)
            button.toggled.connect(lambda _: owner.changed.emit())
        self.remark = TextLine("", "说明、对应材料", owner)
        self.remark.setAccessibleName(f"{question.words}的说明")
        self.remark.textChanged.connect(lambda _: owner.changed.emit())

    def answer(self) -> str:
        """The word that was chosen, empty while none is."""
        return next((word for word, button in self.buttons.items() if button.isChecked()), "")

    def put(self, answer: str, remark: str) -> None:
        """Choose an answer, or none, and write the remark."""
        self.group.setExclusive(False)
        for word, button in self.buttons.items():
            button.setChecked(word == answer)
        self.group.setExclusive(True)
        self.remark.setText(remark)


class StandardsField(QWidget):
    """The questions of a step under the names of their groups. Signals: ``changed``. Attributes: ``rows``."""

    changed = Signal()

    def __init__(self, questions: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = [AnswerRow(question, self) for question in questions]
        self._heads: dict[str, QLabel] = {}
        for group in dict.fromkeys(question.group for question in questions):
            self._heads[group] = QLabel(group, self)
            self._heads[group].setObjectName("hint")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._is_wide: bool | None = None
        self._arrange(wide=False)

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Question, answer and remark of each row, answered or not."""
        return tuple((row.question.words, row.answer(), row.remark.text().strip()) for row in self.rows)

    def value(self) -> list[list[str]]:
        """The answers as plain values."""
        return [list(answer) for answer in self.answers()]

    def set_value(self, value: object) -> None:
        """Put back what ``value`` gave; a question that is not asked any more is passed over."""
        lines = value if isinstance(value, list | tuple) else ()
        kept = {str(line[0]): line for line in lines if isinstance(line, list | tuple) and len(line) == 3}
        for row in self.rows:
            found = kept.get(row.question.words)
            if found is not None:
                row.put(str(found[1]), str(found[2]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The remark goes below its question where the line is too short."""
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _WIDE * self.fontMetrics().horizontalAdvance("汉"))

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._is_wide:
            return
        self._is_wide = wide
        while self._grid.count():
            self._grid.takeAt(0)
        line, group = 0, ""
        middle = Qt.AlignmentFlag.AlignVCenter
        for row in self.rows:
            if row.question.group != group:
                group = row.question.group
                self._grid.addWidget(self._heads[group], line, 0, 1, 5)
                line += 1
            self._grid.addWidget(row.label, line, 0)
            for column, button in enumerate(row.buttons.values(), 1):
                self._grid.addWidget(button, line, column, middle)
            self._grid.addWidget(row.remark, line if wide else line + 1, 4 if wide else 0, 1, 1 if wide else 5)
            line += 1 if wide else 2
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(4, 4 if wide else 0)
