"""What is asked of each problem in a month and what of it has come: the ground of the board of units."""

from dataclasses import dataclass
from datetime import date

from desktop.store.ledger import Ledger
from desktop.store.reading import as_date

_SQL = """SELECT summary.problem, (
    SELECT max(progress."on") FROM progress WHERE progress.problem = summary.problem
    AND progress.measure IS measure.id AND progress.month = :month AND progress.void IS NULL
    AND progress.text <> '' AND progress."on" >= :since
) FROM summary LEFT JOIN measure ON measure.problem = summary.problem AND measure.void IS NULL
WHERE summary.closed = 0 AND summary.transferred = 0 AND summary.self_check IS NULL"""


@dataclass(slots=True)
class Filled:
    """The rows asked of one problem, how many of them are filled, the day of the latest."""

    asked: int = 0
    filled: int = 0
    last_on: date | None = None


def filled_rows(ledger: Ledger, month: str, since: date | None = None) -> dict[str, Filled]:
    """By problem, for those that a report is asked for; ``since``: entries of earlier days are of an earlier round."""
    found: dict[str, Filled] = {}
    values = {"month": month, "since": since.isoformat() if since else ""}
    for problem, on in ledger.db.execute_sql(_SQL, values):
        line = found.setdefault(bytes(problem).hex(), Filled())
        line.asked += 1
        day = as_date(on)
        if day:
            line.filled += 1
            line.last_on = max(line.last_on or day, day)
    return found
