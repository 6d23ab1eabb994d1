"""Counting the ledger as of a cut-off date (domain §5.1).

The classes of ``Slot`` are a partition: every problem is counted once, and the counts add up to the total. A set of
figures that does not add up cannot be made. Closing (销号) is counted on its own axis beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop.rules.records import CaseFile, Gate, ProgressClass
from desktop.rules.standing import USUAL, Slot, Standing, Yardstick, standing_of

LONG_TERM = "long_term"
UNDATED = "undated"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How a report counts what rules leave open; whoever prints must say so (``labels``).

    ``long_term_completed``: 长期坚持 inside 完成 (儋州 2024) instead of apart (滁州 2024, 18号, the default).
    ``mostly_completed``: 基本完成 inside 完成 instead of apart.
    """

    long_term_completed: bool = False
    mostly_completed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """What must stand beside a figure counted in another way than the default."""
        pairs = ((self.long_term_completed, "含长期坚持"), (self.mostly_completed, "含基本完成"))
        return tuple(words for chosen, words in pairs if chosen)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as of a date. The six classes add up to ``total``; the rest are shares of it or another axis.

    ``due`` counts deadlines up to the cut-off (应完成), ``due_this_year`` up to 31 December of its year;
    ``not_started`` and ``overdue`` are parts of ``behind``. ``gates`` counts the problems that passed each gate.
    """

    as_of: date
    total: int
    completed: int = 0
    mostly_done: int = 0
    on_schedule: int = 0
    behind: int = 0
    long_term: int = 0
    transferred: int = 0
    not_started: int = 0
    overdue: int = 0
    closed: int = 0
    stage_closed: int = 0
    due: int = 0
    due_completed: int = 0
    due_this_year: int = 0
    due_this_year_completed: int = 0
    gates: tuple[tuple[Gate, int], ...] = ()
    by_year: tuple[tuple[str, int], ...] = ()
    options: FigureOptions = FigureOptions()

    def __post_init__(self) -> None:
        """Nothing is printed from figures that contradict themselves: such a set is a fault of the program."""
        classes = self.completed + self.mostly_done + self.on_schedule + self.behind + self.long_term
        if classes + self.transferred != self.total:
            raise ValueError(f"the classes add up to {classes + self.transferred}, not to {self.total}")
        if self.not_started + self.overdue > self.behind or self.due_completed > self.due:
            raise ValueError("a part is larger than its whole")
        if self.by_year and sum(count for _, count in self.by_year) != self.total:
            raise ValueError("the years do not add up to the total")

    @property
    def completion_rate(self) -> Decimal | None:
        """整改完成率 = 完成 / 总数."""
        return rate(self.completed, self.total)

    @property
    def closing_rate(self) -> Decimal | None:
        """销号率 = 已备案销号 / 总数."""
        return rate(self.closed, self.total)

    @property
    def closing_rate_of_completed(self) -> Decimal | None:
        """销号率 = 已备案销号 / 已完成; the other reading, printed with its definition."""
        return rate(self.closed, self.completed)


def rate(part: int, whole: int) -> Decimal | None:
    """A percentage with one decimal, half up; None where there is nothing to count."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def rate_words(part: int, whole: int) -> str:
    """98.2%, or / where there is nothing to count."""
    percent = rate(part, whole)
    return "/" if percent is None else f"{percent}%"


def figures_of(
    cases: Iterable[CaseFile], as_of: date, options: FigureOptions | None = None, by: Yardstick = USUAL
) -> Figures:
    """The figures of these cases, which the caller has read as of the same date."""
    return count_figures([standing_of(case, as_of, by) for case in cases], as_of, options)


def count_figures(standings: Sequence[Standing], as_of: date, options: FigureOptions | None = None) -> Figures:
    """The figures of problems whose standing is known."""
    options = options or FigureOptions()
    slots = Counter(slot_of(standing, options) for standing in standings)
    datable = [s for s in standings if s.deadline and not s.is_long_term and not s.is_transferred]
    due = [s for s in datable if s.deadline and s.deadline <= as_of]
    this_year = [s for s in datable if s.deadline and s.deadline.year <= as_of.year]
    behind = Counter(s.progress for s in standings if s.slot == Slot.BEHIND)
    return Figures(
        as_of=as_of,
        total=len(standings),
        completed=slots[Slot.COMPLETED],
        mostly_done=slots[Slot.MOSTLY_DONE],
        on_schedule=slots[Slot.ON_SCHEDULE],
        behind=slots[Slot.BEHIND],
        long_term=slots[Slot.LONG_TERM],
        transferred=slots[Slot.TRANSFERRED],
        not_started=behind[ProgressClass.NOT_STARTED],
        overdue=behind[ProgressClass.OVERDUE],
        closed=sum(s.is_closed for s in standings),
        stage_closed=sum(s.is_stage_closed for s in standings),
        due=len(due),
        due_completed=sum(slot_of(s, options) == Slot.COMPLETED for s in due),
        due_this_year=len(this_year),
        due_this_year_completed=sum(slot_of(s, options) == Slot.COMPLETED for s in this_year),
        gates=tuple((gate, sum(gate in s.passed for s in standings)) for gate in Gate),
        by_year=deadline_years(standings),
        options=options,
    )


def deadline_years(standings: Iterable[Standing]) -> tuple[tuple[str, int], ...]:
    """How many problems are due in each year, long-term and undated ones apart at the end."""
    years = Counter(LONG_TERM if s.is_long_term else str(s.deadline.year) if s.deadline else UNDATED for s in standings)
    return tuple(sorted(years.items(), key=lambda item: (item[0] == UNDATED, item[0] == LONG_TERM, item[0])))


def figures_json(figures: Figures) -> dict[str, object]:
    """The figures for the command line: counts by English key, rates as numbers or null, years as a mapping."""
    plain = (
        "total completed mostly_done on_schedule behind long_term transferred not_started overdue closed stage_closed "
        "due due_completed due_this_year due_this_year_completed"
    )
    counts: dict[str, object] = {name: getattr(figures, name) for name in plain.split()}
    rates = {"completion_rate": figures.completion_rate, "closing_rate": figures.closing_rate}
    counts |= {name: None if value is None else float(value) for name, value in rates.items()}
    return counts | {"gates": {g.value: n for g, n in figures.gates}, "by_year": dict(figures.by_year)}


def slot_of(standing: Standing, options: FigureOptions) -> Slot:
    """The class a problem is counted in under a report's options."""
    folds = {Slot.LONG_TERM: options.long_term_completed, Slot.MOSTLY_DONE: options.mostly_completed}
    return Slot.COMPLETED if folds.get(standing.slot) else standing.slot
