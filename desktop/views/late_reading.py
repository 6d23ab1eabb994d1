"""What fills a page and takes long, read on the runner: it gives way to what the clerk asks for, and is read again."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.views import questions
from desktop.views.runner import CANCELLED, GAVE_WAY, Failure, Job
from desktop.views.session import Session

TITLE = "读取"
READING, STOPPED = "正在读取…", "读取已取消，按 F5 再读。"


class LateReading:
    """The reading of one view. ``show(result)`` is called on the window's thread with the latest result only.

    ``tell(words)`` gets READING while it reads, STOPPED when the clerk cancelled it, and an empty text at the end.
    What is asked for while another job runs is read when that has ended; nothing is shown in a view that is hidden.
    """

    def __init__(
        self, session: Session, view: QWidget, show: Callable[[object], None], tell: Callable[[str], None]
    ) -> None:
        self._session, self._view, self._show, self._tell = session, view, show, tell
        self._job: Job | None = None
        self._latest = 0
        session.runner.ended.connect(self._on_ended)

    @property
    def is_busy(self) -> bool:
        """True while what was asked for last has not been shown."""
        return self._job is not None

    def read(self, job: Job) -> None:
        """Read with ``job(report)``; an earlier reading of this view that has not ended is dropped."""
        self._job = job
        self._tell(READING)
        self._begin()

    def forget(self) -> None:
        """Drop what was asked for, as when the view goes; nothing is shown in it any more."""
        self._job = None
        self._latest += 1
        self._session.runner.ended.disconnect(self._on_ended)

    def _begin(self) -> None:
        if self._job is None:
            return
        self._latest += 1
        number = self._latest

        def done(result: object) -> None:
            if number == self._latest:
                self._job = None
                self._tell("")
                self._show(result)

        def failed(failure: Failure) -> None:
            if number == self._latest and failure is not GAVE_WAY:
                self._on_failed(failure)

        self._session.runner.start(TITLE, self._job, done, failed, self._session.ledger, writes=False, gives_way=True)

    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        self._tell(STOPPED)
        if failure is not CANCELLED and self._session.is_there():
            questions.tell(failure.sentence, failure.remedy)

    def _on_ended(self, title: str) -> None:
        # The end of a reading is told before its result is shown: what is still wanted then is on its way.
        if title != TITLE and self._job is not None and self._view.isVisible():
            self._begin()
