"""整本带到另一台电脑: as a folder or one file, openly or under a passphrase."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views import questions

LEAST = 8
_HEAD = (
    "带出全部记录、佐证材料和本单位的交换身份，只给本单位的另一台电脑。带出后两台都可以继续填写，以后互相接回就能合并。"
)
_KINDS = (
    ("file", "一个文件，加口令（建议）", "U盘丢了，没有口令的人看不到内容。口令请另行告知，不要写在U盘上。"),
    ("open", "一个文件，不加口令", "谁拿到都能打开。FAT32 格式的U盘放不下超过 4 GB 的文件。"),
    ("folder", "一个文件夹", "佐证材料很多时用；谁拿到都能打开。也可以当作备份恢复。"),
)


@dataclass(frozen=True, slots=True)
class CarryWish:
    """The answer: whether one file, and under which passphrase."""

    as_file: bool
    passphrase: str = ""


class CarryDialog(QDialog):
    """Asks how a whole ledger is carried. Attributes: ``kinds`` of buttons, ``first``, ``second``, ``fault``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("carry_ledger")
        self.setWindowTitle("整本带到另一台电脑")
        self.kinds = {key: QRadioButton(words) for key, words, _ in _KINDS}
        self._group = QButtonGroup(self)
        for button in self.kinds.values():
            self._group.addButton(button)
            button.toggled.connect(lambda _: self._allow())
        self.first, self.second = self._secret("口令（至少8位）"), self._secret("再输入一次口令")
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.go_button, self.cancel_button = QPushButton("选择U盘或文件夹…"), QPushButton("取消")
        self.go_button.setObjectName("primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        self.kinds["file"].setChecked(True)

    def _secret(self, words: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        line.textEdited.connect(lambda _: self.fault.clear())
        return line

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(6)
        layout.addWidget(_hint(_HEAD))
        layout.addSpacing(4)
        for key, _, words in _KINDS:
            layout.addWidget(self.kinds[key])
            hint = _hint(words)
            hint.setIndent(22)
            layout.addWidget(hint)
            if key == "file":
                row = QHBoxLayout()
                row.setContentsMargins(22, 0, 0, 4)
                row.addWidget(self.first)
                row.addWidget(self.second)
                layout.addLayout(row)
        layout.addWidget(self.fault)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.go_button)
        layout.addLayout(buttons)
        self.setMinimumWidth(36 * self.fontMetrics().horizontalAdvance("字"))

    def _allow(self) -> None:
        is_secret = self.kinds["file"].isChecked()
        self.first.setEnabled(is_secret)
        self.second.setEnabled(is_secret)
        self.fault.clear()

    def submit(self) -> None:
        """Accept, unless the passphrase is too short or was typed differently."""
        if self.kinds["file"].isChecked() and len(self.first.text()) < LEAST:
            self.fault.setText(f"口令至少{LEAST}位。")
        elif self.kinds["file"].isChecked() and self.first.text() != self.second.text():
            self.fault.setText("两次输入的口令不一样，请重新输入。")
        else:
            self.accept()

    def wish(self) -> CarryWish:
        """What was chosen."""
        is_secret = self.kinds["file"].isChecked()
        return CarryWish(not self.kinds["folder"].isChecked(), self.first.text() if is_secret else "")


def ask_carry() -> CarryWish | None:
    """Let the clerk choose; None when cancelled."""
    dialog = CarryDialog()
    try:
        return dialog.wish() if questions.run_dialog(dialog) else None
    finally:
        dialog.deleteLater()


def _hint(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("hint")
    label.setWordWrap(True)
    return label
