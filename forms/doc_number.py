"""登记文号: a number that a paper outside of this program has, entered into the register by hand."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.doc_numbers import doc_no_fault
from desktop.rules.entries import DocNumberEntry
from forms.base import Form, value_of
from forms.fields.date_field import DateField
from forms.fields.number_field import NumberField
from forms.fields.text import TextArea, TextLine


class DocNumberForm(Form):
    """Enters a 文号 by hand; ``suggested`` is the next one of the series used last."""

    key = "doc_number"

    def __init__(self, today: date, suggested: str = "", parent: QWidget | None = None) -> None:
        super().__init__("登记文号", parent, "登记")
        self.today = today
        self.set_subject("不是用本程序出的文书，用过的文号也登记在这里，号才不会重、不会漏。")
        self.doc_no = self.add("doc_no", "文号", NumberField(), self._number_fault, half=True)
        self.on = self.add("on", "成文日期", DateField(today, optional=True), half=True)
        self.title_line = self.add("title", "标题或事由", TextLine(), self.require("title", "标题或事由"))
        hint = "号不按顺序时必须说明，如：由区委办公室统一编号"
        self.reason = self.add("reason", "编号说明", TextArea("", 2), hint=hint)
        self.doc_no.suggest(suggested)
        self.begin()

    def draft(self) -> DocNumberEntry:
        """The number as filled in."""
        return DocNumberEntry(
            self.doc_no.value(), self.title_line.text().strip(), self.on.day(), str(value_of(self.reason))
        )

    def _number_fault(self) -> str:
        return doc_no_fault(self.doc_no.value()) if self.doc_no.value() else "请填写文号"
