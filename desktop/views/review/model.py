"""A plan under review: what was read, what the clerk changed, confirmed and decided; no widget and no ledger."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.operations.plan.headings import FIELD_WORDS
from desktop.operations.plan.intake import (
    Alike,
    Difference,
    ImportPreview,
    differences_of,
    is_locked,
    namer,
    without_parts,
)
from desktop.rules.drafts import Finding, MeasureDraft, PlanDraft, ProblemDraft, Span
from desktop.rules.names import match_unit, normal_name
from desktop.rules.records import CaseFile, TermClass, Unit

UNIT_FIELDS = tuple(name for name in FIELD_WORDS if name.endswith("_units"))
NAME_FIELDS = ("leaders", *UNIT_FIELDS)
_DEADLINE = ("deadline_text", "deadline", "term_class", "is_immediate", "is_long_term")
_ATTRIBUTES = {name: (name,) for name in FIELD_WORDS} | {"deadline": _DEADLINE}
_LACKING = {words: name for name, words in FIELD_WORDS.items()} | {"问题内容": "text"}
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source that belongs to a field of a problem; ``measure`` is the place of a measure, or -1."""

    span: Span
    problem: int
    field: str
    measure: int = -1


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """What a name that the ledger does not know is: ``new``, ``alias`` of ``unit``, ``none``; empty: not decided."""

    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a problem of the review stands, in words with a tone; ``fault`` keeps it from being imported."""

    words: str
    tone: str
    fault: str = ""


class Review:
    """The state of a review. Problems are named by their place in the plan, which never changes.

    Attributes: ``plan`` the plan with its own fields as edited; ``problems`` as edited; ``ticked`` confirmed places;
    ``choices`` for unknown units; ``settled`` places of findings seen or dealt with; ``placed`` what was done with
    unassigned texts, by place; ``added`` the numbers that problems typed in by hand began with.
    unassigned texts, by place. ``alike`` are known problems that others look like, ``linked`` what the clerk decided
    of them; ``left`` the keys of differences that are not taken, ``withdrawn`` of records to withdraw for ``reason``;
    ``takes_progress`` whether what the file says of the progress becomes an entry of this month. ``headings`` are
    heads of columns that were mapped to fields when the file was read.
    """

    def __init__(
        self,
        draft: PlanDraft,
        preview: ImportPreview,
        alike: Mapping[int, Alike] | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        self.original = draft
        self.plan = draft
        self.problems = list(draft.problems)
        self.ticked: set[int] = set()
        self.settled: set[int] = set()
        self.added: list[int] = []
        self.placed: dict[int, str] = {}
        self.choices: dict[str, UnitChoice] = {}
        self.unclear: dict[str, tuple[str, ...]] = {}
        self.alike: Mapping[int, Alike] = alike or {}
        self.headings: Mapping[str, str] = headings or {}
        self.linked: dict[int, bool] = {}
        self.left: set[str] = set()
        self.withdrawn: set[str] = set()
        self.reason, self.takes_progress = "", False
        self._differences: dict[int, tuple[Difference, ...]] = {}
        self.compare(preview)

    def compare(self, preview: ImportPreview) -> None:
        """Set the plan beside the ledger as it is now; choices that the clerk made stay."""
        self.units = preview.units
        self.cases, self.gone = dict(preview.cases), preview.gone
        self._matches: dict[str, Unit | tuple[Unit, ...] | None] = {}
        self._differences.clear()
        self.renew_choices()

    def renew_choices(self) -> None:
        """Ask for every name in use that the ledger does not know; what was decided stays decided."""
        before, self.choices, self.unclear = self.choices, {}, {}
        for name in self.names_used():
            if name not in self._matches:
                self._matches[name] = match_unit(name, self.units)
            found = self._matches[name]
            if not isinstance(found, Unit):
                self.choices[name] = before.get(name, UnitChoice("" if found else "new"))
            if isinstance(found, tuple):
                self.unclear[name] = tuple(unit.name for unit in found)

    def draft(self) -> PlanDraft:
        """The whole plan as edited."""
        return replace(self.plan, problems=tuple(self.problems))

    # Editing

    def edit(self, at: int, **values: object) -> None:
        """Change fields of a problem, by the names of the draft."""
        self.problems[at] = replace(self.problems[at], **values)  # type: ignore[arg-type]
        self._differences.pop(at, None)

    def add_problem(self, number: int = 0) -> int:
        """A problem that was not read and is typed in by hand, with the next number if none is given; its place."""
        next_number = max((problem.number for problem in self.problems), default=0) + 1
        blank = ProblemDraft(number=number or next_number, text="")
        self.original = replace(self.original, problems=(*self.original.problems, blank))
        self.problems.append(blank)
        self.added.append(blank.number)
        return len(self.problems) - 1

    def edit_plan(self, **values: object) -> None:
        """Change fields of the plan itself."""
        self.plan = replace(self.plan, **values)  # type: ignore[arg-type]

    def is_changed(self, at: int, field: str) -> bool:
        """True when a field is not as it was read."""
        before, now = self.original.problems[at], self.problems[at]
        return any(getattr(before, name) != getattr(now, name) for name in _ATTRIBUTES[field])

    def changed_fields(self, at: int) -> tuple[str, ...]:
        """The fields of a problem that are not as they were read."""
        if self.problems[at] is self.original.problems[at]:
            return ()
        return tuple(field for field in FIELD_WORDS if self.is_changed(at, field))

    def restore(self, at: int, field: str) -> None:
        """Take a field back to what was read."""
        before = self.original.problems[at]
        self.edit(at, **{name: getattr(before, name) for name in _ATTRIBUTES[field]})

    def is_edited(self) -> bool:
        """True when the review holds anything that reading the file again would not give."""
        is_decided = any(choice.kind in ("alias", "none") for choice in self.choices.values())
        touched = is_decided or bool(self.added or self.ticked or self.placed)
        touched |= bool(self.linked or self.left or self.withdrawn)
        return touched or self.plan is not self.original or tuple(self.problems) != self.original.problems

    # Unassigned texts

    def unassigned_spans(self) -> tuple[Span | None, ...]:
        """Where each unassigned text stands."""
        spans = [finding.span for finding in self.original.findings if finding.key == "unassigned"]
        return tuple(spans[at] if at < len(spans) else None for at in range(len(self.original.unassigned)))

    def assign(self, at: int, problem: int, field: str) -> None:
        """Put an unassigned text into a field of a problem, behind what stands there."""
        self.add_text(problem, field, self.original.unassigned[at])
        self.placed[at] = f"已归入问题{self.problems[problem].number}的{FIELD_WORDS[field]}"

    def dismiss(self, at: int) -> None:
        """An unassigned text belongs to no problem."""
        self.placed[at] = "不属于任何问题"

    def add_text(self, at: int, field: str, text: str) -> None:
        """Put a text behind what stands in a field; names are split."""
        problem, words = self.problems[at], text.strip()
        if field in NAME_FIELDS:
            names = (*getattr(problem, field), *split_names(words))
            self.edit(at, **{field: tuple(dict.fromkeys(names))})
        elif field == "measures":
            number = max((measure.number for measure in problem.measures), default=0) + 1
            self.edit(at, measures=(*problem.measures, MeasureDraft(number, words)))
        else:
            name = "deadline_text" if field == "deadline" else field
            before = getattr(problem, name) or ""
            self.edit(at, **{name: f"{before}\n{words}" if before and name != "deadline_text" else before + words})

    # Findings

    def is_settled(self, at: int) -> bool:
        """True when a finding was seen, or what it misses is there now."""
        finding = self.original.findings[at]
        if at in self.settled:
            return True
        if finding.key == "unassigned":
            order = [i for i, other in enumerate(self.original.findings) if other.key == "unassigned"]
            return order.index(at) in self.placed
        return finding.key == "missing_field" and self._is_filled(finding)

    def lacking(self, finding: Finding) -> tuple[str, ...]:
        """The fields that a finding says are missing."""
        said = finding.sentence.partition("缺少")[2].partition("，")[0] if finding.key == "missing_field" else ""
        return tuple(_LACKING[words] for words in said.split("、") if words in _LACKING)

    def _is_filled(self, finding: Finding) -> bool:
        wanted = self.lacking(finding)
        found = [p for p in self.problems if p.span == finding.span]
        return bool(wanted and found) and all(_is_there(found[0], field) for field in wanted)

    def open_findings(self, at: int) -> int:
        """How many warnings about a problem are not settled."""
        numbers = {self.original.problems[at].number}
        found = enumerate(self.original.findings)
        return sum(f.number in numbers and f.level == "warning" and not self.is_settled(i) for i, f in found)

    # Units

    def names_used(self) -> dict[str, list[int]]:
        """Every unit name of the plan as edited, and the numbers of the problems that use it."""
        used: dict[str, list[int]] = {}
        for problem in self.problems:
            for name in dict.fromkeys(name for field in UNIT_FIELDS for name in getattr(problem, field)):
                used.setdefault(name, []).append(problem.number)
        return used

    def aliases(self) -> dict[str, str]:
        """The names that the clerk gave to units at hand: name to unit id."""
        return {name: choice.unit for name, choice in self.choices.items() if choice.kind == "alias"}

    # Standing

    def is_linked(self, at: int) -> bool:
        """True when a problem is taken for a known one because it looks like it."""
        return at in self.alike and self.linked.get(at, self.alike[at].is_sure)

    def renew_alike(self, alike: Mapping[int, Alike]) -> None:
        """The ledger may say otherwise now of the problems that others look like."""
        self.alike = alike
        self._differences.clear()

    def link(self, at: int, on: bool) -> None:
        """The clerk says whether a problem is the known one that it looks like."""
        self.linked[at] = on
        self._differences.pop(at, None)

    def case_of(self, at: int) -> CaseFile | None:
        """What the ledger holds of a problem: known by its id, or because it is taken for that one."""
        if self.is_linked(at):
            return self.alike[at].case
        return self.cases.get(self.problems[at].number)

    def is_locked(self, at: int) -> bool:
        """True for a known problem that no import changes."""
        case = self.case_of(at)
        return case is not None and is_locked(case)

    def differences(self, at: int) -> tuple[Difference, ...]:
        """In what a known problem differs from the ledger, as edited."""
        if at not in self._differences:
            case = self.case_of(at)
            problem = self._without_strangers(self.problems[at])
            name_of = namer(self.units, self.aliases())
            self._differences[at] = differences_of(problem, case, name_of) if case else ()
        return self._differences[at]

    def forget_differences(self) -> None:
        """A choice for a unit was made: every comparison may read differently."""
        self._differences.clear()

    def fault(self, at: int) -> str:
        """Why a problem cannot be imported as it stands; empty when it can."""
        problem = self.problems[at]
        if problem.number < 1:
            return "请填写序号"
        if not problem.text.strip():
            return "请填写问题内容"
        if any(other.number == problem.number for i, other in enumerate(self.problems) if i != at):
            return f"序号{problem.number}与另一项重复，请改正"
        names = [name for field in UNIT_FIELDS for name in getattr(problem, field)]
        waiting = [name for name in names if name in self.choices and not self.choices[name].kind]
        return f"请在“单位”中确定“{waiting[0]}”是哪个单位" if waiting else ""

    def standing(self, at: int) -> Standing:
        """Where a problem stands."""
        fault = self.fault(at)
        if fault:
            return Standing("需改正", "late", fault)
        if self.is_locked(at):
            return Standing("已销号，不改动", "muted")
        case = self.case_of(at)
        if case is not None:
            count = len(self.differences(at))
            head = f"即问题{case.problem.number}，" if self.is_linked(at) else ""
            return Standing(f"{head}有{count}处不同", "warn") if count else Standing(f"{head}与台账一致", "ok")
        if at in self.alike and at not in self.linked:
            return Standing(f"与问题{self.alike[at].case.problem.number}相似", "warn")
        count = self.open_findings(at)
        return Standing(f"{count}处提示", "warn") if count else Standing("新增", "accent")

    def may_confirm(self, at: int) -> bool:
        """True for a problem that an import can take in."""
        return not self.fault(at) and not self.is_locked(at)

    def tick_all(self) -> None:
        """Confirm every problem that can be imported."""
        self.ticked = {at for at in range(len(self.problems)) if self.may_confirm(at)}

    def confirmed(self) -> PlanDraft:
        """The plan with only the confirmed problems, without the names that are no units."""
        chosen = tuple(self._as_taken(at) for at in sorted(self.ticked))
        return replace(self.plan, problems=chosen, findings=(), unassigned=())

    def _as_taken(self, at: int) -> ProblemDraft:
        problem, case = self._without_strangers(self.problems[at]), self.case_of(at)
        left = {key.partition("/")[2] for key in self.left if key.startswith(f"{at}/")}
        return without_parts(problem, case, left) if case and left else problem

    def _without_strangers(self, problem: ProblemDraft) -> ProblemDraft:
        strangers = {name for name, choice in self.choices.items() if choice.kind == "none"}
        if not strangers:
            return problem
        values = {f: tuple(n for n in getattr(problem, f) if n not in strangers) for f in UNIT_FIELDS}
        return replace(problem, **values)  # type: ignore[arg-type]


def _is_there(problem: ProblemDraft, field: str) -> bool:
    if field == "deadline":
        return bool(problem.deadline_text or problem.deadline or problem.term_class)
    return bool(getattr(problem, field))


def attributes_of(field: str) -> tuple[str, ...]:
    """The fields of a draft that one field of the page stands for."""
    return _ATTRIBUTES[field]


def split_names(text: str) -> tuple[str, ...]:
    """Names as a clerk lists them, 甲、乙, each once."""
    return tuple(dict.fromkeys(name for name in _BETWEEN.split(text) if normal_name(name)))


def marks_of(draft: PlanDraft) -> tuple[Mark, ...]:
    """Every stretch of the source that was read into a field."""
    found: list[Mark] = []
    for at, problem in enumerate(draft.problems):
        if problem.span:
            found.append(Mark(problem.span, at, "number"))
        for field, span in problem.fields:
            if field in FIELD_WORDS:
                found.append(Mark(span, at, field))
        found += [Mark(m.span, at, "measures", i) for i, m in enumerate(problem.measures) if m.span]
    return tuple(found)


def mark_at(marks: Iterable[Mark], position: int) -> Mark | None:
    """The smallest mark around a place of the source."""
    around = [mark for mark in marks if mark.span.start <= position <= mark.span.end]
    return min(around, key=lambda mark: (mark.span.end - mark.span.start, mark.measure < 0), default=None)


def term_values(term: TermClass | None) -> Mapping[str, object]:
    """The fields of a draft that say its term class."""
    return {
        "term_class": term,
        "is_immediate": term == TermClass.IMMEDIATE,
        "is_long_term": term == TermClass.LONG_TERM,
    }
