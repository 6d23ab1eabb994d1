"""A real ledger, a session over it, and answers in place of modal dialogs, for the tests of the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop import paths
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.views import questions
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.session import Session
from desktop.views.status_bar import ElidedLabel

TODAY = date(2026, 11, 23)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen every window that is shown says this once; it is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True))


@dataclass
class Answers:
    """What the program asked, and what the test replies: by kind, a value or a function of the two texts."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)
    replies: dict[str, object] = field(default_factory=dict)

    def __call__(self, kind: str, first: str, second: str) -> object:
        self.asked.append((kind, first, second))
        reply = self.replies.get(kind)
        return reply(first, second) if callable(reply) else reply

    def texts(self, kind: str) -> list[str]:
        """The first text of every question of one kind."""
        return [first for asked, first, _ in self.asked if asked == kind]


@pytest.fixture(scope="session")
def looks(qapp: QApplication) -> QApplication:
    """The application with the program's font, locale and style."""
    assert load_fonts(qapp)
    speak_chinese(qapp)
    apply_theme(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: QApplication) -> None:
    """Settings and documents of a test lie in its own folder."""
    monkeypatch.setattr(paths, "settings_dir", lambda: tmp_path / "settings")


@pytest.fixture(autouse=True)
def answers() -> Iterator[Answers]:
    """Every question of the window is asked here; without a reply it counts as cancelled."""
    given = Answers()
    questions.answer = given
    yield given
    questions.answer = None


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of 蒸湘区 with the founding plan in it, open for writing."""
    made = new_ledger(tmp_path / "蒸湘区台账", "蒸湘区整改办", TODAY, person="李明")
    import_plan(made, read_plan_file(paths.resource("sample", "founding-plan.txt")), TODAY, "李明")
    yield made
    made.close()


@pytest.fixture
def session(ledger: Ledger) -> Session:
    """A session of 李明 on the founding ledger on 23 November 2026."""
    return Session(ledger, "李明", lambda: TODAY)


@pytest.fixture
def empty_session(tmp_path: Path) -> Iterator[Session]:
    """A session on a ledger in which nothing was entered yet."""
    made = new_ledger(tmp_path / "空台账", "蒸湘区整改办", TODAY, person="李明")
    yield Session(made, "李明", lambda: TODAY)
    made.close()


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[QWidget, str], Path]:
    """Save a picture of a widget and return the file."""

    def save(widget: QWidget, name: str) -> Path:
        file = tmp_path / f"{name}.png"
        assert widget.grab().save(str(file))
        return file

    return save


@pytest.fixture
def clipped() -> Callable[[QWidget], list[str]]:
    """The texts of labels and buttons in sight that are narrower or lower than their words."""

    def look(widget: QWidget) -> list[str]:
        found = [child for kind in (QLabel, QAbstractButton) for child in widget.findChildren(kind)]
        return [child.text() for child in found if child.isVisible() and child.text() and not _fits(child)]

    return look


def _fits(child: QLabel | QAbstractButton) -> bool:
    if isinstance(child, ElidedLabel):
        return child.toolTip() == child.text()
    wanted = child.sizeHint()
    if isinstance(child, QLabel) and child.wordWrap():
        return child.height() >= child.heightForWidth(child.width())
    return child.width() >= wanted.width() and child.height() >= wanted.height() - 1
