"""阶段目标: a dated target of a staged or long-term problem."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StageEntry
from desktop.rules.records import CaseFile, StageTarget
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea


class StageForm(Form):
    """Enters a stage target, or edits ``stage`` and registers that it is reached."""

    key = "stage"

    def __init__(
        self, case: CaseFile, today: date, stage: StageTarget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改阶段目标" if stage else "新增阶段目标", parent)
        self.case, self.today, self.stage = case, today, stage
        self.set_subject(case_name(case))
        due = stage.due if stage else date(today.year, 12, 31)
        self.due = self.add("due", "目标时限", DateField(today, due), self._due_fault, half=True)
        count = NumberLine(stage.count if stage else None, "可不填")
        self.count = self.add("count", "目标数量", count, half=True)
        text = TextArea(stage.text if stage else "", 3)
        self.text = self.add("text", "阶段目标", text, self.require("text", "阶段目标"))
        reached = DateField(today, stage.reached_on if stage else None, optional=True)
        self.reached = self.add("reached_on", "达到日期", reached, self._reached_fault, "达到后填写，没有达到留空")
        self.begin()

    def draft(self) -> StageEntry:
        """The stage target as filled in."""
        due = self.due.day()
        assert due is not None
        return StageEntry(due, str(value_of(self.text)), self.count.number(), self.reached.day())

    def _due_fault(self) -> str:
        due, own = self.due.day(), self.stage.id if self.stage else ""
        taken = any(stage.due == due and stage.id != own for stage in self.case.stages)
        return "这一天已有一个阶段目标，请合并填写或换一个日期" if due and taken else self.due.fault()

    def _reached_fault(self) -> str:
        day = self.reached.day()
        return "达到日期晚于今天，请核对" if day and day > self.today else self.reached.fault()
