"""One picture of the window, and the patience that a picture needs: pages read and paint bit by bit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

SETTLE_MS = 900
READING_MS = 30_000


class Shot(NamedTuple):
    """One picture: a name for files, its title in Chinese, and what it shows."""

    name: str
    title: str
    pixmap: QPixmap


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of a window, which is for some of them lower than it usually is: ``heights`` by their names."""

    app: QApplication
    window: QWidget
    heights: Mapping[str, int]

    def take(self, name: str, title: str) -> Shot:
        """A picture of the window that has come to rest."""
        width, usual = self.window.width(), self.window.height()
        if name not in self.heights:
            return Shot(name, title, grab(self.app, self.window))
        self.window.resize(width, self.heights[name])
        taken = grab(self.app, self.window)
        self.window.resize(width, usual)
        return Shot(name, title, taken)


def grab(app: QApplication, widget: QWidget) -> QPixmap:
    """A picture of a widget that has come to rest."""
    settle(app)
    return widget.grab()


def settle(app: QApplication) -> None:
    """Let the page read and paint; what is read bit by bit needs some turns of the event loop."""
    turn(app, SETTLE_MS, lambda: False)


def turn(app: QApplication, most_ms: int, is_done: Callable[[], bool]) -> None:
    """Let the event loop turn for some milliseconds, or until something is so."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < most_ms and not is_done():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
