"""A plan under review beside the ledger: the comparison, and what becomes of the progress that the file tells of."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.views.review.compare import compare_lines, take_ticks
from desktop.views.review.model import Review
from desktop.views.tables.compare_view import CompareView


class BesideLedger(QWidget):
    """Shows the comparison of a review and keeps what the clerk ticks in it.

    Signals: ``changed`` after every tick; ``linked(int, bool)`` when a problem is, or is not, the known one that it
    looks like; ``opened(int)`` the place of a problem to go to. Attributes: ``compare``, ``progress`` the tick.
    """

    changed = Signal()
    linked = Signal(int, bool)
    opened = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self.compare = CompareView("plan_compare")
        self.progress = QCheckBox(f"把文件中的目前进展登记为{today.year}年{today.month}月的进展")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.compare, 1)
        layout.addWidget(self.progress)
        self.compare.ticks_changed.connect(self._on_ticks)
        self.compare.linked.connect(lambda key, on: self.linked.emit(int(key.partition("/")[2]), on))
        self.compare.opened.connect(self._open)
        self.progress.toggled.connect(self._on_progress)

    def set_review(self, review: Review) -> None:
        """Show another review."""
        # What is filled in here is no decision of the clerk's.
        self._review = None
        self.compare.reason.setText(review.reason)
        self.progress.setChecked(review.takes_progress)
        self.progress.setVisible(any(problem.progress for problem in review.problems))
        self._review = review

    def renew(self) -> int:
        """Compare again; how many lines the clerk can take or leave."""
        lines = compare_lines(self._review) if self._review else ()
        self.compare.set_lines(lines)
        return sum(line.is_offered for line in lines)

    @property
    def has_words(self) -> bool:
        """True when there is anything to look at."""
        return bool(self.compare.model.rows) or not self.progress.isHidden()

    def _on_ticks(self) -> None:
        if self._review is not None:
            take_ticks(self._review, self.compare.model.rows, self.compare.ticked)
            self._review.reason = self.compare.reason.text()
            self.changed.emit()

    def _on_progress(self, on: bool) -> None:
        if self._review is not None:
            self._review.takes_progress = on
            self.changed.emit()

    def _open(self, key: str) -> None:
        """Go to the problem of a line; what is gone has none."""
        at = key.removeprefix("like/").partition("/")[0]
        if at.isdecimal():
            self.opened.emit(int(at))
