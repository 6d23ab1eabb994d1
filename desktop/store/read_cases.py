"""Reading cases: a problem with its measures, units, progress, evidence and steps, a few hundred at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop.rules.case_parts import Parts
from desktop.rules.kinds import KINDS
from desktop.rules.measures import with_latest
from desktop.rules.ops import is_hex
from desktop.rules.records import (
    CaseFile,
    DeadlineChange,
    Evidence,
    Measure,
    Problem,
    ProblemUnit,
    Progress,
    StageTarget,
    Step,
    StepAction,
    TermClass,
    UnitRole,
)
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger
from desktop.store.models import MODELS
from desktop.store.read_followup import read_followup, rows_of_cases
from desktop.store.read_shared import read_inspections, read_plans
from desktop.store.reading import among, as_date, as_list, as_pairs, chunks, keys, lines_of, rows_of

ByProblem = defaultdict[str, list[Any]]
_BARE = {kind: frozenset(field.name for field in KINDS[kind].fields) for kind in ("problem", "deadline_change", "step")}
_ROLES, _ACTIONS, _TERMS = frozenset(UnitRole), frozenset(StepAction), frozenset(TermClass)


def find_problems(ledger: Ledger, number: int, doc_no: str = "") -> tuple[str, ...]:
    """Row ids of the problems with a number, of one plan when its 文号 is given."""
    problem, plan = MODELS["problem"], MODELS["plan"]
    query = problem.select(problem.id).where(problem.number == number, problem.void.is_null())
    if doc_no:
        query = query.where(problem.plan.in_(plan.select(plan.id).where(plan.doc_no == doc_no)))
    return tuple(row.id for row in rows_of(ledger.db, query.order_by(problem.created, problem.id)))


def all_problems(ledger: Ledger) -> tuple[str, ...]:
    """Row ids of all problems, plan by plan in the order of their numbers."""
    sql = (
        "SELECT p.id FROM problem p LEFT JOIN plan d ON d.id = p.plan WHERE p.void IS NULL "
        "ORDER BY d.n IS NULL, d.created, p.number, p.id"
    )
    return tuple(bytes(row[0]).hex() for row in ledger.db.execute_sql(sql))


def counted_problems(ledger: Ledger) -> tuple[str, ...]:
    """Row ids of the problems that figures, lists and papers count, in the same order.

    One that repeats a problem of another source is counted with that one.
    """
    sql = (
        "SELECT p.id FROM problem p LEFT JOIN plan d ON d.id = p.plan WHERE p.void IS NULL AND p.same_as IS NULL "
        "ORDER BY d.n IS NULL, d.created, p.number, p.id"
    )
    return tuple(bytes(row[0]).hex() for row in ledger.db.execute_sql(sql))


def all_leaders(ledger: Ledger) -> tuple[str, ...]:
    """The names of all leaders of problems, each once."""
    rows = ledger.db.execute_sql("SELECT DISTINCT leaders FROM problem WHERE leaders IS NOT NULL")
    return tuple(dict.fromkeys(str(name) for row in rows for name in as_list(row[0])))


def read_case(ledger: Ledger, problem: str) -> CaseFile | None:
    """One case with its whole progress history; None when the ledger has no such problem."""
    return next(read_cases(ledger, [problem]), None)


def read_cases(ledger: Ledger, problems: Iterable[str], parts: Parts | None = None) -> Iterator[CaseFile]:
    """Cases in the order asked for; ids the ledger does not hold are passed over.

    With ``parts`` (``rules.case_parts``) only what they name is read; the cases are empty of the rest.
    """
    inspections = {i.id: i for i in read_inspections(ledger)}
    plans = {p.id: p for p in read_plans(ledger)}
    for ids in chunks(problems):
        rows = {row.id: row for row in rows_of_cases(ledger, "problem", ids, parts, key="id")}
        units = _units(ledger, ids) if parts is None or "problem_unit" in parts else ByProblem(list)
        stages = _stages(ledger, ids, parts)
        changes, steps = _changes(ledger, ids, parts), _steps(ledger, ids, parts)
        evidence, progress = _evidence(ledger, ids, parts), _progress(ledger, ids, parts)
        measures = _measures(ledger, ids, parts)
        more = read_followup(ledger, ids, parts)
        for i in ids:
            if i in rows:
                problem = _problem(rows[i], changes[i])
                yield CaseFile(
                    problem,
                    inspections.get(problem.inspection_id),
                    plans.get(problem.plan_id),
                    tuple(units[i]),
                    tuple(with_latest(measures[i], progress[i])),
                    tuple(stages[i]),
                    tuple(changes[i]),
                    tuple(progress[i]),
                    tuple(evidence[i]),
                    tuple(steps[i]),
                    *more.of(i),
                )


def read_bare_cases(ledger: Ledger, problems: Iterable[str]) -> Iterator[CaseFile]:
    """Cases with nothing but problem, inspection, plan, changes of the deadline and steps: all that a change of the
    problem's own record can tell in a new light.
    """
    return read_cases(ledger, problems, _BARE)


def _problem(row: Any, changes: list[DeadlineChange]) -> Problem:
    approved = next((change.new for change in reversed(changes) if change.is_approved), None)
    return Problem(
        id=row.id,
        number=row.number or 0,
        text=row.text or "",
        target=row.target or "",
        plan_id=row.plan,
        inspection_id=row.inspection,
        deadline_raw=row.deadline_raw or "",
        deadline=as_date(row.deadline),
        approved_deadline=approved,
        internal_deadline=as_date(row.internal_deadline),
        term_class=TermClass(row.term_class) if row.term_class in _TERMS else None,
        is_immediate=bool(row.is_immediate),
        is_long_term=bool(row.is_long_term),
        leaders=tuple(str(name) for name in as_list(row.leaders)),
        element=row.element or "",
        problem_type=row.problem_type or "",
        external_numbers=as_pairs(row.external_numbers),
        transferred_to=row.transferred_to,
        listed_for_chasing=bool(row.listed_for_chasing),
        dedicated_watch=bool(row.dedicated_watch),
        same_as=row.same_as,
        next_review=as_date(row.next_review),
        raw=row.raw or "",
    )


def _units(ledger: Ledger, ids: list[str]) -> ByProblem:
    names = {row.id: (row.name or "", row.merged_into) for row in lines_of(ledger.db, "unit")}
    found: ByProblem = defaultdict(list)
    links = lines_of(ledger.db, "problem_unit", f"{among('problem', ids)} AND active = 1", keys(ids))
    for row in sorted(links, key=lambda link: link.position or 0):
        if row.role in _ROLES and row.unit in names:
            # The unit it was merged into may not have arrived yet: then it stands under its old name.
            merged = names[row.unit][1]
            target = merged if merged in names else row.unit
            entry = ProblemUnit(target, names[target][0], UnitRole(row.role), row.position or 0)
            if all((u.unit_id, u.role) != (entry.unit_id, entry.role) for u in found[row.problem]):
                found[row.problem].append(entry)
    return found


def _measures(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "measure", ids, parts):
        found[row.problem].append(
            Measure(
                row.id,
                row.problem,
                row.number or 0,
                row.text or "",
                as_date(row.due),
                row.quantity,
                row.quantity_of,
                row.quantity_unit or "",
            )
        )
    for measures in found.values():
        measures.sort(key=lambda m: m.number)
    return found


def _stages(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "stage", ids, parts):
        due = as_date(row.due)
        if due:
            reached = as_date(row.reached_on)
            found[row.problem].append(StageTarget(row.id, row.problem, due, row.text or "", row.count, reached))
    for stages in found.values():
        stages.sort(key=lambda s: s.due)
    return found


def _changes(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "deadline_change", ids, parts):
        new = as_date(row.new)
        if new:
            change = DeadlineChange(
                row.id,
                row.problem,
                as_date(row.old),
                new,
                row.reason or "",
                row.approver or "",
                row.doc_no or "",
                as_date(row.on),
                row.unit_opinion or "",
            )
            found[row.problem].append(change)
    return found


def _progress(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "progress", ids, parts):
        on = as_date(row.on) or as_date(f"{row.month}-01")
        if on is None:
            continue
        entry = Progress(
            row.id,
            row.problem,
            row.measure,
            row.month or "",
            on,
            row.text or "",
            row.percent,
            row.quantity_done,
            row.person,
            row.difficulty or "",
            row.next_step or "",
            row.unit,
            row.reporter or "",
            row.checker or "",
            row.claimed or "",
            as_date(row.expected_on),
        )
        found[row.problem].append(entry)
    for entries in found.values():
        entries.sort(key=lambda p: p.month)
    return found


def _evidence(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "evidence", ids, parts):
        digest = row.sha256 or ""
        found[row.problem].append(
            Evidence(
                id=row.id,
                problem_id=row.problem,
                name=row.name or "",
                sha256=digest,
                size=row.size or 0,
                media_type=row.media_type or "",
                item=row.item or "",
                gate=row.gate or "",
                measure_id=row.measure,
                taken_on=as_date(row.taken_on),
                place=row.place or "",
                note=row.note or "",
                pages=row.pages,
                added_on=as_date(row.added_on),
                person=row.person,
                present=_is_present(ledger.folder, digest),
                maker=row.maker or "",
                is_copy=None if row.is_copy is None else bool(row.is_copy),
            )
        )
    return found


def _is_present(folder: Path, digest: str) -> bool:
    return is_hex(digest, 64) and file_of(folder, digest).is_file()


def _steps(ledger: Ledger, ids: list[str], parts: Parts | None) -> ByProblem:
    found: ByProblem = defaultdict(list)
    for row in rows_of_cases(ledger, "step", ids, parts):
        on = as_date(row.on)
        if on is None or row.action not in _ACTIONS:
            continue
        found[row.problem].append(
            Step(
                id=row.id,
                problem_id=row.problem,
                action=StepAction(row.action),
                on=on,
                text=row.text or "",
                reason=row.reason or "",
                warnings=tuple(str(w) for w in as_list(row.warnings)),
                end=as_date(row.end),
                doc_no=row.doc_no or "",
                url=row.url or "",
                result=row.result or "",
                person=row.person,
                saw=tuple(str(s) for s in as_list(row.saw)),
                order=row.created,
                answers=tuple((str(a[0]), str(a[1]), str(a[2])) for a in as_list(row.answers) if _is_answer(a)),
                way=row.way or "",
                people=row.people or "",
                next_on=as_date(row.next_on),
            )
        )
    return found


def _is_answer(value: object) -> bool:
    return isinstance(value, list) and len(value) == 3
