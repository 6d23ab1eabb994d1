"""What papers say of the length of a public notice."""

from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.paper.printing import PaperDraft, build_request, find_paper
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.rules.entries import StepEntry
from desktop.rules.records import StepAction
from tests.scenarios.clerk import OFFICE, PLAN

REASON = "材料后补"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """The founding plan with problem five accepted, before its notice."""
    made = new_ledger(tmp_path / "台账", OFFICE, date(2024, 7, 5))
    import_plan(made, read_plan_file(PLAN), date(2024, 7, 5))
    for action, day in ((StepAction.SELF_CHECK, 2), (StepAction.APPLY, 3), (StepAction.ACCEPT, 4)):
        on = date(2026, 11, day)
        take_step(made, find_case(made, 5), StepEntry(action, on, reason=REASON), on)
    return made


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 23), None, 5),
        (date(2026, 11, 23), date(2026, 12, 7), 10),
        (date(2026, 12, 30), date(2027, 1, 12), 5),
    ],
)
def test_a_paper_states_the_days_a_notice_really_runs(ledger: Ledger, start: date, end: date | None, days: int) -> None:
    with ledger:
        notice = StepEntry(StepAction.NOTICE, start, reason=REASON, end=end)
        take_step(ledger, find_case(ledger, 5), notice, start)
        request = build_request(ledger, find_paper("public_notice"), find_case(ledger, 5), start, PaperDraft())
    assert request.notice_days == days
