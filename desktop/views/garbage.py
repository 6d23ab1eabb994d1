"""Python's collector of garbage runs on the window's thread only.

Left to itself it runs on whichever thread makes the next object. What it finds there may hold widgets and models, and
Qt objects that end on another thread than their own take the program with them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 250


class Collector(QObject):
    """Collects between two events, by the interpreter's own thresholds. What lives since the start is left alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()

    def stop(self) -> None:
        """The collector runs by itself again."""
        self._timer.stop()
        gc.enable()
        gc.unfreeze()


def keep_what_is_there() -> None:
    """What was imported ahead lives as long as the program: looking through it at each collection is of no use."""
    gc.freeze()


def collect_due() -> None:
    """Collect the oldest generation that has reached its threshold, with the younger ones."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = next((at for at in (2, 1, 0) if counts[at] > thresholds[at] > 0), None)
    if due is not None:
        gc.collect(due)
