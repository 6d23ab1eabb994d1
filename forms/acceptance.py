"""验收: what the accepting unit concluded."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.gate_rules import ACCEPT_RESULTS
from desktop.rules.records import CaseFile, StepAction, UnitRole
from desktop.rules.region import Region
from forms.fields.choice import Choice
from forms.fields.text import TextLine
from forms.rows import beside
from forms.step import StepForm

FAILED = "不通过"


class AcceptanceForm(StepForm):
    """Registers a passed acceptance. What did not pass is a return: ``return_wanted`` asks the view for that form."""

    key = "acceptance"
    action = StepAction.ACCEPT
    return_wanted = Signal()

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("验收日期")
        results = [(word, word) for word in (*ACCEPT_RESULTS, FAILED)]
        self.result = self.add("result", "验收结论", Choice(results), half=True)
        self.to_return = QPushButton("改为登记退回")
        self.to_return.setAutoDefault(True)
        self.to_return.clicked.connect(self.return_wanted)
        self.rows.add("", beside(self.to_return))
        accepting = "、".join(case.unit_names(UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING)) or region.acceptance_body
        self.add_questions()
        self.add_text("验收意见", hint=f"验收单位：{accepting}", needed="请填写验收意见", least=3)
        self.doc_no = self.add("doc_no", "验收意见文号", TextLine("", "可不填"))
        self.add_papers()

    def draft(self) -> StepEntry:
        """The acceptance with its conclusion."""
        return replace(super().draft(), result=self.result.chosen(), doc_no=self.doc_no.text().strip())

    def live(self) -> None:
        """Offer the return where the conclusion is 不通过; name what was left to complete where it is that."""
        super().live()
        failed = self.result.chosen() == FAILED
        self.to_return.setVisible(failed)
        if failed:
            self.show_refusal("没有通过验收的，请登记退回，并写明退回原因和补充整改要求。")
        completed = self.result.chosen() == ACCEPT_RESULTS[1]
        self.show_note("result", "请在验收意见中写明补充完善了哪些内容" if completed else "")
