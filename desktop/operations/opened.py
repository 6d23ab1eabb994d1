"""The open ledger as other rooms may name it, without knowing the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, Surroundings

__all__ = ["Ledger", "Surroundings", "is_in_place", "own_connection"]


@contextmanager
def own_connection(ledger: Ledger) -> Iterator[None]:
    """A database connection for this thread, closed at the end: each thread of the program needs one of its own."""
    ledger.db.connect()
    try:
        yield
    finally:
        ledger.db.close()


def is_in_place(ledger: Ledger) -> bool:
    """False when the folder of an open ledger was moved or taken away: what is written then may go nowhere."""
    return (ledger.folder / FILE).is_file()
