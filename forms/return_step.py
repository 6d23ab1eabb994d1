"""退回: why a bundle was sent back, and what must be added."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.fields.reasons import ReasonPicker
from forms.fields.text import TextLine
from forms.step import StepForm


class ReturnForm(StepForm):
    """Registers a return: reasons of the region's list and the demands, which the next draft shows on top."""

    key = "return_step"
    action = StepAction.RETURN

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("退回日期")
        self.doc_no = self.add("doc_no", "退回文号", TextLine("", "可不填"), half=True)
        self.reasons = self.add("reasons", "退回原因", ReasonPicker(region.return_reasons))
        hint = "逐条写明要补什么、改什么；下次填写自查自验、申请销号时显示在最上面"
        self.add_text("补充整改要求", hint=hint, needed="请填写补充整改要求", least=3)
        self.add_papers()

    def draft(self) -> StepEntry:
        """The return with its reasons."""
        return replace(super().draft(), reason=self.reasons.words(), doc_no=self.doc_no.text().strip())
