"""The ledger as it stood: the ops that had arrived by the end of a day, folded into memory (domain §5.1)."""

from datetime import date

import peewee

from desktop.store.journal import all_ops
from desktop.store.ledger import Ledger
from desktop.store.migrations import migrate
from desktop.store.project import project
from desktop.store.summary import refresh_summaries


def ledger_as_of(ledger: Ledger, day: date) -> Ledger:
    """A read-only ledger in memory holding what had arrived here by the end of ``day``; close it after use."""
    database = peewee.SqliteDatabase(":memory:")
    database.connect()
    connection = database.connection()
    migrate(connection)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("office", ledger.office_id)])
    view = Ledger(ledger.folder, database, ledger.outside, None, "历史日期的台账")
    connection.execute("BEGIN")
    # Copied line by line rather than parsed and written again: the bytes of an op never change.
    lines = ledger.db.execute_sql("SELECT * FROM op WHERE day <= ? ORDER BY lsn", (day.isoformat(),))
    width = len(lines.description)
    connection.executemany(f"INSERT INTO op VALUES ({', '.join('?' * width)})", lines)
    refresh_summaries(view, project(connection, all_ops(connection)))
    connection.execute("COMMIT")
    return view
