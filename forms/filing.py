"""备案: the filing with the city office, which closes the record."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.lifecycle import is_long_term
from desktop.rules.look_back import add_months
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.fields.date_field import DateField
from forms.fields.text import TextLine
from forms.step import StepForm


class FilingForm(StepForm):
    """Registers the filing; after it the record is locked, or the stage of a long-term problem is."""

    key = "filing"
    action = StepAction.FILE

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("备案日期")
        self.doc_no = self.add("doc_no", "备案函文号", TextLine("", "可不填"), half=True)
        after = "本阶段销号，问题继续推进" if is_long_term(case.problem) else "问题销号，档案锁定"
        self.review: DateField | None = None
        if is_long_term(case.problem):
            day = DateField(today, add_months(today, 12), optional=True)
            self.review = self.add("next_on", "下次评估日期", day, hint="到这一天列入待办，可以改，也可以不填")
        self.add_text("备案说明", hint=f"备案单位：{region.filing_body}。备案登记后，{after}。")
        self.add_papers()

    def draft(self) -> StepEntry:
        """The filing with its number."""
        review = self.review.day() if self.review else None
        return replace(super().draft(), doc_no=self.doc_no.text().strip(), next_on=review)
