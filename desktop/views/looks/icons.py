"""The program's own line icons, drawn in the colour that the theme asks for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import paths

# Sides of 16 and 20 pixels, and of 28 where icons are large, at 100 % to 200 %: each costs a little of the start.
_SIZES = (16, 20, 24, 32, 40)
_LARGE = (28, 36, 42, 56)


@lru_cache(maxsize=1024)
def icon(name: str, color: str, disabled: str = "#9aa5b1", *, large: bool = False) -> QIcon:
    """An icon of ``resources/icons`` in a colour such as ``#2f6fb0``; crisp on screens of any scale."""
    made = QIcon()
    for tint, mode in ((color, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        drawing = _drawing(name, tint)
        for size in _LARGE if large else _SIZES:
            made.addPixmap(_drawn(drawing, size), mode)
    return made


def pixmap(name: str, color: str, size: int) -> QPixmap:
    """An icon as a square picture of ``size`` device pixels."""
    return _drawn(_drawing(name, color), size)


def _drawing(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", QColor(color).name()).encode()))


def _drawn(drawing: QSvgRenderer, size: int) -> QPixmap:
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
