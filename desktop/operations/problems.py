"""Problems, measures and stage targets entered or corrected by hand."""

from datetime import date

from desktop.operations.cases import find_measure
from desktop.rules.entries import MeasureEntry, ProblemEntry, StageEntry, YearlyStagesEntry
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.lifecycle import require_open
from desktop.rules.records import CaseFile, Changes, TermClass
from desktop.rules.texts import clean
from desktop.store.ledger import Ledger
from desktop.store.read_cases import find_problems, read_cases
from desktop.store.writer import Writer, writing

MOST_YEARS = 30


def save_problem(ledger: Ledger, case: CaseFile | None, entry: ProblemEntry, today: date, person: str = "") -> Changes:
    """Add a problem, or change one; what was written before stays in the history."""
    if case is not None:
        require_open(case, "修改")
    text = clean(entry.text)
    if not text:
        raise Refused("请填写问题内容，没有保存。", "problem_text")
    if entry.number < 1:
        raise Refused("问题序号应为 1 以上的整数，没有保存。", "problem_number")
    _refuse_twin(ledger, case, entry)
    with writing(ledger, clean(person), today) as writer:
        row = case.problem.id if case else ledger.new_id()
        writer.put("problem", _fields(entry, text), row=row)
        _put_units(writer, case, row, entry)
    done = "已修改" if case else "已新增"
    return Changes(f"{done}问题{entry.number}。", (("problem", row),))


def _refuse_twin(ledger: Ledger, case: CaseFile | None, entry: ProblemEntry) -> None:
    for other in read_cases(ledger, find_problems(ledger, entry.number)):
        if (case is None or other.problem.id != case.problem.id) and other.problem.plan_id == entry.plan_id:
            raise Refused(f"同一方案已有问题{entry.number}，没有保存。请改用别的序号。", "problem_twin")


