"""A cell whose text has some stretches marked, as the words that were found."""

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate

from desktop.views.looks.theme import colours
from desktop.views.tables.row_model import Index

MARKS = int(Qt.ItemDataRole.UserRole) + 3
_SIDE = 6


class MarkedText(QStyledItemDelegate):
    """Draws the text of a cell in one line; the stretches under ``MARKS`` stand out. Too long a text ends in dots."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """The row as always, its text with marks."""
        marks = index.data(MARKS) or ()
        if not marks:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        layout = QTextLayout(shown, option.font)
        plain = QTextOption()
        plain.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(plain)
        layout.setFormats(_formats(marks, len(layout.text())))
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        painter.save()
        painter.setClipRect(room)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - line.height()) / 2))
        painter.restore()


def _formats(marks: tuple[tuple[int, int], ...], length: int) -> list[Any]:
    found = []
    for start, end in marks:
        if start >= length:
            break
        marked: Any = QTextLayout.FormatRange()
        marked.start, marked.length = start, min(end, length) - start
        look = QTextCharFormat()
        look.setBackground(QColor(colours().warn_back))
        look.setForeground(QColor(colours().text))
        look.setFontWeight(700)
        marked.format = look
        found.append(marked)
    return found
