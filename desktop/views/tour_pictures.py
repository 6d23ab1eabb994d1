"""The guided tour's pictures of the window: every page over the sample ledger, driven without a screen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.ledgers import open_to_write
from desktop.views.place import PAGE_WORDS, PageKey, Place
from desktop.views.program import build_window

SIZE = (1366, 768)
SETTLE_MS = 900
CASE = 12  # a problem on its way: two gates passed, the third lacks papers

Tell = Callable[[str, float], None]


def picture_pages(
    app: QApplication, ledger: Path, target: Path, today: date, tell: Tell
) -> tuple[tuple[str, str], ...]:
    """Save a PNG of each page; returns file name and title of each. The ledger is closed again at the end."""
    target.mkdir(parents=True, exist_ok=True)
    found = []
    with open_to_write(ledger) as opened:
        problem = find_case(opened, CASE).problem.id
        window = build_window(opened, "李明", lambda: today)
        window.resize(*SIZE)
        window.show()
        pages = window.page_keys()
        for done, key in enumerate(pages):
            window.go(Place(key, problem_id=problem if key in (PageKey.CASE, PageKey.PAPERS) else ""))
            _settle(app)
            file = target / f"{done + 1:02}_{PAGE_WORDS[key]}.png"
            window.grab().save(str(file))
            found.append((file.name, PAGE_WORDS[key]))
            tell(f"窗口：{PAGE_WORDS[key]}", (done + 1) / len(pages))
        window.close_at_once()
    return tuple(found)


def _settle(app: QApplication) -> None:
    """Let the page read and paint; what is read bit by bit needs some turns of the event loop."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < SETTLE_MS:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
