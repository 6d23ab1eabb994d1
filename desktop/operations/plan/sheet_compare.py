"""An exported workbook that comes back beside the ledger: what was changed, added and taken out, field by field."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from desktop.operations.plan.compare import is_locked, namer
from desktop.operations.plan.sheet_changes import DERIVED, Beside, Change, Write, changes_of
from desktop.plans.aliases import Aliases
from desktop.plans.columns import Column, cell_value
from desktop.plans.export_marks import digest
from desktop.plans.export_reader import ExportedBook, SheetRow
from desktop.rules.comparison import CompareLine, LineKind
from desktop.rules.ids import derived_id
from desktop.rules.likeness import LikenessIndex, squeezed
from desktop.rules.records import CaseFile, Problem
from desktop.rules.wording import source_of
from desktop.store.journal import last_place
from desktop.store.ledger import Ledger
from desktop.store.problem_texts import problem_texts, withdrawn_problems
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_inspections, read_plans, read_units

ALIKE, SURELY_ALIKE = 0.5, 0.8
Tell = Callable[[str, float], None]
_SPANS = {"notice_start": ("notice", 0), "notice_end": ("notice", 1)}


@dataclass(frozen=True, slots=True)
class SheetComparison:
    """All lines with what each would write. ``links`` are the rows of the file (by line) taken as known problems.

    ``asked`` are the links that were decided beforehand, ``on`` the day and ``place`` the end of the journal at which
    the two were compared.
    """

    changes: tuple[Change, ...] = ()
    rows: int = 0
    untouched: int = 0
    links: Mapping[int, str] = field(default_factory=dict)
    asked: Mapping[int, str] = field(default_factory=dict)
    on: date | None = None
    place: int = -1

    def still_holds(self, ledger: Ledger, links: Mapping[int, str], today: date) -> bool:
        """Would comparing again say the same? So where nothing was written since and the same links are decided."""
        is_unchanged = self.place == last_place(ledger.db.connection()) and self.on == today
        return is_unchanged and links in (self.asked, self.links)

    @property
    def lines(self) -> tuple[CompareLine, ...]:
        """The lines alone."""
        return tuple(change.line for change in self.changes)


def compare_sheet(
    ledger: Ledger,
    book: ExportedBook,
    aliases: Aliases,
    today: date,
    links: Mapping[int, str] | None = None,
    tell: Tell | None = None,
) -> SheetComparison:
    """Compare; writes nothing. ``links`` are the clerk's decisions for rows without an id: the id of the problem a
    row is, or empty for a new one; the others are decided by likeness.
    """
    return _Comparer(ledger, book, aliases, today, dict(links or {}), tell or (lambda words, share: None)).compare()


@dataclass(slots=True)
class _Settled:
    """The rows of the file, each as what it is."""

    known: dict[str, SheetRow]
    new: list[SheetRow]
    remarks: list[Change]


class _Comparer:
    """Compares one workbook; what is read once for all rows stands here."""

    def __init__(
        self, ledger: Ledger, book: ExportedBook, aliases: Aliases, today: date, links: dict[int, str], tell: Tell
    ) -> None:
        self.ledger, self.book, self.aliases, self.today, self.links, self.tell = (
            ledger,
            book,
            aliases,
            today,
            links,
            tell,
        )
        self.asked, self.place = dict(links), last_place(ledger.db.connection())
        self.settled = _Settled({}, [], [])
        self.texts = {row: (number, text) for row, number, text in problem_texts(ledger)}
        self.withdrawn = withdrawn_problems(ledger)
        self.name_of = namer(read_units(ledger))
        self.keys = frozenset(book.titles)

    def compare(self) -> SheetComparison:
        """All lines in the order of the file, those that are gone behind."""
        settled = self.settled = self._settle()
        touched = {i: row for i, row in settled.known.items() if row.changed is None or row.changed}
        changes = [*self._strangers(), *settled.remarks]
        for at, case in enumerate(read_cases(self.ledger, list(touched))):
            if at % 50 == 0:
                self.tell(f"正在比较问题{case.problem.number}", at / max(1, len(touched)))
            changes += self._known(case, touched[case.problem.id])
        taken = Counter(number for number, _ in self.texts.values())
        for row in settled.new:
            changes += self._new(row, taken)
        changes += self._gone(settled)
        untouched = len(settled.known) - len(touched)
        begun = self.asked, self.today, self.place
        return SheetComparison(tuple(changes), len(self.book.rows), untouched, self.links, *begun)

    # Which problem each row is

    def _settle(self) -> _Settled:
        settled = _Settled({}, [], [])
        for row in self.book.rows:
            if row.id and row.id in settled.known:
                self._doubled(row, settled)
            elif row.id in self.texts:
                settled.known[row.id] = row
            elif row.id in self.withdrawn:
                note = "台账中已作废，没有带入。"
                settled.remarks.append(self._remark(row, note))
            else:
                settled.new.append(row)
        for row in list(settled.new):
            known = self._recognised(row, settled)
            if known and known not in settled.known:
                settled.known[known] = row
                settled.new.remove(row)
        return settled

    def _doubled(self, row: SheetRow, settled: _Settled) -> None:
        """A row that was copied carries the id of the first; where its text is another, it is a new problem."""
        first = settled.known[row.id]
        if squeezed(row.text("text")) == squeezed(first.text("text")):
            note = f"与第{first.line}行是同一问题（复制的行），没有带入。"
            settled.remarks.append(self._remark(row, note))
        else:
            settled.new.append(replace(row, id="", changed=None))

    def _recognised(self, row: SheetRow, settled: _Settled) -> str:
        """The problem that a row without a known id is: as decided, as taken in before, or with the same words."""
        if row.line in self.links:
            return self.links[row.line]
        before = self._new_row(row)
        if before in self.texts:
            return before
        found = self._by_base.get((digest(row.text("number")), digest(row.text("text"))), "")
        if found in self.texts and found not in settled.known:
            return found
        if not row.text("text"):
            return ""
        like, share = self._likeness.best(row.text("text"))
        return like if share == 1.0 and like not in settled.known else ""

    @cached_property
    def _by_base(self) -> dict[tuple[str, str], str]:
        """Exported problems by the digests of number and text, for a sheet whose hidden column was deleted."""
        base = self.book.base or {}
        return {(cells.get("number", ""), cells.get("text", "")): row for row, cells in base.items()}

    @cached_property
    def _likeness(self) -> LikenessIndex:
        return LikenessIndex((row, text) for row, (_, text) in self.texts.items())

    def _new_row(self, row: SheetRow) -> str:
        """The id of a new problem: the one of the file where another office's ledger wrote it, else from its words."""
        if row.id and row.id not in self.withdrawn:
            return row.id
        return derived_id(self.ledger.office_id, "sheet row", squeezed(row.text("text")))

    # Lines

    def _remark(self, row: SheetRow, note: str, words: str = "") -> Change:
        number = int(row.text("number")) if row.text("number").isdecimal() else 0
        key, subject = f"row {row.line}/{words or 'remark'}", f"第{row.line}行"
        line = CompareLine(key, LineKind.REMARK, subject, number, words or "整行", "", row.text("text"), note, False)
        return Change(line)

    def _strangers(self) -> Iterator[Change]:
        for title in self.book.strangers:
            note = "不是台账的列，没有带入。"
            yield Change(CompareLine(f"column/{title}", LineKind.REMARK, "", 0, title, "", "", note, False))

    def _known(self, case: CaseFile, row: SheetRow) -> Iterator[Change]:
        beside = self._beside(case, row)
        keys = self.keys if row.changed is None else row.changed
        if row.changed is None:
            # Without the digests nobody knows whether a derived cell was changed or has only grown old, nor whether
            # an empty one was emptied.
            keys = frozenset(key for key in keys if row.text(key)) - frozenset(DERIVED)
        if row.line in self.links and not row.id:
            yield from self._like(row, case.problem.id, 1.0, chosen=True)
        for change in changes_of(row, beside, frozenset(keys)):
            yield self._checked(change, case, row)

    def _checked(self, change: Change, case: CaseFile, row: SheetRow) -> Change:
        """The change with what speaks against taking it: the problem is closed, the ledger changed meanwhile too."""
        line = change.line
        if line.kind == LineKind.REMARK:
            return change
        if is_locked(case):
            note = "问题已销号或已转入，没有带入。"
            return Change(replace(line, kind=LineKind.REMARK, note=note, is_chosen=False))
        part = line.key.rpartition("/")[2] if "/measures/" not in line.key else "measures"
        base = (self.book.base or {}).get(row.id, {}).get(part)
        if base is not None and digest(self._value(case, part)) != base and line.kind != LineKind.GONE:
            note = f"{line.note}；" if line.note else ""
            return replace(change, line=replace(line, note=f"{note}导出以后台账也改过", is_chosen=False))
        return change

    def _beside(self, case: CaseFile, row: SheetRow) -> Beside:
        subject = f"问题{case.problem.number}" if case.problem.number else f"第{row.line}行"
        return Beside(
            case,
            case.problem.id,
            subject,
            self.aliases,
            self.name_of,
            self.book.titles,
            lambda key: self._value(case, key),
        )

    def _value(self, case: CaseFile, key: str) -> object:
        name, part = _SPANS.get(key, (key, None))
        return cell_value(Column(name, "", 0, part=part), case, self.today)

    def _like(self, row: SheetRow, problem: str, share: float, *, chosen: bool) -> Iterator[Change]:
        number, text = self.texts[problem]
        note = f"文字有{share:.0%}相同。勾选＝就是台账的问题{number}；不勾选＝新问题。"
        if share == 1.0:
            note = f"勾选＝就是台账的问题{number}；不勾选＝新问题。"
        line = CompareLine(
            f"like/{row.line}/{problem}", LineKind.LIKE, f"第{row.line}行", number, "问题", text, row.text("text"), note
        )
        yield Change(replace(line, is_chosen=chosen))

    def _new(self, row: SheetRow, taken: Counter[int]) -> Iterator[Change]:
        text = row.text("text")
        if not text:
            yield self._remark(row, "没有填写问题内容，没有带入。")
            return
        like, share = self._likeness.best(text)
        if share >= ALIKE and like not in self.settled.known:
            if row.line not in self.links and share >= SURELY_ALIKE:
                self.links[row.line] = like
                self.settled.known[like] = row
                for case in read_cases(self.ledger, [like]):
                    yield from self._known(case, replace(row, id="", changed=None))
                return
            yield from self._like(row, like, share, chosen=False)
        yield self._added(row, taken)

    def _added(self, row: SheetRow, taken: Counter[int]) -> Change:
        """One line for a whole new problem."""
        problem, notes = self._new_row(row), []
        number = int(row.text("number")) if row.text("number").isdecimal() else 0
        if not number or taken[number]:
            notes.append(f"序号{number}已有" if number else "没有序号")
            number = max(taken, default=0) + 1
            notes[-1] += f"，编为{number}"
        taken[number] += 1
        blank = CaseFile(Problem(problem, 0, ""))
        beside = replace(self._beside(blank, row), key=f"new {row.line}", value=lambda key: "")
        numbered = replace(row, cells={**row.cells, "number": number})
        parts = [change for change in changes_of(numbered, beside, self.keys - frozenset(DERIVED))]
        notes += [f"{part.line.words}：{part.line.note}" for part in parts if part.line.kind == LineKind.REMARK]
        plan, inspection = self._sources.get(row.text("source"), ("", ""))
        if row.text("source") and not inspection and not plan:
            notes.append("问题来源在台账中没有，新增后请补选")
        fields = {"plan": plan or None, "inspection": inspection or None, "void": None}
        writes = [Write("problem", problem, "", fields), *(write for part in parts for write in part.writes)]
        shown = "；".join(f"{part.line.words}：{part.line.new}" for part in parts if part.line.is_offered)
        line = CompareLine(
            f"new/{row.line}", LineKind.ADDED, f"第{row.line}行", number, "整个问题", "", shown, "；".join(notes)
        )
        roles, leaders = (role for part in parts for role in part.roles), (n for part in parts for n in part.leaders)
        return Change(line, tuple(writes), tuple(roles), tuple(leaders))

    @cached_property
    def _sources(self) -> dict[str, tuple[str, str]]:
        """What the column of sources calls each plan and inspection: to their ids."""
        inspections, blank = {i.id: i for i in read_inspections(self.ledger)}, Problem("", 0, "")
        found = {source_of(CaseFile(blank, inspection)): ("", i) for i, inspection in inspections.items()}
        for plan in read_plans(self.ledger):
            inspection = inspections.get(plan.inspection_id)
            found[source_of(CaseFile(blank, inspection, plan))] = (plan.id, plan.inspection_id)
        return found

    def _gone(self, settled: _Settled) -> Iterator[Change]:
        """Problems that the file had when it was exported and has no more."""
        held = set(settled.known) | {row for row in self.links.values() if row}
        missing = [row for row in self.book.exported if row in self.texts and row not in held]
        for case in read_cases(self.ledger, missing):
            number, text = case.problem.number, case.problem.text
            line = CompareLine(f"gone/{case.problem.id}", LineKind.GONE, f"问题{number}", number, "整个问题", text)
            if is_locked(case):
                note = "问题已销号或已转入，保留。"
                yield Change(replace(line, kind=LineKind.REMARK, note=note, is_chosen=False))
                continue
            note = "不勾选则保留；勾选则作废，原记录留在历史里。"
            write = Write("problem", case.problem.id, "", {"void": ""})
            yield Change(replace(line, note=note, is_chosen=False), (write,))


def decided(comparison: SheetComparison, ticked: Sequence[str]) -> tuple[Change, ...]:
    """The changes that are taken: those ticked that can be, likenesses aside, which decide only what is compared."""
    wanted = set(ticked)
    offered = (change for change in comparison.changes if change.line.is_offered)
    return tuple(c for c in offered if c.line.key in wanted and c.line.kind != LineKind.LIKE)
