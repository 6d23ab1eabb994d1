"""Which problems point to another one: those carried over into it, and those that repeat it."""

from desktop.store.ledger import Ledger

# Few problems are carried over, and the summary knows them: no need to look through the long rows of all.
_CARRIED = (
    "SELECT problem.id FROM summary JOIN problem ON problem.id = summary.problem "
    "WHERE summary.transferred = 1 AND problem.transferred_to = ? ORDER BY problem.created, problem.id"
)
_REPEATING = "SELECT id FROM problem WHERE same_as = ? AND void IS NULL ORDER BY created, id"


def carried_into(ledger: Ledger, problem: str) -> tuple[str, ...]:
    """Row ids of the problems that were carried over into a problem."""
    rows = ledger.db.execute_sql(_CARRIED, (bytes.fromhex(problem),))
    return tuple(bytes(row[0]).hex() for row in rows)


def repeating(ledger: Ledger, problem: str) -> tuple[str, ...]:
    """Row ids of the problems that are counted with a problem; looks through all rows of a large ledger."""
    rows = ledger.db.execute_sql(_REPEATING, (bytes.fromhex(problem),))
    return tuple(bytes(row[0]).hex() for row in rows)
