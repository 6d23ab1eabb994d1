"""Garbage is collected on the window's thread: nothing of Qt ends on the thread of a job."""

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt

from desktop.views.garbage import Collector, collect_due


@pytest.fixture
def collector(qapp: Any) -> Iterator[Collector]:
    was = gc.isenabled()
    made = Collector()
    yield made
    made.stop()
    if not was:
        gc.disable()


class Knot(QObject):
    """Refers to itself, so that only the collector frees it."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.me = self
        self.destroyed.connect(lambda: ends.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)


def make_much(kept: list[list[int]]) -> None:
    """More objects than any threshold, as a job makes them."""
    kept += ([number] for number in range(50_000))


def test_a_job_that_makes_many_objects_ends_nothing_of_the_window(collector: Collector, qtbot: Any) -> None:
    ends: list[int] = []
    kept: list[list[int]] = []
    Knot(ends)
    job = threading.Thread(target=make_much, args=(kept,))
    job.start()
    job.join()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends), timeout=20_000)
    assert ends == [threading.get_ident()]


def test_nothing_is_collected_while_little_was_made(collector: Collector) -> None:
    gc.collect()
    before = [generation["collections"] for generation in gc.get_stats()]
    collect_due()
    assert [generation["collections"] for generation in gc.get_stats()] == before


def test_the_interpreter_collects_again_at_the_end(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
