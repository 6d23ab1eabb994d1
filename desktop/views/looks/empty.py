"""What a page shows while it has nothing to show: a sentence that says what to do, and the buttons to do it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.place import PageKey, Place

NO_PROBLEMS = ("台账里还没有问题", "请到“台账”导入整改方案或新增问题。")


class Empty(QWidget):
    """A title, a hint and buttons in the middle of the room; the first button is the one proposed."""

    def __init__(
        self,
        title: str,
        hint: str,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        self.title, self.hint = QLabel(title), QLabel(hint)
        self.title.setObjectName("subtitle")
        self.hint.setObjectName("hint")
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        self.buttons = []
        for at, (words, act) in enumerate(actions):
            button = QPushButton(words)
            if at == 0:
                button.setObjectName("primary")
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)


def no_problems(go: SignalInstance) -> Empty:
    """What a page about problems shows while the ledger holds none; ``go`` opens a place."""
    return Empty(*NO_PROBLEMS, (("打开台账", lambda: go.emit(Place(PageKey.LEDGER))),))
