"""What becomes of keys: this office's own renewed, replaced or ended, and another office's believed no more."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.packages.identities import SHORTEST_PASSPHRASE
from desktop.operations.packages.key_changes import KeyChange

_TITLES = {
    KeyChange.RENEWED: "更新交换身份",
    KeyChange.REPLACED: "重新建立交换身份",
    KeyChange.ENDED: "停用交换身份",
}
_WHY = {
    KeyChange.RENEWED: (
        "换成一套新的身份，由现在的身份签名作证：已核对过本单位的，收到下一个数据包就自动跟着更新，不用再核对。"
        "定期更换，或经办人员变动时用。"
    ),
    KeyChange.REPLACED: (
        "忘记口令、遗失或怀疑泄露时用。原身份作废，没有它作证，所有交换单位都要按新的变更确认单重新核对；"
        "本单位写过的内容由新身份重新签名，不会丢失。"
    ),
    KeyChange.ENDED: "单位撤并或不再使用本程序交换时用。本机上的身份随即删除，不能再打包；收过的、发过的都保留。",
}
_AFTER = {
    KeyChange.RENEWED: "完成后请打印更新确认单盖章送达，并重新做一份身份备份。",
    KeyChange.REPLACED: "完成后请打印变更确认单盖章送达，并重新做一份身份备份。",
    KeyChange.ENDED: "完成后请打印作废确认单盖章送达。",
}


class OwnKeysDialog(QDialog):
    """Explains one change of this office's keys and asks for the new passphrase where there are new ones.

    Attributes: ``first`` and ``second``, the passphrase typed twice.
    """

    def __init__(self, change: KeyChange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.change = change
        self.setObjectName(f"own_keys_{change}")
        self.setWindowTitle(_TITLES[change])
        self.first, self.second = _secret("新口令（至少8位）"), _secret("再输一遍")
        self.fault = _words("", "fault")
        self.agree_button = QPushButton(_TITLES[change])
        self.agree_button.setObjectName("danger" if change == KeyChange.ENDED else "primary")
        self.agree_button.clicked.connect(lambda _=False: self._agree())
        layout = _frame(self)
        layout.addWidget(_words(_WHY[change]))
        if change != KeyChange.ENDED:
            rows = _form()
            rows.addRow("新口令", self.first)
            rows.addRow("再输一遍", self.second)
            layout.addLayout(rows)
        layout.addWidget(_words(_AFTER[change], "hint"))
        layout.addWidget(self.fault)
        layout.addLayout(_buttons(self, self.agree_button))

    @property
    def passphrase(self) -> str:
        """The new passphrase."""
        return self.first.text()

    def _agree(self) -> None:
        if self.first.text() != self.second.text():
            self.fault.setText("两次输入的口令不一样，请重新输入。")
        elif self.change != KeyChange.ENDED and len(self.first.text()) < SHORTEST_PASSPHRASE:
            self.fault.setText(f"口令至少{SHORTEST_PASSPHRASE}位，请换一个长一些的。")
        else:
            self.accept()


class EndKeysDialog(QDialog):
    """Asks how another office's keys ended and by which paper. Attributes: ``given_up``, ``lost``, ``paper``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("end_keys")
        self.setWindowTitle("停用或作废交换身份")
        title = _words(name, "subtitle")
        self.given_up = QRadioButton("停用：单位撤并或不再使用。此前制作的数据包照常接收")
        self.lost = QRadioButton("作废：遗失或可能泄露。用它签名的数据包一律不再接收")
        self.group = QButtonGroup(self)
        for button in (self.given_up, self.lost):
            self.group.addButton(button)
        self.paper = QLineEdit()
        self.paper.setPlaceholderText("如：作废确认单2026年1号，电话核实")
        self.paper.setAccessibleName("依据")
        self.fault = _words("", "fault")
        self.agree_button = QPushButton("确定")
        self.agree_button.setObjectName("danger")
        self.agree_button.clicked.connect(lambda _=False: self._agree())
        rows = _form()
        rows.addRow("依据", self.paper)
        layout = _frame(self)
        for part in (title, self.given_up, self.lost):
            layout.addWidget(part)
        layout.addLayout(rows)
        note = "已经并入的内容不受影响。对方重新建立身份后，它的数据包先放在一旁，按新的确认单核对后并入。"
        layout.addWidget(_words(note, "hint"))
        layout.addWidget(self.fault)
        layout.addLayout(_buttons(self, self.agree_button))

    @property
    def is_lost(self) -> bool:
        """Lost or stolen, not given up in good order."""
        return self.lost.isChecked()

    def _agree(self) -> None:
        if self.group.checkedButton() is None:
            self.fault.setText("请选择停用还是作废。")
        elif not self.paper.text().strip():
            self.fault.setText("请填写依据。")
        else:
            self.accept()


def _frame(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(16, 14, 16, 14)
    layout.setSpacing(10)
    dialog.setMinimumWidth(34 * dialog.fontMetrics().horizontalAdvance("字"))
    return layout


def _form() -> QFormLayout:
    rows = QFormLayout()
    rows.setHorizontalSpacing(12)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return rows


def _buttons(dialog: QDialog, agree: QPushButton) -> QHBoxLayout:
    cancel = QPushButton("取消")
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(agree)
    return row


def _secret(words: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(words)
    line.setPlaceholderText(words)
    return line


def _words(text: str, kind: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setObjectName(kind)
    return label
