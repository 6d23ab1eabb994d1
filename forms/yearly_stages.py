"""年度阶段目标: the same target at the end of every year of a long-term problem."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import YearlyStagesEntry
from desktop.rules.records import CaseFile
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.text import NumberLine, TextArea


class YearlyStagesForm(Form):
    """Adds a stage target at the end of each year; a year that has one keeps it."""

    key = "yearly_stages"

    def __init__(self, case: CaseFile, today: date, parent: QWidget | None = None) -> None:
        super().__init__("按年新增阶段目标", parent, "新增")
        self.case = case
        self.set_subject(case_name(case))
        first = max((stage.due.year for stage in case.stages), default=today.year - 1) + 1
        self.first = self.add("first", "起始年份", NumberLine(first), self._year_fault, half=True)
        self.last = self.add("last", "截止年份", NumberLine(first + 2), self._last_fault, half=True)
        hint = "每年12月31日前达到；已有阶段目标的年份不重复新增"
        self.text = self.add("text", "阶段目标", TextArea("", 3), self.require("text", "阶段目标"), hint)
        self.begin()

    def draft(self) -> YearlyStagesEntry:
        """Years and target as filled in."""
        return YearlyStagesEntry(self.first.number() or 0, self.last.number() or 0, str(value_of(self.text)))

    def _year_fault(self) -> str:
        year = self.first.number()
        return "" if year and 2000 <= year <= 2099 else "请填写四位年份，如 2027"

    def _last_fault(self) -> str:
        first, last = self.first.number() or 0, self.last.number() or 0
        return "" if first <= last <= first + 29 else "截止年份应不早于起始年份，且不超过30年"
