"""公示: the public notice with its calculator."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.calendar import WorkingCalendar
from desktop.rules.checks import word_notes
from desktop.rules.entries import StepEntry
from desktop.rules.notice_issuer import issuer_doubts
from desktop.rules.records import CaseFile, StepAction, Unit
from desktop.rules.region import Region
from forms.fields.date_field import DateField
from forms.fields.text import TextLine
from forms.notice_sum import Judged, judge_span, reckon, text_words
from forms.step import StepForm

TEXT_HINT = "可粘贴公示全文，程序随时核对其中的起止日期和天数"


class NoticeForm(StepForm):
    """Registers a notice. The end follows the start until the clerk sets it; too short a notice is refused.

    ``units`` is the unit list, by whose aliases the body that signs the text is known. Attributes: ``start``, ``end``,
    ``calculator`` with both countings.
    """

    key = "notice"
    action = StepAction.NOTICE

    def __init__(
        self,
        case: CaseFile,
        region: Region,
        today: date,
        calendar: WorkingCalendar,
        units: Sequence[Unit] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(case, region, today, parent)
        self.calendar, self.units = calendar, tuple(units)
        self.start = self.add_day("公示开始日期")
        self._proposed = reckon(calendar, today, region.notice).earliest
        self.end = self.add("end", "公示截止日期", DateField(today, self._proposed), self._end_fault, half=True)
        self.calculator = QLabel()
        self.calculator.setObjectName("hint")
        self.calculator.setWordWrap(True)
        self.calculator.setAccessibleName("公示期测算")
        self.rows.add("公示期测算", self.calculator)
        self.url = self.add("url", "公示网址", TextLine("", "网页地址或公示栏位置"))
        self.add_text("公示文本", hint=TEXT_HINT, least=4)
        self.add_papers()

    def draft(self) -> StepEntry:
        """The notice with its last day and address."""
        return replace(super().draft(), end=self.end.day(), url=self.url.text().strip())

    def judged(self) -> Judged:
        """The notice as it stands, measured by the calendar; nothing to say while a date is open."""
        start, end = self.start.day(), self.end.day()
        if start is None or end is None:
            return Judged()
        return judge_span(self.calendar, start, end, self.region.notice, self._text_of("text"))

    def doubts(self) -> tuple[str, ...]:
        """Dates or counts in the text that differ, a year whose holidays are not known, a body that may not sign."""
        return (*self.judged().doubts, *issuer_doubts(self.case, self._text_of("text"), self.units))

    def text_note(self, text: str) -> str:
        """What was read in the text."""
        return "；".join(part for part in (text_words(text), word_notes(text)) if part) if text else TEXT_HINT

    def live(self) -> None:
        """Reckon again, show both countings, the fault beside the end, and what the text says."""
        self._follow()
        super().live()
        judged = self.judged()
        if judged.counted:
            self.calculator.setText(f"{self.calculator.text()}\n登记的{judged.counted}。")
        self.show_fault("end", judged.fault)

    def _follow(self) -> None:
        start = self.start.day()
        found = reckon(self.calendar, start, self.region.notice) if start else None
        self.calculator.setText("\n".join(found.lines) if found else "请先填写公示开始日期")
        is_ours = self.end.day() == self._proposed
        if found and is_ours and found.earliest != self._proposed:
            self._proposed = found.earliest
            self.end.blockSignals(True)
            self.end.set_day(found.earliest)
            self.end.blockSignals(False)

    def _end_fault(self) -> str:
        if not self.end.line.text().strip():
            return "请填写公示截止日期，如 2026-11-30"
        return self.end.fault() or self.judged().fault
