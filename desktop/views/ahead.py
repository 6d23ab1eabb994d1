"""What the pages need is imported ahead, page by page, once the window is there: a page then opens at once."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

FIRST_MS = 1500  # the first page reads and paints before
GAP_MS = 250


class Ahead(QObject):
    """Calls each of ``loaders`` in a turn of its own while the event loop runs; ``left`` are those still to come.

    They import and make nothing. What printing and reading of plans need besides comes with their first use.
    """

    def __init__(self, loaders: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self.left = deque(loaders)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._load)

    def begin(self, first_ms: int | None = None) -> None:
        """Start once what is in front has had its time: ``first_ms``, or as long as the first page reads."""
        self._timer.start(FIRST_MS if first_ms is None else first_ms)

    def _load(self) -> None:
        self._timer.setInterval(GAP_MS)
        if self.left:
            self.left.popleft()()
        else:
            self._timer.stop()
