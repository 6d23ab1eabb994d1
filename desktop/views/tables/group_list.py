"""A list of groups with their counts: words on the left, the number on the right in the tone of the group."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QListWidgetItem, QStyle, QStyledItemDelegate

from desktop.views.looks.theme import Colours, colours, tone_colour
from desktop.views.tables.row_model import Index

_COUNT = int(Qt.ItemDataRole.UserRole) + 1
_TONE = int(Qt.ItemDataRole.UserRole) + 2


def group_item(words: str, count: int, tone: str, key: object) -> QListWidgetItem:
    """One group; ``key`` is its UserRole data."""
    item = QListWidgetItem(words)
    item.setData(Qt.ItemDataRole.UserRole, key)
    item.setData(_COUNT, count)
    item.setData(_TONE, tone)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words} {count}项")
    item.setToolTip(f"{words}：{count}项")
    return item


class GroupDelegate(QStyledItemDelegate):
    """Draws the groups."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """The words, the number, and room between."""
        metrics = option.fontMetrics
        words = metrics.horizontalAdvance(index.data() or "")
        number = metrics.horizontalAdvance(f"{index.data(_COUNT)}")
        return QSize(words + number + metrics.horizontalAdvance("字") * 3, metrics.height() + 14)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Words and a pill with the number."""
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tone, look, count = index.data(_TONE), colours(), f"{index.data(_COUNT)}"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(option.rect.adjusted(10, 0, 0, 0), middle, words)
        bold = QFont(option.font)
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        wide, high = metrics.horizontalAdvance(count) + 14, metrics.height() + 2
        pill = QRectF(option.rect.right() - wide - 8, option.rect.center().y() - high / 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_back(tone, look)))
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setFont(bold)
        painter.setPen(QColor(tone_colour(tone or "muted")))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), count)
        painter.restore()


def _back(tone: str, look: Colours) -> str:
    return {"late": look.late_back, "warn": look.warn_back, "ok": look.ok_back}.get(tone, look.hover)
