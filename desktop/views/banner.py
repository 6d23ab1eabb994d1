"""A strip above the pages for what stays true for a while: only to be looked at, folder gone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class Banner(QFrame):
    """Hidden until there is something to say. Signals: ``pressed`` when its button is used."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setAccessibleName("提示")
        self._button = QPushButton()
        self._button.setAccessibleName("再试一次")
        self._button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self.hide()

    def show_words(self, words: str, button: str = "") -> None:
        """Show a sentence, with a button when one can do something about it."""
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.show()

    @property
    def words(self) -> str:
        """The sentence shown; empty when hidden."""
        return "" if self.isHidden() else self._words.text()
