"""Which units reported in which months: for the board 谁还没报."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.ledger import Ledger

# A problem that is struck off or carried over asks for no report; a self-checked one no more. Nor is one asked for
# before the month in which its plan was issued, or it was entered here where it has none.
_EXPECTED = """SELECT DISTINCT problem_unit.unit, problem_unit.problem, substr(coalesce(plan.issued_on,
(SELECT min(op.day) FROM op WHERE op.row = problem_unit.problem), ''), 1, 7) FROM problem_unit
JOIN summary ON summary.problem = problem_unit.problem
JOIN problem ON problem.id = problem_unit.problem LEFT JOIN plan ON plan.id = problem.plan
WHERE active = 1 AND role IN ('lead', 'responsible') AND closed = 0 AND transferred = 0 AND self_check IS NULL
AND problem_unit.unit IS NOT NULL"""
# What one unit of a problem reported is no report of another: that of the ledger it was written in, or that the form
# names. What this office typed in itself counts for every unit of the problem, and a member's report for its group.
_REPORTED = """SELECT problem_unit.unit, progress.month, count(DISTINCT problem_unit.problem) FROM problem_unit
JOIN summary ON summary.problem = problem_unit.problem
JOIN progress ON progress.problem = problem_unit.problem AND progress.void IS NULL AND progress.text <> ''
LEFT JOIN office ON office.id = progress.owner
LEFT JOIN unit AS reporter ON reporter.id = coalesce(progress.unit, office.unit)
WHERE (reporter.id IS NULL OR problem_unit.unit IN (reporter.id, reporter.merged_into) OR problem_unit.unit IN
(SELECT "group" FROM unit_member WHERE unit_member.unit = reporter.id AND unit_member.active = 1))
AND problem_unit.active = 1 AND role IN ('lead', 'responsible') AND closed = 0 AND transferred = 0
AND self_check IS NULL AND problem_unit.unit IS NOT NULL AND progress.month IN (SELECT value FROM json_each(?))
GROUP BY problem_unit.unit, progress.month"""


@dataclass(frozen=True, slots=True)
class UnitReports:
    """One unit: for how many of its problems each month asks for a report, and for how many it has one."""

    unit: str
    expected: tuple[int, ...]
    reported: tuple[int, ...]


def read_reports(ledger: Ledger, months: Sequence[str]) -> tuple[UnitReports, ...]:
    """The units that have problems to report on, with their months in the order given (``2026-11``)."""
    since: dict[str, list[str]] = {}
    for unit, _, month in ledger.db.execute_sql(_EXPECTED):
        since.setdefault(bytes(unit).hex(), []).append(month)
    found: dict[tuple[str, str], int] = {}
    for unit, month, count in ledger.db.execute_sql(_REPORTED, (json.dumps(list(months)),)):
        found[bytes(unit).hex(), month] = count
    return tuple(
        UnitReports(
            unit,
            tuple(sum(start <= month for start in starts) for month in months),
            tuple(found.get((unit, month), 0) for month in months),
        )
        for unit, starts in since.items()
    )
