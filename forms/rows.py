"""The rows of a form: a label and a cell, two of them side by side where the form is wide enough."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget


@dataclass(slots=True)
class Row:
    """One label with its cell; ``half`` shares a line with the next half one. A cell without label goes across."""

    label: QLabel | None
    cell: QWidget
    half: bool


class Rows(QWidget):
    """The grid of a form's rows, in two columns or one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._wide = False
        self._is_arranged = False
        self._line_height = QLineEdit().sizeHint().height()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def add(self, words: str, cell: QWidget, *, half: bool = False) -> QLabel | None:
        """Add a cell at the end, under its label when ``words`` are given; gives the label."""
        label = self._label(words) if words else None
        cell.setParent(self)
        self._rows.append(Row(label, cell, half))
        self._is_arranged = False
        return label

    def cells(self) -> list[QWidget]:
        """The cells from top to bottom."""
        return [row.cell for row in self._rows]

    def set_wide(self, wide: bool) -> None:
        """Arrange in two columns or one; rows added since are arranged too."""
        if wide != self._wide or not self._is_arranged:
            self._wide = wide
            self._arrange()

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        # As high as a line to write in, so that both stand on one base line.
        label.setMinimumHeight(self._line_height)
        return label

    def _arrange(self) -> None:
        self._is_arranged = True
        while self._grid.count():
            self._grid.takeAt(0)
        line, at = 0, 0
        for number, row in enumerate(self._rows):
            half = row.half and self._wide and (at == 2 or self._has_partner(number))
            if at and not half:
                line, at = line + 1, 0
            self._place(row, line, at, half)
            line, at = (line, 2) if half and not at else (line + 1, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1 if self._wide else 0)

    def _has_partner(self, number: int) -> bool:
        return number + 1 < len(self._rows) and self._rows[number + 1].half

    def _place(self, row: Row, line: int, at: int, half: bool) -> None:
        if row.label is None:
            self._grid.addWidget(row.cell, line, at, 1, -1)
            return
        self._grid.addWidget(row.label, line, at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        # Cells side by side stand on one line even where only one of them has a remark below it.
        align = Qt.AlignmentFlag.AlignTop if half else Qt.AlignmentFlag(0)
        self._grid.addWidget(row.cell, line, at + 1, 1, 1 if half else -1, align)


def beside(*parts: QWidget) -> QWidget:
    """Widgets side by side: a text in front takes the room, otherwise they stand at the left."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        layout.addWidget(part, 1 if isinstance(part, QLabel) and part is parts[0] else 0)
    if not isinstance(parts[0], QLabel):
        layout.addStretch(1)
    return line
