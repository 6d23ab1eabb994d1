"""督办: what is open on the ladder and of visits, what is suggested, which problems are chased one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.operations.profile import region_of
from desktop.rules.case_parts import LADDER_PARTS
from desktop.rules.chase_lines import SheetLine, chase_lines, pressing_first, visit_lines
from desktop.rules.followup import Chase, Visit
from desktop.rules.ladder import Reported, Suggestion, suggest_all
from desktop.rules.months import months_back
from desktop.rules.records import CaseFile, ProblemLine
from desktop.rules.region import Region
from desktop.rules.standing import month_of
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, read_keys, read_lines_of, still_running
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import count_settled, read_chases, read_visits, rows_of_sheets
from desktop.store.read_chasing import read_settled as settled_rows
from desktop.store.read_followup import read_unit_reports
from desktop.store.read_shared import read_units
from desktop.store.waiting import reading_order

__all__ = [
    "Flagged",
    "count_settled",
    "flagged_problems",
    "lines_of_case",
    "months_said",
    "read_board",
    "read_open",
    "read_settled",
    "read_suggestions",
    "reading_order",
]
SETTLED = 300
MONTHS = 12

_FLAGS = ("listed", "watched", "flagged")


@dataclass(frozen=True, slots=True)
class Flagged:
    """A problem that is listed (挂账督办) or watched (专案盯办), with how many papers on it are open."""

    line: ProblemLine
    is_listed: bool
    is_watched: bool
    still_open: int


def read_board(ledger: Ledger, today: date) -> tuple[SheetLine, ...]:
    """Every paper of the ladder and every visit as a line, the most pressing first."""
    return _lines(ledger, read_chases(ledger), read_visits(ledger), today)


def read_open(ledger: Ledger, today: date) -> tuple[SheetLine, ...]:
    """The papers and visits from which something is waited for, the most pressing first."""
    return _lines(ledger, read_chases(ledger, only_open=True), read_visits(ledger, only_open=True), today)


def read_settled(ledger: Ledger, today: date) -> tuple[SheetLine, ...]:
    """The latest papers and visits that are settled, at most ``SETTLED`` of each."""
    return _lines(ledger, settled_rows(ledger, "chase", SETTLED), settled_rows(ledger, "visit", SETTLED), today)


def _lines(ledger: Ledger, chases: Sequence[Chase], visits: Sequence[Visit], today: date) -> tuple[SheetLine, ...]:
    ids = [*dict.fromkeys([row.problem_id for row in chases] + [row.problem_id for row in visits])]
    found = (line for at in range(0, len(ids), 400) for line in read_lines_of(ledger, ids[at : at + 400]))
    units, numbers = _names(ledger), {line.id: line.number for line in found}
    chased = chase_lines(chases, units, numbers, region_of(ledger), today)
    return pressing_first((*chased, *visit_lines(visits, units, numbers, today)))


def lines_of_case(ledger: Ledger, case: CaseFile, today: date) -> tuple[SheetLine, ...]:
    """The papers and visits of one problem, each with all problems it is about."""
    if not case.chases and not case.visits:
        return ()
    chases = rows_of_sheets(ledger, "chase", [*dict.fromkeys(row.sheet for row in case.chases)])
    visits = rows_of_sheets(ledger, "visit", [*dict.fromkeys(row.sheet for row in case.visits)])
    return _lines(ledger, chases, visits, today)


def read_suggestions(
    ledger: Ledger,
    problems: Sequence[str],
    today: date,
    region: Region | None = None,
    said: Reported | None = None,
) -> tuple[Suggestion, ...]:
    """What the region's ladder suggests for some problems; a fraction of a millisecond a case.

    ``said`` is what ``months_said`` gives, where it is at hand.
    """
    known = months_said(ledger, today) if said is None else said
    cases = read_cases(ledger, still_running(ledger, problems), LADDER_PARTS)
    return suggest_all(cases, region or region_of(ledger), today, known)


def months_said(ledger: Ledger, today: date) -> dict[str, set[str]]:
    """The months of the last year in which each unit reported, be it that nothing changed (零报告)."""
    found: dict[str, set[str]] = {}
    for month in months_back(month_of(today), MONTHS):
        for report in read_unit_reports(ledger, month):
            found.setdefault(report.unit_id, set()).add(month)
    return found


def flagged_problems(ledger: Ledger, today: date) -> tuple[Flagged, ...]:
    """The problems that are chased one by one, in the order of the ledger."""
    keys = {state: read_keys(ledger, Filter(state=state), Sort(), today).ids() for state in _FLAGS}
    listed, watched = set(keys["listed"]), set(keys["watched"])
    still: dict[str, set[str]] = {}
    for row in read_chases(ledger, only_open=True):
        still.setdefault(row.problem_id, set()).add(row.sheet)
    either = keys["flagged"]
    found = (line for at in range(0, len(either), 400) for line in read_lines_of(ledger, either[at : at + 400]))
    return tuple(Flagged(x, x.id in listed, x.id in watched, len(still.get(x.id, ()))) for x in found)


def _names(ledger: Ledger) -> dict[str, str]:
    return {unit.id: unit.name for unit in read_units(ledger)}
