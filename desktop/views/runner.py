"""Long work off the window's thread: one job at a time, with progress and a Cancel that works."""

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop.rules.errors import KnownFault, Refused

if TYPE_CHECKING:
    from desktop.operations.opened import Ledger

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


# How a job ends that gave way to another one: it may be asked for again once that has ended.
GAVE_WAY = Failure("", rule="gave_way")
CANCELLED = Failure("已取消，没有留下半成品。", rule="cancelled")


@dataclass(frozen=True, slots=True)
class _Task:
    """A job as it was asked for."""

    title: str
    job: Job
    done: Callable[[object], None]
    failed: Callable[[Failure], None]
    ledger: "Ledger | None"
    writes: bool
    gives_way: bool


class _Worker(QObject):
    progressed = Signal(str, float)
    finished = Signal(object, object)

    def __init__(self, job: Job, ledger: "Ledger | None") -> None:
        super().__init__()
        self.job = job
        self.ledger = ledger
        self.is_cancelled = False

    @Slot()
    def run(self) -> None:
        """Run the job on this thread with a database connection of its own."""
        result, failure = None, None
        try:
            with _connected(self.ledger) if self.ledger else contextlib.nullcontext():
                result = self.job(self._report)
        except Cancelled:
            failure = CANCELLED
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


def _connected(ledger: "Ledger") -> contextlib.AbstractContextManager[None]:
    # The start page has a runner and does without the store.
    from desktop.operations.opened import own_connection

    return own_connection(ledger)


def _unexpected(error: Exception) -> Failure:
    """A failure of the disk in one sentence; anything else is a fault of the program, with its traceback."""
    from desktop.operations.opened import as_known

    known = as_known(error)
    if known is not None:
        return Failure(known.sentence, known.remedy)
    import traceback

    logging.getLogger(__name__).exception("job failed")
    return Failure("程序出错了，这项工作没有完成，台账中已确认的内容不受影响。", "", traceback.format_exc())


class Runner(QObject):
    """Runs one job after the other asks; a second start while one runs is refused, unless the first gives way.

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
        self._task: _Task | None = None
        self._next: _Task | None = None
        self._since = 0.0

    @property
    def is_busy(self) -> bool:
        """True while a job runs or waits for another one to give way."""
        return self._thread is not None or self._next is not None

    @property
    def is_free(self) -> bool:
        """True when a job can be started: nothing runs, or what runs gives way."""
        return not self.is_busy or self.is_reading

    @property
    def is_writing(self) -> bool:
        """True while a job runs that may write the ledger, or waits to."""
        return any(task is not None and task.writes for task in (self._task, self._next))

    @property
    def is_reading(self) -> bool:
        """True while nothing runs but a job that gives way to every other one."""
        return self._task is not None and self._task.gives_way and self._next is None

    @property
    def title(self) -> str:
        """What the running job does; empty when none runs."""
        task = self._next or self._task
        return task.title if task else ""

    def start(
        self,
        title: str,
        job: Job,
        done: Callable[[object], None],
        failed: Callable[[Failure], None],
        ledger: "Ledger | None" = None,
        *,
        writes: bool = True,
        gives_way: bool = False,
    ) -> bool:
        """Start a job; ``job(report)`` runs off the window's thread, ``done`` and ``failed`` on it.

        The job gets plain values only and no widget. ``writes``: False for a job that only reads the ledger, so that
        the clerk may go on saving. ``gives_way``: the job fills a page and stops, with GAVE_WAY, when any other one is
        started. False, and nothing started, while a job runs that does not.
        """
        task = _Task(title, job, done, failed, ledger, writes and ledger is not None, gives_way)
        if not self.is_busy:
            self._run(task)
            return True
        waiting, makes_room = self._next, self._task is None or self._task.gives_way
        if not makes_room or (waiting is not None and not waiting.gives_way):
            return False
        self._next = task
        self.cancel()
        if waiting is not None:
            waiting.failed(GAVE_WAY)
        return True

    def _run(self, task: _Task) -> None:
        self._task, self._since = task, time.monotonic()
        self._thread = QThread()
        self._worker = _Worker(task.job, task.ledger)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.run)
        self._worker.progressed.connect(self._on_progress)
        self._worker.finished.connect(self._on_finished)
        self.started.emit(task.title)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the running job to stop at its next step."""
        if self._worker is not None:
            self._worker.is_cancelled = True

    def wait(self) -> None:
        """Wait for the running job, as at the end of the program; one that waits for it never begins."""
        self._next = None
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
        task, self._task = self._task, None
        following = self._next
        if task is None:
            return
        if following is not None and failure is CANCELLED:
            failure = GAVE_WAY
        self.ended.emit(task.title)
        if failure is None:
            task.done(result)
        else:
            task.failed(failure)
        if self._next is not None and self._thread is None:
            waiting, self._next = self._next, None
            self._run(waiting)
