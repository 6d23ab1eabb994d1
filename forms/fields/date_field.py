"""A day that is typed or picked, and may stay empty where it is not known."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from forms.fields.calendar_popup import CalendarPopup
from forms.fields.day_text import day_words, read_day
from forms.fields.text import TextLine


class DateField(QWidget):
    """A line that reads a day however it is typed and shows it as 2026年11月23日, with a calendar to pick from.

    Up and down move by a day, Alt+down opens the calendar. Signals: ``changed``. Attributes: ``line``, ``button``,
    and ``popup`` once the calendar was opened.
    """

    changed = Signal()

    def __init__(
        self, today: date, day: date | None = None, *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today, self._optional = today, optional
        self.popup: CalendarPopup | None = None
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
        if self.popup is None:
            self.popup = CalendarPopup(self._today, self._optional, self)
            self.popup.picked.connect(self._pick)
        self.popup.open_below(self, self.day() or self._today)

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
