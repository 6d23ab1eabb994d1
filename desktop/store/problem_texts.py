"""The texts of all problems, for telling whether a text is known already."""

from desktop.store.ledger import Ledger


def problem_texts(ledger: Ledger) -> tuple[tuple[str, int, str], ...]:
    """Row id, number and text of every problem that is not withdrawn."""
    sql = "SELECT id, number, text FROM problem WHERE void IS NULL ORDER BY number, id"
    return tuple((bytes(row[0]).hex(), row[1] or 0, row[2] or "") for row in ledger.db.execute_sql(sql))


def withdrawn_problems(ledger: Ledger) -> frozenset[str]:
    """Row ids of the problems that were withdrawn."""
    rows = ledger.db.execute_sql("SELECT id FROM problem WHERE void IS NOT NULL")
    return frozenset(bytes(row[0]).hex() for row in rows)


def problems_of_plan(ledger: Ledger, plan: str) -> tuple[str, ...]:
    """Row ids of the problems of a plan, in the order of their numbers."""
    sql = "SELECT id FROM problem WHERE plan = ? AND void IS NULL ORDER BY number, id"
    return tuple(bytes(row[0]).hex() for row in ledger.db.execute_sql(sql, (bytes.fromhex(plan),)))
