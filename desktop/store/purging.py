"""Removing on purpose what must not be on this PC: the text goes for good, that it was removed stays (exchange §6a)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from desktop.rules.errors import KnownFault
from desktop.store.disk import overwrite, sync_folder
from desktop.store.evidence import file_of
from desktop.store.faults import known_faults
from desktop.store.frozen import drop_copies
from desktop.store.ledger import Ledger
from desktop.store.search_index import rebuild_search
from desktop.store.writer import writing


def purge_op(ledger: Ledger, op_id: str, reason: str, person: str, day: date) -> None:
    """Erase one op's body from the file, its free pages and the write-ahead log; older backups are not touched.

    KnownFault when another program reads the ledger, so that old bytes cannot be overwritten yet; asking again then
    finishes the work.
    """
    ledger.require_writable()
    with known_faults(ledger.folder), purging(ledger), writing(ledger, person, day) as writer:
        writer.purge(op_id, reason)
        # An index that only notes a removal keeps the pairs of characters until much later.
        rebuild_search(writer.connection)


@contextmanager
def purging(ledger: Ledger, is_needed: bool = True) -> Iterator[None]:
    """What is erased in this block is gone from the file, its free pages and the log when the block ends well."""
    if not is_needed:
        yield
        return
    ledger.db.execute_sql("PRAGMA secure_delete = 1")
    try:
        yield
        drop_copies(ledger)
        _empty_log(ledger)
        ledger.db.execute_sql("VACUUM")
        _empty_log(ledger)
    finally:
        ledger.db.execute_sql("PRAGMA secure_delete = 0")


def purge_file(ledger: Ledger, sha256: str, reason: str, person: str, day: date) -> None:
    """Remove a stored file for good: its bytes, its small picture; that it was removed and why stays as a record.

    The bytes are written over where no older backup shares them; a backup keeps what it holds.
    """
    ledger.require_writable()
    target = file_of(ledger.folder, sha256)
    known = ledger.db.execute_sql("SELECT 1 FROM purge WHERE sha256 = ?", (sha256,)).fetchone()
    with known_faults(target):
        # First the record: cut off between the two, the file is removed when it is asked again.
        if not known:
            with writing(ledger, person, day) as writer:
                writer.new("purge", {"sha256": sha256, "reason": reason})
    remove_file(ledger, sha256)


def remove_file(ledger: Ledger, sha256: str) -> None:
    """Remove the bytes of a stored file and its small picture, as an order says that is recorded already."""
    target = file_of(ledger.folder, sha256)
    with known_faults(target):
        if target.is_file():
            # Under a name that every opening sweeps away, so that no half-blank file is ever taken for the old one.
            part = ledger.folder / "evidence" / f".{ledger.nonce()}.part"
            target.chmod(0o644)
            target.replace(part)
            sync_folder(target.parent)
            if part.stat().st_nlink == 1:
                overwrite(part)
            part.unlink()
            sync_folder(part.parent)
        (ledger.folder / "thumbs" / sha256[:2] / f"{sha256}.jpg").unlink(missing_ok=True)


def _empty_log(ledger: Ledger) -> None:
    busy = ledger.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise KnownFault(
            "内容已从台账中清除，但另一个程序正在查看台账，磁盘上的旧字节还没有抹掉。",
            "请关闭其他窗口，再清除一次同一条记录。",
        )
