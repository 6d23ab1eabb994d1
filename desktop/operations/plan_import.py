"""From a plan document to the ledger: read it, show what was found, and take it in when the clerk agrees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.profile import district_in, read_toml
from desktop.plans.aliases import Aliases, parse_aliases
from desktop.plans.as_json import plan_as_json
from desktop.plans.read import read_plan
from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id, fold_doc_no
from desktop.rules.inspections import inspection_in
from desktop.rules.names import is_group_word, match_unit, normal_name
from desktop.rules.records import Changes, Unit, UnitRole
from desktop.rules.texts import clean
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office, read_people, read_units
from desktop.store.writer import Writer, writing

MAX_PLAN = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: the plan as read, units the ledger does not know yet, problems it already holds."""

    draft: PlanDraft
    new_units: tuple[str, ...]
    known_numbers: tuple[int, ...]


def load_aliases() -> Aliases:
    """The label words by which fields of a plan are recognised."""
    return parse_aliases(read_toml(paths.resource("aliases", "plan_labels.toml")))


def read_plan_file(file: Path) -> PlanDraft:
    """Read a plan document; writes nothing. Raises Refused or KnownFault with one sentence for what cannot be read."""
    with known_faults(file):
        if file.is_dir():
            raise Refused(f"“{file.name}”是文件夹，不是方案文件。请选择一个文件。", "plan_folder")
        if not file.is_file():
            raise Refused(f"找不到文件：{file}。请检查路径。", "plan_missing")
        if file.stat().st_size > MAX_PLAN:
            raise Refused(f"“{file.name}”超过 64 MB，不像整改方案，没有读取。请另存为文字稿后再试。", "plan_size")
        data = file.read_bytes()
    return read_plan(data, file.name, load_aliases())


def plan_json(draft: PlanDraft) -> dict[str, object]:
    """A plan as read, as plain data in the importer's schema."""
    return plan_as_json(draft)


def in_words(draft: PlanDraft) -> list[str]:
    """A plan as read, for people: title, problems, and what needs the clerk's eye."""
    stated = f"，方案称{draft.stated_total}个" if draft.stated_total is not None else ""
    lines = [f"方案：{draft.title or '（无标题）'}　{draft.doc_no or '（无文号）'}"]
    lines.append(f"读出问题{len(draft.problems)}个{stated}。")
    for problem in draft.problems:
        deadline = problem.deadline_text or "无时限"
        lines.append(f"{problem.number}．{problem.text}（措施{len(problem.measures)}条，{deadline}）")
    lines += [f"注意：{finding.sentence}" for finding in draft.findings if finding.level == "warning"]
    return lines + [f"未归属文本：{text}" for text in draft.unassigned]


def preview_words(preview: ImportPreview) -> list[str]:
    """What an import would do, for people."""
    lines = in_words(preview.draft)
    if preview.new_units:
        lines.append(f"将新增单位：{'、'.join(preview.new_units)}")
    if preview.known_numbers:
        lines.append(f"台账中已有、将按方案更新的问题：{'、'.join(map(str, preview.known_numbers))}")
    return lines


def preview_import(ledger: Ledger, draft: PlanDraft) -> ImportPreview:
    """Compare a plan as read with the ledger; writes nothing."""
    units = read_units(ledger)
    wanted = dict.fromkeys(name for problem in draft.problems for _, name in _units_of(problem))
    fresh = tuple(name for name in wanted if _known_unit(name, units) is None)
    ids = _existing(ledger, (_problem_id(draft, p.number) for p in draft.problems if draft.doc_no))
    known = tuple(p.number for p in draft.problems if draft.doc_no and _problem_id(draft, p.number) in ids)
    return ImportPreview(draft, fresh, known)


def import_plan(ledger: Ledger, draft: PlanDraft, today: date, person: str = "") -> Changes:
    """Take a reviewed plan into the ledger: plan, inspection, units, problems, measures, stage targets.

    Rows get ids derived from the 文号 (exchange §6a), so importing again, here or in another office, makes no twins:
    what differs is changed, with the old text kept in the history. Refused: a plan without any problem.
    """
    if not draft.problems:
        raise Refused("没有从文件中读出任何问题，台账没有变化。请检查是否选对了文件。", "plan_empty")
    with writing(ledger, clean(person), today) as writer:
        plan, inspection = _put_plan(writer, draft)
        taker = _Taker(writer, ledger, draft, plan, inspection)
        changed = sum(taker.take(problem) for problem in draft.problems)
    total = len(draft.problems)
    sentence = f"已导入{total}个问题" if changed else "与台账一致，没有变化"
    if 0 < changed < total:
        sentence = f"读出{total}个问题，其中{changed}个有变化，已更新"
    return Changes(
        sentence + "。",
        tuple((kind, row) for kind, rows in writer.touched.rows.items() for row in rows),
        tuple(finding.sentence for finding in draft.findings),
        {"plan": plan},
    )


def _problem_id(draft: PlanDraft, number: int) -> str:
    return derived_id(fold_doc_no(draft.doc_no or ""), "problem", number)


def _existing(ledger: Ledger, rows: Iterable[str]) -> set[str]:
    wanted = list(rows)
    found = ledger.db.execute_sql("SELECT id FROM problem") if wanted else ()
    return {bytes(row[0]).hex() for row in found} & set(wanted)


