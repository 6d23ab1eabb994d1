"""Slow things, such as pictures, read off the window's thread one by one and handed over in small batches."""

import contextlib
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, QTimer, Signal

_BATCH = 6
_WAIT_MS = 30

Read = Callable[[str], object]


class LateReader(QObject):
    """Calls ``read(key)`` for every key asked for, each once at a time.

    Signals: ``ready(key, result)`` on the window's thread; the result is None when reading failed.
    """

    ready = Signal(str, object)

    def __init__(self, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        # Results are fetched by a timer, not sent by a signal of the other thread: this object may be gone by then.
        self._results: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
        self._asked: set[str] = set()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="late")
        self._timer = QTimer(self)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._hand_over)
        pool = self._pool
        self.destroyed.connect(lambda: pool.shutdown(wait=False, cancel_futures=True))

    @property
    def is_busy(self) -> bool:
        """True while something asked for has not been handed over."""
        return bool(self._asked)

    def ask(self, key: str) -> None:
        """Read something soon; asking again while it is being read changes nothing."""
        if key in self._asked:
            return
        self._asked.add(key)
        read, results = self._read, self._results
        self._pool.submit(_run, read, key, results)
        self._timer.start()

    def _hand_over(self) -> None:
        for _ in range(_BATCH):
            try:
                key, result = self._results.get_nowait()
            except queue.Empty:
                break
            self._asked.discard(key)
            self.ready.emit(key, result)
        if not self._asked:
            self._timer.stop()


def _run(read: Read, key: str, results: "queue.SimpleQueue[tuple[str, object]]") -> None:
    result: object = None
    # A picture that cannot be read shows as its kind in words; it holds nothing else up.
    with contextlib.suppress(Exception):
        result = read(key)
    results.put((key, result))
