"""The ledger as it stood: the ops that had arrived by a day or a place of the journal, folded again (domain §5.1)."""

from datetime import date

import peewee

from desktop.store.journal import unguarded
from desktop.store.ledger import Ledger
from desktop.store.migrations import migrate
from desktop.store.project import rebuild
from desktop.store.summary import refresh_summaries

LINE = "lsn, id, row, scope, hlc, office, day, seal, body, stub"


def ledger_as_of(ledger: Ledger, day: date) -> Ledger:
    """A read-only ledger of its own holding what had arrived here by the end of ``day``; close it after use."""
    return _folded(ledger, "day <= ?", day.isoformat())


def ledger_at(ledger: Ledger, place: int) -> Ledger:
    """The same up to a place of the journal, with it. Purged texts are gone from there too."""
    return _folded(ledger, "lsn <= ?", place)


def _folded(ledger: Ledger, where: str, value: str | int) -> Ledger:
    # A nameless file: SQLite keeps it in memory as long as it is small, and removes it when it is closed.
    database = peewee.SqliteDatabase("file:?mode=rwc", uri=True)
    database.connect()
    try:
        connection = database.connection()
        migrate(connection)
        connection.execute("INSERT INTO meta (key, value) VALUES ('office', ?)", (ledger.office_id,))
        view = Ledger(ledger.folder, database, ledger.outside, None, "历史日期的台账")
        connection.execute("BEGIN")
        # Copied line by line rather than parsed and written again: the bytes of an op never change.
        lines = ledger.db.execute_sql(f"SELECT {LINE} FROM op WHERE {where} ORDER BY lsn", (value,))
        with unguarded(connection):
            connection.executemany(f"INSERT INTO op ({LINE}) VALUES ({', '.join('?' * 10)})", lines)
        refresh_summaries(view, rebuild(connection))
        connection.execute("COMMIT")
        connection.execute("PRAGMA query_only = 1")
    except BaseException:
        database.close()
        raise
    return view
