"""The rows of the month's dispatch grid as keys; the rows themselves are read when they come into sight."""

from collections.abc import Sequence
from typing import NamedTuple

from desktop.store.ledger import Ledger
from desktop.store.reading import among, keys

_SQL = """SELECT summary.problem, measure.id, EXISTS (
    SELECT 1 FROM progress WHERE progress.problem = summary.problem AND progress.measure IS measure.id
    AND progress.month = ? AND progress.void IS NULL AND progress.text <> ''
), summary.self_check IS NULL
FROM summary LEFT JOIN measure ON measure.problem = summary.problem AND measure.void IS NULL
WHERE summary.{among} ORDER BY measure.number, measure.created, measure.id"""


class RowKey(NamedTuple):
    """One row of the grid: problem and measure, the measure empty for the problem as a whole.

    ``is_expected``: a report is asked for until the problem is self-checked.
    """

    problem_id: str
    measure_id: str
    is_reported: bool
    is_expected: bool

    @property
    def is_missing(self) -> bool:
        """True when the month's report is expected and has not come."""
        return self.is_expected and not self.is_reported


def read_row_keys(ledger: Ledger, problems: Sequence[str], month: str) -> tuple[RowKey, ...]:
    """The rows of some problems (at most a few hundred) in a month such as ``2026-11``, in the order given."""
    found: dict[str, list[RowKey]] = {problem: [] for problem in problems}
    sql = _SQL.format(among=among("problem", list(problems)))
    for row, measure, reported, expected in ledger.db.execute_sql(sql, (month, *keys(problems))):
        problem = bytes(row).hex()
        found[problem].append(RowKey(problem, bytes(measure).hex() if measure else "", bool(reported), bool(expected)))
    return tuple(key for rows in found.values() for key in rows)
