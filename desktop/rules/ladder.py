"""The ladder of chasing: which rung the region's rules suggest next for a problem, and why (domain §6).

Suggested, never automatic: a clerk takes a suggestion up, takes another rung, or leaves it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile, tee

from desktop.rules.deadlines import finished_on
from desktop.rules.followup import RUNG_WORDS, Chase, Rung
from desktop.rules.lifecycle import is_closed, is_elsewhere
from desktop.rules.lights import LightState, at_least, light_of
from desktop.rules.months import months_back
from desktop.rules.records import CaseFile, ProblemUnit, UnitRole
from desktop.rules.region import Region
from desktop.rules.region_chasing import LadderStep, Light
from desktop.rules.standing import month_before, month_of
from desktop.rules.wording import date_in_text

_MOST_MONTHS = 12
Reported = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The rung that is suggested next for a problem; ``units`` are those it would go to, in the plan's order."""

    problem_id: str
    number: int
    head: str
    step: LadderStep
    reasons: tuple[str, ...]
    month: str
    units: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """问题5建议发督办：连续2个月黄灯。"""
        return f"问题{self.number}建议{self.step.words}：{'；'.join(self.reasons)}。"


def step_of(region: Region, rung: Rung) -> LadderStep | None:
    """The rung as the region describes it; None where the region does not use it."""
    return next((step for step in region.ladder if step.rung == rung), None)


def rung_words(region: Region, rung: Rung) -> str:
    """What the region calls a rung, else its common name."""
    step = step_of(region, rung)
    return step.words if step else RUNG_WORDS[rung]


def bound_units(case: CaseFile) -> tuple[ProblemUnit, ...]:
    """The units that are chased for a problem: those responsible, where none is named those in the lead."""
    for role in (UnitRole.RESPONSIBLE, UnitRole.LEAD):
        found = {holder.unit_id: holder for holder in case.units if holder.role == role}
        if found:
            return tuple(found.values())
    return ()


def suggest_rung(case: CaseFile, region: Region, today: date, said: Reported | None = None) -> Suggestion | None:
    """The sharpest rung whose conditions hold; None when none does, or one as sharp is under way already.

    ``said`` are the months in which each unit reported, be it that nothing changed (零报告).

    A rung is under way while its paper is open and not late; one taken this month is not suggested again. Problems
    that are closed, counted elsewhere or finished are left alone.
    """
    if is_closed(case) or is_elsewhere(case.problem) or finished_on(case) or not region.ladder:
        return None
    month, places = month_of(today), {step.rung: place for place, step in enumerate(region.ladder)}
    taken = [places[c.rung] for c in case.chases if c.rung in places and _holds_back(c, month, today)]
    run = tee(_run_of_lights(case, region, today), 1)[0]
    # The sharpest first: what milder ones would say is not asked, nor what one under way would.
    for step in reversed(region.ladder[max(taken, default=-1) + 1 :]):
        reasons = tuple(_reasons(case, step, region, today, run, said or {}))
        if reasons:
            break
    else:
        return None
    units = tuple((holder.unit_id, holder.name) for holder in bound_units(case))
    problem = case.problem
    return Suggestion(problem.id, problem.number, problem.text[:60], step, reasons, month, units)


def _holds_back(chase: Chase, month: str, today: date) -> bool:
    """True for a step that leaves no room for another one as sharp: still running, or taken this month."""
    return (chase.is_open and not chase.is_late(today)) or month_of(chase.on) == month


def _reasons(
    case: CaseFile, step: LadderStep, region: Region, today: date, run: Iterator[LightState], said: Reported
) -> Iterator[str]:
    """Why a rung would be suggested: lights, reports that did not come, papers that were not answered.

    ``run`` is copied each time, and so tells a month's light once, and only when it is asked for.
    """
    bound = step.light
    if region.lights and bound:
        # How long a run is gets said only where more than one month is asked for.
        lights = islice(copy(run), None if step.months > 1 else 1)
        lit = tuple(takewhile(lambda state: at_least(state.light, bound), lights))
        if len(lit) >= step.months:
            why = f"（{'；'.join(lit[0].reasons)}）" if lit[0].reasons else ""
            word = region.lights.word(bound)
            yield f"连续{len(lit)}个月{word}" if step.months > 1 else f"本月{lit[0].word}{why}"
    if step.unreported:
        missed = unreported_months(case, today, said)
        if missed >= step.unreported:
            never = "" if case.progress else "还没有报送过进展"
            yield never or (f"已连续{missed}个月没有报送进展" if missed > 1 else "上月没有报送进展")
    for chase in case.chases:
        if chase.rung in step.after and chase.is_late(today) and chase.due:
            number = f"（{chase.doc_no}）" if chase.doc_no else ""
            yield f"{rung_words(region, chase.rung)}{number}应于{date_in_text(chase.due)}回复，逾期未复"


