"""An office through a year: what its clerk does in a month, and the papers that are kept of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pypdfium2

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.figures import FigureBook, print_figures, read_figures
from desktop.operations.month.work import adopt_suggestions, read_month_state
from desktop.operations.office_settings import save_office_settings
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import make_paper
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.problems import save_problem
from desktop.operations.profile import region_of
from desktop.operations.progress import add_evidence, report_progress
from desktop.operations.rounds import find_round, freeze_round, open_round, report_zero, suggest_round
from desktop.paths import resource
from desktop.rules.entries import EvidenceEntry, ProblemEntry, ProgressEntry, StepEntry
from desktop.rules.figure_groups import Dimension
from desktop.rules.lifecycle import current_attempt, is_closed
from desktop.rules.records import CaseFile, Changes, Gate, StepAction
from desktop.rules.rounds import UnitLine
from desktop.rules.standards import YES, questions_for
from desktop.store.ledger import Ledger

CLERK, CHIEF = "李明", "王芳"
FIGURES = "figures"
REPORTS = ("monthly_dispatch", "progress_report", FIGURES)
Pages = tuple[tuple[float, float, str, tuple[tuple[float, ...], ...]], ...]
REASON = "签字盖章的纸质材料已存入问题卷宗"


@dataclass
class Office:
    """The ledger of 江澜区's office. ``kept`` are the months' papers as they were first printed, by month and key."""

    ledger: Ledger
    files: Path
    kept: dict[tuple[str, str], Pages] = field(default_factory=dict)
    waiting: list[tuple[date, Callable[[], object]]] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)

    def at(self, day: date, act: Callable[[], object]) -> None:
        """Something that is done on a day, after what was said before of the same day."""
        self.waiting.append((day, act))

    def live(self) -> None:
        """Do everything, day by day: nothing is written before its time."""
        for _, act in sorted(self.waiting, key=lambda found: found[0]):
            act()
        self.waiting.clear()

    def case(self, number: int) -> CaseFile:
        """One problem as it stands."""
        return find_case(self.ledger, number)

    def begin(self, day: date) -> None:
        """The plan of sixteen problems is imported; what is 立行立改 has a day of the office's own."""
        save_office_settings(self.ledger, {"series": "江澜委", "letter_series": "江澜委督函"}, day, CLERK)
        import_plan(self.ledger, read_plan_file(resource("sample", "sample-plan.txt")), day, CLERK)
        case = self.case(1)
        held = case.problem
        entry = ProblemEntry(
            *(held.number, held.text, held.target, held.plan_id, held.inspection_id, held.deadline_raw),
            internal_deadline=date(2024, 9, 30),
            term_class=held.term_class,
            leaders=held.leaders,
            units=tuple((unit.unit_id, unit.role) for unit in case.units),
        )
        save_problem(self.ledger, case, entry, day, CLERK)

    # A month

    def month(self, month: str, percents: Mapping[int, int], reason: str = "各单位已逐项核实", day: int = 20) -> None:
        """A round from the first to the last of the month, in which some problems are reported at a percentage."""
        self.at(first_of(month), lambda: self.open(month))
        on = first_of(month) + timedelta(day - 1)
        for number, percent in percents.items():
            self.at(on, lambda number=number, percent=percent: self.report(month, number, percent, on))
        self.at(last_of(month), lambda: self.freeze(month, reason))

    def open(self, month: str) -> None:
        """The round is opened on the first of the month."""
        open_round(self.ledger, suggest_round(self.ledger, month), first_of(month), CLERK)

    def report(self, month: str, number: int, percent: int, on: date) -> None:
        """Every measure of a problem that is not struck off is reported at a percentage."""
        for measure in () if is_closed(self.case(number)) else self.case(number).measures:
            entry = ProgressEntry(f"第{measure.number}项措施完成{percent}%", measure.number, percent, month=month)
            report_progress(self.ledger, self.case(number), entry, on, CLERK)

    def zero(self, month: str, unit: str) -> None:
        """A unit says that nothing has changed."""
        line = next(found for found in self.board(month) if found.unit.name == unit)
        round_now = find_round(self.ledger, month)
        assert round_now is not None
        report_zero(self.ledger, round_now, line.unit.id, unit, first_of(month) + timedelta(21), CLERK)

    def board(self, month: str) -> tuple[UnitLine, ...]:
        """Who has reported."""
        return read_month_state(self.ledger, month, last_of(month)).board

    def freeze(self, month: str, reason: str = "各单位已逐项核实") -> Changes:
        """The month is judged as suggested, explained and frozen; its papers are printed and kept."""
        day = last_of(month)
        state = read_month_state(self.ledger, month, day)
        if state.undecided:
            adopt_suggestions(self.ledger, state.judged, month, day, CHIEF)
        state = read_month_state(self.ledger, month, day)
        assert state.round is not None
        done = freeze_round(self.ledger, state.round, state.checks, state.board, day, CHIEF, reason)
        for key in REPORTS:
            self.kept[month, key] = self.print(month, key, day)
        return done

    def print(self, month: str, key: str, today: date) -> Pages:
        """One of the month's papers: where every word stands on every page."""
        if key == FIGURES:
            return read_page_by_page(print_figures(self.figures(month, today), tuple(Dimension)).data)
        return read_page_by_page(make_paper(self.ledger, key, None, today, PaperDraft(month=month)).data)

    def figures(self, month: str, today: date) -> FigureBook:
        """The figures of a month; those of its freeze once it is frozen."""
        return read_figures(self.ledger, last_of(month), today, month=month)

    # Closing

    def proof(self, number: int, day: date, name: str = "现场照片说明") -> None:
        """A file that proves a problem, one of its own."""
        path = self.files / f"问题{number}{name}{day:%m%d}.txt"
        path.write_text(f"{name}：问题{number}，{day}", encoding="utf-8")
        add_evidence(self.ledger, self.case(number), EvidenceEntry((str(path),), item="proof"), day, CLERK)

    def step(self, number: int, action: StepAction, day: date, text: str = "", **more: object) -> Changes:
        """One step of the closing; missing scans are answered with the reason that the paper lies in the file."""
        case = self.case(number)
        opener = next((s for s in current_attempt(case.steps)[:1] if s.action == StepAction.RETURN), None)
        answers = tuple((q.words, YES, "") for q in questions_for(action, region_of(self.ledger), opener))
        reason = str(more.pop("reason", REASON))
        entry = StepEntry(action, day, text, reason=reason, answers=answers or None, **more)  # type: ignore[arg-type]
        return take_step(self.ledger, case, entry, day, CHIEF if action == StepAction.ACCEPT else CLERK)

    def close(self, number: int, day: date, *, to: Gate = Gate.FILE) -> None:
        """A problem from its own check to its filing three weeks after ``day``, or only to an earlier gate."""
        days = {Gate.SELF_CHECK: 0, Gate.APPLY: 2, Gate.ACCEPT: 4, Gate.NOTICE: 6, Gate.FILE: 21}
        self.at(day, lambda: self.proof(number, day))
        for gate, after in days.items():
            self.at(day + timedelta(after), lambda gate=gate, on=day + timedelta(after): self._pass(number, gate, on))
            if gate == to:
                return

    def _pass(self, number: int, gate: Gate, on: date) -> None:
        more: dict[str, object] = {}
        if gate == Gate.NOTICE:
            more = {"end": on + timedelta(13), "url": "http://example.invalid"}
        self.step(number, StepAction(gate), on, result="通过" if gate == Gate.ACCEPT else "", **more)


def read_page_by_page(data: bytes) -> Pages:
    """Every page of a PDF: its size, its text, and where each character stands to a tenth of a point."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        text = page.get_textpage()
        boxes = tuple(tuple(round(edge, 1) for edge in text.get_charbox(at)) for at in range(text.count_chars()))
        pages.append((*page.get_size(), text.get_text_bounded(), boxes))
        text.close()
        page.close()
    document.close()
    return tuple(pages)


def first_of(month: str) -> date:
    """The first day of a month written ``2024-07``."""
    return date.fromisoformat(f"{month}-01")


def last_of(month: str) -> date:
    """Its last day."""
    return (first_of(month) + timedelta(32)).replace(day=1) - timedelta(1)
