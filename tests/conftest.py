"""Log discipline for the whole test tree: a record of WARNING or worse that no test expects fails the test."""

import gc
import logging
import os
from collections.abc import Iterator

import pytest

# Before anything of Qt is loaded: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# As in the window: what the collector frees may be of Qt and must not end on the thread of a job.
gc.disable()


class ExpectedLog:
    """What a test says about its log: ``expect(text)`` names a record of WARNING or worse that must come."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def expect(self, text: str) -> None:
        """Name a record by a part of its message; it must come, and does not fail the test."""
        self.texts.append(text)

    def faults(self, messages: list[str]) -> list[str]:
        """What is wrong with these messages: the unexpected ones, then the expected ones that did not come."""
        unexpected = [f"unexpected: {line}" for line in messages if not any(text in line for text in self.texts)]
        absent = [f"absent: {text}" for text in self.texts if not any(text in line for line in messages)]
        return unexpected + absent


class _Keeper(logging.Handler):
    """Keeps the records of WARNING and worse of one test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _collect_here() -> Iterator[None]:
    yield
    gc.collect(1)


@pytest.fixture
def expected_log() -> ExpectedLog:
    """For a test whose subject is a warning: ``expected_log.expect("part of the message")``."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def _no_unexpected_log(expected_log: ExpectedLog) -> Iterator[None]:
    keeper = _Keeper()
    root = logging.getLogger()
    root.addHandler(keeper)
    yield
    root.removeHandler(keeper)
    faults = expected_log.faults(keeper.messages)
    assert not faults, "\n".join(faults)
