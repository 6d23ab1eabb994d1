"""Removing on purpose what must not be on this PC: the text goes for good, that it was removed stays (exchange §6a)."""

from datetime import date

from desktop.store.ledger import Ledger
from desktop.store.writer import writing


def purge_op(ledger: Ledger, op_id: str, reason: str, person: str, day: date) -> None:
    """Erase one op's body from the file, its free pages and the write-ahead log."""
    ledger.require_writable()
    ledger.db.execute_sql("PRAGMA secure_delete = 1")
    with writing(ledger, person, day) as writer:
        writer.purge(op_id, reason)
    ledger.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.db.execute_sql("VACUUM")
    ledger.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
