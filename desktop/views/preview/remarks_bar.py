"""The strip above a paper that says what the clerk should see to before it goes out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class Remarks(QFrame):
    """What the clerk should see to, above the pages; one line until it is unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName("打印前请留意")
        self.more = QPushButton()
        self.more.setObjectName("flat")
        self.more.clicked.connect(self._turn)
        self._remarks: tuple[str, ...] = ()
        self._is_open = False
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 6, 3)
        row.addWidget(self.words, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_remarks(self, remarks: Sequence[str]) -> None:
        """Show other remarks; none hides the bar."""
        self._remarks = tuple(remarks)
        self._show()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show()

    def _show(self) -> None:
        shown = self._remarks if self._is_open else self._remarks[:1]
        many = len(self._remarks) > 1
        self.words.setText("\n".join(f"{at}. {remark}" if many else remark for at, remark in enumerate(shown, 1)))
        self.more.setText("收起" if self._is_open else f"共{len(self._remarks)}条，全部显示")
        self.more.setVisible(many)
        self.setVisible(bool(self._remarks))
