"""Steps from one schema version to the next: raw SQL only, each committed together with its number."""

import sqlite3
from collections.abc import Callable

from desktop.store.migrations import (
    m0001_journal,
    m0002_papers,
    m0003_exchange,
    m0004_search,
    m0005_unit_reports,
    m0006_months,
    m0007_waiting,
)

APPLICATION_ID = 0x5A475A54  # "ZGZT"
Steps = tuple[tuple[int, Callable[[sqlite3.Connection], None]], ...]
MIGRATIONS: Steps = (
    (1, m0001_journal.apply),
    (2, m0002_papers.apply),
    (3, m0003_exchange.apply),
    (4, m0004_search.apply),
    (5, m0005_unit_reports.apply),
    (6, m0006_months.apply),
    (7, m0007_waiting.apply),
)
CURRENT = MIGRATIONS[-1][0]


def migrate(connection: sqlite3.Connection, steps: Steps = MIGRATIONS) -> None:
    """Bring a ledger to the last of ``steps``; each step and its number are one transaction."""
    for number, apply in steps:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            apply(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
