"""What is asked of all problems at once: their texts, those of a plan, those of each unit."""

from collections.abc import Sequence

from desktop.rules.records import UnitRole
from desktop.store.ledger import Ledger


def problem_texts(ledger: Ledger) -> tuple[tuple[str, int, str], ...]:
    """Row id, number and text of every problem that is not withdrawn."""
    sql = "SELECT id, number, text FROM problem WHERE void IS NULL ORDER BY number, id"
    return tuple((bytes(row[0]).hex(), row[1] or 0, row[2] or "") for row in ledger.db.execute_sql(sql))


def withdrawn_problems(ledger: Ledger) -> frozenset[str]:
    """Row ids of the problems that were withdrawn."""
    rows = ledger.db.execute_sql("SELECT id FROM problem WHERE void IS NOT NULL")
    return frozenset(bytes(row[0]).hex() for row in rows)


def doubled_numbers(ledger: Ledger) -> dict[str, int]:
    """The row ids of problems that share plan and number with another one, and that number."""
    sql = (
        "SELECT p.id, p.number FROM problem p JOIN (SELECT plan, number FROM problem WHERE void IS NULL AND number > 0 "
        "GROUP BY plan, number HAVING count(*) > 1) d ON d.number = p.number AND d.plan IS p.plan WHERE p.void IS NULL"
    )
    return {bytes(row).hex(): number for row, number in ledger.db.execute_sql(sql)}


def problems_of_plan(ledger: Ledger, plan: str) -> tuple[str, ...]:
    """Row ids of the problems of a plan, in the order of their numbers."""
    sql = "SELECT id FROM problem WHERE plan = ? AND void IS NULL ORDER BY number, id"
    return tuple(bytes(row[0]).hex() for row in ledger.db.execute_sql(sql, (bytes.fromhex(plan),)))


def problems_by_unit(ledger: Ledger, roles: Sequence[UnitRole]) -> dict[str, tuple[str, ...]]:
    """For each unit the row ids of the problems in which it holds one of the roles, in the order of the ledger."""
    sql = (
        "SELECT DISTINCT COALESCE(u.merged_into, l.unit), s.problem FROM summary s "
        "JOIN problem_unit l ON l.problem = s.problem AND l.active = 1 LEFT JOIN unit u ON u.id = l.unit "
        f"WHERE l.role IN ({', '.join('?' * len(roles))}) ORDER BY s.plan_order, s.number, s.problem"
    )
    found: dict[str, list[str]] = {}
    for unit, problem in ledger.db.execute_sql(sql, tuple(role.value for role in roles)):
        if unit is not None:
            found.setdefault(bytes(unit).hex(), []).append(bytes(problem).hex())
    return {unit: tuple(problems) for unit, problems in found.items()}
