"""What the forms of the closing axis share: papers still lacking, the rules' answer while typing, the reason."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.rules.checks import word_notes
from desktop.rules.entries import StepEntry
from desktop.rules.lifecycle import PROOF, Verdict, gate_of, judge, missing_papers, passed_gates
from desktop.rules.needed import all_papers, papers_of
from desktop.rules.records import ACTION_WORDS, CaseFile, Gate, Step, StepAction
from desktop.rules.region import Region
from desktop.rules.standards import demands_of, questions_for
from desktop.rules.texts import clean
from forms.base import Form, value_of
from forms.case_words import case_name, last_return, return_words
from forms.fields.checklist import PaperChecklist
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.standards import StandardsField
from forms.fields.text import TextArea

# These are told beside the field that is empty, so that an untouched form is not refused.
FIELD_RULES = ("reason_missing", "notice_dates")


class StepForm(Form):
    """A form for one step of the closing axis.

    The rules judge while the clerk fills in: a refusal stands above the buttons and disables 登记, warnings open the
    field for the reason. Attributes: ``case``, ``region``, ``today``, ``action``.
    """

    action: StepAction

    def __init__(
        self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None, title: str = ""
    ) -> None:
        super().__init__(title or f"登记{ACTION_WORDS[self.action]}", parent, "登记")
        self.case, self.region, self.today = case, region, today
        self.gate = gate_of(self.action)
        self.papers: PaperChecklist | None = None
        self._text_hint = ""
        self.standards: StandardsField | None = None
        self.files: FileList
        self.set_subject(case_name(case))

    # Parts of which a step form is made

    def add_demands(self) -> None:
        """Show on top what the last return demanded, if the present attempt began with one."""
        step = last_return(self.case)
        if step is not None:
            self.rows.add("", _card(return_words(step), "上次退回的补充整改要求"))

    def add_day(self, words: str) -> DateField:
        """The day of the step, today at first."""
        return self.add("on", words, DateField(self.today, self.today), half=True)

    def add_text(self, words: str, text: str = "", hint: str = "", *, needed: str = "", least: int = 2) -> TextArea:
        """The step's text; ``needed`` is the sentence when it may not be empty."""
        area = TextArea(text, least)
        self._text_hint = hint
        return self.add("text", words, area, lambda: needed if needed and not value_of(area) else "", hint)

    def add_questions(self) -> None:
        """What is asked one by one at this step; nothing where the region asks nothing."""
        opener = last_return(self.case)
        questions = questions_for(self.action, self.region, opener)
        if questions:
            self.standards = self.add("answers", "逐项核对", StandardsField(questions))
            self.standards.set_value(self._answered_before(opener))

    def _answered_before(self, opener: Step | None) -> list[tuple[str, str, str]]:
        """What the own check said of the demands is there already when the application asks again."""
        check = passed_gates(self.case).get(Gate.SELF_CHECK)
        wanted = demands_of(opener) if opener else ()
        return [answer for answer in check.answers if answer[0] in wanted] if check else []

    def add_papers(self) -> None:
        """The gate's papers as places to drop on, the file list, and the field for the reason."""
        own = papers_of(self.case, self.gate, self.region)
        if own:
            self.papers = PaperChecklist(own)
            self.papers.dropped.connect(lambda key, paths: self.files.add(paths, key))
            self.papers.wanted.connect(self._want)
            self.rows.add("所需材料", self.papers)
        self.files = self.add("files", "附件", FileList(all_papers(self.case, self.region, self.gate)))
        self.reason = self.add("reason", "继续办理的理由", TextArea("", 2), self._reason_fault, note_first=True)
        self.begin()

    # What is filled in

    def draft(self) -> StepEntry:
        """The step as filled in."""
        text, reason = (self._text_of(name) for name in ("text", "reason"))
        day = self.fields["on"].widget
        assert isinstance(day, DateField)
        return StepEntry(
            action=self.action,
            on=day.day() or self.today,
            text=text,
            reason=reason if not self.fields["reason"].cell.isHidden() else "",
            files=self.files.files(),
            papers=self.paper_keys(),
            answers=self.standards.answers() if self.standards else None,
        )

    def paper_keys(self) -> tuple[str, ...]:
        """Which paper each file is; where the gate asks for 佐证材料, whatever is no other paper serves as that."""
        serves = PROOF if self.papers and PROOF in self.papers.badges else ""
        return tuple(key or serves for key in self.files.papers_chosen())

    def verdict_of(self, entry: StepEntry) -> Verdict:
        """What the rules say of the step as it stands."""
        return judge(
            self.case,
            self.action,
            entry.on,
            self.region,
            self.today,
            notice_end=entry.end,
            reason=entry.reason or entry.text,
            result=entry.result,
            answers=entry.answers,
            handed_in={key for key in entry.papers if key},
        )

    def doubts(self) -> tuple[str, ...]:
        """Further sentences that a reason overrides; forms with more to check override this."""
        return ()

    def warnings(self) -> tuple[str, ...]:
        """All sentences that a reason overrides."""
        entry = replace(self.draft(), reason="")
        return (*(ruling.sentence for ruling in self.verdict_of(entry).warnings), *self.doubts())

    def text_note(self, text: str) -> str:
        """What stands in grey below the text: words that an upper level sends back, else the hint."""
        demands = self.action == StepAction.RETURN  # the words of those who sent it back are theirs
        return ("" if demands else word_notes(text)) or self._text_hint

    def live(self) -> None:
        """Ask the rules again and show papers, refusal, warnings."""
        text = self._text_of("text")
        self.files.set_remark(text)
        if "text" in self.fields:
            self.show_note("text", self.text_note(text))
        self._show_papers()
        verdict = self.verdict_of(self.draft())
        refusals = [ruling.sentence for ruling in verdict.refusals if ruling.rule not in FIELD_RULES]
        self.show_refusal(f"现在不能登记：{refusals[0]}。" if refusals else "")
        warnings = () if refusals else self.warnings()
        self.show_field("reason", bool(warnings))
        lines = "\n".join(f"· {sentence}" for sentence in warnings)
        self.show_note("reason", f"以下事项需要说明理由，理由将随文书打印：\n{lines}" if warnings else "")
        needed = bool(warnings) and not self._text_of("reason")
        self.show_remark(f"有{len(warnings)}项需要说明理由，请看“继续办理的理由”。" if needed else "")

    def _show_papers(self) -> None:
        if self.papers is None or self.gate is None:
            return
        given = {key for key in self.paper_keys() if key}
        required = {paper.key for paper in self.papers.papers if paper.required}
        lacking = {paper.key for paper in missing_papers(self.case, self.gate, self.region)}
        optional = {piece.item for piece in self.case.evidence if piece.present} - required
        self.papers.show_state(lacking - given, given, (required - lacking) | optional)

    def _reason_fault(self) -> str:
        return "" if clean(self._text_of("reason")) else "请填写理由，或补齐上面所列的事项"

    def _text_of(self, name: str) -> str:
        return str(value_of(self.fields[name].widget)) if name in self.fields else ""

    def _want(self, key: str) -> None:
        self.files_wanted.emit(lambda paths: self.files.add(paths, key))


def _card(words: str, name: str) -> QWidget:
    """A framed text on top of a form."""
    card = QFrame()
    card.setObjectName("card")
    card.setFrameShape(QFrame.Shape.StyledPanel)
    card.setAccessibleName(name)
    title, text = QLabel(name), QLabel(words)
    title.setObjectName("subtitle")
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(10, 8, 10, 8)
    layout.addWidget(title)
    layout.addWidget(text)
    return card
