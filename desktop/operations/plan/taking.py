"""Taking a reviewed plan into the ledger: plan, inspection, units, problems, measures, stage targets."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from desktop.operations.plan.choice import PlanChoice
from desktop.operations.plan.compare import (
    ROLE_FIELDS,
    after_import,
    differences_of,
    is_locked,
    namer,
    nth_row,
    plan_key,
    problem_rows,
    units_of,
)
from desktop.operations.plan.units import UnitBook
from desktop.operations.profile import district_in
from desktop.rules.drafts import PlanDraft, ProblemDraft
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.inspections import inspection_in
from desktop.rules.names import normal_name
from desktop.rules.records import CaseFile, Changes, UnitRole
from desktop.rules.status_words import read_claim
from desktop.rules.texts import clean
from desktop.store.journal import count_ops
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office, read_people, read_plans, read_units
from desktop.store.writer import Writer, writing

Report = Callable[[str, float], None]


def import_plan(
    ledger: Ledger,
    draft: PlanDraft,
    today: date,
    person: str = "",
    *,
    aliases: Mapping[str, str] | None = None,
    choice: PlanChoice | None = None,
    report: Report | None = None,
) -> Changes:
    """Take a reviewed plan into the ledger; ``aliases`` are names the clerk gave to units at hand, name to unit id.

    Rows get ids derived from the 文号 (exchange §6a), so importing again, here or in another office, makes no twins:
    what differs is changed, with the old text kept in the history; what the plan says nothing about stays, and so
    does a problem that is closed. ``choice`` holds what the clerk decided beside it. Refused: a plan without any
    problem, a problem without text or number, a withdrawal without a reason.
    """
    _require_sound(draft)
    choice = choice or PlanChoice()
    if choice.withdrawn and not clean(choice.reason):
        raise Refused("作废问题或措施要写明原因，没有导入。请填写“作废原因”。", "void_reason")
    changed, kept = 0, list[ProblemDraft]()
    with writing(ledger, clean(person), today) as writer:
        taker = _Taker(writer, ledger, draft, aliases or {})
        derived = problem_rows(taker.key, draft.problems)
        rows = [choice.links.get(at, row) for at, row in enumerate(derived)]
        cases = {case.problem.id: case for case in read_cases(ledger, rows)}
        for at, (problem, row) in enumerate(zip(draft.problems, rows, strict=True)):
            if report:
                report(f"正在导入问题{problem.number}", at / len(rows))
            known = cases.get(row)
            problem = replace(problem, number=choice.numbers.get(at, problem.number))
            if known and is_locked(known):
                kept += [problem] if differences_of(problem, known, namer(taker.units.units)) else []
                continue
            moves = at not in choice.links or bool(draft.doc_no)
            changed += taker.take(problem, row, known, moves=moves)
            if choice.progress_month and problem.progress:
                taker.put_progress(problem, row, choice.progress_month)
        for table, row, problem_row in choice.withdrawn:
            changed += writer.put(table, {"void": clean(choice.reason)}, row=row, scope=problem_row)
    warnings = tuple(finding.sentence for finding in draft.findings)
    if kept:
        numbers = "、".join(str(problem.number) for problem in kept)
        warnings += (f"问题{numbers}已销号或已转入，与方案不同之处没有改动。",)
    return Changes(
        _sentence(len(draft.problems), changed, bool(cases)),
        tuple((kind, row) for kind, rows in writer.touched.rows.items() for row in rows),
        warnings + tuple(taker.units.warnings),
        {"plan": taker.plan},
    )


def _sentence(total: int, changed: int, known: bool) -> str:
    if not changed:
        return "与台账一致，没有变化。"
    if changed < total:
        return f"读出{total}个问题，其中{changed}个有变化，已更新。"
    return f"已更新{total}个问题。" if known and total == 1 else f"已导入{total}个问题。"


def _require_sound(draft: PlanDraft) -> None:
    if not draft.problems:
        raise Refused("没有从文件中读出任何问题，台账没有变化。请检查是否选对了文件。", "plan_empty")
    for problem in draft.problems:
        if problem.number < 1:
            raise Refused("有一个问题没有序号，台账没有变化。请先填写序号。", "problem_number")


class _Taker:
    """Takes problems of one plan in; keeps the unit list at hand so that a new unit is created once."""

    def __init__(self, writer: Writer, ledger: Ledger, draft: PlanDraft, aliases: Mapping[str, str]) -> None:
        self.writer, self.draft = writer, draft
        self.people = {person.name for person in read_people(ledger)}
        district = read_office(ledger).district or district_in(draft.issuer)
        self.units = UnitBook(writer, read_units(ledger), district)
        self.key = plan_key(ledger, draft)
        self.plan, self.inspection = self._put_plan(ledger)
        self.key = self.key or self.plan
        for name, unit in aliases.items():
            self._add_alias(name, unit)

    def _put_plan(self, ledger: Ledger) -> tuple[str, str]:
        draft, named = self.draft, inspection_in(self.draft.title)
        held = next((plan for plan in read_plans(ledger) if plan.id == self.key), None)
        new = ledger.new_id
        plan, inspection = (held.id, held.inspection_id or new()) if held else (new(), new())
        if draft.doc_no:
            inspection = derived_id("inspection", named.level, named.round_no or 0, named.kind, named.name)
            plan = derived_id(self.key, "plan")
        about = {"name": named.name, "level": named.level, "source": named.source}
        self.writer.put(
            "inspection", {**about, "kind": named.kind, "round_no": named.round_no, "void": None}, row=inspection
        )
        years = [[year, count] for year, count in draft.stated_by_year or ()] or None
        fields = {
            "title": clean(draft.title) or None,
            "doc_no": clean(draft.doc_no or "") or None,
            "issued_on": _iso(draft.issued_on),
            "inspection": inspection,
            "issuer": clean(draft.issuer) or None,
            "stated_total": draft.stated_total,
            "stated_by_year": years,
            "void": None,
        }
        self.writer.put("plan", fields, row=plan)
        return plan, inspection

    def take(self, draft: ProblemDraft, row: str, case: CaseFile | None, *, moves: bool = True) -> bool:
        """Take one problem in; True when anything of it was new or different. ``case`` is what is known of it.

        ``moves``: False for a problem of another plan, which stays with that one.
        """
        fields = self._fields(draft, case)
        if not moves:
            fields = {name: value for name, value in fields.items() if name not in ("plan", "inspection", "raw")}
        changed = self.writer.put("problem", fields, row=row)
        changed |= self._take_measures(draft, row, case)
        for stage in draft.stages:
            held = next((s.id for s in case.stages if s.due == stage.due), "") if case else ""
            fields = {"problem": row, "due": stage.due.isoformat(), "text": clean(stage.text), "count": stage.count}
            name = held or self._row(row, draft, "stage", stage.due.isoformat())
            changed |= self.writer.put("stage", {**fields, "void": None}, row=name, scope=row)
        changed |= self._take_units(draft, row, case)
        for leader in draft.leaders:
            self._leader(leader)
        return changed

    def put_progress(self, draft: ProblemDraft, problem: str, month: str) -> None:
        """What the file says of the progress becomes an entry of the whole problem; the same words come in once."""
        text = clean(draft.progress)
        claim = read_claim(text)
        fields = {
            "problem": problem,
            "month": month,
            "on": self.writer.day.isoformat(),
            "text": text,
            "percent": claim.percent,
        }
        row = derived_id(problem, "progress of file", text)
        if not count_ops(self.writer.ledger.db.connection(), [row]):
            self.writer.new("progress", fields, row=row, scope=problem)

    def _row(self, problem: str, draft: ProblemDraft, kind: str, *parts: str | int) -> str:
        """The derived id of a row under a problem; under one whose number came again it comes from the problem."""
        if problem == derived_id(self.key, "problem", draft.number):
            return derived_id(self.key, kind, draft.number, *parts)
        return derived_id(problem, kind, *parts)

    def _take_measures(self, draft: ProblemDraft, row: str, case: CaseFile | None) -> bool:
        held = {measure.number: measure for measure in case.measures} if case else {}
        seen: Counter[int] = Counter()
        changed = False
        for measure in draft.measures:
            seen[measure.number] += 1
            known = held.get(measure.number) if seen[measure.number] == 1 else None
            first = self._row(row, draft, "measure", measure.number)
            name = known.id if known else first
            if seen[measure.number] > 1:
                name = nth_row(seen[measure.number], first)
            after = after_import(measure, known)
            fields = {
                "problem": row,
                "number": after.number,
                "text": after.text,
                "due": _iso(after.due),
                "quantity": after.quantity,
                "quantity_of": after.quantity_of,
                "quantity_unit": after.quantity_unit or None,
                "void": None,
            }
            changed |= self.writer.put("measure", fields, row=name, scope=row)
        return changed

    def _take_units(self, draft: ProblemDraft, row: str, case: CaseFile | None) -> bool:
        """The units of each role the plan names take the place of those held; a role it does not name stays."""
        wanted: dict[tuple[str, UnitRole], int] = {}
        for role, name in units_of(draft):
            wanted.setdefault((self.units.row_of(name), role), len(wanted))
        named = {role for role in ROLE_FIELDS if getattr(draft, ROLE_FIELDS[role])}
        changed = False
        held = self.units.held(row) if case else {}
        for (unit, role), position in wanted.items():
            # A row that names a unit merged into this one says the same; it stays.
            if any(known == (unit, role) for known in held.values()):
                continue
            name = derived_id("problem_unit", row, unit, role)
            fields = {"problem": row, "unit": unit, "role": role, "position": position, "active": True}
            changed |= self.writer.put("problem_unit", fields, row=name, scope=row)
        for name, (unit, role) in held.items():
            if role in named and (unit, role) not in wanted:
                changed |= self.writer.put("problem_unit", {"active": False}, row=name, scope=row)
        return changed

    def _fields(self, draft: ProblemDraft, case: CaseFile | None) -> dict[str, object]:
        span = draft.span
        fields: dict[str, object] = {
            "plan": self.plan,
            "inspection": self.inspection,
            "number": draft.number,
            "text": clean(draft.text),
            "target": clean(draft.target or "") or None,
            "leaders": list(draft.leaders) or None,
            "raw": clean(self.draft.source[span.start : span.end]) if span else None,
            "external_numbers": [list(pair) for pair in draft.external_numbers] or None,
        }
        deadline: dict[str, object] = {
            "deadline_raw": clean(draft.deadline_text or "") or None,
            "deadline": _iso(draft.deadline),
            "term_class": draft.term_class,
            "is_immediate": draft.is_immediate or None,
            "is_long_term": draft.is_long_term or None,
        }
        if case is None:
            return {**fields, **deadline, "void": None}
        said = {name: value for name, value in fields.items() if value is not None}
        if draft.deadline_text:
            return {**said, **deadline}
        return said | {name: value for name, value in deadline.items() if value is not None}

    def _add_alias(self, name: str, row: str) -> None:
        unit = next((unit for unit in self.units.units if unit.id == row), None)
        if unit is None:
            raise Refused(f"要把“{name}”作为别名的单位已不在名册中，台账没有变化。请重新选择单位。", "alias_unit")
        self.units.chosen[name] = row
        written = clean(name)
        called = {normal_name(other) for other in (unit.name, unit.short_name, *unit.aliases)}
        if normal_name(written) not in called:
            alias = derived_id("unit_alias", row, written)
            self.writer.put("unit_alias", {"unit": row, "alias": written, "active": True}, row=alias)

    def _leader(self, name: str) -> None:
        if name not in self.people:
            self.people.add(name)
            self.writer.new("person", {"name": name, "is_leader": True, "post": "区领导"})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
