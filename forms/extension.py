"""延期: an approved change of the deadline; the original stays."""

from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.deadlines import judge_extension
from desktop.rules.entries import ExtensionEntry
from desktop.rules.records import CaseFile
from desktop.rules.wording import date_in_text, plan_deadline_of
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.text import TextArea, TextLine

FIELD_RULES = ("reason_missing",)


class ExtensionForm(Form):
    """Registers an approved new deadline, with the rules' answer while it is filled in."""

    key = "extension"

    def __init__(self, case: CaseFile, today: date, parent: QWidget | None = None) -> None:
        super().__init__("登记延期", parent, "登记")
        self.case, self.today = case, today
        self.set_subject(case_name(case))
        old = QLabel(_old_words(case))
        old.setWordWrap(True)
        self.rows.add("现行时限", old)
        self.new = self.add("new", "延期后的时限", DateField(today), half=True)
        self.doc_no = self.add("doc_no", "批准文号", TextLine("", "可不填"), half=True)
        self.reason = self.add("reason", "延期理由", TextArea("", 2), self.require("reason", "延期理由"))
        self.approver = self.add("approver", "批准单位或领导", TextLine())
        self.opinion = self.add("unit_opinion", "责任单位意见", TextArea("", 2))
        self.files = self.add("files", "批准材料", FileList())
        self.begin()

    def draft(self) -> ExtensionEntry:
        """The approved change as filled in."""
        return ExtensionEntry(
            new=self.new.day(),
            reason=str(value_of(self.reason)),
            approver=self.approver.text().strip(),
            doc_no=self.doc_no.text().strip(),
            unit_opinion=str(value_of(self.opinion)),
            files=self.files.files(),
        )

    def live(self) -> None:
        """Ask the rules whether the deadline may be moved there; what they warn of stands beside the date."""
        new = self.new.day() or self.case.problem.current_deadline or self.today
        verdict = judge_extension(self.case, new, self.today, self.today, str(value_of(self.reason)))
        rules = FIELD_RULES if self.new.day() else (*FIELD_RULES, "deadline_same", "date_order")
        refusals = [ruling.sentence for ruling in verdict.refusals if ruling.rule not in rules]
        self.show_refusal(f"现在不能登记：{refusals[0]}。" if refusals else "")
        warned = "；".join(ruling.sentence for ruling in verdict.warnings) if self.new.day() else ""
        self.show_note("new", f"{warned}，请核对后再登记" if warned else "")


def _old_words(case: CaseFile) -> str:
    """The deadline that holds now, and the plan's own where another was approved."""
    problem = case.problem
    if problem.approved_deadline is None:
        return plan_deadline_of(problem) or "未定期限"
    first = plan_deadline_of(problem) or "未定"
    return f"{date_in_text(problem.approved_deadline)}（原时限：{first}，予以保留）"
