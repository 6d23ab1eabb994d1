"""Which problems point to another one: those carried over into it, and those that repeat it."""

from desktop.store.ledger import Ledger

_SQL = (
    "SELECT id, transferred_to IS ?1 FROM problem WHERE void IS NULL AND (transferred_to = ?1 OR same_as = ?1) "
    "ORDER BY created, id"
)


def linked_problems(ledger: Ledger, problem: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Row ids of the problems that were carried over into a problem, and of those counted with it."""
    rows = ledger.db.execute_sql(_SQL, (bytes.fromhex(problem),)).fetchall()
    came = tuple(bytes(row).hex() for row, was_carried in rows if was_carried)
    return came, tuple(bytes(row).hex() for row, was_carried in rows if not was_carried)
