"""办结: the end of a paper of the ladder, or the lifting of a listing with its 解除文号."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.chase_rules import LIFTED
from desktop.rules.doc_numbers import doc_no_fault
from desktop.rules.entries import SettleEntry
from desktop.rules.followup import Chase
from forms.base import Form, value_of
from forms.fields.date_field import DateField
from forms.fields.text import TextArea, TextLine


class SettleForm(Form):
    """Settles a paper, of which ``row`` is one row."""

    key = "settle"

    def __init__(self, subject: str, row: Chase, today: date, parent: QWidget | None = None) -> None:
        super().__init__("解除挂牌督办" if row.rung in LIFTED else "办结", parent, "登记")
        self.row, self.today = row, today
        self.set_subject(subject)
        self.on = self.add("on", "办结日期", DateField(today, today), self._on_fault, half=True)
        needed = row.rung in LIFTED
        hint = "" if needed else "有解除、办结文件的填写"
        self.close_no = self.add("close_no", "解除文号", TextLine(), self._number_fault, hint, half=True)
        asked = "" if row.replied_on else "还没有登记回复，请写明不经回复就办结的原因"
        self.note = self.add("note", "办结说明", TextArea("", 3), self._note_fault, asked)
        self.begin()

    def draft(self) -> SettleEntry:
        """The end as filled in."""
        on = self.on.day()
        assert on is not None
        return SettleEntry(on, str(value_of(self.note)), self.close_no.text().strip())

    def _on_fault(self) -> str:
        on, since = self.on.day(), self.row.replied_on or self.row.on
        if on and on > self.today:
            return "办结日期晚于今天，请核对"
        return "办结日期早于发出或回复的日期，请核对" if on and on < since else self.on.fault()

    def _number_fault(self) -> str:
        number = self.close_no.text().strip()
        if not number:
            return "请填写解除文号" if self.row.rung in LIFTED else ""
        return doc_no_fault(number)

    def _note_fault(self) -> str:
        return "" if self.row.replied_on or value_of(self.note) else "请填写办结说明"
