"""The automatic backup, each day and before the window goes, and the order in which a window may go."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations.backups import auto_backup, list_backups
from desktop.views import questions
from desktop.views.runner import Failure
from desktop.views.session import Session

_DAILY_MS = 30 * 60_000


class Closing(QObject):
    """Attributes: ``is_under_way`` once the clerk agreed; ``may_close`` when nothing is left to wait for;
    ``skips_backup`` when what is open will be moved aside whole. Signals: ``ready`` when the window may go,
    ``backed_up(str)`` with a sentence when that went wrong and empty when it did not.
    """

    ready = Signal()
    backed_up = Signal(str)

    def __init__(self, session: Session, is_idle: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_idle = is_idle
        self.is_under_way = self.may_close = self.skips_backup = False
        self._is_last_backup = False
        session.runner.ended.connect(self._on_job_ended)
        self._daily = QTimer(self)
        self._daily.timeout.connect(self.back_up_if_due)
        self._daily.start(_DAILY_MS)

    def back_up_if_due(self) -> None:
        """The day's backup, when the last one is of an earlier day and something changed since."""
        backups = list_backups(self._session.ledger.folder)
        fresh = bool(backups) and backups[0].made.date() == datetime.now().date()
        if not fresh and self._can_back_up():
            self._back_up(
                "每日备份", lambda _: self.backed_up.emit(""), lambda failure: self.backed_up.emit(failure.sentence)
            )

    def begin(self) -> bool:
        """Ask what must be asked, and start what must be done first; True when the window may go at once."""
        if self.may_close:
            return True
        if self.is_under_way or not self._agrees():
            return False
        self.is_under_way = True
        if self._session.runner.is_reading:
            self._session.runner.cancel()
        if self._session.runner.is_busy or self._last_backup():
            return False
        self.may_close = True
        return True

    def stop(self) -> None:
        """The window is gone: no backup any more."""
        self.may_close = True
        self._daily.stop()

    def _agrees(self) -> bool:
        detail = "没保存的内容会留作草稿，下次打开时可以继续。"
        if not self._is_idle() and not questions.ask("还有没保存的内容，要关闭吗？", detail, "关闭", "不关闭"):
            return False
        runner = self._session.runner
        title = "" if runner.is_reading else runner.title
        return not title or questions.ask(f"正在{title}，完成后关闭吗？", "", "完成后关闭", "不关闭")

    def _can_back_up(self) -> bool:
        session = self._session
        return session.ledger.writable and session.runner.is_free and session.is_there()

    def _back_up(self, title: str, done: Callable[[object], None], failed: Callable[[Failure], None]) -> None:
        ledger, now = self._session.ledger, datetime.now()

        def job(report: Callable[[str, float], None]) -> object:
            return auto_backup(ledger, now, report)

        self._session.runner.start(title, job, done, failed, ledger, writes=False)

    def _last_backup(self) -> bool:
        """Start the backup at whose end the window goes; False when there is none to make."""
        if self.skips_backup or not self._can_back_up():
            return False
        self._is_last_backup = True
        self._back_up("备份", lambda _: self._finish(), self._on_failed)
        return True

    def _on_job_ended(self, _: str) -> None:
        # The job's own ending comes first: it may ask something.
        if self.is_under_way and not self._is_last_backup:
            QTimer.singleShot(0, self._go_on)

    def _go_on(self) -> None:
        if not self._session.runner.is_busy and not self._last_backup():
            self._finish()

    def _on_failed(self, failure: Failure) -> None:
        detail = f"{failure.sentence}{failure.remedy}"
        if questions.ask("关闭前的自动备份没有完成，仍然关闭吗？", detail, "仍然关闭", "不关闭"):
            self._finish()
        else:
            self.is_under_way = self._is_last_backup = False

    def _finish(self) -> None:
        self.may_close = True
        self.ready.emit()
