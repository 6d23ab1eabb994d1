"""The history of a case in words: who, when, what, before → after; narrowed as the clerk types."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.rules.history import Change, moment_words
from desktop.views.case.words import Section
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

ROWS = 9
_EVERYTHING = "全部内容"


COLUMNS: tuple[Column[Change], ...] = (
    Column("at", "时间", 8, lambda c: moment_words(c.at), sorts=False),
    Column("person", "人员", 5, lambda c: c.person or "—", sorts=False),
    Column("what", "内容", 8, lambda c: c.title, sorts=False),
    Column("before", "改前", 8, lambda c: c.before if c.field else "", sorts=False),
    Column("after", "改后", 16, lambda c: c.after, sorts=False, stretch=True),
)


class HistoryView(Section):
    """Signals: ``undo_wanted``, ``told(str)`` a sentence for the status bar."""

    undo_wanted = Signal()
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("历史", parent)
        self._changes: tuple[Change, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("查找人员、内容")
        self.filter.setAccessibleName("查找历史")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self.fontMetrics().horizontalAdvance("查") * 10)
        self.filter.textChanged.connect(lambda _: self._show())
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("历史的内容")
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.currentIndexChanged.connect(lambda _: self._show())
        self.head.addWidget(self.kinds)
        self.head.addWidget(self.filter)
        self.undo_button = self.add_button("撤销上一步")
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.clicked.connect(self.undo_wanted)
        self.model = ListModel(COLUMNS, self)
        self.table = TableView("case_history")
        self.table.setModel(self.model)
        self.table.setAccessibleName("历史")
        self.table.told.connect(self.told)
        self.body.addWidget(self.table)
        self._fit()

    def show_changes(self, changes: Sequence[Change], undo: str) -> None:
        """Show the changes, the latest first; ``undo`` says what could be taken back, empty for nothing."""
        self._changes = tuple(reversed(changes))
        kinds = list(dict.fromkeys(_kind(change) for change in self._changes))
        chosen = self.kinds.currentText()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItems([_EVERYTHING, *kinds])
        self.kinds.setCurrentIndex(max(0, self.kinds.findText(chosen)))
        self.kinds.blockSignals(False)
        self.undo_button.setVisible(bool(undo))
        self.undo_button.setToolTip(f"撤销：{undo}（Ctrl+Z）")
        self.undo_button.setAccessibleDescription(undo)
        self._show()

    def _show(self) -> None:
        words = self.filter.text().split()
        kind = self.kinds.currentText()
        found = [c for c in self._changes if kind in ("", _EVERYTHING, _kind(c)) and _has(c, words)]
        self.model.set_rows(found)
        total = len(self._changes)
        self.remark.setText(f"{total}条" if len(found) == total else f"{total}条中的{len(found)}条")
        self._fit()

    def _fit(self) -> None:
        """As high as the rows up to ``ROWS``; more scroll inside."""
        rows = max(1, min(ROWS, self.model.rowCount()))
        header = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + bar + 4)


def _kind(change: Change) -> str:
    return change.words.partition("·")[0]


def _has(change: Change, words: Sequence[str]) -> bool:
    text = f"{moment_words(change.at)} {change.person} {change.title} {change.before} {change.after}"
    return all(word in text for word in words)
