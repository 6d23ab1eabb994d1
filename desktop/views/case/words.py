"""Words and small parts that the sections of the case page share."""

from datetime import date
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.rules.deadlines import days_left, finished_on, left_words
from desktop.rules.line_words import WARN_DAYS
from desktop.rules.records import CaseFile, CaseState, Measure
from desktop.rules.wording import date_in_text
from desktop.views.looks.theme import colours, tone_colour

_NARROW = 120  # pixels
_BY_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
STATE_TONES = {
    CaseState.CLOSED: "ok",
    CaseState.STAGE_CLOSED: "ok",
    CaseState.RECTIFYING: "muted",
    CaseState.TRANSFERRED: "muted",
    CaseState.NOTICE_ENDED: "warn",
    CaseState.RETURNED: "late",
    CaseState.REOPENED: "late",
}


def left_of(case: CaseFile, today: date) -> tuple[str, str]:
    """How many days are left in words, and the tone."""
    left = days_left(case, today)
    if left is None or finished_on(case):
        return left_words(case, today), "muted"
    return left_words(case, today), "late" if left < 0 else "warn" if left <= WARN_DAYS else "ok"


def due_words(measure: Measure, today: date) -> tuple[str, str]:
    """The day of a measure with what it means today, and the tone."""
    if measure.due is None:
        return "未定期限", "muted"
    day = date_in_text(measure.due)
    if measure.is_done:
        return f"{day}前（已完成）", "muted"
    left = (measure.due - today).days
    words = f"还有{left}天" if left > 0 else f"逾期{-left}天" if left else "今天到期"
    return f"{day}前（{words}）", "late" if left < 0 else "warn" if left <= WARN_DAYS else "ok"


def quantity_words(measure: Measure) -> str:
    """已完成3/6个（共8个）; empty where no count was promised and none has a unit."""
    promised, done, unit = measure.quantity, measure.quantity_done, measure.quantity_unit
    if promised is None:
        return f"已完成{done}{unit}" if done is not None and unit else ""
    head = f"承诺完成{promised}{unit}" if done is None else f"已完成{done}/{promised}{unit}"
    return head + (f"（共{measure.quantity_of}{unit}）" if measure.quantity_of else "")


def headed(text: str, name: str) -> str:
    """A text under its name, once: clerks often write the name themselves."""
    text = text.strip()
    return text if text.startswith(name) else f"{name}：{text}"


def month_words(month: str) -> str:
    """2026-11 as 2026年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if number.isdecimal() else month


def toned(words: str, tone: str) -> str:
    """Words in the colour of a tone, as rich text."""
    return f"<span style='color:{tone_colour(tone)}'>{escape(words)}</span>"


def plain(words: str) -> str:
    """A clerk's text as rich text, its lines kept."""
    return escape(words.strip()).replace("\n", "<br>")


def link(words: str, target: str) -> str:
    """A link in a section; the page decides what it does."""
    return f"<a href='{escape(target)}' style='color:{colours().accent};text-decoration:none'>{escape(words)}</a>"


class RichLabel(QLabel):
    """Wrapped rich text that is measured once for each width.

    Nested layouts ask a label for its height many times over, and Qt sets the whole text anew each time.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self._is_reached = False
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show another text; the same text costs nothing."""
        if text != self.text():
            self._heights.clear()
            super().setText(text)
            self._stop_at_links()

    def reach_links(self) -> None:
        """Let the Tab key reach the links; a text without links is passed by."""
        self._is_reached = True
        self.setTextInteractionFlags(self.textInteractionFlags() | _BY_KEYS)
        self._stop_at_links()

    def _stop_at_links(self) -> None:
        if self._is_reached:
            has_links = "<a " in self.text()
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the first link at once, Shift+Tab to the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            super().focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:
        """From link to link, then on. Going back, Qt would stay for ever at a link with which the text begins."""
        if next or not self.hasSelectedText() or self.selectionStart() > 0:
            return super().focusNextPrevChild(next)
        flags = self.textInteractionFlags()
        self.setTextInteractionFlags(flags & ~_BY_KEYS)
        is_left = super().focusNextPrevChild(False)
        self.setTextInteractionFlags(flags)
        return is_left

    def measure_again(self) -> None:
        """Forget the heights, as after the label was made higher by hand."""
        self._heights.clear()

    def heightForWidth(self, width: int) -> int:
        """The height of the text in a width."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """The layout asks for the height by the width it gives."""
        return QSize(_NARROW * 3, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Not narrower than a few words."""
        return QSize(_NARROW, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other heights."""
        self._heights.clear()
        super().changeEvent(event)


def rich_label(name: str = "") -> RichLabel:
    """A label of rich text that can be selected with the mouse."""
    label = RichLabel()
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
    )
    label.setAccessibleName(name)
    return label


def with_links(label: RichLabel) -> RichLabel:
    """Let the Tab key reach the links of a label."""
    label.reach_links()
    return label


def badge(words: str = "", tone: str = "muted") -> QLabel:
    """A short word on a coloured ground."""
    label = QLabel(words)
    label.setObjectName("badge")
    label.setProperty("tone", tone)
    # Showing a label that has no parent yet would open it as a window.
    if not words:
        label.hide()
    return label


def set_tone(label: QLabel, words: str, tone: str) -> None:
    """Change a badge; it goes when it has nothing to say."""
    label.setText(words)
    label.setVisible(bool(words))
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)


def flat_button(words: str, name: str = "") -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(words)
    button.setObjectName("flat")
    button.setAccessibleName(name or words)
    button.setAutoDefault(True)
    return button


class Section(QFrame):
    """A titled card of the page. Attributes: ``title``; ``head`` takes buttons on the right of it; ``body``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.title = QLabel(title)
        self.title.setObjectName("subtitle")
        self.remark = QLabel()
        self.remark.setObjectName("hint")
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.head.addWidget(self.title)
        self.head.addWidget(self.remark)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 9, 14, 11)
        layout.setSpacing(6)
        layout.addLayout(self.head)
        layout.addLayout(self.body)

    def add_button(self, words: str, name: str = "") -> QPushButton:
        """A flat button at the right of the title."""
        button = flat_button(words, name)
        self.head.addWidget(button)
        return button
