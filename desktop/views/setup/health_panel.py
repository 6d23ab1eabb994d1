"""Backups beside the ledger, restoring one in two clicks, and 台账体检 in plain words."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.backups import DAILY, WEEKLY, Backup, list_backups
from desktop.views import questions
from desktop.views.ledger_jobs import MEND_WORDS, start_backup, start_check, start_mend
from desktop.views.looks.theme import colours
from desktop.views.session import Session

_FOLDER = Qt.ItemDataRole.UserRole


class HealthPanel(QWidget):
    """The tab 备份与体检 of the settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.list = QListWidget()
        self.list.setAccessibleName("备份")
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(lambda _: self.restore_chosen())
        self.back_up_button = _button("立即备份", self.back_up)
        self.restore_button = _button("恢复所选…", self.restore_chosen)
        self.elsewhere_button = _button("从别处的备份恢复…", lambda: session.wants.emit("restore", None))
        self.check_button = _button("开始体检", self.check)
        self.mend_button = _button("重建台账视图", self.mend)
        self.mend_button.setToolTip(MEND_WORDS)
        self.mend_button.hide()
        self.place = QLineEdit(session.settings.text("backup_folder"))
        self.place.setReadOnly(True)
        self.place.setPlaceholderText("台账文件夹内的 backups（默认）")
        self.place.setAccessibleName("手动备份的位置")
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result.setAccessibleName("体检结果")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_label("备份", "subtitle"))
        layout.addWidget(
            _label(f"关闭程序时自动备份，保留最近{DAILY}天每天一份、最近{WEEKLY}周每周一份；手动备份不会自动删除。")
        )
        layout.addWidget(self.list, 1)
        layout.addLayout(_row(self.back_up_button, self.restore_button, self.elsewhere_button))
        choose = _button("选择…", self.choose_place)
        usual = _button("恢复默认", lambda: self._set_place(""))
        place_row = _row(QLabel("手动备份存到"), self.place, choose, usual)
        place_row.setStretch(1, 1)
        layout.addLayout(place_row)
        layout.addWidget(_label("最好另存到另一块硬盘；台账和备份在同一块硬盘上时，硬盘损坏会一起丢失。"))
        layout.addSpacing(10)
        layout.addWidget(_label("台账体检", "subtitle"))
        layout.addWidget(_label("核对台账文件、每一条记录和每一个附件是否完好，不改动任何内容。"))
        layout.addLayout(_row(self.check_button, self.mend_button))
        layout.addWidget(self.result)

    def refresh(self) -> None:
        """Show the backups there are now."""
        self.list.clear()
        for backup in list_backups(self.session.ledger.folder):
            item = QListWidgetItem(_words(backup))
            item.setData(_FOLDER, str(backup.folder))
            item.setToolTip(str(backup.folder))
            self.list.addItem(item)
        if not self.list.count():
            hint = QListWidgetItem("还没有备份。点“立即备份”做第一份。")
            hint.setFlags(Qt.ItemFlag.NoItemFlags)
            hint.setForeground(QColor(colours().muted))
            self.list.addItem(hint)
        self._show_buttons()

    def chosen(self) -> Path | None:
        """The folder of the chosen backup."""
        items = self.list.selectedItems()
        return Path(items[0].data(_FOLDER)) if items else None

    def back_up(self) -> None:
        """Make a backup now."""
        start_backup(self.session, self.session.settings.text("backup_folder"), self.refresh)

    def restore_chosen(self) -> None:
        """Ask the program to put the chosen backup in the ledger's place."""
        folder = self.chosen()
        if folder is not None:
            self.session.wants.emit("restore", folder)

    def check(self) -> None:
        """Start 台账体检; the result stands below the button."""
        if start_check(self.session, self._show_result):
            self.result.setText("正在体检…")

    def mend(self) -> None:
        """Make what is shown anew from the records, then check again."""
        if self.session.can_write:
            start_mend(self.session, self.check)

    def _show_result(self, words: str, lines: str, can_mend: bool) -> None:
        self.result.setText(f"{words}\n{lines}".strip())
        self.mend_button.setVisible(can_mend and self.session.ledger.writable)

    def choose_place(self) -> None:
        """Choose where backups made by hand go."""
        folder = questions.ask_folder("手动备份存到哪个文件夹")
        if folder is not None:
            self._set_place(str(folder))

    def _set_place(self, folder: str) -> None:
        self.session.settings.set("backup_folder", folder)
        self.place.setText(folder)

    def _show_buttons(self) -> None:
        self.restore_button.setEnabled(self.chosen() is not None and self.session.ledger.writable)


def _words(backup: Backup) -> str:
    made = backup.made
    kind = "自动备份" if backup.automatic else "手动备份"
    return f"{made.year}年{made.month}月{made.day}日 {made.hour}:{made.minute:02}　{kind}{_age(made)}"


def _age(made: datetime) -> str:
    days = (datetime.now().date() - made.date()).days
    return "　今天" if days == 0 else f"　{days}天前" if days > 0 else ""


def _label(words: str, name: str = "hint") -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _button(words: str, slot: object) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words.rstrip("…"))
    button.clicked.connect(lambda *_: slot())  # type: ignore[operator]
    return button


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(0)
    return row
