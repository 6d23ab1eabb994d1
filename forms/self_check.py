"""自查自验: the own check before applying."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.fields.text import TextLine
from forms.step import StepForm


class SelfCheckForm(StepForm):
    """Registers the own check with its conclusion; the last return's demands stand on top."""

    key = "self_check"
    action = StepAction.SELF_CHECK

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_demands()
        self.add_day("自查自验日期")
        self.result = self.add(
            "result", "自验结论", TextLine("达到销号标准"), self.require("result", "自验结论"), half=True
        )
        self.add_questions()
        hint = "写明自验方式（查阅资料、现场核查）、参加人员和整改成效"
        self.add_text("自查自验情况", hint=hint, needed="请填写自查自验情况", least=3)
        self.add_papers()

    def draft(self) -> StepEntry:
        """The own check with its conclusion."""
        return replace(super().draft(), result=self.result.text().strip())
