"""申请销号: the application to the city leading group."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region, fill_names
from forms.fields.text import TextLine
from forms.step import StepForm


class ApplicationForm(StepForm):
    """Registers the application with its number; the last return's demands stand on top."""

    key = "application"
    action = StepAction.APPLY

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_demands()
        self.add_day("申请日期")
        self.doc_no = self.add("doc_no", "请示文号", TextLine("", "可不填，如 ×办〔2026〕12号"), half=True)
        self.add_questions()
        self.add_text("申请说明", hint=f"报送：{fill_names(region.addressee, region, '')}")
        self.add_papers()

    def draft(self) -> StepEntry:
        """The application with its number."""
        return replace(super().draft(), doc_no=self.doc_no.text().strip())
