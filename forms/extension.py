"""延期: a change of the deadline, asked for or approved; the original stays."""

from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.deadlines import judge_extension
from desktop.rules.entries import ExtensionEntry
from desktop.rules.records import CaseFile, DeadlineChange
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text, plan_deadline_of
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.text import TextArea, TextLine

FIELD_RULES = ("reason_missing",)


ASKED, APPROVED = "asked", "approved"


class ExtensionForm(Form):
    """Registers that a new deadline was asked for, or approved; ``request`` is the one that is approved now.

    Only an approval moves the deadline: it names who approved it, and its number or its paper.
    """

    key = "extension"

    def __init__(
        self,
        case: CaseFile,
        today: date,
        region: Region,
        request: DeadlineChange | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("登记延期批准" if request else "登记延期", parent, "登记")
        self.case, self.today, self.region, self.request = case, today, region, request
        self.set_subject(case_name(case))
        old = QLabel(_old_words(case))
        old.setWordWrap(True)
        self.rows.add("现行时限", old)
        states = [(APPROVED, "已经批准")] if request else [(APPROVED, "已经批准"), (ASKED, "已申请，等待批准")]
        self.state_of = self.add("approval", "办理情况", Choice(states), half=True)
        self.new = self.add("new", "延期后的时限", DateField(today, request.new if request else None), half=True)
        reason = TextArea(request.reason if request else "", 2)
        self.reason = self.add("reason", "延期理由", reason, self.require("reason", "延期理由"))
        self.on = self.add("on", "批准日期", DateField(today, today), half=True)
        self.doc_no = self.add("doc_no", "批准文号", TextLine("", "没有文号的，请附批准材料"), half=True)
        self.approver = self.add("approver", "批准单位或领导", TextLine(), self._approver_fault)
        opinion = TextArea(request.unit_opinion if request else "", 2)
        self.opinion = self.add("unit_opinion", "责任单位意见", opinion)
        self.files = self.add("files", "申请或批准材料", FileList(), self._files_fault)
        self.begin()

    def draft(self) -> ExtensionEntry:
        """The change as filled in."""
        asked = self._is_asked()
        return ExtensionEntry(
            new=self.new.day(),
            reason=str(value_of(self.reason)),
            approver="" if asked else self.approver.text().strip(),
            doc_no="" if asked else self.doc_no.text().strip(),
            unit_opinion=str(value_of(self.opinion)),
            files=self.files.files(),
            on=None if asked else self.on.day(),
            is_request=asked,
        )

    def live(self) -> None:
        """Ask the rules whether the deadline may be moved there; what they warn of stands beside its field."""
        asked = self._is_asked()
        for name in ("on", "doc_no", "approver"):
            self.show_field(name, not asked)
        self.show_note("approval", "登记批准之前，时限不变" if asked else "")
        new = self.new.day() or self.case.problem.current_deadline or self.today
        on = (None if asked else self.on.day()) or self.today
        by = None if asked else f"{self.approver.text()} {self.doc_no.text()}"
        reason = str(value_of(self.reason))
        verdict = judge_extension(self.case, new, on, self.today, reason, region=self.region, approval=by)
        rules = FIELD_RULES if self.new.day() else (*FIELD_RULES, "deadline_same", "date_order")
        refusals = [ruling.sentence for ruling in verdict.refusals if ruling.rule not in rules]
        self.show_refusal(f"现在不能登记：{refusals[0]}。" if refusals else "")
        upper = [ruling.sentence for ruling in verdict.warnings if ruling.rule == "upper_approval"]
        others = [ruling.sentence for ruling in verdict.warnings if ruling.rule != "upper_approval"]
        self.show_note("approver", "；".join(upper))
        self.show_note("new", f"{'；'.join(others)}，请核对后再登记" if others and self.new.day() else "")

    def _is_asked(self) -> bool:
        return self.state_of.chosen() == ASKED

    def _approver_fault(self) -> str:
        return "" if self.approver.text().strip() else "请填写批准单位或领导；还没有批准的，请选“已申请，等待批准”"

    def _files_fault(self) -> str:
        proven = self._is_asked() or self.doc_no.text().strip() or self.files.files()
        return self.files.fault() if proven else "请填写批准文号，或附上批准材料"


def _old_words(case: CaseFile) -> str:
    """The deadline that holds now, and the plan's own where another was approved."""
    problem = case.problem
    if problem.approved_deadline is None:
        return plan_deadline_of(problem) or "未定期限"
    first = plan_deadline_of(problem) or "未定"
    return f"{date_in_text(problem.approved_deadline)}（原时限：{first}，予以保留）"
