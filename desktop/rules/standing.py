"""Where one problem stands on the rectification axis, and the class that statistics count it in (domain §5.1, §6).

Lagging has no rule definition: the program suggests a class from dates and reports, and a person decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desktop.rules.deadlines import finished_on, stages_due
from desktop.rules.lifecycle import gate_dates, is_closed, is_long_term, is_stage_closed
from desktop.rules.measures import percent_done
from desktop.rules.records import CaseFile, Gate, Judgement, ProblemSource, ProgressClass, UnitRole
from desktop.rules.region import BEHIND_POINTS
from desktop.rules.region_chasing import Lights
from desktop.rules.status_words import read_claim


class Slot(StrEnum):
    """The classes of the partition: every problem stands in exactly one of them."""

    COMPLETED = "completed"
    MOSTLY_DONE = "mostly_done"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    LONG_TERM = "long_term"
    TRANSFERRED = "transferred"


SLOT_WORDS = {
    Slot.COMPLETED: "完成整改",
    Slot.MOSTLY_DONE: "基本完成",
    Slot.ON_SCHEDULE: "达到序时进度",
    Slot.BEHIND: "未达序时进度",
    Slot.LONG_TERM: "持续推进",
    Slot.TRANSFERRED: "已转入",
}
_SLOT_OF = {
    ProgressClass.COMPLETED: Slot.COMPLETED,
    ProgressClass.MOSTLY_DONE: Slot.MOSTLY_DONE,
    ProgressClass.ON_SCHEDULE: Slot.ON_SCHEDULE,
    ProgressClass.AHEAD: Slot.ON_SCHEDULE,
    ProgressClass.NOT_STARTED: Slot.BEHIND,
    ProgressClass.BEHIND: Slot.BEHIND,
    ProgressClass.OVERDUE: Slot.BEHIND,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """All that figures need of one problem, as of a cut-off date.

    ``progress`` is the class that counts: what was decided, else what is suggested (``class_of``); ``passed`` the
    gates of the current attempt. ``finished_on`` is the day the rectification was finished, ``closed_on`` that of the
    filing; None where that is not so. ``is_chased`` and ``is_reply_late`` say that a paper of the ladder is open, or
    late in being answered. ``sites``, ``sites_closed`` and ``publications`` count what is on record.
    """

    number: int
    progress: ProgressClass
    problem_id: str = ""
    deadline: date | None = None
    is_long_term: bool = False
    is_transferred: bool = False
    is_closed: bool = False
    is_stage_closed: bool = False
    passed: frozenset[Gate] = frozenset()
    source: ProblemSource | None = None
    inspection: str = ""
    element: str = ""
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    finished_on: date | None = None
    closed_on: date | None = None
    suggested: ProgressClass | None = None
    is_chased: bool = False
    is_reply_late: bool = False
    sites: int = 0
    sites_closed: int = 0
    publications: int = 0

    @property
    def slot(self) -> Slot:
        """The class of the partition (domain §5.1)."""
        if self.is_transferred:
            return Slot.TRANSFERRED
        return Slot.LONG_TERM if self.is_long_term else _SLOT_OF[self.progress]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """By what problems are judged: the month whose decisions count, and the region's threshold in percentage points.

    Without a month it is that of the cut-off date. ``lights`` are the region's, None where it has none.
    """

    month: str = ""
    points: int = BEHIND_POINTS
    lights: Lights | None = None


USUAL = Yardstick()


@dataclass(frozen=True, slots=True)
class Judged:
    """The class that dates and reports suggest for a problem, and the decision that answers it, if there is one."""

    suggested: ProgressClass
    judgement: Judgement | None = None

    @property
    def progress(self) -> ProgressClass:
        """The class that counts everywhere: the decided one, else the suggested one."""
        return self.judgement.decided if self.judgement else self.suggested


def class_of(case: CaseFile, as_of: date, by: Yardstick = USUAL) -> Judged:
    """How far a problem is at a date: the one place where suggestion and decision meet (domain §6).

    The decision of the month counts, by default of the month of ``as_of``; where that month has none yet, the one of
    the month before as long as the suggestion is still the one it answered. A problem that was finished after it was
    judged is finished.
    """
    suggested = suggest_progress(case, as_of, by.points)
    named = by.month or month_of(as_of)
    found = latest_judgement(case, named)
    if found is None and not by.month:
        found = latest_judgement(case, month_before(named))
        found = found if found and found.suggested == suggested else None
    if found and suggested == ProgressClass.COMPLETED and found.suggested != suggested:
        found = None
    return Judged(suggested, found)


def latest_judgement(case: CaseFile, month: str) -> Judgement | None:
    """What was decided last for a month such as ``2026-11``.

    A row that agrees with the suggestion and names a light is a decision on the light alone.
    """
    own = (j for j in case.judgements if j.month == month and not (j.light and j.decided == j.suggested))
    return max(own, key=lambda j: (j.order, j.id), default=None)


def month_of(day: date) -> str:
    """The month of a day as ``2026-11``; years before 1000 too, in which papers are tried out."""
    return f"{day.year:04d}-{day.month:02d}"


def month_before(month: str) -> str:
    """``2026-01`` → ``2025-12``."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"


