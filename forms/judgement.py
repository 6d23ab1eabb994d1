"""进度判定: the class of one problem in a month, beside the one that dates and reports suggest."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.records import PROGRESS_WORDS, Judgement, ProgressClass
from forms.base import Form, value_of
from forms.fields.choice import Choice
from forms.fields.text import TextArea


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """What was decided, with the reason."""

    decided: ProgressClass
    reason: str = ""


class JudgementForm(Form):
    """Decides the class; a reason is asked where it is another one than suggested."""

    key = "judgement"

    def __init__(
        self, subject: str, suggested: ProgressClass, known: Judgement | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("进度判定", parent, "判定")
        self.suggested = suggested
        self.set_subject(subject)
        self.rows.add("建议", QLabel(PROGRESS_WORDS[suggested]))
        classes = [(found.value, words) for found, words in PROGRESS_WORDS.items()]
        chosen = known.decided if known else suggested
        self.decided = self.add("decided", "判定", Choice(classes, chosen.value))
        self.reason = self.add("reason", "理由", TextArea(known.reason if known else "", 3), self._reason_fault)
        self.begin()

    def draft(self) -> JudgementEntry:
        """The decision as filled in."""
        return JudgementEntry(ProgressClass(self.decided.chosen()), str(value_of(self.reason)))

    def live(self) -> None:
        """Say whether a reason is needed."""
        differs = self.decided.chosen() != self.suggested.value
        self.show_note("reason", "与建议不同，请写明理由" if differs else "与建议相同，可不填")

    def _reason_fault(self) -> str:
        differs = self.decided.chosen() != self.suggested.value
        return "请写明理由" if differs and not value_of(self.reason) else ""