def _run_of_lights(case: CaseFile, region: Region, today: date) -> Iterator[LightState]:
    """The lights of this month and those before it, as long as none is the best one."""
    this, first = month_of(today), first_month(case)
    for month in months_back(this, _MOST_MONTHS):
        state = light_of(case, region, today, month) if month == this or month >= first else None
        if state is None or state.light == Light.GOOD:
            return
        yield state


def first_month(case: CaseFile) -> str:
    """The first month of which this ledger knows: that of the first report or judgement; far off while there is none.

    A ledger may begin long after the plan: what happened before it was kept is not held against anybody.
    """
    months = [entry.month for entry in case.progress] + [one.month for one in case.judgements]
    return min((month for month in months if month), default="9999-99")


def unreported_months(case: CaseFile, today: date, said: Reported | None = None) -> int:
    """How many whole months on end, up to last month, nothing was reported: no entry, no report of its units.

    One for a problem of which nothing was ever reported, once its plan is older than last month.
    """
    last = month_before(month_of(today))
    months = {entry.month for entry in case.progress}
    months = months.union(*((said or {}).get(holder.unit_id, ()) for holder in bound_units(case)))
    reported = max(months, default="")
    if not reported:
        issued = case.plan.issued_on if case.plan else None
        return int(issued is not None and month_of(issued) <= last)
    return next((at for at, month in enumerate(months_back(last, _MOST_MONTHS)) if month <= reported), _MOST_MONTHS)


def suggest_all(
    cases: Iterable[CaseFile], region: Region, today: date, said: Reported | None = None
) -> tuple[Suggestion, ...]:
    """The suggestions of some cases, the sharpest rung first, then by number."""
    places = {step.rung: place for place, step in enumerate(region.ladder)}
    found = [one for case in cases if (one := suggest_rung(case, region, today, said))]
    return tuple(sorted(found, key=lambda one: (-places[one.step.rung], one.number)))


# Which rung a paper belongs to, where the region names no other paper for it.
RUNG_OF_PAPER = {
    "call_slip": Rung.CALL,
    "reminder_letter": Rung.REMIND,
    "chase_letter": Rung.CHASE,
    "chase_slip": Rung.CHASE,
    "inspect_notice": Rung.INSPECT,
    "bulletin": Rung.CIRCULATE,
    "talk_notice": Rung.TALK,
    "talk_minutes": Rung.TALK,
    "listing_notice": Rung.LIST,
    "listing_release": Rung.LIST,
}
# Papers about a step that have a number and a date of their own.
OWN_NUMBER = ("talk_minutes", "listing_release")
# Papers that end a step: printed when it is settled already, or about to be.
_ENDING = ("listing_release",)


def rung_of_paper(region: Region, key: str) -> Rung | None:
    """The rung that is issued with a paper; None for papers of other work."""
    named = next((step.rung for step in region.ladder if step.paper == key), None)
    return named or RUNG_OF_PAPER.get(key)


def chase_for(case: CaseFile, region: Region, key: str, doc_no: str = "") -> Chase | None:
    """The step of the ladder on record that a paper is printed for: with its number, else the latest one still open."""
    rung = rung_of_paper(region, key)
    own = [chase for chase in case.chases if chase.rung == rung]
    if doc_no and key not in OWN_NUMBER:
        own = [chase for chase in own if chase.doc_no == doc_no]
    elif key not in _ENDING:
        own = [chase for chase in own if chase.is_open]
    return max(own, key=lambda chase: (chase.on, chase.order), default=None)


def papers_of_rung(region: Region, rung: Rung) -> tuple[str, ...]:
    """The keys of the papers that belong to a rung, the one it is issued with first."""
    step = step_of(region, rung)
    own = (step.paper,) if step and step.paper else ()
    return tuple(dict.fromkeys((*own, *(key for key, found in RUNG_OF_PAPER.items() if found == rung))))
