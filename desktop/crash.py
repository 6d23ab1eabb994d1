"""When the program itself is at fault: log, ledger closed properly, one dialog whose text can be copied."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said by every window of the offscreen platform.
_QUIET = ("This plugin does not support propagateSizeHints",)
log = logging.getLogger(__name__)
Expected = Callable[[BaseException], bool]


class CrashReporter(QObject):
    """Catches what nobody caught, on any thread, and shows it once.

    ``expected(error)`` gets the first say and returns True when it told the clerk itself; ``save`` closes what is
    open. Signals: ``caught(text)`` carries the report to the window's thread.
    """

    caught = Signal(str)

    def __init__(
        self, version: str, expected: Expected, save: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._version = version
        self._expected = expected
        self._save = save
        self._is_shown = False
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python, of its threads and of Qt's messages."""
        sys.excepthook = self.on_error
        threading.excepthook = lambda args: self.on_error(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(log_qt_message)

    def on_error(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Log an error nobody caught and see that the clerk is told, once."""
        error = error or kind()
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        if _on_window_thread() and self._expected(error):
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("not caught:\n%s", text)
        self.caught.emit(report_text(self._version, text))

    def _show(self, text: str) -> None:
        if self._is_shown:
            return
        self._is_shown = True
        try:
            self._save()
        except Exception:
            log.exception("closing after a crash failed")
        if isinstance(QGuiApplication.instance(), QApplication):
            CrashDialog(text).exec()
        QCoreApplication.exit(1)


class CrashDialog(QDialog):
    """Says that the program failed and what was kept; the report can be copied."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setWindowTitle("程序出错")
        words = QLabel(
            "程序遇到了没有预料到的错误，需要关闭。\n"
            "已经保存的内容都在台账里；正在填写的内容已留作草稿，重新打开后可以继续。\n"
            "请把下面的文字复制下来，交给维护人员。"
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("错误报告")
        buttons = QDialogButtonBox()
        copy = buttons.addButton("复制文字", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("关闭程序", QDialogButtonBox.ButtonRole.AcceptRole)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)
        self.resize(760, 460)

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def report_text(version: str, trace: str) -> str:
    """What a maintainer needs to know; nothing of the ledger's contents."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"督察整改台账 {version}\nPython {platform.python_version()}，{system}\n\n{trace}"


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own messages go to the log."""
    if not message.startswith(_QUIET):
        logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def _on_window_thread() -> bool:
    app = QCoreApplication.instance()
    return app is not None and QThread.currentThread() is app.thread()
