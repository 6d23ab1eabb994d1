"""What a paper's template asks of the clerk, a line for each question."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from desktop.rules.paper import PaperQuestion
from forms.fields.text import TextLine


class PaperQuestions(QWidget):
    """Attributes: ``lines`` by the field an answer fills. Signals: ``changed``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, TextLine] = {}
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(5)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def ask(self, questions: Sequence[PaperQuestion]) -> None:
        """Show these questions; answers to them given before stay."""
        if [question.field for question in questions] != list(self.lines):
            self.forget()
            for question in questions:
                line = TextLine("", question.hint)
                line.setAccessibleName(question.label)
                line.textChanged.connect(lambda _: self.changed.emit())
                self.lines[question.field] = line
                self._rows.addRow(question.label, line)
        self.setVisible(bool(questions))

    def forget(self) -> None:
        """Take the questions and their answers away."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self.lines.clear()

    def answers(self) -> tuple[tuple[str, str], ...]:
        """The answers given, by field."""
        return tuple((name, said) for name, line in self.lines.items() if (said := line.text().strip()))
