"""The findings of 内容核对 as a list; each opens its problem."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.operations.content_check import Remark
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

SIZE = (900, 520)
COLUMNS: tuple[Column[Remark], ...] = (
    Column("number", "问题", 3, lambda r: str(r.finding.number or "全部"), "right", sorts=False),
    Column("level", "级别", 4, lambda r: level_words(r), tone=lambda r: "muted" if is_note(r) else "warn", sorts=False),
    Column("sentence", "提示", 20, lambda remark: remark.finding.sentence, stretch=True, sorts=False),
)


def is_note(remark: Remark) -> bool:
    """True for what only tells."""
    return remark.finding.level == "note"


def level_words(remark: Remark) -> str:
    """需核对 or 供参考."""
    return "供参考" if is_note(remark) else "需核对"


class ContentDialog(QDialog):
    """Attributes: ``chosen``, the row id of the problem that the clerk opens; empty for none."""

    def __init__(self, remarks: Sequence[Remark], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("content_check")
        self.setWindowTitle("内容核对")
        self.chosen = ""
        self._remarks = tuple(remarks)
        self.count, self.notes = QLabel(), QCheckBox("也看供参考的")
        self.count.setWordWrap(True)
        self.model: ListModel[Remark] = ListModel(COLUMNS, self)
        self.table = TableView("content_check")
        self.table.setWordWrap(True)
        self.table.set_row_lines(2)
        self.table.setModel(self.model)
        self.table.setAccessibleName("需要核对的地方")
        self.table.opened.connect(lambda _: self.open_chosen())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
        self.notes.toggled.connect(lambda _: self.show_remarks())
        self.open_button, self.close_button = QPushButton("打开档案"), QPushButton("关闭")
        self.open_button.setObjectName("primary")
        self.open_button.clicked.connect(self.open_chosen)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.show_remarks()
        self.resize(*SIZE)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.notes)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def show_remarks(self) -> None:
        """Show what must be looked at, and with the box ticked what only tells."""
        warnings = [remark for remark in self._remarks if not is_note(remark)]
        self.count.setText(
            f"需核对{len(warnings)}处，供参考{len(self._remarks) - len(warnings)}处。双击或按回车打开问题的档案。"
        )
        self.model.set_rows(self._remarks if self.notes.isChecked() or not warnings else warnings)
        self.table.choose_rows((), 0)
        self._allow()

    def open_chosen(self) -> None:
        """Close and let the window open the problem of the line."""
        remark = self.model.row_at(self.table.currentIndex().row())
        if remark is not None and remark.problem:
            self.chosen = remark.problem
            self.accept()

    def _allow(self) -> None:
        remark = self.model.row_at(self.table.currentIndex().row())
        self.open_button.setEnabled(bool(remark and remark.problem))
