"""The program's own line icons, drawn in the colour that the theme asks for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import paths

_SIZES = (16, 20, 24, 32, 48, 64, 96)


@lru_cache(maxsize=1024)
def icon(name: str, color: str, disabled: str = "#9aa5b1") -> QIcon:
    """An icon of ``resources/icons`` in a colour such as ``#2f6fb0``; crisp on screens of any scale."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, color, size), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: str, size: int) -> QPixmap:
    """An icon as a square picture of ``size`` device pixels."""
    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", QColor(color).name()).encode()))
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
