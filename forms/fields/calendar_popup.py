"""The calendar that drops down from a day: Chinese throughout, moved by month and year."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


class CalendarPopup(QFrame):
    """The calendar, with 今天 and, where the day may be empty, 清空. Signals: ``picked(date or None)``.

    Arrow keys move by days, Page up and down by months, Enter takes the day, Esc closes.
    """

    picked = Signal(object)

    def __init__(self, today: date, optional: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.month = QLabel()
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.calendar = self._make_calendar()
        moves = [("上年", self.calendar.showPreviousYear), ("上月", self.calendar.showPreviousMonth)]
        moves += [("下月", self.calendar.showNextMonth), ("下年", self.calendar.showNextYear)]
        head = QHBoxLayout()
        for words, slot in moves:
            head.addWidget(_button(words, slot))
        head.insertWidget(2, self.month, 1)
        foot = QHBoxLayout()
        foot.addWidget(_button("今天", lambda: self._close(today)))
        if optional:
            foot.addWidget(_button("清空", lambda: self._close(None)))
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(head)
        layout.addWidget(self.calendar)
        layout.addLayout(foot)

    def open_below(self, field: QWidget, day: date) -> None:
        """Show the month of a day below the field, moved so that it stays on the screen."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.showSelectedDate()
        self._name_month()
        size, room = self.sizeHint(), field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height()))
        if corner.y() + size.height() > room.bottom():
            corner = field.mapToGlobal(QPoint(0, -size.height()))
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        self.move(left, max(room.top(), corner.y()))
        self.show()
        self.calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget()
        calendar.setLocale(CHINESE)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setNavigationBarVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        calendar.setAccessibleName("日历")
        # Qt reckons with a smaller font than the program's, and would cut the last week off.
        metrics = self.fontMetrics()
        calendar.setMinimumSize(7 * metrics.horizontalAdvance("汉字中"), 7 * round(metrics.lineSpacing() * 1.6))
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        calendar.currentPageChanged.connect(lambda *_: self._name_month())
        return calendar

    def _name_month(self) -> None:
        self.month.setText(f"{self.calendar.yearShown()}年{self.calendar.monthShown()}月")

    def _take(self, day: QDate) -> None:
        self._close(date(day.year(), day.month(), day.day()))

    def _close(self, day: date | None) -> None:
        self.hide()
        self.picked.emit(day)


def _button(words: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName("flat")
    button.setAutoDefault(True)
    button.clicked.connect(lambda _=False: slot())
    return button
