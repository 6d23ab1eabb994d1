"""登记回复: what a unit answered to a paper of the ladder, or did about what a visit demanded, with its files."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import ReplyEntry
from forms.base import Form, value_of
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.text import TextArea


class ReplyForm(Form):
    """Registers an answer; ``since`` is the day of what it answers, ``said`` an answer that is on record already."""

    key = "reply"

    def __init__(
        self,
        title: str,
        subject: str,
        since: date,
        today: date,
        said: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, "登记")
        self.since, self.today = since, today
        self.set_subject(subject)
        self.on = self.add("on", "日期", DateField(today, today), self._on_fault, half=True)
        self.text = self.add("text", "情况", TextArea(said, 4), self.require("text", "办理情况"))
        self.files = self.add("files", "回复材料", FileList(), hint="收入问题的佐证材料")
        self.begin()

    def draft(self) -> ReplyEntry:
        """The answer as filled in."""
        on = self.on.day()
        assert on is not None
        return ReplyEntry(on, str(value_of(self.text)), self.files.files())

    def _on_fault(self) -> str:
        on = self.on.day()
        if on and on > self.today:
            return "日期晚于今天，请核对"
        return "日期早于发出或检查的日期，请核对" if on and on < self.since else self.on.fault()
