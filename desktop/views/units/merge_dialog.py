"""Making two units one: choose which stays, see what changes, agree."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.operations.units import preview_merge
from desktop.rules.errors import Refused
from desktop.rules.records import Unit
from desktop.views.session import Session
from forms.fields.choice import Choice


class MergeDialog(QDialog):
    """Asks for the unit that stays and the one that goes into it. Attributes: ``keep`` and ``gone``, the choices."""

    def __init__(
        self, session: Session, units: Sequence[Unit], chosen: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName("merge_units")
        self.setWindowTitle("合并单位")
        entries = [(unit.id, unit.name) for unit in units]
        self.keep, self.gone = Choice(entries), Choice(entries)
        self.keep.setAccessibleName("保留的单位")
        self.gone.setAccessibleName("并入的单位")
        pair = [*chosen[:2], *[unit.id for unit in units if unit.id not in chosen[:2]]]
        self.keep.choose(pair[0] if pair else None)
        self.gone.choose(pair[1] if len(pair) > 1 else None)
        self.swap_button = QPushButton("对调")
        self.agree_button, self.cancel_button = QPushButton("合并"), QPushButton("取消")
        self.agree_button.setObjectName("primary")
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAccessibleName("合并后的变化")
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self._lay_out()
        for box in (self.keep, self.gone):
            box.currentIndexChanged.connect(lambda _: self.show_preview())
        self.swap_button.clicked.connect(self.swap)
        self.agree_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.show_preview()

    def _lay_out(self) -> None:
        hint = QLabel("同一个单位登记了两次时使用。选定保留哪一个，另一个的名称作为别名保留，问题记录不丢失。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        rows = QFormLayout()
        rows.setHorizontalSpacing(12)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow("保留", self.keep)
        rows.addRow("并入它的", self.gone)
        title = QLabel("合并后")
        title.setObjectName("subtitle")
        buttons = QHBoxLayout()
        buttons.addWidget(self.swap_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.agree_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        for part in (hint, rows, title, self.preview, self.fault):
            layout.addLayout(part) if isinstance(part, QFormLayout) else layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.setMinimumWidth(34 * self.fontMetrics().horizontalAdvance("字"))

    def pair(self) -> tuple[str, str]:
        """The id of the unit that stays, and of the one that goes into it."""
        return self.keep.chosen(), self.gone.chosen()

    def swap(self) -> None:
        """The other one stays."""
        keep, gone = self.pair()
        self.keep.choose(gone)
        self.gone.choose(keep)

    def show_preview(self) -> None:
        """Say what the merge would change, or why it cannot be done."""
        try:
            sentences = preview_merge(self.session.ledger, *self.pair()).sentences
            words, fault = "\n".join(f"· {sentence}" for sentence in sentences), ""
        except Refused as refused:
            words, fault = "", refused.sentence
        self.preview.setText(words)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.agree_button.setEnabled(not fault)
