"""整改措施: one promised measure with its own date and count."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.checks import word_notes
from desktop.rules.entries import MeasureEntry
from desktop.rules.records import CaseFile, Measure
from desktop.rules.wording import date_in_text
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea, TextLine


class MeasureForm(Form):
    """Enters a measure, or edits ``measure``; the next free number is proposed."""

    key = "measure"

    def __init__(
        self, case: CaseFile, today: date, measure: Measure | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改整改措施" if measure else "新增整改措施", parent)
        self.case, self.measure = case, measure
        self.set_subject(case_name(case))
        free = max((m.number for m in case.measures), default=0) + 1
        given = measure or Measure("", case.problem.id, free, "")
        self.number = self.add("number", "措施序号", NumberLine(given.number), self._number_fault, half=True)
        self.due = self.add("due", "完成时限", DateField(today, given.due, optional=True), half=True)
        self.text = self.add("text", "措施内容", TextArea(given.text, 4), self.require("text", "措施内容"))
        self.quantity = self.add("quantity", "承诺完成数量", NumberLine(given.quantity, "可不填"), half=True)
        unit = TextLine(given.quantity_unit, "个、公里、户…")
        self.unit = self.add("quantity_unit", "单位", unit, self._unit_fault, half=True)
        total = NumberLine(given.quantity_of, "可不填")
        self.total = self.add("quantity_of", "总数量", total, self._total_fault, "如“8个项目中完成6个”：总数量填8")
        self.begin()

    def draft(self) -> MeasureEntry:
        """The measure as filled in."""
        return MeasureEntry(
            number=self.number.number() or 0,
            text=str(value_of(self.text)),
            due=self.due.day(),
            quantity=self.quantity.number(),
            quantity_of=self.total.number(),
            quantity_unit=self.unit.text().strip(),
        )

    def live(self) -> None:
        """Remarks that forbid nothing: after the problem's deadline, sweeping or vague words."""
        due, deadline = self.due.day(), self.case.problem.current_deadline
        late = due and deadline and due > deadline
        self.show_note("due", f"晚于问题的整改时限{date_in_text(deadline)}，请核对" if late and deadline else "")
        self.show_note("text", word_notes(str(value_of(self.text))))

    def _number_fault(self) -> str:
        number = self.number.number()
        if not number:
            return self.number.fault() or "请填写措施序号，从1起"
        own = self.measure.number if self.measure else None
        taken = number != own and any(m.number == number for m in self.case.measures)
        return f"已有第{number}项措施，请换一个序号" if taken else ""

    def _unit_fault(self) -> str:
        missing = self.quantity.number() is not None and not self.unit.text().strip()
        return "请填写数量的单位，如 个" if missing else ""

    def _total_fault(self) -> str:
        quantity, total = self.quantity.number(), self.total.number()
        if quantity is not None and total is not None and total < quantity:
            return f"总数量{total}小于承诺完成数量{quantity}，请核对"
        return self.total.fault()
