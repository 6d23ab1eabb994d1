"""回头看: when a closed problem is looked at again, and when a long-term one is reviewed (domain §2.5, §7)."""

import calendar
from datetime import date

from desktop.rules.lifecycle import current_attempt, is_closed, is_elsewhere, is_long_term, is_stage_closed
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region

HOLDS, PARTLY, RELAPSED = "巩固", "部分反弹", "反弹"
RESULTS = (HOLDS, PARTLY, RELAPSED)
WAYS = ("明查", "暗访")


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def suggested_look_back(after: date, region: Region) -> date | None:
    """The day to look again after a closing or look-back; None where the region names no term."""
    return add_months(after, region.look_back_months) if region.look_back_months else None


def next_look_back(case: CaseFile, region: Region) -> date | None:
    """The day on which a closed problem is to be looked at again.

    As agreed at the last look-back, else the region's term after it or after the filing; None for an open problem.
    """
    if not (is_closed(case) or is_stage_closed(case)) or is_elsewhere(case.problem):
        return None
    steps = current_attempt(case.steps, staged=is_long_term(case.problem))
    looked = [step for step in steps if step.action in (StepAction.FILE, StepAction.LOOK_BACK)]
    last = looked[-1]
    agreed = last.next_on if last.action == StepAction.LOOK_BACK else None
    return agreed or suggested_look_back(last.on, region)


def next_review(case: CaseFile) -> date | None:
    """The day on which a long-term problem is reviewed; None for others and where none was set."""
    problem = case.problem
    return problem.next_review if is_long_term(problem) and not is_elsewhere(problem) else None
