"""One row of a workbook beside one problem: each cell that differs, in words, and the records it would write."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from desktop.operations.plan.compare import measure_words
from desktop.plans.aliases import Aliases
from desktop.plans.cell_texts import (
    read_deadline_cell,
    read_measure_cell,
    read_names,
    read_terms,
    read_units_cell,
    read_upper_numbers,
)
from desktop.plans.export_marks import normal
from desktop.plans.export_reader import SheetRow
from desktop.rules.comparison import CompareLine, LineKind
from desktop.rules.drafts import MeasureDraft
from desktop.rules.ids import derived_id
from desktop.rules.likeness import likeness
from desktop.rules.ops import Value
from desktop.rules.records import CaseFile, Measure, TermClass, UnitRole
from desktop.rules.texts import clean
from desktop.rules.wording import chinese_number, closed, date_in_text

MEANT_THE_SAME = 0.5  # a measure reworded more than that is another one
DERIVED = {
    "source": "问题来源由督察和方案得出，请在问题中修改。",
    "progress": "目前进展由月度进展得出，请在“调度”页或“填报进展”中登记。",
    "progress_class": "进度判定由时限和进展得出，不能直接修改。",
    "state": "办理状态由各环节得出，不能直接修改。",
    "completed_on": "完成时间由进展得出，请在“填报进展”中登记。",
    "self_check": "请在“销号”页登记自查自验。",
    "apply": "请在“销号”页登记申请销号。",
    "accept": "请在“销号”页登记验收。",
    "notice_start": "请在“销号”页登记公示。",
    "notice_end": "请在“销号”页登记公示。",
    "file": "请在“销号”页登记备案。",
    "remarks": "备注由督办、退回、阶段目标得出，请在相应处登记。",
}
_ROLES = {
    "lead_units": (UnitRole.LEAD,),
    "responsible_units": (UnitRole.RESPONSIBLE,),
    "assisting_units": (UnitRole.ASSISTING,),
    "acceptance_units": (
        UnitRole.ACCEPTING,
        UnitRole.SUPERVISING,
        UnitRole.CITY_ACCEPTANCE,
        UnitRole.PROVINCIAL_SUPERVISOR,
    ),
}


class Write(NamedTuple):
    """A record to create or change: its kind, row, scope and fields."""

    table: str
    row: str
    scope: str
    fields: Mapping[str, Value]


class RoleWrite(NamedTuple):
    """The units that hold one of some roles from now on; names that are new get the first of the roles."""

    problem: str
    roles: tuple[UnitRole, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the comparison with what taking it writes. ``leaders`` are names for the list of persons."""

    line: CompareLine
    writes: tuple[Write, ...] = ()
    roles: tuple[RoleWrite, ...] = ()
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row is compared with. ``key`` begins the keys of its lines; ``name_of`` calls a unit as the ledger does.

    ``value`` gives what the ledger says today in each column, as an export would write it.
    """

    case: CaseFile
    key: str
    subject: str
    aliases: Aliases
    name_of: Callable[[str], str]
    titles: Mapping[str, str]
    value: Callable[[str], object] = field(default=lambda key: "")

    def now(self, key: str) -> str:
        """The ledger's own cell in one writing."""
        return normal(self.value(key))

    def line(self, part: str, kind: LineKind, words: str, old: str = "", new: str = "", note: str = "") -> CompareLine:
        """A line of this problem."""
        return CompareLine(f"{self.key}/{part}", kind, self.subject, self.case.problem.number, words, old, new, note)

    def changed(self, part: str, words: str, old: str, new: str) -> CompareLine:
        """A line that says that a field differs."""
        return self.line(part, LineKind.CHANGED if old else LineKind.ADDED, words, old, new)

    def write(self, **fields: Value) -> Write:
        """A change of the problem itself."""
        return Write("problem", self.case.problem.id, "", fields)


def changes_of(row: SheetRow, beside: Beside, keys: frozenset[str]) -> Iterator[Change]:
    """What the cells of some columns say otherwise than the ledger; what can only be known comes as a remark."""
    for key in (key for key in row.cells if key in keys):
        reader = _READERS.get(key)
        if reader is not None:
            yield from reader(row, key, beside)
        elif key in _ROLES:
            yield from _units(row, key, beside)
        elif key in DERIVED and row.text(key) != beside.now(key):
            title = beside.titles.get(key, key)
            line = beside.line(key, LineKind.REMARK, title, beside.now(key), row.text(key), DERIVED[key])
            yield Change(replace(line, is_chosen=False))
        elif key == "by_hand" and row.text(key):
            title, note = beside.titles.get(key, key), "台账中没有这一项，没有带入。"
            yield Change(replace(beside.line(key, LineKind.REMARK, title, "", row.text(key), note), is_chosen=False))


