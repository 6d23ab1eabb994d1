"""A plan as read beside the ledger: which units are new, which problems it holds already, and what differs in them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from desktop.rules.ids import derived_id, fold_doc_no
from desktop.rules.lifecycle import is_closed
from desktop.rules.names import match_unit
from desktop.rules.records import ROLE_WORDS, TERM_WORDS, CaseFile, Measure, TermClass, Unit, UnitRole
from desktop.rules.texts import clean
from desktop.rules.wording import chinese_number, date_in_text
from desktop.store.ledger import Ledger
from desktop.store.problem_texts import problems_of_plan
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_plans, read_units

ROLE_FIELDS = {
    UnitRole.LEAD: "lead_units",
    UnitRole.RESPONSIBLE: "responsible_units",
    UnitRole.ASSISTING: "assisting_units",
    UnitRole.SUPERVISING: "supervising_units",
    UnitRole.ACCEPTING: "acceptance_units",
}
DEADLINE = "deadline"
_PARTS = {"deadline_raw": DEADLINE, "deadline": DEADLINE, "term": DEADLINE}
NameOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a known problem differs: ``field`` is a field key of the draft, old and new in words.

    ``part`` names what is taken or left as one: a measure, a stage, the deadline with its class.
    """

    number: int
    field: str
    words: str
    old: str
    new: str
    part: str = ""

    @property
    def sentence(self) -> str:
        """整改时限：2024年12月31日 → 2025年6月30日."""
        return f"{self.words}：{self.old or '（空）'} → {self.new}"


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: the plan as read, units the ledger does not know yet, problems it already holds.

    ``unclear`` are names that may mean several units, with the names of these; ``cases`` the known problems by
    number; ``locked`` the numbers of known problems that are closed or transferred and will not be changed. ``gone``
    are problems of the same plan that the file no longer has.
    """

    draft: PlanDraft
    new_units: tuple[str, ...]
    known_numbers: tuple[int, ...]
    differences: tuple[Difference, ...] = ()
    unclear: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cases: tuple[tuple[int, CaseFile], ...] = ()
    locked: tuple[int, ...] = ()
    units: tuple[Unit, ...] = ()
    gone: tuple[CaseFile, ...] = ()


def preview_import(ledger: Ledger, draft: PlanDraft) -> ImportPreview:
    """Compare a plan as read with the ledger; writes nothing."""
    units = read_units(ledger)
    wanted = dict.fromkeys(name for problem in draft.problems for _, name in units_of(problem))
    matches = {name: match_unit(name, units) for name in wanted}
    fresh = tuple(name for name, found in matches.items() if not isinstance(found, Unit))
    unclear = tuple(
        (name, tuple(unit.name for unit in found)) for name, found in matches.items() if isinstance(found, tuple)
    )
    cases = known_cases(ledger, draft)
    resolve = namer(units)
    differences = tuple(
        difference
        for problem in draft.problems
        if problem.number in cases
        for difference in differences_of(problem, cases[problem.number], resolve)
    )
    known = tuple(dict.fromkeys(p.number for p in draft.problems if p.number in cases))
    locked = tuple(number for number in known if is_locked(cases[number]))
    gone = tuple(_gone(ledger, draft))
    return ImportPreview(draft, fresh, known, differences, unclear, tuple(cases.items()), locked, units, gone)


def _gone(ledger: Ledger, draft: PlanDraft) -> Iterator[CaseFile]:
    """The problems that the ledger holds of this plan and the file has no more."""
    key = plan_key(ledger, draft)
    plan = derived_id(key, "plan") if draft.doc_no else key
    held = set(problem_rows(key, draft.problems)) if key else set()
    missing = [row for row in problems_of_plan(ledger, plan) if row not in held] if plan else []
    yield from read_cases(ledger, missing)


def plan_key(ledger: Ledger, draft: PlanDraft) -> str:
    """What the rows of a plan are derived from: its 文号, else the id of the plan of that title, else nothing."""
    key = fold_doc_no(draft.doc_no or "")
    title = clean(draft.title)
    if key or not title:
        return key
    return next((plan.id for plan in read_plans(ledger) if not plan.doc_no and plan.title == title), "")


def problem_rows(key: str, problems: Iterable[ProblemDraft]) -> tuple[str, ...]:
    """The row ids of problems of one plan, in their order; a number that comes again gets a row of its own."""
    seen: Counter[int] = Counter()
    rows = []
    for problem in problems:
        seen[problem.number] += 1
        rows.append(nth_row(seen[problem.number], key, "problem", problem.number))
    return tuple(rows)


def nth_row(nth: int, *parts: str | int) -> str:
    """A derived id; from the second row of the same name on with its place, so that none is written over."""
    return derived_id(*parts) if nth == 1 else derived_id(*parts, "again", nth)


def known_cases(ledger: Ledger, draft: PlanDraft) -> dict[int, CaseFile]:
    """The problems of a plan that the ledger holds already, by number."""
    key = plan_key(ledger, draft)
    if not key:
        return {}
    rows = problem_rows(key, draft.problems)
    found = {case.problem.id: case for case in read_cases(ledger, rows)}
    pairs = zip(draft.problems, rows, strict=True)
    return {problem.number: found[row] for problem, row in reversed(list(pairs)) if row in found}


def is_locked(case: CaseFile) -> bool:
    """True for a problem that no import changes: struck off, or gone on as another one."""
    return bool(case.problem.transferred_to) or is_closed(case)


def namer(units: Iterable[Unit], aliases: Mapping[str, str] | None = None) -> NameOf:
    """How a unit written in a plan is called in the ledger; ``aliases`` are choices of the clerk, name to unit id."""
    known = tuple(units)
    chosen = {name: unit.name for name, row in (aliases or {}).items() for unit in known if unit.id == row}

    def name_of(written: str) -> str:
        found = None if written in chosen else match_unit(written, known)
        return found.name if isinstance(found, Unit) else chosen.get(written, clean(written))

    return name_of


def units_of(draft: ProblemDraft) -> Iterator[tuple[UnitRole, str]]:
    """Every role and unit name of a problem, in the order of the roles."""
    for role, field in ROLE_FIELDS.items():
        for name in getattr(draft, field):
            yield role, name


def differences_of(draft: ProblemDraft, case: CaseFile, name_of: NameOf) -> tuple[Difference, ...]:
    """What an import would change in a known problem; what the plan says nothing about stays as it is."""
    old, new = _said_by_case(case), _said_by_draft(draft, case, name_of)
    return tuple(
        Difference(draft.number, field, words, old.get(what, ("", "", ""))[2], said, _PARTS.get(what, str(what)))
        for what, (field, words, said) in new.items()
        if said and said != old.get(what, ("", "", ""))[2]
    )


Said = dict[str, tuple[str, str, str]]


def _said_by_case(case: CaseFile) -> Said:
    problem = case.problem
    said: Said = {
        "number": ("number", "", str(problem.number)),
        "text": ("text", "", problem.text),
        "target": ("target", "", problem.target),
        "deadline_raw": ("deadline", "", problem.deadline_raw),
        "deadline": ("deadline", "", _day(problem.deadline)),
        "term": ("deadline", "", _term(problem.term_class, problem.is_immediate, problem.is_long_term)),
        "leaders": ("leaders", "", "、".join(problem.leaders)),
        "numbers": ("external_numbers", "", _pairs(problem.external_numbers)),
    }
    for role in ROLE_FIELDS:
        said[role] = (ROLE_FIELDS[role], "", "、".join(case.unit_names(role)))
    for measure in case.measures:
        said[f"measure {measure.number}"] = ("measures", "", measure_words(measure))
    for stage in case.stages:
        said[f"stage {stage.due}"] = ("deadline", "", _stage_words(stage.text, stage.count))
    return said


def _said_by_draft(draft: ProblemDraft, case: CaseFile, name_of: NameOf) -> Said:
    said: Said = {
        "number": ("number", "序号", str(draft.number)),
        "text": ("text", "问题", clean(draft.text)),
        "target": ("target", "整改目标", clean(draft.target or "")),
        "deadline_raw": ("deadline", "整改时限原文", clean(draft.deadline_text or "")),
        "deadline": ("deadline", "整改时限", _day(draft.deadline)),
        "term": ("deadline", "整改类型", _term(draft.term_class, draft.is_immediate, draft.is_long_term)),
        "leaders": ("leaders", "牵头领导", "、".join(draft.leaders)),
        "numbers": ("external_numbers", "上级编号", _pairs(draft.external_numbers)),
    }
    if draft.deadline_text and not draft.deadline and case.problem.deadline:
        said["deadline"] = ("deadline", "整改时限", "（无日期）")
    for role, field in ROLE_FIELDS.items():
        names = dict.fromkeys(name_of(name) for name in getattr(draft, field))
        said[role] = (field, ROLE_WORDS[role], "、".join(names))
    held = {measure.number: measure for measure in case.measures}
    for measure in draft.measures:
        words = f"措施（{chinese_number(measure.number)}）"
        shown = measure_words(after_import(measure, held.get(measure.number)))
        said[f"measure {measure.number}"] = ("measures", words, shown)
    for stage in draft.stages:
        words = f"阶段目标（{date_in_text(stage.due)}）"
        said[f"stage {stage.due}"] = ("deadline", words, _stage_words(clean(stage.text), stage.count))
    return said


def after_import(draft: MeasureDraft, held: Measure | None) -> Measure:
    """A measure as an import leaves it: a date or quantity that the plan does not name stays."""
    quantity, old = draft.quantity, held or Measure("", "", draft.number, "")
    count, total, unit = old.quantity, old.quantity_of, old.quantity_unit
    if quantity:
        count, total, unit = quantity.count, quantity.total, clean(quantity.unit)
    return Measure(old.id, old.problem_id, draft.number, clean(draft.text), draft.due or old.due, count, total, unit)


def measure_words(measure: Measure) -> str:
    """A measure in words, with its day and quantity."""
    parts = [measure.text]
    if measure.due:
        parts.append(f"完成时限{date_in_text(measure.due)}")
    if measure.quantity is not None:
        whole = f"（共{measure.quantity_of}{measure.quantity_unit}）" if measure.quantity_of else ""
        parts.append(f"{measure.quantity}{measure.quantity_unit}{whole}")
    return "｜".join(parts)


def _stage_words(text: str, count: int | None) -> str:
    return text + (f"｜{count}" if count is not None else "")


def _day(day: date | None) -> str:
    return date_in_text(day) if day else ""


def _term(term: TermClass | None, immediate: bool, long_term: bool) -> str:
    words = [TERM_WORDS[term]] if term else []
    also = [(immediate, TermClass.IMMEDIATE), (long_term, TermClass.LONG_TERM)]
    return "、".join(dict.fromkeys(words + [TERM_WORDS[kind] for on, kind in also if on]))


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "、".join(f"{level}{number}" for level, number in pairs)
