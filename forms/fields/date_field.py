"""A day that is typed or picked, and may stay empty where it is not known."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from forms.fields.day_text import day_words, read_day
from forms.fields.text import TextLine

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


class DateField(QWidget):
    """A line that reads a day however it is typed and shows it as 2026年11月23日, with a calendar to pick from.

    Up and down move by a day, Alt+down opens the calendar. Attributes: ``line``, ``button``. Signals: ``changed``.
    """

    changed = Signal()

    def __init__(
        self, today: date, day: date | None = None, *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today, self._optional = today, optional
        self._popup: CalendarPopup | None = None
        self.line = TextLine(day_words(day), "可不填" if optional else "如 2026-11-23")
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.line.editingFinished.connect(self.tidy)
        self.line.installEventFilter(self)
        self.button = QPushButton("日历")
        self.button.setObjectName("flat")
        self.button.setAccessibleName("打开日历")
        self.button.setToolTip("打开日历（Alt+↓）")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)
        least = self.line.fontMetrics().horizontalAdvance("2026年12月28日") + 16
        self.line.setMinimumWidth(least)

    def day(self) -> date | None:
        """The day, None when the field is empty or cannot be read."""
        return read_day(self.line.text(), self._today.year)

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.line.setText(day_words(day))

    def value(self) -> str:
        """The day as ISO text; what cannot be read stays as typed."""
        day = self.day()
        return day.isoformat() if day else self.line.text().strip()

    def set_value(self, value: object) -> None:
        """Put back what ``value`` gave."""
        text = value if isinstance(value, str) else ""
        self.line.setText(day_words(read_day(text, self._today.year)) or text)

    def fault(self) -> str:
        """What is wrong with what stands there, in words; an empty optional field is in order."""
        text = self.line.text().strip()
        if not text:
            return "" if self._optional else "请填写日期，如 2026-11-23"
        return "" if self.day() else f"“{text}”不是日期，请写成 2026-11-23 或 2026年11月23日"

    def tidy(self) -> None:
        """Write the day that was typed as 2026年11月23日."""
        day = self.day()
        if day and self.line.text() != day_words(day):
            self.set_day(day)

    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        if self._popup is None:
            self._popup = CalendarPopup(self._today, self._optional, self)
            self._popup.picked.connect(self._pick)
        self._popup.open_below(self, self.day() or self._today)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys of the line: a day up or down, Alt+down the calendar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        down = event.key() == Qt.Key.Key_Down
        if not down and event.key() != Qt.Key.Key_Up:
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if down:
                self.open_calendar()
            return down
        day = self.day() or self._today
        if date.min < day < date.max:
            self.set_day(day + timedelta(days=-1 if down else 1))
        return True

    def _pick(self, day: object) -> None:
        self.set_day(day if isinstance(day, date) else None)
        self.line.setFocus()


class CalendarPopup(QFrame):
    """The calendar in Chinese, with 今天 and, where the day may be empty, 清空. Signals: ``picked(date or None)``."""

    picked = Signal(object)

    def __init__(self, today: date, optional: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(CHINESE)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName("日历")
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        buttons = QHBoxLayout()
        now = QPushButton("今天")
        now.clicked.connect(lambda: self._close(today))
        buttons.addWidget(now)
        if optional:
            none = QPushButton("清空")
            none.clicked.connect(lambda: self._close(None))
            buttons.addWidget(none)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.calendar)
        layout.addLayout(buttons)

    def open_below(self, field: QWidget, day: date) -> None:
        """Show the month of a day below the field, moved so that it stays on the screen."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        size, room = self.sizeHint(), field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height()))
        if corner.y() + size.height() > room.bottom():
            corner = field.mapToGlobal(QPoint(0, -size.height()))
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        self.move(left, max(room.top(), corner.y()))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self._close(date(day.year(), day.month(), day.day()))

    def _close(self, day: date | None) -> None:
        self.hide()
        self.picked.emit(day)