def _fields(entry: ProblemEntry, text: str) -> dict[str, object]:
    long_term = entry.term_class == TermClass.LONG_TERM
    return {
        "number": entry.number,
        "text": text,
        "target": clean(entry.target) or None,
        "plan": entry.plan_id or None,
        "inspection": entry.inspection_id or None,
        "deadline_raw": clean(entry.deadline_raw) or None,
        "deadline": _iso(entry.deadline),
        "internal_deadline": _iso(entry.internal_deadline),
        "term_class": entry.term_class,
        "is_immediate": True if entry.term_class == TermClass.IMMEDIATE else None,
        "is_long_term": True if long_term else None,
        "leaders": [clean(name) for name in entry.leaders if clean(name)] or None,
        "element": clean(entry.element) or None,
        "problem_type": clean(entry.problem_type) or None,
        "external_numbers": [list(pair) for pair in entry.external_numbers] or None,
        "listed_for_chasing": entry.listed_for_chasing or None,
        "dedicated_watch": entry.dedicated_watch or None,
        "next_review": _iso(entry.next_review),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _put_units(writer: Writer, case: CaseFile | None, problem: str, entry: ProblemEntry) -> None:
    """The units of a problem are a set: one row for each unit and role, active or not (exchange §4)."""
    wanted = {pair: place for place, pair in enumerate(entry.units)}
    for (unit, role), place in wanted.items():
        row = derived_id("problem_unit", problem, unit, role)
        fields = {"problem": problem, "unit": unit, "role": role, "position": place, "active": True}
        writer.put("problem_unit", fields, row=row, scope=problem)
    for held in case.units if case else ():
        if (held.unit_id, held.role) not in wanted:
            row = derived_id("problem_unit", problem, held.unit_id, held.role)
            writer.put("problem_unit", {"active": False}, row=row, scope=problem)


def save_measure(
    ledger: Ledger, case: CaseFile, number: int | None, entry: MeasureEntry, today: date, person: str = ""
) -> Changes:
    """Add a measure (``number`` None), or change the one with that number."""
    require_open(case, "修改")
    text = clean(entry.text)
    if not text:
        raise Refused("请填写措施内容，没有保存。", "measure_text")
    if any(m.number == entry.number and m.number != number for m in case.measures):
        raise Refused(f"问题{case.problem.number}已有第{entry.number}项措施，没有保存。", "measure_twin")
    row = find_measure(case, number).id if number is not None else ledger.new_id()
    fields = {
        "problem": case.problem.id,
        "number": entry.number,
        "text": text,
        "due": _iso(entry.due),
        "quantity": entry.quantity,
        "quantity_of": entry.quantity_of,
        "quantity_unit": clean(entry.quantity_unit) or None,
    }
    with writing(ledger, clean(person), today) as writer:
        writer.put("measure", fields, row=row, scope=case.problem.id)
    return Changes(f"已保存问题{case.problem.number}第{entry.number}项措施。", (("measure", row),))


def save_stage(ledger: Ledger, case: CaseFile, stage: str, entry: StageEntry, today: date, person: str = "") -> Changes:
    """Add a stage target (``stage`` empty), or change one and note the day it was reached."""
    require_open(case, "修改")
    text = clean(entry.text)
    if not text:
        raise Refused("请填写阶段目标的内容，没有保存。", "stage_text")
    if entry.reached_on and entry.reached_on > today:
        raise Refused("达到日期晚于今天，没有保存。请核对。", "stage_future")
    row = stage or ledger.new_id()
    fields = {
        "problem": case.problem.id,
        "due": entry.due.isoformat(),
        "text": text,
        "count": entry.count,
        "reached_on": _iso(entry.reached_on),
    }
    with writing(ledger, clean(person), today) as writer:
        writer.put("stage", fields, row=row, scope=case.problem.id)
    return Changes(f"已保存问题{case.problem.number}的阶段目标。", (("stage", row),))


def add_yearly_stages(
    ledger: Ledger, case: CaseFile, entry: YearlyStagesEntry, today: date, person: str = ""
) -> Changes:
    """Give every year a stage target at its end (domain §2.5); years that have one keep it. At most 30 years."""
    require_open(case, "修改")
    text, number = clean(entry.text), case.problem.number
    if not text:
        raise Refused("请填写阶段目标的内容，没有保存。", "stage_text")
    if not 0 <= entry.last - entry.first < MOST_YEARS:
        raise Refused(f"起止年份应由早到晚，且不超过{MOST_YEARS}年，没有保存。", "stage_years")
    held = {stage.due.year for stage in case.stages}
    years = [year for year in range(entry.first, entry.last + 1) if year not in held]
    if not years:
        raise Refused(f"问题{number}这些年份都已有阶段目标，没有改动。", "stage_twin")
    with writing(ledger, clean(person), today) as writer:
        rows = [
            writer.new(
                "stage",
                {"problem": case.problem.id, "due": f"{year}-12-31", "text": text},
                scope=case.problem.id,
            )
            for year in years
        ]
    return Changes(f"已为问题{number}新增{len(rows)}个年度阶段目标。", tuple(("stage", row) for row in rows))


def void_record(
    ledger: Ledger, case: CaseFile, kind: str, row: str, reason: str, today: date, person: str = ""
) -> Changes:
    """Withdraw a record of a case with a reason: progress, evidence, step, a site, a chase and so on.

    It stays in the history and no longer counts; a closed record is locked.
    """
    require_open(case, "作废")
    if not clean(reason):
        raise Refused("请填写作废原因，没有改动。", "void_reason")
    held: dict[str, tuple[str, ...]] = {
        "progress": tuple(p.id for p in case.progress),
        "evidence": tuple(e.id for e in case.evidence),
        "step": tuple(s.id for s in case.steps),
        "measure": tuple(m.id for m in case.measures),
        "stage": tuple(s.id for s in case.stages),
        "deadline_change": tuple(c.id for c in case.deadline_changes),
        "site": tuple(s.id for s in case.sites),
        "objection": tuple(o.id for o in case.objections),
        "publication": tuple(p.id for p in case.publications),
        "judgement": tuple(j.id for j in case.judgements),
        "explanation": tuple(e.id for e in case.explanations),
        "chase": tuple(c.id for c in case.chases),
        "visit": tuple(v.id for v in case.visits),
    }
    if row not in held.get(kind, ()):
        raise Refused("要作废的记录不在这个问题中，没有改动。", "void_unknown")
    with writing(ledger, clean(person), today) as writer:
        writer.set(kind, row, {"void": clean(reason)}, scope=case.problem.id)
    return Changes(f"已作废问题{case.problem.number}的一条记录，原记录保留在历史中。", ((kind, row),))
