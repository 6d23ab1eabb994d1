"""重新整改: a closed problem is taken up again; the earlier closure stays on record."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.base import value_of
from forms.fields.text import TextArea, TextLine
from forms.step import StepForm


class ReopeningForm(StepForm):
    """Registers a reopening with its cause; all gates stand open again afterwards."""

    key = "reopening"
    action = StepAction.REOPEN

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("重新整改日期")
        self.doc_no = self.add("doc_no", "依据文号", TextLine("", "可不填"), half=True)
        self.cause = self.add("cause", "重新整改的原因", TextArea("", 2), self._cause_fault)
        self.add_text("后续要求", hint="原销号记录保留；登记后五个环节重新办理，需要新时限的另行办理延期")
        self.add_papers()

    def draft(self) -> StepEntry:
        """The reopening with its cause."""
        return replace(super().draft(), reason=str(value_of(self.cause)), doc_no=self.doc_no.text().strip())

    def _cause_fault(self) -> str:
        return "" if value_of(self.cause) else "请填写重新整改的原因"
