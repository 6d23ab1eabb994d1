"""The open ledger as other rooms may name it, without knowing the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.rules.errors import KnownFault, Refused
from desktop.store.connection import FILE
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger, Surroundings

__all__ = ["Ledger", "Surroundings", "as_known", "fault_of", "is_in_place", "is_replaced", "own_connection"]


def as_known(error: Exception) -> KnownFault | None:
    """A failure of disk or database that came from reading, as one clear sentence; None for a fault of the program."""
    if isinstance(error, OSError):
        where = f"：{error.filename}" if error.filename else ""
        return KnownFault(f"读写出错{where}。台账中已确认的内容都在。", "请检查磁盘空间和文件夹权限后重试。")
    try:
        with known_faults():
            raise error
    except KnownFault as known:
        return known
    except Exception:
        return None


def fault_of(error: Exception) -> Refused | KnownFault | None:
    """What the clerk is told of an error: the refusal or known fault itself, a failure of the disk; else None."""
    return error if isinstance(error, Refused | KnownFault) else as_known(error)


@contextmanager
def own_connection(ledger: Ledger) -> Iterator[None]:
    """A database connection for this thread, closed at the end: each thread of the program needs one of its own.

    KnownFault when the folder is gone: connecting would make an empty file in its place.
    """
    if not ledger.is_in_place():
        raise KnownFault(f"找不到台账文件夹：{ledger.folder}，没有完成。", "请把文件夹放回原处后再试。")
    with known_faults(ledger.folder):
        ledger.db.connect()
    try:
        yield
    finally:
        ledger.db.close()


def is_in_place(ledger: Ledger) -> bool:
    """False when the folder of an open ledger was moved or taken away: what is written then may go nowhere."""
    return ledger.is_in_place()


def is_replaced(ledger: Ledger) -> bool:
    """True when another file lies where the open ledger was: it must be opened anew."""
    return not ledger.is_in_place() and (ledger.folder / FILE).is_file()