def standing_of(case: CaseFile, as_of: date, by: Yardstick = USUAL) -> Standing:
    """The standing of one case as ``class_of`` judges it."""
    problem, gates = case.problem, gate_dates(case)
    judged = class_of(case, as_of, by)
    return Standing(
        number=problem.number,
        progress=judged.progress,
        problem_id=problem.id,
        deadline=problem.current_deadline,
        is_long_term=is_long_term(problem),
        is_transferred=bool(problem.transferred_to),
        is_closed=is_closed(case),
        is_stage_closed=is_stage_closed(case),
        passed=_one_set(tuple(gate for gate, day in gates.items() if day)),
        source=case.inspection.source if case.inspection else None,
        inspection=case.inspection.name if case.inspection else "",
        element=problem.element,
        lead=case.unit_names(UnitRole.LEAD),
        responsible=case.unit_names(UnitRole.RESPONSIBLE),
        assisting=case.unit_names(UnitRole.ASSISTING),
        leaders=problem.leaders,
        finished_on=finished_on(case),
        closed_on=gates[Gate.FILE] if is_closed(case) else None,
        suggested=judged.suggested,
        is_chased=any(chase.is_open for chase in case.chases),
        is_reply_late=any(chase.is_late(as_of) for chase in case.chases),
        sites=len(case.sites),
        sites_closed=sum(site.is_closed for site in case.sites),
        publications=len(case.publications),
    )


@lru_cache
def _one_set(gates: tuple[Gate, ...]) -> frozenset[Gate]:
    # Thousands of standings share the few sets that there are.
    return frozenset(gates)


def suggest_progress(case: CaseFile, as_of: date, behind_points: int = BEHIND_POINTS) -> ProgressClass:
    """The progress class the dates and reports suggest (domain §6).

    Finished → COMPLETED; a latest report of 基本完成 → MOSTLY_DONE; deadline passed → OVERDUE; nothing reported →
    NOT_STARTED; a measure or stage past its own day, more than ``behind_points`` under the elapsed share of time, or
    no report since the month before → BEHIND; as much above it → AHEAD; else ON_SCHEDULE.
    """
    if finished_on(case):
        return ProgressClass.COMPLETED
    whole = [entry for entry in case.progress if not entry.measure_id]
    claim = read_claim(max(whole, key=lambda entry: (entry.month, entry.on)).text) if whole else None
    if claim and claim.progress == ProgressClass.MOSTLY_DONE:
        return ProgressClass.MOSTLY_DONE
    deadline = case.problem.current_deadline
    if deadline and deadline < as_of and not is_long_term(case.problem):
        return ProgressClass.OVERDUE
    if not case.progress or (claim and claim.progress == ProgressClass.NOT_STARTED and percent_done(case) == 0):
        return ProgressClass.NOT_STARTED
    elapsed = elapsed_percent(case, as_of)
    gap = 0 if elapsed is None else percent_done(case) - elapsed
    if gap < -behind_points or any(_lags(case, as_of)):
        return ProgressClass.BEHIND
    return ProgressClass.AHEAD if gap > behind_points else ProgressClass.ON_SCHEDULE


def elapsed_percent(case: CaseFile, as_of: date) -> int | None:
    """The share of time gone between the plan's issue (else the feedback) and the deadline, 0–100; None if unknown."""
    begun = case.plan.issued_on if case.plan else None
    begun = begun or (case.inspection.feedback_on if case.inspection else None)
    deadline = case.problem.current_deadline
    if begun is None or deadline is None or deadline <= begun:
        return None
    return min(100, max(0, (as_of - begun).days * 100 // (deadline - begun).days))


def _lags(case: CaseFile, as_of: date) -> Iterator[bool]:
    """Whatever by itself puts a problem behind: a measure or stage past its day, a missing monthly report."""
    yield any(m.due and m.due < as_of and not m.is_done for m in case.measures)
    yield any(stage.due < as_of for stage in stages_due(case, as_of))
    yield max((entry.month for entry in case.progress), default="") < month_before(month_of(as_of))
