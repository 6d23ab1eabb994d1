"""A month as ``2026-11``: those before it, its last day, and a case as it stood in it."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.rules.followup import Objection
from desktop.rules.measures import with_latest
from desktop.rules.records import CaseFile
from desktop.rules.standing import month_before, month_of


def months_back(month: str, count: int) -> Iterator[str]:
    """This month and those before it, latest first, so many in all."""
    for _ in range(count):
        yield month
        month = month_before(month)


def last_day(month: str) -> date:
    """The last day of a month."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, monthrange(year, number)[1])


def case_of_month(case: CaseFile, month: str, today: date) -> CaseFile:
    """The case as a month counts it: as it is while the month lasts, later by what was reported up to its end."""
    return case if month == month_of(today) else case_in_month(case, month)


def case_in_month(case: CaseFile, month: str) -> CaseFile:
    """The case by what was reported for the month or earlier, and the steps taken by its last day."""
    end = last_day(month)
    progress = tuple(entry for entry in case.progress if entry.month <= month)
    if len(progress) == len(case.progress) and all(step.on <= end for step in case.steps):
        return case
    # What later months told of the measures is forgotten first: an entry of theirs may be all there is.
    bare = [replace(m, percent=None, quantity_done=None, latest="", latest_month="") for m in case.measures]
    return replace(
        case,
        measures=tuple(with_latest(bare, progress)),
        progress=progress,
        steps=tuple(step for step in case.steps if step.on <= end),
    )


def known_on(case: CaseFile, day: date | None) -> CaseFile:
    """The case without what happened after a paper's own date: a paper cannot tell of what was still to come."""
    if day is None:
        return case
    steps = tuple(step for step in case.steps if step.on <= day)
    evidence = tuple(piece for piece in case.evidence if piece.added_on is None or piece.added_on <= day)
    objections = tuple(_heard_by(day, objection) for objection in case.objections if objection.received_on <= day)
    return replace(case, steps=steps, evidence=evidence, objections=objections)


def _heard_by(day: date, objection: Objection) -> Objection:
    """The objection as it stood on a day: one that was answered later is open."""
    if objection.answered_on is None or objection.answered_on <= day:
        return objection
    return replace(objection, handling="", result="", answered_on=None)
