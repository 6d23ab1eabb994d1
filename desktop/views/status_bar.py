"""The line at the foot of the window: what is open, who works, the last backup, and the job that runs."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from desktop.views.runner import Runner

_SHOWN_MS = 12_000
_NAMES = ("ledger", "office")


class ElidedLabel(QLabel):
    """A label that gives way on a narrow window: its text ends in an ellipsis there, and the tip shows it whole."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters only, so that a long name never widens the window."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show a text, and the whole of it in the tip."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        inside = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class StatusBar(QStatusBar):
    """Shows facts of the open ledger at the right, sentences at the left, and the running job with its Cancel."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._facts = {"ledger": ElidedLabel(), "office": ElidedLabel(), "person": QLabel(), "backup": QLabel()}
        self._job = self._make_job()
        self.addPermanentWidget(self._job)
        for name, label in self._facts.items():
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAccessibleName({"ledger": "台账", "office": "单位", "person": "使用人", "backup": "备份"}[name])
            self.addPermanentWidget(label)
        self.setSizeGripEnabled(False)
        self._job.hide()
        runner.started.connect(self._on_started)
        runner.progressed.connect(self._on_progressed)
        runner.ended.connect(self._on_ended)

    def _make_job(self) -> QWidget:
        job = QWidget()
        self._words = QLabel()
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        self._progress.setMaximumHeight(16)
        self._progress.setMinimumWidth(110)
        self._progress.setAccessibleName("进度")
        self.cancel_button = QPushButton("取消")
        self.cancel_button.setObjectName("flat")
        self.cancel_button.setAccessibleName("取消正在进行的工作")
        self.cancel_button.clicked.connect(self._cancel)
        layout = QHBoxLayout(job)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        for widget in (self._words, self._progress, self.cancel_button):
            layout.addWidget(widget)
        return job

    def show_facts(self, *, ledger: str, office: str, person: str, backup: str) -> None:
        """Show what is open and who works."""
        given = {"ledger": ledger, "office": office, "person": person, "backup": backup}
        for name, text in given.items():
            self._facts[name].setText(text)
        self._show_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take a fifth of the bar at most, so that sentences and the running job have room."""
        super().resizeEvent(event)
        for name in _NAMES:
            self._facts[name].setMaximumWidth(self.width() // 5)

    def _show_what_fits(self) -> None:
        """While a job runs its words need the room of the names, which the title of the window shows too."""
        busy = self._runner.is_busy
        for name, label in self._facts.items():
            label.setVisible(bool(label.text()) and not (busy and name in _NAMES))

    def tell(self, sentence: str) -> None:
        """Show a sentence for some seconds."""
        self.showMessage(sentence, _SHOWN_MS)

    def texts(self) -> dict[str, str]:
        """What is shown, by name; for tests and for people who cannot see it."""
        return {name: label.text() for name, label in self._facts.items()} | {"job": self._words.text()}

    def _cancel(self) -> None:
        self._runner.cancel()
        self.cancel_button.setEnabled(False)
        self._words.setText("正在取消…")

    def _on_started(self, title: str) -> None:
        self._words.setText(title)
        self._progress.setValue(0)
        self.cancel_button.setEnabled(True)
        self._show_what_fits()
        self._job.show()

    def _on_ended(self, _: str) -> None:
        self._job.hide()
        self._show_what_fits()

    def _on_progressed(self, text: str, share: float, left: float) -> None:
        if self.cancel_button.isEnabled():
            self._words.setText(text + left_words(left))
        self._progress.setValue(round(share * 100))


def left_words(seconds: float) -> str:
    """How much time is left, in words; empty when it is not known."""
    if seconds < 0:
        return ""
    if seconds < 60:
        return f"，约还需{max(1, round(seconds))}秒"
    return f"，约还需{round(seconds / 60)}分钟"
