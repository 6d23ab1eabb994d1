"""A year as twelve months: each day worked, off or made up, in words and colours."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.rules.calendar import SATURDAY, YearTable
from desktop.rules.wording import date_in_text
from desktop.views.looks.theme import Colours, colours

WEEKDAYS = "一二三四五六日"
WEEKS = 6
GAP = 14
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def day_kind(table: YearTable, day: date) -> str:
    """``off`` for a statutory day off, ``make_up`` for a weekend day worked, ``weekend``, or ``work``."""
    if day in table.make_up:
        return "make_up"
    if day in table.off:
        return "off"
    return "weekend" if day.weekday() >= SATURDAY else "work"


KIND_WORDS = {"off": "放假", "make_up": "调休上班", "weekend": "周末休息", "work": "工作日"}
_SIGNS = {"off": "休", "make_up": "班"}


def day_words(table: YearTable, day: date) -> str:
    """2026年2月14日 星期六 调休上班."""
    return f"{date_in_text(day)} 星期{WEEKDAYS[day.weekday()]} {KIND_WORDS[day_kind(table, day)]}"


class YearView(QWidget):
    """Draws a year; the arrow keys and the mouse choose a day.

    Signals: ``chosen(date)``. Attributes: ``table`` the year shown, None for nothing; ``day`` the chosen day.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: YearTable | None = None
        self.day: date | None = None
        self._compared: YearTable | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("年历")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_table(self, table: YearTable | None, compared: YearTable | None = None) -> None:
        """Show a year; days that differ from ``compared``, the year now in force, are framed."""
        self.table, self._compared = table, compared
        if table and (self.day is None or self.day.year != table.year):
            self.day = date(table.year, 1, 1)
        self._tell_day()
        self.updateGeometry()
        self.update()

    def choose(self, day: date) -> None:
        """Put the cursor on a day of the year shown."""
        if self.table and day.year == self.table.year:
            self.day = day
            self._tell_day()
            self.update()
            self.chosen.emit(day)

    def _tell_day(self) -> None:
        words = day_words(self.table, self.day) if self.table and self.day else ""
        self.setAccessibleDescription(words)

    # Measures

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(6.5, self.font().pointSizeF() * 0.68))
        return font

    def _cell(self) -> QSize:
        metrics, small = self.fontMetrics(), QFontMetrics(self._small())
        width = max(metrics.horizontalAdvance("30"), small.horizontalAdvance("班")) + 8
        return QSize(width, metrics.ascent() + small.ascent() + 5)

    def _month_size(self) -> QSize:
        cell, line = self._cell(), self.fontMetrics().lineSpacing()
        return QSize(7 * cell.width(), 2 * line + 6 + WEEKS * cell.height())

    def _columns(self, width: int) -> int:
        fit = (width + GAP) // (self._month_size().width() + GAP)
        return next((count for count in (6, 4, 3, 2) if fit >= count), 1)

    def heightForWidth(self, width: int) -> int:
        """As high as the months need in rows of as many as fit."""
        rows = -(-12 // self._columns(width))
        return rows * (self._month_size().height() + GAP)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def sizeHint(self) -> QSize:
        """Four months in a row."""
        width = 4 * (self._month_size().width() + GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One month wide."""
        width = self._month_size().width()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def _month_rect(self, month: int) -> QRect:
        columns, size = self._columns(self.width()), self._month_size()
        row, column = divmod(month - 1, columns)
        room = max(0, (self.width() - columns * size.width()) // max(1, columns))
        step = size.width() + min(room, 3 * GAP)
        return QRect(QPoint(column * step, row * (size.height() + GAP)), size)

    def day_cell(self, day: date) -> QRect:
        """Where a day of the year shown is drawn."""
        month, cell = self._month_rect(day.month), self._cell()
        at = day.day - 1 + day.replace(day=1).weekday()
        top = month.top() + 2 * self.fontMetrics().lineSpacing() + 6
        return QRect(month.left() + at % 7 * cell.width(), top + at // 7 * cell.height(), cell.width(), cell.height())

    def day_at(self, point: QPoint) -> date | None:
        """The day under a point."""
        if self.table is None:
            return None
        year = self.table.year
        month = next((m for m in range(1, 13) if self._month_rect(m).contains(point)), 0)
        if not month:
            return None
        days = (date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1))
        return next((day for day in days if self.day_cell(day).contains(point)), None)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months that are in sight."""
        if self.table is None:
            return
        painter = QPainter(self)
        look = colours()
        for month in range(1, 13):
            if self._month_rect(month).intersects(event.rect()):
                self._draw_month(painter, look, self.table, month)
        painter.end()

    def _draw_month(self, painter: QPainter, look: Colours, table: YearTable, month: int) -> None:
        room, line, cell = self._month_rect(month), self.fontMetrics().lineSpacing(), self._cell()
        middle = int(Qt.AlignmentFlag.AlignCenter)
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        painter.drawText(QRect(room.left(), room.top(), room.width(), line), middle, f"{month}月")
        painter.setFont(self.font())
        for at, word in enumerate(WEEKDAYS):
            painter.setPen(QColor(look.late if at >= SATURDAY else look.muted))
            painter.drawText(
                QRect(room.left() + at * cell.width(), room.top() + line, cell.width(), line), middle, word
            )
        for number in range(1, calendar.monthrange(table.year, month)[1] + 1):
            self._draw_day(painter, look, table, date(table.year, month, number))

    def _draw_day(self, painter: QPainter, look: Colours, table: YearTable, day: date) -> None:
        kind, room = day_kind(table, day), self.day_cell(day)
        back = {"off": look.late_back, "make_up": look.warn_back}.get(kind, "")
        pen = {"off": look.late, "make_up": look.warn, "weekend": look.muted}.get(kind, look.text)
        inside = room.adjusted(1, 1, -1, -1)
        if back:
            painter.fillRect(inside, QColor(back))
        painter.setPen(QColor(pen))
        painter.setFont(self.font())
        high = self.fontMetrics().ascent() + 3
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(room.left(), room.top() + 1, room.width(), high), centre, str(day.day))
        if kind in _SIGNS:
            painter.setFont(self._small())
            below = QRect(room.left(), room.top() + high - 1, room.width(), room.height() - high)
            painter.drawText(below, centre, _SIGNS[kind])
        if self._compared is not None and day_kind(self._compared, day) != kind:
            painter.setPen(QColor(look.accent))
            painter.drawRect(inside)
        if day == self.day and self.hasFocus():
            painter.setPen(QColor(look.text))
            painter.drawRect(room.adjusted(0, 0, -1, -1))

    # Mouse and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a day and a week, PageUp and PageDown by a month."""
        if self.table is None or self.day is None:
            super().keyPressEvent(event)
            return
        step = next((step for key, step in _STEPS.items() if event.key() == key), 0)
        if event.key() == Qt.Key.Key_PageUp:
            step = -28
        elif event.key() == Qt.Key.Key_PageDown:
            step = 28
        if step:
            self.choose(self.day + timedelta(days=step))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day that was clicked."""
        day = self.day_at(event.position().toPoint())
        if day:
            self.choose(day)

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what a day is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.table:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), day_words(self.table, day) if day else "", self)
            return True
        return super().event(event)