def _put_plan(writer: Writer, draft: PlanDraft) -> tuple[str, str]:
    named = inspection_in(draft.title)
    key = fold_doc_no(draft.doc_no or "")
    new = writer.ledger.new_id
    inspection = derived_id("inspection", named.level, named.round_no or 0, named.kind, named.name) if key else new()
    plan = derived_id(key, "plan") if key else new()
    writer.put(
        "inspection",
        {
            "name": named.name,
            "level": named.level,
            "source": named.source,
            "kind": named.kind,
            "round_no": named.round_no,
        },
        row=inspection,
    )
    writer.put(
        "plan",
        {
            "title": draft.title,
            "doc_no": draft.doc_no,
            "issued_on": _iso(draft.issued_on),
            "inspection": inspection,
            "issuer": draft.issuer,
            "stated_total": draft.stated_total,
            "stated_by_year": [[year, count] for year, count in draft.stated_by_year or ()] or None,
        },
        row=plan,
    )
    return plan, inspection


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class _Taker:
    """Takes problems of one plan in; keeps the unit list at hand so that a new unit is created once."""

    def __init__(self, writer: Writer, ledger: Ledger, draft: PlanDraft, plan: str, inspection: str) -> None:
        self.writer, self.draft, self.plan, self.inspection = writer, draft, plan, inspection
        self.key = fold_doc_no(draft.doc_no or "")
        self.units = list(read_units(ledger))
        self.people = {person.name for person in read_people(ledger)}
        self.district = read_office(ledger).district or district_in(draft.issuer)

    def row(self, *parts: str | int) -> str:
        """The derived id of a row of this plan, a random one when the plan has no 文号."""
        return derived_id(self.key, *parts) if self.key else self.writer.ledger.new_id()

    def take(self, draft: ProblemDraft) -> bool:
        """Take one problem in; True when anything of it was new or different."""
        problem = self.row("problem", draft.number)
        changed = self.writer.put("problem", self._fields(draft), row=problem)
        for measure in draft.measures:
            row = self.row("measure", draft.number, measure.number)
            changed |= self.writer.put("measure", _measure_fields(problem, measure), row=row, scope=problem)
        for stage in draft.stages:
            fields = {"problem": problem, "due": stage.due.isoformat(), "text": stage.text, "count": stage.count}
            row = self.row("stage", draft.number, stage.due.isoformat())
            changed |= self.writer.put("stage", fields, row=row, scope=problem)
        for position, (role, name) in enumerate(_units_of(draft)):
            unit = self._unit(name)
            fields = {"problem": problem, "unit": unit, "role": role, "position": position, "active": True}
            row = derived_id("problem_unit", problem, unit, role)
            changed |= self.writer.put("problem_unit", fields, row=row, scope=problem)
        for leader in draft.leaders:
            self._leader(leader)
        return changed

    def _fields(self, draft: ProblemDraft) -> dict[str, object]:
        span = draft.span
        return {
            "plan": self.plan,
            "inspection": self.inspection,
            "number": draft.number,
            "text": clean(draft.text),
            "target": clean(draft.target or "") or None,
            "deadline_raw": clean(draft.deadline_text or "") or None,
            "deadline": _iso(draft.deadline),
            "term_class": draft.term_class,
            "is_immediate": draft.is_immediate or None,
            "is_long_term": draft.is_long_term or None,
            "leaders": list(draft.leaders) or None,
            "raw": clean(self.draft.source[span.start : span.end]) if span else None,
            "external_numbers": [list(pair) for pair in draft.external_numbers] or None,
        }

    def _unit(self, name: str) -> str:
        known = _known_unit(name, self.units)
        if known is not None:
            return known.id
        row = derived_id("unit", self.district, normal_name(name))
        rank = max((unit.rank for unit in self.units), default=0) + 10
        unit = Unit(row, clean(name), is_group=is_group_word(name), rank=rank)
        self.writer.put("unit", {"name": unit.name, "is_group": unit.is_group or None, "rank": rank}, row=row)
        self.units.append(unit)
        return row

    def _leader(self, name: str) -> None:
        if name not in self.people:
            self.people.add(name)
            self.writer.new("person", {"name": name, "is_leader": True, "post": "区领导"})


def _known_unit(name: str, units: Iterable[Unit]) -> Unit | None:
    found = match_unit(name, tuple(units))
    return found if isinstance(found, Unit) else None


def _units_of(draft: ProblemDraft) -> Iterator[tuple[UnitRole, str]]:
    for role, names in (
        (UnitRole.LEAD, draft.lead_units),
        (UnitRole.RESPONSIBLE, draft.responsible_units),
        (UnitRole.ASSISTING, draft.assisting_units),
        (UnitRole.SUPERVISING, draft.supervising_units),
        (UnitRole.ACCEPTING, draft.acceptance_units),
    ):
        for name in names:
            yield role, name


def _measure_fields(problem: str, draft: MeasureDraft) -> dict[str, object]:
    quantity = draft.quantity
    return {
        "problem": problem,
        "number": draft.number,
        "text": clean(draft.text),
        "due": _iso(draft.due),
        "quantity": quantity.count if quantity else None,
        "quantity_of": quantity.total if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
    }
