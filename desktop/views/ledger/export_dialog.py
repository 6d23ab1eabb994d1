"""What of the ledger to write into a file, and how: for the office, for the public, with photos, as a printed sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.export import ExportChoice
from desktop.views import questions

XLSX, PDF = "xlsx", "pdf"
_KINDS = (
    ("office", "本单位使用的表格（xlsx）", "可以继续填写、修改，改好后用“导入方案”带回台账，逐项核对。"),
    ("public", "公开版表格（xlsx）", "只有可以公开的列；电话、人名、问责和信访件内容已略去。导出后请再看一遍。"),
    (PDF, "按打印样式（PDF）", "与“打印台账”相同，包含全部问题。"),
)


@dataclass(frozen=True, slots=True)
class ExportWish:
    """The answer of the dialog: the kind of file, and what goes into a workbook."""

    suffix: str
    choice: ExportChoice


class ExportDialog(QDialog):
    """Asks. ``shown`` are the problems that the list shows, ``total`` how many the ledger holds."""

    def __init__(self, shown: Sequence[str], total: int, *, is_narrowed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = tuple(shown)
        self.setObjectName("export_ledger")
        self.setWindowTitle("导出台账")
        self.scopes = {
            "shown": QRadioButton(f"现在列出的{len(shown)}个问题，按列出的次序"),
            "all": QRadioButton(f"全部{total}个问题"),
        }
        self.kinds = {key: QRadioButton(words) for key, words, _ in _KINDS}
        self.photos = QCheckBox("带整改前后照片（缩小后放在表格里，每个问题各一张）")
        self.go_button, self.cancel_button = QPushButton("选择保存位置…"), QPushButton("取消")
        self.go_button.setObjectName("primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        for group, buttons in zip(self._groups, (self.scopes, self.kinds), strict=True):
            for button in buttons.values():
                group.addButton(button)
                button.toggled.connect(lambda _: self._allow())
        self._lay_out(is_narrowed)
        self.scopes["shown" if is_narrowed else "all"].setChecked(True)
        self.kinds["office"].setChecked(True)

    def _lay_out(self, is_narrowed: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(6)
        if is_narrowed:
            layout.addWidget(_subtitle("哪些问题"))
            for button in self.scopes.values():
                layout.addWidget(button)
            layout.addSpacing(6)
        layout.addWidget(_subtitle("什么样的文件"))
        for key, _, hint in _KINDS:
            layout.addWidget(self.kinds[key])
            label = QLabel(hint)
            label.setObjectName("hint")
            label.setWordWrap(True)
            label.setIndent(22)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addWidget(self.photos)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.go_button)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        self.setMinimumWidth(34 * self.fontMetrics().horizontalAdvance("字"))

    def _allow(self) -> None:
        is_printed = self.kinds[PDF].isChecked()
        self.photos.setEnabled(not is_printed)
        self.scopes["shown"].setEnabled(not is_printed)
        self.scopes["all"].setEnabled(not is_printed)

    def wish(self) -> ExportWish:
        """What was chosen."""
        if self.kinds[PDF].isChecked():
            return ExportWish(PDF, ExportChoice())
        problems = self._shown if self.scopes["shown"].isChecked() else None
        choice = ExportChoice(problems, photos=self.photos.isChecked(), public=self.kinds["public"].isChecked())
        return ExportWish(XLSX, choice)


def ask_export(shown: Sequence[str], total: int, *, is_narrowed: bool) -> ExportWish | None:
    """Let the clerk choose; None when cancelled."""
    dialog = ExportDialog(shown, total, is_narrowed=is_narrowed)
    try:
        return dialog.wish() if questions.run_dialog(dialog) else None
    finally:
        dialog.deleteLater()


def _subtitle(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("subtitle")
    return label
