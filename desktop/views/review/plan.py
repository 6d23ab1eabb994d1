"""The plan itself under review: title, 文号, day and issuer."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.views.review.model import Review
from forms.fields.date_field import DateField
from forms.fields.text import TextArea, TextLine


class PlanFields(QWidget):
    """Edits what the plan says of itself. Signals: ``edited(dict)`` with the values of the draft."""

    edited = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self.title, self.issuer = TextArea(least=2, most=3), TextLine()
        self.doc_no = TextLine("", "如 某办发〔2024〕18号")
        self.issued = DateField(today, optional=True)
        self.note = QLabel()
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.note.setObjectName("hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.setSpacing(4)
        rows = (("标题", self.title), ("文号", self.doc_no), ("印发单位", self.issuer), ("印发日期", self.issued))
        for words, editor in rows:
            label = QLabel(words)
            label.setBuddy(editor)
            editor.setAccessibleName(words)
            layout.addWidget(label)
            layout.addWidget(editor)
        for label in (self.fault, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addStretch(1)
        for signal in (self.title.textChanged, self.doc_no.textChanged, self.issuer.textChanged, self.issued.changed):
            signal.connect(self._tell)

    def set_review(self, review: Review) -> None:
        """Fill in the plan of a review."""
        plan = review.plan
        self._is_filling = True
        self.title.setPlainText(plan.title)
        self.doc_no.setText(plan.doc_no or "")
        self.issuer.setText(plan.issuer)
        self.issued.set_day(plan.issued_on)
        self._is_filling = False
        stated = f"方案称共{plan.stated_total}个问题，" if plan.stated_total is not None else "方案未写明问题总数，"
        self.note.setText(f"{stated}读出{len(plan.problems)}个。")
        self._check()

    def _check(self) -> None:
        faults = [self.issued.fault()]
        if not self.doc_no.text().strip():
            faults.append("没有文号：其他单位导入同一方案时认不出是同一件，请尽量补填。")
        words = "\n".join(fault for fault in faults if fault)
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def _tell(self) -> None:
        if self._is_filling:
            return
        self._check()
        values = {
            "title": self.title.toPlainText().strip(),
            "doc_no": self.doc_no.text().strip() or None,
            "issuer": self.issuer.text().strip(),
            "issued_on": self.issued.day(),
        }
        self.edited.emit(values)
