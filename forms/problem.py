"""问题: a problem entered or edited by hand."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QWidget

from desktop.rules.checks import word_notes
from desktop.rules.entries import ProblemEntry
from desktop.rules.records import (
    LEVEL_WORDS,
    ROLE_WORDS,
    TERM_WORDS,
    CaseFile,
    Inspection,
    Level,
    Plan,
    Problem,
    TermClass,
    Unit,
    UnitRole,
)
from desktop.rules.texts import find_days
from forms.base import Form, value_of
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea, TextLine
from forms.fields.units import UnitPicker

ELEMENTS = ("", "水", "大气", "土壤", "固体废物", "噪声", "生态", "海洋", "其他")
UPPER = (Level.CITY, Level.PROVINCE, Level.CENTRAL)
Taken = Iterable[tuple[str, int]]


class ProblemForm(Form):
    """Enters a problem, or edits the one of ``case``.

    ``taken`` are pairs of plan id and number in use: the next free number of the chosen plan is proposed, a used one is
    refused. ``kinds`` are the types of problem that have an evidence checklist.
    """

    key = "problem"

    def __init__(
        self,
        inspections: Sequence[Inspection],
        plans: Sequence[Plan],
        units: Sequence[Unit],
        today: date,
        taken: Taken = (),
        case: CaseFile | None = None,
        parent: QWidget | None = None,
        *,
        kinds: Sequence[str] = (),
    ) -> None:
        super().__init__("修改问题" if case else "新增问题", parent)
        self.today, self.case, self.plans = today, case, {plan.id: plan for plan in plans}
        self.taken = frozenset(taken) - ({(case.problem.plan_id, case.problem.number)} if case else set())
        given = case.problem if case else Problem("", 0, "", plan_id=_latest(plans))
        self._add_source(given, inspections, plans)
        self._add_text(given)
        self._add_deadline(given)
        self._add_units(given, units)
        self._add_rest(given, kinds)
        self._proposed = given.number
        self.begin()

    def draft(self) -> ProblemEntry:
        """The problem as filled in."""
        term = self.term.chosen()
        return ProblemEntry(
            number=self.number.number() or 0,
            text=str(value_of(self.text)),
            target=str(value_of(self.target)),
            plan_id=self.plan.chosen(),
            inspection_id=self.inspection.chosen(),
            deadline_raw=self.raw.text().strip(),
            deadline=self.deadline.day(),
            internal_deadline=self.internal.day(),
            term_class=TermClass(term) if term else None,
            leaders=self._leader_names(),
            units=tuple((unit_id, UnitRole(role)) for unit_id, role in self.units.chosen()),
            element=self.element.chosen(),
            problem_type=self.kind.text().strip(),
            external_numbers=self._upper_numbers(),
            listed_for_chasing=self.chasing.isChecked(),
            dedicated_watch=self.watch.isChecked(),
            next_review=self.review.day() if term == TermClass.LONG_TERM else None,
        )

    def live(self) -> None:
        """Propose the plan's next number until the clerk sets one; read the deadline from the plan's words."""
        if self.case is None and self.number.number() == (self._proposed or None):
            self._proposed = 1 + max((n for plan, n in self.taken if plan == self.plan.chosen()), default=0)
            if self.number.number() != self._proposed:
                self.number.blockSignals(True)
                self.number.setText(str(self._proposed))
                self.number.blockSignals(False)
        read = find_days(self.raw.text())
        differs = len(read) == 1 and read[0] != self.deadline.day()
        self.show_field("next_review", self.term.chosen() == TermClass.LONG_TERM)
        self.show_note("target", word_notes(str(value_of(self.target))))
        self.show_note("deadline", self._late_measures())
        self.show_note("deadline_raw", "其中的日期与整改时限不同，请核对" if differs and self.deadline.day() else "")
        lead = any(role == UnitRole.LEAD for _, role in self.units.chosen())
        self.show_note("units", "" if lead else "还没有牵头单位")

    # The fields, in the order of the plan

    def _add_source(self, given: Problem, inspections: Sequence[Inspection], plans: Sequence[Plan]) -> None:
        entries: list[tuple[object, str]] = [("", "不属于整改方案")]
        entries += [(plan.id, f"{plan.doc_no}　{plan.title}".strip()) for plan in plans]
        self.plan = self.add("plan", "整改方案", Choice(entries, given.plan_id))
        sources: list[tuple[object, str]] = [("", "不填"), *((found.id, found.name) for found in inspections)]
        of_plan = self.plans[given.plan_id].inspection_id if given.plan_id in self.plans else ""
        chosen = given.inspection_id or of_plan
        self.inspection = self.add("inspection", "督察", Choice(sources, chosen), half=True)
        self.number = self.add("number", "序号", NumberLine(given.number or None), self._number_fault, half=True)

    def _add_text(self, given: Problem) -> None:
        hint = "照反馈意见原文填写，不带序号"
        self.text = self.add("text", "问题", TextArea(given.text, 3), self.require("text", "问题原文"), hint)
        self.target = self.add("target", "整改目标", TextArea(given.target, 2))

    def _add_deadline(self, given: Problem) -> None:
        terms: list[tuple[object, str]] = [("", "未分类"), *((term.value, TERM_WORDS[term]) for term in TermClass)]
        self.term = self.add("term_class", "整改类型", Choice(terms, given.term_class or TermClass.DATED), half=True)
        line = TextLine(given.deadline_raw, "如 2026年12月底前，立行立改")
        self.raw = self.add("deadline_raw", "方案时限原文", line, half=True)
        line.editingFinished.connect(self._read_deadline)
        day = DateField(self.today, given.deadline, optional=True)
        self.deadline = self.add("deadline", "整改时限", day, self._deadline_fault, half=True)
        inner = DateField(self.today, given.internal_deadline, optional=True)
        self.internal = self.add("internal_deadline", "内部时限", inner, half=True)
        review = DateField(self.today, given.next_review, optional=True)
        self.review = self.add("next_review", "下次评估日期", review, hint="长期坚持的问题到这一天列入待办")

    def _add_units(self, given: Problem, units: Sequence[Unit]) -> None:
        leaders = TextLine("、".join(given.leaders), "多人用顿号分开")
        self.leaders = self.add("leaders", "牵头区领导", leaders)
        self.units = self.add("units", "单位", UnitPicker(units, tuple(ROLE_WORDS)))
        self.units.set_chosen((part.unit_id, part.role.value) for part in (self.case.units if self.case else ()))

    def _add_rest(self, given: Problem, kinds: Sequence[str]) -> None:
        elements = [(word, word or "不填") for word in dict.fromkeys((*ELEMENTS, given.element))]
        self.element = self.add("element", "要素", Choice(elements, given.element), half=True)
        line = TextLine(given.problem_type, "如 黑臭水体，可不填")
        self.kind = self.add("problem_type", "问题类型", line, half=True)
        offered = QCompleter(list(kinds), self.kind)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        self.kind.setCompleter(offered)
        known = dict(given.external_numbers)
        self.upper = {}
        for level in UPPER:
            line = TextLine(known.get(level.value, ""), "可不填")
            half = level != UPPER[-1]
            self.upper[level.value] = self.add(f"upper_{level}", f"{LEVEL_WORDS[level]}序号", line, half=half)
        self.chasing, self.watch = QCheckBox("挂账督办"), QCheckBox("专案盯办")
        self.chasing.setChecked(given.listed_for_chasing)
        self.watch.setChecked(given.dedicated_watch)
        self.add("listed_for_chasing", "督办", self.chasing, half=True)
        self.add("dedicated_watch", "盯办", self.watch, half=True)

    # What they check

    def _number_fault(self) -> str:
        number = self.number.number()
        if not number:
            return self.number.fault() or "请填写序号，从1起"
        return f"这个方案已有问题{number}，请换一个序号" if (self.plan.chosen(), number) in self.taken else ""

    def _deadline_fault(self) -> str:
        if fault := self.deadline.fault():
            return fault
        if self.deadline.day() or self.internal.day():
            return ""
        term = self.term.chosen()
        if term == TermClass.DATED:
            return "限时整改须填写整改时限"
        return "立行立改也须填写整改时限或内部时限" if term == TermClass.IMMEDIATE else ""

    def _late_measures(self) -> str:
        """The measures that end after the deadline as it would be now."""
        day = self.deadline.day()
        late = [m.number for m in (self.case.measures if self.case else ()) if day and m.due and m.due > day]
        return f"第{'、'.join(map(str, late))}项措施的时限晚于整改时限，请核对" if late else ""

    def _read_deadline(self) -> None:
        read = find_days(self.raw.text())
        if len(read) == 1 and not self.deadline.line.text().strip():
            self.deadline.set_day(read[0])

    def _upper_numbers(self) -> tuple[tuple[str, str], ...]:
        """The numbers of the upper levels; those that a link to the same problem gave stay as they are."""
        typed = ((level, line.text().strip()) for level, line in self.upper.items())
        given = self.case.problem.external_numbers if self.case else ()
        return (*(pair for pair in typed if pair[1]), *(pair for pair in given if pair[0] not in self.upper))

    def _leader_names(self) -> tuple[str, ...]:
        text = self.leaders.text()
        for mark in "，,；; 　":
            text = text.replace(mark, "、")
        return tuple(dict.fromkeys(name for name in text.split("、") if name))


def _latest(plans: Sequence[Plan]) -> str:
    """The plan issued last, to which a problem entered by hand most likely belongs."""
    return max(plans, key=lambda plan: plan.issued_on or date.min).id if plans else ""
