"""Fixtures of the store's tests: a fresh ledger in a folder of its own, never shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.ledger import Ledger, create
from tests.store.support import Steady


@pytest.fixture
def steady() -> Steady:
    """The clock and the chance of the ledger under test."""
    return Steady()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the ledger under test lies: a name as clerks give it."""
    return tmp_path / "整改 台账"


@pytest.fixture
def ledger(folder: Path, steady: Steady) -> Iterator[Ledger]:
    """An empty ledger, open for writing."""
    made = create(folder, steady.surroundings())
    yield made
    made.close()
