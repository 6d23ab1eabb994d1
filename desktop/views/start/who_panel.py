"""谁在使用: the person who works is named before the ledger opens, and stands in every record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget


class WhoPanel(QWidget):
    """Signals: ``chosen(str)`` with a name, ``cancelled``."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("请选择使用人")
        title.setObjectName("title")
        self.subject = QLabel()
        self.subject.setObjectName("hint")
        self.subject.setWordWrap(True)
        self.people = QListWidget()
        self.people.setAccessibleName("使用人")
        self.people.currentTextChanged.connect(self._take)
        self.people.itemActivated.connect(lambda _: self._choose())
        self.fault = QLabel("请选择或填写姓名")
        self.fault.setObjectName("fault")
        self.fault.hide()
        self.name = QLineEdit()
        self.name.setPlaceholderText("不在名单里时，在这里填写姓名")
        self.name.setAccessibleName("姓名")
        self.name.returnPressed.connect(self._choose)
        self.name.textChanged.connect(lambda _: self.fault.hide())
        note = QLabel("每一步由谁办理都会记入历史；办理一个环节的人不能同时是它的审核人。")
        note.setObjectName("hint")
        note.setWordWrap(True)
        self.ok_button = QPushButton("进入台账")
        self.ok_button.setObjectName("primary")
        self.ok_button.clicked.connect(self._choose)
        back = QPushButton("返回")
        back.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self.ok_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (title, self.subject, self.people, self.name, self.fault, note):
            layout.addWidget(widget, 1 if widget is self.people else 0)
        layout.addLayout(buttons)

    def start(self, ledger: str, office: str, people: Sequence[str], last: str) -> None:
        """Show who may work; the person of last time is chosen already."""
        self.subject.setText(f"{ledger}　{office}")
        self.people.clear()
        names = list(dict.fromkeys([*([last] if last else []), *people]))
        self.people.addItems(names)
        self.people.setVisible(bool(names))
        self.name.clear()
        if names:
            self.people.setCurrentRow(0)
            self.people.setFocus()
        else:
            self.name.setFocus()

    def _take(self, name: str) -> None:
        self.name.setText(name)

    def _choose(self) -> None:
        name = " ".join(self.name.text().split())
        self.fault.setVisible(not name)
        if name:
            self.chosen.emit(name)
