"""A small ledger for tests of the closing axis: one problem, and steps taken without papers."""

from datetime import date
from typing import Any

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.opened import Ledger
from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction

D = date
TODAY = D(2027, 12, 31)
WALK: tuple[tuple[StepAction, date, dict[str, Any]], ...] = (
    (StepAction.SELF_CHECK, D(2026, 10, 8), {"result": "达到销号标准"}),
    (StepAction.APPLY, D(2026, 10, 9), {}),
    (StepAction.ACCEPT, D(2026, 10, 20), {"result": "通过"}),
    (StepAction.NOTICE, D(2026, 11, 2), {"end": D(2026, 11, 9)}),
    (StepAction.FILE, D(2026, 11, 16), {}),
)


def go(ledger: Ledger, action: StepAction, on: date, number: int = 1, **more: Any) -> CaseFile:
    """Take a step of a problem with a reason for what it lacks; the case afterwards."""
    entry = StepEntry(action, on, **{"text": "情况属实", "reason": "测试中不附材料", **more})
    take_step(ledger, find_case(ledger, number), entry, TODAY, "李明")
    return find_case(ledger, number)


def close(ledger: Ledger, number: int = 1, upto: int = len(WALK)) -> CaseFile:
    """Walk a problem through the first gates, all of them by default; the case afterwards."""
    for action, on, more in WALK[:upto]:
        go(ledger, action, on, number, **more)
    return find_case(ledger, number)
