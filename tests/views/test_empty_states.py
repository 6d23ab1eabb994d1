"""A brand-new ledger: every page that has nothing to show says what to do first."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.operations.ledgers import new_ledger
from desktop.settings import Settings
from desktop.views.dispatch.page import DispatchPage
from desktop.views.exchange.board_view import NOBODY
from desktop.views.exchange.page import ExchangePage
from desktop.views.looks.empty import NO_PROBLEMS, Empty
from desktop.views.main_window import MainWindow
from desktop.views.papers.page import PapersPage
from desktop.views.place import PageKey, Place
from desktop.views.program import build_window

TODAY = date(2026, 11, 23)
# Pages that show something of their own in an empty ledger: fields, a calendar, the history of its making.
WITH_MATTER = {PageKey.CALENDAR, PageKey.SETTINGS, PageKey.HISTORY}


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with new_ledger(tmp_path / "空台账", "蒸湘区整改办", TODAY, person="李明") as ledger:
        made = build_window(ledger, "李明", lambda: TODAY, Settings(tmp_path / "settings.json"))
        made.show()
        yield made
        made.close_at_once()
        made.deleteLater()


def empties(window: MainWindow) -> list[tuple[str, str]]:
    """Title and hint of what stands in the place of missing matter."""
    found = (part for part in window.findChildren(Empty) if part.isVisible())
    return [(part.title.text(), part.hint.text()) for part in found]


@pytest.fixture
def go(window: MainWindow, qtbot: QtBot) -> Callable[[PageKey, str], None]:
    def open_page(key: PageKey, part: str = "") -> None:
        window.go(Place(key, part=part))
        qtbot.waitUntil(lambda: not window.session.runner.is_busy, timeout=20_000)

    return open_page


def test_every_page_says_what_to_do(window: MainWindow, qtbot: QtBot, go: Callable[..., None]) -> None:
    for key in window.page_keys():
        go(key)
        if key not in WITH_MATTER:
            qtbot.waitUntil(lambda: any(title and hint for title, hint in empties(window)), timeout=5_000)


@pytest.mark.parametrize("key", [PageKey.WAITING, PageKey.DISPATCH, PageKey.CHASING, PageKey.FIGURES, PageKey.PAPERS])
def test_pages_about_problems_send_the_clerk_to_the_ledger_first(
    window: MainWindow, qtbot: QtBot, go: Callable[..., None], key: PageKey
) -> None:
    go(key)
    qtbot.waitUntil(lambda: NO_PROBLEMS in empties(window), timeout=5_000)


def test_forms_are_sent_to_nobody_and_the_page_says_why(window: MainWindow, go: Callable[..., None]) -> None:
    go(PageKey.DISPATCH)
    page = window.page
    assert isinstance(page, DispatchPage)
    page.show_forms_out()
    assert [title for title, _ in empties(window)] == ["没有要发填报表的单位"]


def test_papers_of_many_problems_ask_for_problems(window: MainWindow, go: Callable[..., None]) -> None:
    go(PageKey.PAPERS)
    page = window.page
    assert isinstance(page, PapersPage)
    page.many.setChecked(True)
    assert NO_PROBLEMS in empties(window)


def test_nobody_is_said_to_have_reported_where_nobody_is_asked(
    window: MainWindow, qtbot: QtBot, go: Callable[..., None]
) -> None:
    go(PageKey.EXCHANGE, "board")
    page = window.page
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: NOBODY in [label.text() for label in page.findChildren(QLabel)], timeout=20_000)
    go(PageKey.EXCHANGE, "log")
    qtbot.waitUntil(lambda: [title for title, _ in empties(window)] == ["还没有收发过数据包"], timeout=5_000)
