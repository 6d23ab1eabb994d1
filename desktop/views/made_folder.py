"""What long work left in a folder: a sentence, what to mind, and the way there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.views import questions
from desktop.views.runner import Failure, Runner

_LINES = 4


class MadeFolder(QWidget):
    """Attributes: ``folder`` that was made, None before; ``told``, ``warnings`` and ``open_button`` show it."""

    def __init__(self, runner: Runner, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._title = runner, title
        self.folder: Path | None = None
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.warnings = QPlainTextEdit()
        self.warnings.setReadOnly(True)
        self.warnings.setAccessibleName("生成时的提示")
        self.warnings.setMaximumHeight(self.warnings.fontMetrics().lineSpacing() * _LINES + 12)
        self.open_button = QPushButton("打开文件夹")
        self.open_button.clicked.connect(lambda: self.open_folder())
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.warnings)
        runner.progressed.connect(self._on_progress)
        self.say("")

    def begin(self) -> None:
        """The work has started."""
        self.folder = None
        self.say("正在生成，可在窗口底部取消。")

    def say(self, sentence: str, warnings: Sequence[str] = ()) -> None:
        """Show a sentence, and what to mind a line each."""
        self.told.setText(sentence)
        self.warnings.setPlainText("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
        self.open_button.setVisible(self.folder is not None)

    def fail(self, failure: Failure) -> None:
        """Show why nothing was made; a remedy or a fault of the program in a dialog."""
        self.say(failure.sentence)
        if failure.remedy or failure.traceback:
            questions.tell(failure.sentence, failure.remedy or failure.traceback)

    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        if self.folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder))):
            questions.tell("没有能打开文件夹的程序。", f"文件在：{self.folder}")

    def _on_progress(self, words: str, share: float, left: float) -> None:
        if self._runner.title == self._title:
            self.told.setText(f"{words}（窗口底部可以取消）")
