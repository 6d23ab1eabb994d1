"""Another look while the window is open: nothing keeps the colours of the look before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from desktop.app import build_window
from desktop.operations.opened import Ledger
from desktop.settings import Settings
from desktop.views.looks.theme import apply_theme
from desktop.views.main_window import MainWindow
from desktop.views.place import PageKey, Place
from desktop.views.year_view import YearView

PAGES = (PageKey.LEDGER, PageKey.PAPERS, PageKey.UNITS, PageKey.FIND, PageKey.CALENDAR)


@pytest.fixture
def window(ledger: Ledger, tmp_path: Path, looks: QApplication, qtbot: Any) -> Iterator[MainWindow]:
    made = build_window(ledger, "李明", lambda: date(2026, 11, 23), Settings(tmp_path / "settings.json"))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close_at_once()
    made.deleteLater()
    apply_theme(looks)


def drawn_icons(window: MainWindow) -> dict[int, QImage]:
    """The picture of every icon of ours on what has been built, by its holder."""
    kinds: tuple[type[QPushButton] | type[QToolButton] | type[QAction], ...] = (QPushButton, QToolButton, QAction)
    holders = [holder for kind in kinds for holder in window.findChildren(kind) if holder.property("picture")]
    return {id(holder): holder.icon().pixmap(20, 20).toImage() for holder in holders}


def test_every_icon_and_the_calendar_follow_another_look_and_back(window: MainWindow) -> None:
    for key in PAGES:
        assert window.go(Place(key))
        QTest.qWait(30)
    before = drawn_icons(window)
    months = window.page_of(PageKey.CALENDAR).findChild(YearView)
    assert months is not None
    place = QRect(months.mapTo(window, QPoint(0, 0)), QSize(400, 300))
    sight = window.grab(place).toImage()
    window.do("dark")
    dark = drawn_icons(window)
    assert len(before) > 30
    assert [key for key in before if dark[key] == before[key]] == []
    assert window.grab(place).toImage() != sight
    window.do("dark")
    assert drawn_icons(window) == before
    assert window.grab(place).toImage() == sight
