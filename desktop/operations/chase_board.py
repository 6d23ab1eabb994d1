"""督办: what is open on the ladder and of visits, what is suggested, which problems are chased one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.operations.lists import problem_numbers
from desktop.operations.profile import region_of
from desktop.rules.chase_lines import SheetLine, chase_lines, pressing_first, visit_lines
from desktop.rules.ladder import Suggestion, suggest_all
from desktop.rules.records import CaseFile, ProblemLine
from desktop.rules.region import Region
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, read_keys, read_lines_of
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import read_chases, read_visits
from desktop.store.read_shared import read_units
from desktop.store.waiting import reading_order

__all__ = ["Flagged", "flagged_problems", "lines_of_case", "read_board", "read_suggestions", "reading_order"]

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
    units, numbers = _names(ledger), problem_numbers(ledger)
    chased = chase_lines(read_chases(ledger), units, numbers, region_of(ledger), today)
    return pressing_first((*chased, *visit_lines(read_visits(ledger), units, numbers, today)))


def lines_of_case(ledger: Ledger, case: CaseFile, today: date) -> tuple[SheetLine, ...]:
    """The papers and visits of one problem, each with all problems it is about."""
    if not case.chases and not case.visits:
        return ()
    sheets = {row.sheet for row in case.chases} | {row.sheet for row in case.visits}
    return tuple(line for line in read_board(ledger, today) if line.sheet in sheets)


def read_suggestions(
    ledger: Ledger, problems: Sequence[str], today: date, region: Region | None = None
) -> tuple[Suggestion, ...]:
    """What the region's ladder suggests for some problems; some milliseconds a case, so in small parts."""
    return suggest_all(read_cases(ledger, problems), region or region_of(ledger), today)


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
