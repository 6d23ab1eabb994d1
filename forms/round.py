"""开始调度: one dispatch round of a month."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.rounds import RoundEntry, round_words
from forms.base import Form, value_of
from forms.fields.date_field import DateField
from forms.fields.text import TextArea, TextLine


class RoundForm(Form):
    """Begins a round: by when units report, and what is asked of them. The suggested day can be changed."""

    key = "round"

    def __init__(self, suggested: RoundEntry, today: date, parent: QWidget | None = None) -> None:
        super().__init__("开始调度", parent, "开始")
        self.suggested = suggested
        self.set_subject(round_words(suggested.month, suggested.number))
        self.due = self.add(
            "due_on", "报送时限", DateField(today, suggested.due_on), hint="按地区模板推算，可以改", half=True
        )
        self.name = self.add("title", "名称", TextLine("", "可不填"), half=True)
        self.note = self.add("note", "调度要求", TextArea("", 4))
        self.begin()

    def draft(self) -> RoundEntry:
        """The round as filled in."""
        return RoundEntry(
            self.suggested.month,
            self.suggested.number,
            self.due.day(),
            self.name.text().strip(),
            str(value_of(self.note)),
        )
