"""The first thing seen: make, open, restore a ledger or look at the sample, then say who works."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import Settings
from desktop.views.looks.icons import icon
from desktop.views.looks.theme import colours
from desktop.views.start.who_panel import WhoPanel
from desktop.views.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.views.start.new_ledger_panel import NewLedgerPanel, StartWish

SECRECY = "本机不得处理涉密信息"
_FOLDER = Qt.ItemDataRole.UserRole
_CHOICES = (
    ("new", "ledger", "新建台账", "第一次使用：填写单位名称，建立一本空台账"),
    ("start", "exchange", "打开初始包…", "上级用U盘发来的：按它建立本单位的台账"),
    ("open", "open", "打开台账…", "选择台账所在的文件夹"),
    ("sample", "sample", "打开示例", "一本虚构区县的台账，可以随意试用"),
    ("restore", "restore", "从备份恢复…", "用备份文件夹还原台账，原台账不会删除"),
    ("bring", "import", "从另一台电脑接回…", "U盘带来的整本台账，核对无误后放到本机"),
)
_COLUMNS = 2


class StartPage(QWidget):
    """Signals: ``chosen(str, object)`` with ``new`` (a NewLedger), ``start`` (to choose 初始包), ``open`` (a folder, or
    None to choose), ``sample``, ``restore``, ``bring``; ``who(str)`` with the name of the person who works;
    ``left_who`` when the clerk goes back; ``closed``.
    """

    chosen = Signal(str, object)
    who = Signal(str)
    left_who = Signal()
    closed = Signal()

    def __init__(self, settings: Settings, status: StatusBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.stack = QStackedWidget()
        self.home = self._make_home()
        self.who_panel = WhoPanel()
        self.who_panel.chosen.connect(self.who)
        self.who_panel.cancelled.connect(self.left_who)
        for panel in (self.home, self.who_panel):
            self.stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        middle = QHBoxLayout()
        middle.setContentsMargins(28, 20, 28, 12)
        middle.addStretch(1)
        middle.addWidget(self.stack, 6)
        middle.addStretch(1)
        layout.addWidget(_secrecy())
        layout.addLayout(middle, 1)
        layout.addWidget(status)
        self.show_home()

    @cached_property
    def new_panel(self) -> "NewLedgerPanel":
        """The panel for a new ledger, made when it is asked for: most starts open a ledger that is there."""
        from desktop.views.start.new_ledger_panel import NewLedgerPanel

        panel = NewLedgerPanel(self.settings)
        panel.submitted.connect(lambda wanted: self.chosen.emit("new", wanted))
        panel.cancelled.connect(self.show_home)
        self.stack.addWidget(panel)
        return panel

    def _make_home(self) -> QWidget:
        home = QWidget()
        title = QLabel("督察整改台账")
        title.setObjectName("title")
        below = QLabel("生态环境保护督察整改问题的单机台账，全部数据在本机，不联网。")
        below.setObjectName("hint")
        below.setWordWrap(True)
        recent_title = QLabel("最近的台账")
        recent_title.setObjectName("subtitle")
        self.recent = QListWidget()
        self.recent.setAccessibleName("最近的台账")
        self.recent.itemActivated.connect(self._open_recent)
        self.recent.itemClicked.connect(self._open_recent)
        grid = QGridLayout()
        grid.setSpacing(10)
        self.buttons = {key: _choice(words, hint) for key, _, words, hint in _CHOICES}
        for at, (key, button) in enumerate(self.buttons.items()):
            button.clicked.connect(lambda *_, key=key: self._choose(key))
            grid.addWidget(button, at // _COLUMNS, at % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(home)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(below)
        layout.addSpacing(8)
        layout.addLayout(grid)
        layout.addSpacing(8)
        layout.addWidget(recent_title)
        layout.addWidget(self.recent, 1)
        return home

    def show_home(self) -> None:
        """The first panel, with the ledgers opened last."""
        for key, picture, _, _ in _CHOICES:
            self.buttons[key].setIcon(icon(picture, colours().accent, large=True))
        self.recent.clear()
        for folder in self.settings.recent():
            there = (folder / "ledger.sqlite").is_file()
            item = QListWidgetItem(f"{folder.name}　　{folder}" + ("" if there else "　（不在原处）"))
            item.setData(_FOLDER, str(folder))
            self.recent.addItem(item)
        if not self.recent.count():
            hint = QListWidgetItem("还没有打开过台账。请新建台账，或先打开示例看看。")
            hint.setFlags(Qt.ItemFlag.NoItemFlags)
            hint.setForeground(QColor(colours().muted))
            self.recent.addItem(hint)
        self.stack.setCurrentWidget(self.home)
        (self.recent if self.settings.recent() else self.buttons["new"]).setFocus()

    def show_new(self, wish: "StartWish | None" = None) -> None:
        """The panel for a new ledger, with ``wish`` for one that is made by 初始包."""
        self.stack.setCurrentWidget(self.new_panel)
        self.new_panel.start(wish)

    def show_who(self, ledger: str, office: str, people: Sequence[str], last: str) -> None:
        """Ask who works, once a ledger is open."""
        self.who_panel.start(ledger, office, people, last)
        self.stack.setCurrentWidget(self.who_panel)

    def set_busy(self, busy: bool) -> None:
        """Grey everything while a job makes or restores a ledger; its Cancel stays."""
        self.stack.setEnabled(not busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the start page ends the program unless a ledger is shown."""
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the first panel."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is not self.home:
            if self.stack.currentWidget() is self.who_panel:
                self.left_who.emit()
            self.show_home()
            return
        super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        if key == "new":
            self.show_new()
        else:
            self.chosen.emit(key, None)

    def _open_recent(self, item: QListWidgetItem) -> None:
        folder = item.data(_FOLDER)
        if folder:
            self.chosen.emit("open", Path(folder))


def _secrecy() -> QFrame:
    frame = QFrame()
    frame.setObjectName("secrecy")
    words = QLabel(SECRECY)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(8, 5, 8, 5)
    layout.addWidget(words)
    return frame


def _choice(words: str, hint: str) -> QPushButton:
    """A large button with a name, and what it does beneath."""
    button = QPushButton(f"{words}\n{hint}")
    button.setObjectName("choice")
    button.setIconSize(QSize(28, 28))
    button.setAccessibleName(words.rstrip("…"))
    button.setAccessibleDescription(hint)
    return button
