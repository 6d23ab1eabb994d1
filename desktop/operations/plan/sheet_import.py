"""An exported workbook, edited by clerks, comes back into the ledger: read, compared, taken as far as ticked."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.plan.intake import load_aliases
from desktop.operations.plan.sheet_changes import Change, RoleWrite, Write
from desktop.operations.plan.sheet_compare import SheetComparison, Tell, compare_sheet, decided
from desktop.operations.plan.units import UnitBook
from desktop.operations.profile import district_in, read_toml
from desktop.plans.columns import read_layout
from desktop.plans.export_reader import ExportedBook, read_export
from desktop.rules.comparison import KIND_WORDS, LineKind
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.ops import Value
from desktop.rules.records import Changes, UnitRole
from desktop.rules.texts import clean
from desktop.rules.wording import chinese_number
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.problem_texts import doubled_numbers
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office, read_people, read_units
from desktop.store.writer import Writer, writing

_TOGETHER = 400  # changes that are read ahead and stored together

__all__ = ["ExportedBook", "SheetComparison", "read_sheet_file", "sheet_preview", "sheet_words", "take_sheet"]


def read_sheet_file(file: Path) -> ExportedBook | None:
    """Read a workbook that was exported from a ledger; None when the file is anything else."""
    with known_faults(file):
        if not file.is_file():
            return None
        template = read_toml(paths.office_resource("templates", "merged_ledger.toml"))
        titles = {column.title: column.key for column in read_layout(template).columns}
        return read_export(file, titles)


def sheet_preview(
    ledger: Ledger,
    book: ExportedBook,
    today: date,
    links: Mapping[int, str] | None = None,
    tell: Tell | None = None,
) -> SheetComparison:
    """The workbook beside the ledger; writes nothing."""
    return compare_sheet(ledger, book, load_aliases(), today, links, tell)


def sheet_words(comparison: SheetComparison) -> list[str]:
    """The comparison for people: one line each."""
    lines = [f"读出{comparison.rows}行。"]
    for line in comparison.lines:
        both = f"{line.old or '（空）'} → {line.new or '（空）'}"
        said = both if line.kind == LineKind.CHANGED else line.new or line.old
        note = f"（{line.note}）" if line.note else ""
        lines.append(f"{line.subject} {line.words} {KIND_WORDS[line.kind]}：{said}{note}".strip())
    return lines if comparison.changes else [*lines, "与台账一致。"]


def take_sheet(
    ledger: Ledger,
    book: ExportedBook,
    ticked: Collection[str],
    today: date,
    person: str = "",
    *,
    reason: str = "",
    links: Mapping[int, str] | None = None,
    tell: Tell | None = None,
    shown: SheetComparison | None = None,
) -> Changes:
    """Take the ticked lines into the ledger; all of them or, where a rule forbids one, none.

    ``shown`` is the comparison of this book that the ticks are from: where the ledger was changed meanwhile, or without
    one, the workbook is compared again first, so that nothing is written over unseen. ``reason`` is required where
    something is withdrawn. What was written before stays in the history.
    """
    tell = tell or (lambda words, share: None)
    if shown is None or not shown.still_holds(ledger, dict(links or {}), today):
        shown = sheet_preview(ledger, book, today, links, lambda words, share: tell(words, share / 2))
    changes = decided(shown, tuple(ticked))
    if not changes:
        return Changes("没有要带入的改动，台账没有变化。")
    if any(change.line.kind == LineKind.GONE for change in changes) and not clean(reason):
        raise Refused("作废问题或措施要写明原因，没有带入。请填写“作废原因”。", "void_reason")
    with writing(ledger, clean(person), today) as writer:
        taker = _Taker(writer, ledger, clean(reason))
        for at, change in enumerate(changes):
            if at % _TOGETHER == 0:
                tell(f"正在带入：{change.line.subject}", 0.5 + at / len(changes) / 2)
                writer.ahead({write.row for part in changes[at : at + _TOGETHER] for write in part.writes})
            taker.take(change)
        writer.flush()
        _require_single_numbers(ledger, {w.scope for c in changes for w in c.writes if w.table == "measure"})
        _require_single_problems(ledger, changes)
    return Changes(
        _sentence(changes),
        tuple((kind, row) for kind, rows in writer.touched.rows.items() for row in rows),
        tuple(taker.warnings),
    )


class _Taker:
    """Writes changes; keeps units and leaders at hand, so that a new one is created once."""

    def __init__(self, writer: Writer, ledger: Ledger, reason: str) -> None:
        self.writer, self.reason = writer, reason
        self.units = UnitBook(writer, read_units(ledger), read_office(ledger).district or district_in(""))
        self.people = {person.name for person in read_people(ledger)}

    @property
    def warnings(self) -> list[str]:
        """What the clerk should look at afterwards."""
        return self.units.warnings

    def take(self, change: Change) -> None:
        """Write one change."""
        for table, row, scope, fields in _merged(change.writes):
            said: Mapping[str, Value] = {"void": self.reason} if change.line.kind == LineKind.GONE else fields
            self.writer.put(table, said, row=row, scope=scope or row)
        for role in change.roles:
            self._put_units(role)
        for name in change.leaders:
            if name not in self.people:
                self.people.add(name)
                self.writer.new("person", {"name": name, "is_leader": True, "post": "区领导"})

    def _put_units(self, write: RoleWrite) -> None:
        """The units of some roles: those named stay in their roles or get the first one; the others lose theirs."""
        wanted = {self.units.row_of(name): at for at, name in enumerate(write.names)}
        held = self.units.held(write.problem, write.roles)
        for row, (unit, _) in held.items():
            fields: dict[str, Value] = {"active": False} if unit not in wanted else {"position": wanted[unit]}
            self.writer.put("problem_unit", fields, row=row, scope=write.problem)
        kept = {unit for unit, _ in held.values()}
        for unit, position in wanted.items():
            if unit not in kept:
                role: UnitRole = write.roles[0]
                row = derived_id("problem_unit", write.problem, unit, role)
                fields = {
                    "problem": write.problem,
                    "unit": unit,
                    "role": role,
                    "position": position,
                    "active": True,
                }
                self.writer.put("problem_unit", fields, row=row, scope=write.problem)


def _merged(writes: Collection[Write]) -> list[Write]:
    """The writes of one change with those of a row brought together, so that a new row is created whole."""
    found: dict[tuple[str, str, str], dict[str, Value]] = {}
    for table, row, scope, fields in writes:
        found.setdefault((table, row, scope), {}).update(fields)
    return [Write(*key, fields) for key, fields in found.items()]


def _require_single_numbers(ledger: Ledger, problems: Collection[str]) -> None:
    """Refuse two measures of one number, as when only a part of a renumbering was ticked."""
    for case in read_cases(ledger, sorted(problems)):
        twice = [number for number, count in Counter(m.number for m in case.measures).items() if count > 1]
        if twice:
            words = f"问题{case.problem.number}会有两项措施（{chinese_number(twice[0])}）"
            raise Refused(f"{words}，没有带入。措施重新编号的，请把各项一起勾选。", "measure_twin")


def _require_single_problems(ledger: Ledger, changes: Collection[Change]) -> None:
    """Refuse two problems of one plan and number, as when only a part of a renumbering was ticked."""
    numbered = {w.row for c in changes for w in c.writes if w.table == "problem" and "number" in w.fields}
    doubled = doubled_numbers(ledger) if numbered else {}
    for row in sorted(numbered & doubled.keys()):
        raise Refused(f"会有两个问题{doubled[row]}，没有带入。问题重新编号的，请把各项一起勾选。", "problem_twin")


def _sentence(changes: tuple[Change, ...]) -> str:
    """What was taken: 已带入3个问题的5处改动，新增1个问题，作废1项。"""
    whole = [c for c in changes if c.line.key.startswith("new/")]
    gone = [c for c in changes if c.line.kind == LineKind.GONE]
    rest = [c for c in changes if c not in whole and c not in gone]
    parts = []
    if rest:
        parts.append(f"带入{len({c.line.subject for c in rest})}个问题的{len(rest)}处改动")
    if whole:
        parts.append(f"新增{len(whole)}个问题")
    if gone:
        parts.append(f"作废{len(gone)}项")
    return f"已{'，'.join(parts)}。原来的内容都在历史里。"
