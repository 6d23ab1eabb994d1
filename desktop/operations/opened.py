"""The open ledger as other rooms may name it, without knowing the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.store.ledger import Ledger, Surroundings

__all__ = ["Ledger", "Surroundings", "own_connection"]


@contextmanager
def own_connection(ledger: Ledger) -> Iterator[None]:
    """A database connection for this thread, closed at the end: each thread of the program needs one of its own."""
    ledger.db.connect()
    try:
        yield
    finally:
        ledger.db.close()
