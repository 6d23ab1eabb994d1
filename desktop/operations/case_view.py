"""What the pages of single problems read beside the case itself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.line_words import line_state
from desktop.rules.records import CaseFile, Inspection, Plan, ProblemLine, Unit
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, count_states, read_lines
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_inspections, read_plans, read_units

LIMIT = 300
STAGES = ("self_checked", "applied", "accepted", "in_notice", "notice_ended", "returned")


@dataclass(frozen=True, slots=True)
class ProblemChoices:
    """What the form of a problem offers; ``taken`` are the pairs of plan and number in use."""

    inspections: tuple[Inspection, ...]
    plans: tuple[Plan, ...]
    units: tuple[Unit, ...]
    taken: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """The problems that stand at one place of the way: how many, and the first ``LIMIT`` of them."""

    stage: str
    total: int
    lines: tuple[ProblemLine, ...]


def problem_choices(ledger: Ledger) -> ProblemChoices:
    """Everything to choose from when a problem is entered or edited."""
    rows = ledger.db.execute_sql("SELECT plan, number FROM problem WHERE void IS NULL")
    taken = frozenset((bytes(plan).hex() if plan else "", number) for plan, number in rows)
    return ProblemChoices(read_inspections(ledger), read_plans(ledger), read_units(ledger), taken)


def cases_of(ledger: Ledger, problems: Sequence[str]) -> tuple[CaseFile, ...]:
    """Some cases, a few dozen at a time; those that are gone are passed over."""
    return tuple(read_cases(ledger, problems))


def on_the_way(ledger: Ledger, today: date) -> tuple[OnTheWay, ...]:
    """The problems on their way to being struck off, by the state they are in; last ``closed``, only counted.

    ``ready``: all measures done, not yet checked. Of more than ``LIMIT`` problems in one state those due first are
    given.
    """
    found: dict[str, ProblemLine] = {}
    counted = count_states(ledger, ("ready", *STAGES, "closed"), today)
    for stage in STAGES:
        lines = read_lines(ledger, Filter(state=stage), Sort("deadline"), today, 0, LIMIT) if counted[stage] else ()
        found |= {line.id: line for line in lines}
    # Where gates were passed in another order, one problem answers to two filters: its state decides.
    by_state: dict[str, list[ProblemLine]] = defaultdict(list)
    for line in found.values():
        by_state[line_state(line, today).value].append(line)
    by_state["returned"] += by_state.pop("reopened", [])
    stages = [_ready(ledger, today) if counted["ready"] else OnTheWay("ready", 0, ())]
    for stage in STAGES:
        lines = tuple(sorted(by_state[stage], key=lambda line: (line.deadline or date.max, line.number)))
        total = counted[stage] if counted[stage] > LIMIT else len(lines)
        stages.append(OnTheWay(stage, total, lines))
    return (*stages, OnTheWay("closed", counted["closed"], ()))


def _ready(ledger: Ledger, today: date) -> OnTheWay:
    """Problems whose measures are all done; those that were returned or reopened have a place of their own."""
    lines = read_lines(ledger, Filter(state="ready"), Sort("percent", descending=True), today, 0, LIMIT)
    done = tuple(line for line in lines if line.opener is None)
    return OnTheWay("ready", len(done), done)
