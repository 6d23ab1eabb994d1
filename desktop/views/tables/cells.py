"""How a cell is drawn: a share as a bar with its number, everything else as text."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate

from desktop.views.looks.theme import Colours, colours
from desktop.views.tables.columns import SHARE
from desktop.views.tables.row_model import Index


class CellDelegate(QStyledItemDelegate):
    """Draws bars for shares; the number stands beside the bar, so that colour and length are never alone."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one cell."""
        share = index.data(SHARE)
        super().paint(painter, option, index)
        if share is not None:
            room = option.fontMetrics.horizontalAdvance("100%") + 8
            draw_bar(painter, option.rect.adjusted(6, 0, -room - 4, 0), share, colours())


def draw_bar(painter: QPainter, room: QRect, share: int, look: Colours) -> None:
    """A flat bar of a share of 0–100 in the middle of a room; nothing where there is no room."""
    if room.width() < 12:
        return
    height = min(8, max(4, room.height() // 3))
    bar = QRect(room.left(), room.center().y() - height // 2 + 1, room.width(), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.line))
    painter.drawRoundedRect(bar, height / 2, height / 2)
    done = QRect(bar.left(), bar.top(), max(0, bar.width() * min(100, share) // 100), height)
    if done.width():
        painter.setBrush(QColor(look.ok if share >= 100 else look.accent))
        painter.drawRoundedRect(done, height / 2, height / 2)
