"""Long work off the window's thread: one job at a time, with progress and a Cancel that works."""

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop.operations.opened import Ledger, as_known, own_connection
from desktop.rules.errors import KnownFault, Refused

Report = Callable[[str, float], None]
Job = Callable[[Report], object]


class Cancelled(Exception):
    """Raised inside a job, from its progress call, when the clerk cancels; nothing half-done remains."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: the sentence, the remedy, for a bug the traceback, and the rule that a refusal follows."""

    sentence: str
    remedy: str = ""
    traceback: str = ""
    rule: str = ""


class _Worker(QObject):
    progressed = Signal(str, float)
    finished = Signal(object, object)

    def __init__(self, job: Job, ledger: Ledger | None) -> None:
        super().__init__()
        self.job = job
        self.ledger = ledger
        self.is_cancelled = False

    @Slot()
    def run(self) -> None:
        """Run the job on this thread with a database connection of its own."""
        result, failure = None, None
        try:
            with own_connection(self.ledger) if self.ledger else contextlib.nullcontext():
                result = self.job(self._report)
        except Cancelled:
            failure = Failure("已取消，没有留下半成品。")
        except Refused as error:
            failure = Failure(error.sentence, rule=error.rule)
        except KnownFault as error:
            failure = Failure(error.sentence, error.remedy)
        except Exception as error:
            failure = _unexpected(error)
        self.finished.emit(result, failure)

    def _report(self, text: str, share: float) -> None:
        if self.is_cancelled:
            raise Cancelled
        self.progressed.emit(text, share)


def _unexpected(error: Exception) -> Failure:
    """A failure of the disk in one sentence; anything else is a fault of the program, with its traceback."""
    known = as_known(error)
    if known is not None:
        return Failure(known.sentence, known.remedy)
    import traceback

    logging.getLogger(__name__).exception("job failed")
    return Failure("程序出错了，这项工作没有完成，台账中已确认的内容不受影响。", "", traceback.format_exc())


class Runner(QObject):
    """Runs one job after the other asks; a second start while one runs is refused.

    Signals: ``started(title)``, ``progressed(text, share, seconds_left)`` (-1 when not known), ``ended(title)``, before
    the job's own ``done`` or ``failed``: those may ask something or start the next job, which then shows as running.
    """

    started = Signal(str)
    progressed = Signal(str, float, float)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: QThread | None = None
        self._worker: _Worker | None = None
        self._done: Callable[[object], None] = _nothing
        self._failed: Callable[[Failure], None] = _nothing
        self._title = ""
        self._writes = False
        self._since = 0.0

    @property
    def is_busy(self) -> bool:
        """True while a job runs."""
        return self._thread is not None

    @property
    def is_writing(self) -> bool:
        """True while a job runs that may write the ledger."""
        return self.is_busy and self._writes

    @property
    def title(self) -> str:
        """What the running job does; empty when none runs."""
        return self._title if self.is_busy else ""

    def start(
        self,
        title: str,
        job: Job,
        done: Callable[[object], None],
        failed: Callable[[Failure], None],
        ledger: Ledger | None = None,
        *,
        writes: bool = True,
    ) -> bool:
        """Start a job; ``job(report)`` runs off the window's thread, ``done`` and ``failed`` on it.

        The job gets plain values only and no widget. ``writes``: False for a job that only reads the ledger, so that
        the clerk may go on saving. False, and nothing started, while another job runs.
        """
        if self.is_busy:
            return False
        self._writes = writes and ledger is not None
        self._title, self._done, self._failed, self._since = title, done, failed, time.monotonic()
        self._thread = QThread()
        self._worker = _Worker(job, ledger)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.run)
        self._worker.progressed.connect(self._on_progress)
        self._worker.finished.connect(self._on_finished)
        self.started.emit(title)
        self._thread.start()
        return True

    def cancel(self) -> None:
        """Ask the running job to stop at its next step."""
        if self._worker is not None:
            self._worker.is_cancelled = True

    def wait(self) -> None:
        """Wait for the running job, as at the end of the program."""
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()

    @Slot(str, float)
    def _on_progress(self, text: str, share: float) -> None:
        spent = time.monotonic() - self._since
        left = spent / share * (1 - share) if share > 0.02 and spent > 0.5 else -1.0
        self.progressed.emit(text, share, left)

    @Slot(object, object)
    def _on_finished(self, result: object, failure: Failure | None) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.quit()
            thread.wait()
        self._worker = None
        # Taken before anybody hears of the end: who does may start a job with endings of its own.
        done, failed = self._done, self._failed
        self._done = self._failed = _nothing
        self.ended.emit(self._title)
        if failure is None:
            done(result)
        else:
            failed(failure)


def _nothing(_: object) -> None:
    """What a runner does with a result before any job was started."""
