"""What the reader remarks and what it could not place: each line leads to its place in the source."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.operations.plan.headings import FIELD_WORDS
from desktop.views.review.model import Review
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from desktop.views.tables.ticked_rows import TickModel
from forms.fields.choice import Choice

LEVEL_WORDS = {"warning": "需核对", "note": "供参考"}


class FindingsView(QWidget):
    """The remarks of the reader with a tick for those that are dealt with.

    Signals: ``wanted(int)`` the place of a finding whose place in the source should be shown, ``opened(int)`` when
    the clerk wants to put it right; ``settled`` when a tick was set.
    """

    wanted = Signal(int)
    opened = Signal(int)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        columns: tuple[Column[int], ...] = (
            Column("done", "已核对", 3.5, lambda at: ""),
            Column("level", "级别", 3.2, self._level, tone=self._tone),
            Column("sentence", "提示", 14, self._sentence, stretch=True),
        )
        self.model = TickModel(columns, self._is_settled, self._settle, parent=self)
        self.table = TableView("plan_findings")
        self.table.setWordWrap(True)
        self.table.set_row_lines(2)
        self.table.setModel(self.model)
        self.table.setAccessibleName("读取提示")
        self.table.selectionModel().currentRowChanged.connect(self._go)
        self.table.opened.connect(self._open)
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)

    def set_review(self, review: Review) -> None:
        """Show the findings of a review, warnings first."""
        self._review = review
        findings = review.original.findings
        self.model.set_rows(sorted(range(len(findings)), key=lambda at: findings[at].level != "warning"))
        self.renew()

    def renew(self) -> None:
        """What is settled may have changed."""
        if self._review is None:
            return
        self.model.renew_all()
        count = len(self.model.rows)
        words = f"共{count}条，还有{self.open_count()}条需核对。选中一条看原文，双击或回车去填写；补填后自动打勾。"
        self.hint.setText(words if count else "没有提示。")

    def open_count(self) -> int:
        """How many warnings are not dealt with."""
        if self._review is None:
            return 0
        found = self._review.original.findings
        return sum(f.level == "warning" and not self._review.is_settled(at) for at, f in enumerate(found))

    def _go(self, index: QModelIndex) -> None:
        at = self.model.row_at(index.row()) if index.isValid() else None
        if at is not None:
            self.wanted.emit(at)

    def _open(self, index: QModelIndex) -> None:
        at = self.model.row_at(index.row())
        if at is not None:
            self.opened.emit(at)

    def _is_settled(self, at: int) -> bool:
        return self._review is not None and self._review.is_settled(at)

    def _settle(self, at: int, on: bool) -> None:
        if self._review is not None:
            (self._review.settled.add if on else self._review.settled.discard)(at)
            self.settled.emit()

    def _level(self, at: int) -> str:
        return LEVEL_WORDS.get(self._review.original.findings[at].level, "需核对") if self._review else ""

    def _tone(self, at: int) -> str:
        is_warning = self._review is not None and self._review.original.findings[at].level == "warning"
        return "warn" if is_warning and not self._is_settled(at) else "muted"

    def _sentence(self, at: int) -> str:
        return self._review.original.findings[at].sentence if self._review else ""


class LooseView(QWidget):
    """The texts that belong to no problem, and where the clerk puts them.

    Signals: ``wanted(int)`` the place of a text to go to; ``assigned`` when one was placed.
    """

    wanted = Signal(int)
    assigned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        columns: tuple[Column[int], ...] = (
            Column("text", "文字", 14, self._text, stretch=True),
            Column("placed", "处理", 8, self._placed, tone=self._tone),
        )
        self.model = ListModel(columns, self)
        self.table = TableView("plan_loose")
        self.table.setWordWrap(True)
        self.table.set_row_lines(3)
        self.table.setModel(self.model)
        self.table.setAccessibleName("未归属文字")
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._go(index))
        self.problem = Choice([])
        self.problem.setAccessibleName("归入哪个问题")
        self.problem.setMinimumContentsLength(8)
        self.field = Choice([(field, words) for field, words in FIELD_WORDS.items() if field != "number"])
        self.field.setAccessibleName("归入哪一项")
        self.assign_button, self.dismiss_button = QPushButton("归入"), QPushButton("不需要")
        self.assign_button.clicked.connect(self.assign)
        self.dismiss_button.clicked.connect(self.dismiss)
        hint = QLabel("这些文字没有归入任何问题。选中一段，选择问题和项目后归入；确实无关的点“不需要”。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        for part in (self.problem, self.field, self.assign_button, self.dismiss_button):
            row.addWidget(part)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._allow()

    def set_review(self, review: Review) -> None:
        """Show the unassigned texts of a review."""
        self._review = review
        self.model.set_rows(range(len(review.original.unassigned)))
        self.renew()
        if self.model.rows:
            self.table.choose_rows((), 0)
        self._allow()

    def show_current(self) -> None:
        """Show the place of the chosen text again."""
        self._go(self.table.currentIndex())

    def renew(self) -> None:
        """Problems may bear other numbers, texts may be placed."""
        if self._review is None:
            return
        at = self.problem.currentIndex()
        self.problem.clear()
        for place, problem in enumerate(self._review.problems):
            self.problem.addItem(f"问题{problem.number}", place)
        self.problem.setCurrentIndex(min(max(at, 0), self.problem.count() - 1))
        if self.model.rows:
            self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(len(self.model.rows) - 1, 1))

    def assign(self) -> None:
        """Put the chosen text into the chosen field."""
        at, problem = self._current(), self.problem.currentData()
        if self._review is not None and at is not None and isinstance(problem, int):
            self._review.assign(at, problem, self.field.chosen())
            self._told(problem)

    def dismiss(self) -> None:
        """The chosen text belongs nowhere."""
        at = self._current()
        if self._review is not None and at is not None:
            self._review.dismiss(at)
            self._told(-1)

    def _told(self, problem: int) -> None:
        self.renew()
        self._allow()
        self.assigned.emit(problem)

    def _current(self) -> int | None:
        """The text that is chosen."""
        return self.model.row_at(self.table.currentIndex().row())

    def _go(self, index: QModelIndex) -> None:
        at = self.model.row_at(index.row()) if index.isValid() else None
        self._allow()
        if at is not None:
            self.wanted.emit(at)

    def _allow(self) -> None:
        at = self._current()
        is_open = self._review is not None and at is not None and at not in self._review.placed
        self.assign_button.setEnabled(is_open and self.problem.count() > 0)
        self.dismiss_button.setEnabled(is_open)

    def _text(self, at: int) -> str:
        return self._review.original.unassigned[at] if self._review else ""

    def _placed(self, at: int) -> str:
        return self._review.placed.get(at, "待归入") if self._review else ""

    def _tone(self, at: int) -> str:
        return "muted" if self._review and at in self._review.placed else "warn"
