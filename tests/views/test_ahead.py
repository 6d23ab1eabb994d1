"""What the pages need is imported ahead, page by page, and goes with the window."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from desktop.views import ahead
from desktop.views.ahead import Ahead
from desktop.views.pages import LOADERS, PAGES


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FIRST_MS", 30)
    monkeypatch.setattr(ahead, "GAP_MS", 1)


def test_every_page_comes_once_in_its_order_after_a_while(qtbot: Any) -> None:
    holder = QObject()
    loaded: list[str] = []
    ahead_of = Ahead([partial(loaded.append, key.value) for key in LOADERS], holder)
    ahead_of.begin()
    QTest.qWait(5)
    assert loaded == []
    qtbot.waitUntil(lambda: not ahead_of.left)
    QTest.qWait(20)
    assert loaded == [key.value for key in PAGES]


def test_it_ends_with_the_window(qtbot: Any) -> None:
    holder = QObject()
    loaded: list[int] = []
    Ahead([partial(loaded.append, 1)], holder).begin()
    holder.deleteLater()
    QTest.qWait(60)
    assert loaded == []