def _refused(beside: Beside, key: str, old: str, new: str, note: str) -> Change:
    words = beside.titles.get(key, key)
    return Change(replace(beside.line(key, LineKind.REMARK, words, old, new, note), is_chosen=False))


# Fields of the problem


def _text(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    old, new = getattr(beside.case.problem, key), row.text(key)
    if new == normal(old):
        return
    words = {"text": "问题", "target": "整改目标", "element": "要素"}[key]
    if key == "text" and not new:
        yield _refused(beside, key, old, new, "问题内容不能为空，没有带入。")
        return
    yield Change(beside.changed(key, words, old, new), (beside.write(**{key: new or None}),))


def _number(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    old, new = beside.case.problem.number, row.text(key)
    if new == str(old):
        return
    if not new.isdecimal() or not 0 < int(new) < 1_000_000:
        yield _refused(beside, key, str(old), new, "序号应为1以上的整数，没有带入。")
        return
    yield Change(beside.changed(key, "序号", str(old) if old else "", new), (beside.write(number=int(new)),))


def _upper(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    problem, new = beside.case.problem, row.text(key)
    pairs, old = read_upper_numbers(new), beside.now(key)
    if pairs is None:
        yield _refused(beside, key, old, new, "请写成“市序号9”的样子，没有带入。")
    elif pairs != problem.external_numbers:
        value: Value = [list(pair) for pair in pairs] or None
        yield Change(beside.changed(key, "原编号", old, new), (beside.write(external_numbers=value),))


def _leaders(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    names = read_names(row.text(key))
    old, new = "、".join(beside.case.problem.leaders), "、".join(names)
    if old != new:
        write = beside.write(leaders=list(names) or None)
        yield Change(beside.changed(key, beside.titles.get(key, "牵头领导"), old, new), (write,), leaders=names)


def _term(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    problem, new = beside.case.problem, row.text(key)
    terms, old = read_terms(new), beside.now(key)
    if terms is None:
        yield _refused(beside, key, old, new, "类型请选立行立改、限时整改、分阶段整改、长期坚持，没有带入。")
        return
    if "、".join(_term_words(terms)) == "、".join(_term_words(read_terms(old) or ())):
        return
    long_term, immediate = TermClass.LONG_TERM in terms, TermClass.IMMEDIATE in terms
    kept = problem.term_class if problem.term_class in terms else None
    main = kept or next((term for term in terms if term != TermClass.IMMEDIATE), terms[0] if terms else None)
    write = beside.write(term_class=main, is_immediate=immediate or None, is_long_term=long_term or None)
    yield Change(beside.changed(key, "类型", old, new), (write,))


def _term_words(terms: tuple[TermClass, ...]) -> list[str]:
    return sorted(term.value for term in terms)


def _deadline(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    problem, value = beside.case.problem, row.cells.get(key)
    said = read_deadline_cell(value if normal(value) else "", beside.aliases)
    held = read_deadline_cell(beside.value(key) if beside.now(key) else "", beside.aliases)
    # 立行立改 or 长期坚持 in this column is only the class of a problem that has no deadline of its own.
    if said.words == held.words or (not problem.deadline_raw and read_terms(said.words) and not held.day):
        if said.extension != held.extension:
            yield _refused(beside, key, beside.now(key), row.text(key), "延期请在“一问一档”中登记，没有带入。")
        return
    old = "｜".join(filter(None, (problem.deadline_raw, date_in_text(problem.deadline) if problem.deadline else "")))
    day = said.day
    new = "｜".join(filter(None, (said.words, date_in_text(day) if day else "")))
    if old == new:
        return
    write = beside.write(deadline_raw=said.words or None, deadline=day.isoformat() if day else None)
    yield Change(beside.changed(key, "整改时限", _once(old), _once(new)), (write,))


def _once(words: str) -> str:
    """2026年12月31日｜2026年12月31日 says one thing."""
    return "｜".join(dict.fromkeys(words.split("｜")))


def _units(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    case, roles = beside.case, _ROLES[key]
    held = tuple(dict.fromkeys(case.unit_names(*roles)))
    names = tuple(dict.fromkeys(map(beside.name_of, read_units_cell(row.text(key), beside.aliases))))
    if names == held:
        return
    line = beside.changed(key, beside.titles.get(key, key), "、".join(held), "、".join(names))
    yield Change(line, roles=(RoleWrite(case.problem.id, roles, names),))


# Measures


def _measures(row: SheetRow, key: str, beside: Beside) -> Iterator[Change]:
    case = beside.case
    drafts = read_measure_cell(row.text(key), row.text("text") or case.problem.text, beside.aliases)
    numbers = [draft.number for draft in drafts]
    if len(set(numbers)) != len(numbers):
        note = "两项措施用了同一个编号，请改正后再导入。"
        yield _refused(beside, key, beside.now(key), row.text(key), note)
        return
    pairs = match_measures(drafts, case.measures)
    for draft in drafts:
        held = pairs.get(draft.number)
        yield from _measure(draft, held, beside)
    known = {measure.id for measure in pairs.values()}
    for measure in case.measures:
        if measure.id not in known:
            words = f"措施（{chinese_number(measure.number)}）"
            line = beside.line(f"measures/gone/{measure.id}", LineKind.GONE, words, measure.text)
            write = Write("measure", measure.id, case.problem.id, {"void": ""})
            yield Change(replace(line, note="勾选则作废这项措施", is_chosen=False), (write,))


def _measure(draft: MeasureDraft, held: Measure | None, beside: Beside) -> Iterator[Change]:
    problem = beside.case.problem.id
    text = clean(draft.text)
    if held is not None and closed(held.text) == text:
        text = held.text
    if held is not None and (held.text, held.number) == (text, draft.number):
        return
    old = held or Measure("", problem, draft.number, "")
    fields: dict[str, Value] = {"problem": problem, "number": draft.number, "text": text}
    after = replace(old, number=draft.number, text=text)
    if text != old.text:
        quantity = draft.quantity
        after = replace(after, due=draft.due or old.due)
        if quantity:
            unit = clean(quantity.unit)
            after = replace(after, quantity=quantity.count, quantity_of=quantity.total, quantity_unit=unit)
        fields |= {
            "due": after.due.isoformat() if after.due else None,
            "quantity": after.quantity,
            "quantity_of": after.quantity_of,
            "quantity_unit": after.quantity_unit or None,
        }
    row = held.id if held else derived_id(problem, "sheet measure", draft.number, text)
    words = f"措施（{chinese_number(draft.number)}）"
    shown = measure_words(old) if held else ""
    if held and held.number != draft.number:
        shown = f"（{chinese_number(held.number)}）{shown}"
    line = beside.changed(f"measures/{draft.number}", words, shown, measure_words(after))
    if held is None:
        fields["void"] = None
    yield Change(line, (Write("measure", row, problem, fields),))


def match_measures(drafts: tuple[MeasureDraft, ...], held: tuple[Measure, ...]) -> dict[int, Measure]:
    """Which measure of the ledger each one of a cell is, by its number in the cell.

    The same words first, whatever their number; then the most alike; then the same number where the words are at
    least a little alike. So a measure put in between does not push its text into those that follow.
    """
    found: dict[int, Measure] = {}
    left = list(held)

    def take(draft: MeasureDraft, measure: Measure) -> None:
        found[draft.number] = measure
        left.remove(measure)

    for draft in drafts:
        same = [m for m in left if clean(draft.text) in (m.text, closed(m.text))]
        if same:
            take(draft, min(same, key=lambda m: m.number != draft.number))
    scored = sorted(
        (
            (likeness(draft.text, m.text) + 0.1 * (m.number == draft.number), draft, m)
            for draft in drafts
            if draft.number not in found
            for m in left
        ),
        key=lambda entry: -entry[0],
    )
    for score, draft, measure in scored:
        if draft.number not in found and measure in left:
            close = score >= MEANT_THE_SAME or (measure.number == draft.number and score > 0.3)
            if close:
                take(draft, measure)
    return found


_READERS: Mapping[str, Callable[[SheetRow, str, Beside], Iterator[Change]]] = {
    "number": _number,
    "text": _text,
    "target": _text,
    "element": _text,
    "upper_numbers": _upper,
    "leaders": _leaders,
    "term": _term,
    "deadline": _deadline,
    "measures": _measures,
}
