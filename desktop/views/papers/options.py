"""What a clerk adds to a paper: number, date, who signs, who answers the phone."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.operations.paper.drafts import PaperDraft
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import PaperKind, PaperQuestion
from desktop.rules.paper_kinds import layouts_of
from desktop.rules.records import CaseFile, Gate
from desktop.rules.wording import date_in_text
from desktop.views.papers.questions import PaperQuestions
from forms.fields.date_field import DateField
from forms.fields.number_field import NumberField
from forms.fields.text import TextLine

WORDS = {
    "layout": "样式",
    "month": "调度月份",
    "doc_no": "文号",
    "on": "成文日期",
    "main": "署名单位",
    "joint": "联署单位",
    "signers": "签发人",
    "addressee": "主送",
    "contact": "联系人",
    "phone": "联系电话",
    "person": "填报人",
}
DAYS = {
    "closure_application": "申请日期",
    "extension_request": "申请日期",
    "long_term_request": "申请日期",
    "public_notice": "公示开始",
    "objection_register": "填表日期",
    "evidence_catalogue": "整理日期",
    "site_list": "填报日期",
    "merged_ledger": "填报日期",
    "monthly_dispatch": "填报日期",
    "closure_ledger": "填报日期",
    "call_slip": "催报日期",
    "chase_slip": "督办日期",
}
_HINTS = {
    "main": "留空时按地区模板",
    "joint": "没有联署时留空",
    "signers": "多人用顿号分开",
    "doc_no": "如 蒸区委〔2026〕9号",
    "addressee": "留空时按台账填写",
    "month": "如 2026-11",
}
_OF_THE_CASE = ("doc_no", "on", "addressee")
_OF_THE_PAPER = ("main", "joint", "layout")
_BY_HAND = ("doc_no", "on")

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


class PaperOptions(QWidget):
    """The fields of one paper, filled with what the ledger knows; what the clerk typed stays.

    Number and date belong to one paper of one problem and are filled anew for another. Signals: ``changed``,
    and ``layout_changed`` when the paper may ask for other things.
    """

    changed = Signal()
    layout_changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._key = self._subject = ""
        self._typed: set[str] = set()
        self._is_filling = False
        self.is_draft = QCheckBox()
        self.is_draft.toggled.connect(self._on_draft)
        self.day = DateField(today, optional=True)
        self.lines = {name: TextLine("", _HINTS.get(name, "")) for name in WORDS if name not in ("on", "layout")}
        self.lines["month"].setText(f"{today:%Y-%m}")
        self.layouts = QComboBox()
        self.layouts.activated.connect(self._on_layout)
        self.questions = PaperQuestions()
        self.questions.changed.connect(lambda: self._edited("asked"))
        self.number = NumberField(self.lines["doc_no"])
        self.number.left.connect(self._show_fault)
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.note = QLabel()
        self.note.setObjectName("hint")
        for label in (self.fault, self.note):
            label.setWordWrap(True)
        self._lay_out()
        self.day.changed.connect(lambda: self._edited("on"))
        for name, line in self.lines.items():
            line.textChanged.connect(lambda _, name=name: self._edited(name))

    def _lay_out(self) -> None:
        self.rows = QFormLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setHorizontalSpacing(8)
        self.rows.setVerticalSpacing(5)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.fields: dict[str, QWidget] = {}
        own: dict[str, QWidget] = {"on": self.day, "layout": self.layouts, "doc_no": self.number}
        for name, words in WORDS.items():
            field = own.get(name) or self.lines[name]
            field.setAccessibleName(words)
            self.fields[name] = field
            self.rows.addRow(words, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.is_draft)
        layout.addLayout(self.rows)
        layout.addWidget(self.questions)
        layout.addWidget(self.fault)
        layout.addWidget(self.note)

    # Filling

    def show_paper(
        self, paper: PaperKind, case: CaseFile | None, known: PaperDraft, questions: Sequence[PaperQuestion] = ()
    ) -> None:
        """Offer the fields of a paper, with what is known of it."""
        subject = case.problem.id if case else ""
        if paper.key != self._key:
            self._typed -= set(_OF_THE_PAPER)
            self._offer_layouts(paper)
        if (paper.key, subject) != (self._key, self._subject):
            self._typed -= {*_OF_THE_CASE, "draft"}
            self.questions.forget()
        self.questions.ask(questions)
        self._key, self._subject = paper.key, subject
        notice = passed_gates(case).get(Gate.NOTICE) if case else None
        shown = [name for name in paper.fills if not (self._is_notice and notice and name == "on")]
        for name in WORDS:
            self.rows.setRowVisible(self.fields[name], name in shown)
        label = self.rows.labelForField(self.day)
        if isinstance(label, QLabel):
            label.setText(DAYS.get(paper.key, WORDS["on"]))
        with self._filling():
            self._fill(shown, known)
        if notice and self._is_notice:
            span = f"{date_in_text(notice.on)}至{date_in_text(notice.end)}" if notice.end else date_in_text(notice.on)
            self.note.setText(f"公示已登记，按登记的日期打印：{span}。")
        else:
            self.note.setText("" if shown or questions else "这份文书没有要填的内容，全部取自台账。")
        self.note.setVisible(bool(self.note.text()))
        self._show_fault()

    @property
    def _is_notice(self) -> bool:
        return self._key == "public_notice"

    def _fill(self, shown: Sequence[str], known: PaperDraft) -> None:
        bodies = [*known.bodies, "", ""]
        values = {
            "doc_no": known.doc_no,
            "main": bodies[0],
            "joint": bodies[1],
            "signers": "、".join(known.signers),
            "contact": known.contact,
            "phone": known.phone,
            "person": known.person,
            "addressee": known.addressee,
        }
        for name, value in values.items():
            if name not in self._typed:
                self.lines[name].setText(value)
                self.lines[name].setCursorPosition(0)
        if "on" not in self._typed:
            self.day.set_day(self._today if self._is_notice else known.on)
        left = [WORDS["doc_no"]] if "doc_no" in shown else []
        left += [DAYS.get(self._key, WORDS["on"])] if "on" in shown else []
        self.is_draft.setText(f"{'、'.join(left)}留空，印好后手填")
        self.is_draft.setVisible("on" in shown and not self._is_notice)
        if "draft" not in self._typed:
            self.is_draft.setChecked(known.on is None)
        self._enable()

    @contextmanager
    def _filling(self) -> Iterator[None]:
        self._is_filling = True
        try:
            yield
        finally:
            self._is_filling = False

    # Reading

    def draft(self) -> PaperDraft:
        """What stands in the fields; those left empty stay empty on the paper."""
        values = {name: line.text().strip() for name, line in self.lines.items()}
        leaves_day = not self.is_draft.isHidden() and self.is_draft.isChecked()
        if leaves_day:
            values["doc_no"] = ""
        day = None if leaves_day else self.day.day()
        signers = tuple(name for name in values["signers"].replace("，", "、").split("、") if name.strip())
        bodies = tuple(name for name in (values["main"], values["joint"]) if name)
        given = {"doc_no": values["doc_no"], "on": day, "bodies": bodies, "signers": signers}
        given |= {name: values[name] for name in ("contact", "phone")}
        blank = tuple(name for name, value in given.items() if not value and name in self._asked_for())
        return PaperDraft(
            doc_no=values["doc_no"],
            on=day,
            bodies=bodies,
            signers=signers,
            contact=values["contact"],
            phone=values["phone"],
            person=values["person"],
            blank=blank,
            addressee=values["addressee"],
            month="" if self._month_fault() else values["month"],
            layout=str(self.layouts.currentData() or ""),
            asked=self.questions.answers(),
        )

    def _asked_for(self) -> set[str]:
        """What stays empty on purpose; a field that is not shown is left to what the ledger knows."""
        shown = {name for name in WORDS if self.rows.isRowVisible(self.fields[name])}
        return shown | ({"bodies"} if "main" in shown else set())

    def _enable(self) -> None:
        by_hand = not self.is_draft.isHidden() and self.is_draft.isChecked()
        for name in _BY_HAND:
            self.fields[name].setEnabled(not by_hand)

    def _on_draft(self, by_hand: bool) -> None:
        self._enable()
        if self._is_filling:
            return
        if not by_hand:
            self._offer()
        self._edited("draft")

    def _offer(self) -> None:
        """What a paper that is no draft any more begins with: the next number, and today."""
        with self._filling():
            if self.day.day() is None:
                self.day.set_day(self._today)
            if not self.lines["doc_no"].text().strip() and self.number.suggested:
                self.number.take()
                self._typed.add("doc_no")

    def _edited(self, name: str) -> None:
        if self._is_filling:
            return
        self._typed.add(name)
        self._show_fault()
        self.changed.emit()

    def _show_fault(self) -> None:
        shown = (field for field in (self.number, self.day) if field.isEnabled() and not field.isHidden())
        fault = next((words for field in shown if (words := field.fault())), "")
        fault = fault or self._month_fault()
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _month_fault(self) -> str:
        line = self.lines["month"]
        wrong = not line.isHidden() and not _MONTH.fullmatch(line.text().strip())
        return "调度月份请写成年-月，如 2026-11" if wrong else ""

    # Layouts

    def layout_of(self, paper: PaperKind) -> str:
        """The layout chosen for this paper; empty for the region's usual one."""
        return str(self.layouts.currentData() or "") if paper.key == self._key and "layout" in self._typed else ""

    def _on_layout(self, _: int) -> None:
        self._typed.add("layout")
        self.layout_changed.emit()

    def _offer_layouts(self, paper: PaperKind) -> None:
        self.layouts.clear()
        self.layouts.addItem("按地区模板", "")
        for key, words in layouts_of(paper.key):
            self.layouts.addItem(words, key)
