"""异议: what was raised against a notice, how it was looked into, what was answered."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import ObjectionEntry
from desktop.rules.followup import Objection
from desktop.rules.gate_rules import FOUNDED
from desktop.rules.objections import RESULTS, WAYS, answer_fault, receipt_fault
from desktop.rules.records import CaseFile, UnitRole
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import TextArea, TextLine


class ObjectionForm(Form):
    """Registers an objection to the present notice, or how ``objection`` was handled and answered."""

    key = "objection"

    def __init__(
        self, case: CaseFile, today: date, objection: Objection | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("异议处理和答复" if objection else "登记异议", parent)
        self.case, self.today, self.objection = case, today, objection
        self.set_subject(case_name(case))
        held = objection
        day = DateField(today, held.received_on if held else today)
        self.received_on = self.add("received_on", "收到日期", day, self._received_fault, half=True)
        ways = [(word, word) for word in dict.fromkeys((*WAYS, *([held.way] if held and held.way else [])))]
        self.way = self.add("way", "提出方式", Choice([*ways, ("", "不注明")], held.way if held else None), half=True)
        raiser = TextLine(held.raiser if held else "", "可不填；匿名的写“匿名”")
        self.raiser = self.add("raiser", "提出人或单位", raiser)
        text = TextArea(held.text if held else "", 3)
        self.text = self.add("text", "异议内容", text, self.require("text", "异议内容"))
        by = held.handler if held else "、".join(case.unit_names(UnitRole.LEAD))
        self.handler = self.add("handler", "核查单位", TextLine(by))
        handling = TextArea(held.handling if held else "", 3)
        hint = "还没有处理的先不填；答复登记之前不能备案"
        self.handling = self.add("handling", "核查和处理情况", handling, hint=hint)
        results = [("", "尚未核查"), *((word, word) for word in RESULTS)]
        self.result = self.add("result", "核查结论", Choice(results, held.result if held else None), half=True)
        answered = DateField(today, held.answered_on if held else None, optional=True)
        self.answered_on = self.add("answered_on", "答复日期", answered, self._answer_fault, half=True)
        if held:
            self.begin_at(self.handling)
        self.begin()

    def draft(self) -> ObjectionEntry:
        """The objection as filled in."""
        return ObjectionEntry(
            received_on=self.received_on.day() or self.today,
            text=str(value_of(self.text)),
            raiser=self.raiser.text().strip(),
            way=self.way.chosen(),
            handler=self.handler.text().strip(),
            handling=str(value_of(self.handling)),
            result=self.result.chosen(),
            answered_on=self.answered_on.day(),
        )

    def live(self) -> None:
        """Say what follows from a founded objection."""
        founded = self.result.chosen() in FOUNDED
        self.show_note("result", "异议成立的，登记后请办理退回，整改后重新公示" if founded else "")

    def _received_fault(self) -> str:
        day = self.received_on.day()
        if day is None or (self.objection and day == self.objection.received_on):
            return self.received_on.fault()
        return receipt_fault(self.case, day, self.today)

    def _answer_fault(self) -> str:
        received = self.received_on.day() or self.today
        handling, result = str(value_of(self.handling)), self.result.chosen()
        return self.answered_on.fault() or answer_fault(received, self.answered_on.day(), handling, result, self.today)
