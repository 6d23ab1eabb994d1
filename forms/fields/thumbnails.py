"""Small pictures of files, read one at a time between events, so that fifty photographs hold nothing up."""

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImageReader, QPixmap

SIDE = 48
LARGEST = 64 * 1_048_576
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp")


def thumbnail(path: Path, side: int) -> QPixmap | None:
    """A picture scaled into a square of so many pixels while it is read; None for what is no readable picture."""
    try:
        if path.suffix.lower() not in _PICTURES or path.stat().st_size > LARGEST:
            return None
    except OSError:
        return None
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)


class Thumbnails(QObject):
    """Reads the pictures that are asked for one after the other. Signals: ``ready(path, pixmap)``."""

    ready = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Path] = deque()
        self._side = SIDE
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def ask(self, path: Path, ratio: float = 1.0) -> None:
        """Read the picture of a file soon; ``ratio`` is that of the screen's pixels."""
        self._side = round(SIDE * ratio)
        self._waiting.append(path)
        self._timer.start()

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        path = self._waiting.popleft()
        picture = thumbnail(path, self._side)
        if picture is not None:
            self.ready.emit(path, picture)
