"""Removing on purpose what must not be on this PC: the text goes for good, that it was removed stays (exchange §6a)."""

from datetime import date

from desktop.rules.errors import KnownFault
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.search_index import rebuild_search
from desktop.store.writer import writing


def purge_op(ledger: Ledger, op_id: str, reason: str, person: str, day: date) -> None:
    """Erase one op's body from the file, its free pages and the write-ahead log; older backups are not touched.

    KnownFault when another program reads the ledger, so that old bytes cannot be overwritten yet; asking again then
    finishes the work.
    """
    ledger.require_writable()
    with known_faults(ledger.folder):
        ledger.db.execute_sql("PRAGMA secure_delete = 1")
        try:
            with writing(ledger, person, day) as writer:
                writer.purge(op_id, reason)
                # An index that only notes a removal keeps the pairs of characters until much later.
                rebuild_search(writer.connection)
            _empty_log(ledger)
            ledger.db.execute_sql("VACUUM")
            _empty_log(ledger)
        finally:
            ledger.db.execute_sql("PRAGMA secure_delete = 0")


def _empty_log(ledger: Ledger) -> None:
    busy = ledger.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise KnownFault(
            "内容已从台账中清除，但另一个程序正在查看台账，磁盘上的旧字节还没有抹掉。",
            "请关闭其他窗口，再清除一次同一条记录。",
        )
