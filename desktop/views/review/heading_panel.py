"""The heads of columns that no word matched: which field each is; remembered for the next file of the layout."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.plan.headings import FIELD_CHOICES, NOT_READ
from forms.fields.choice import Choice


class HeadingPanel(QWidget):
    """Asks for the fields. Signals: ``chosen(dict)`` with a field for every heading, to read the file again by."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[str, Choice] = {}
        hint = QLabel("这些表头没有认出。选好各是哪一项，再重新读取；同样的表头下次不再询问。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        self.read_button = QPushButton("按所选重新读取")
        self.read_button.clicked.connect(lambda: self.chosen.emit(self.fields()))
        self._rows = QScrollArea()
        self._rows.setWidgetResizable(True)
        self._rows.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.read_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.addWidget(hint)
        layout.addWidget(self._rows, 1)
        layout.addLayout(buttons)

    def set_headings(self, headings: Sequence[str], applied: Mapping[str, str]) -> None:
        """Offer a field for every heading, with those that were applied already."""
        inside = QWidget()
        form = QFormLayout(inside)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.choices = {}
        for heading in dict.fromkeys((*headings, *applied)):
            choice = Choice(list(FIELD_CHOICES.items()))
            choice.setAccessibleName(f"“{heading}”是哪一项")
            choice.choose(applied.get(heading, NOT_READ))
            label = QLabel(heading.replace("\n", ""))
            label.setWordWrap(True)
            label.setBuddy(choice)
            form.addRow(label, choice)
            self.choices[heading] = choice
        self._rows.setWidget(inside)
        self.read_button.setEnabled(bool(self.choices))

    def fields(self) -> dict[str, str]:
        """The field of every heading."""
        return {heading: choice.chosen() for heading, choice in self.choices.items()}
