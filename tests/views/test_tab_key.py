"""The Tab key: from every page everything that can be done is reached, forwards and back, and it comes round again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from desktop.operations.cases import find_case
from desktop.operations.ledgers import open_to_write
from desktop.operations.sample.make import make_sample
from desktop.operations.sample.story import read_district
from desktop.settings import Settings
from desktop.views.case.words import link, rich_label, with_links
from desktop.views.main_window import MainWindow
from desktop.views.pane import Pane
from desktop.views.place import PageKey, Place
from desktop.views.program import build_window
from desktop.views.session import Session
from tests.in_front import in_front
from tests.views.tab_walk import stops, unreached
from tests.views.test_every_place import LEAST_PLACES, ROOT, USUAL, screen


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger: problems at every stage."""
    folder = tmp_path_factory.mktemp("tab") / "示例台账"
    make_sample(folder)
    return folder


@pytest.fixture
def window(sample: Path, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    """The window over the sample ledger, in front."""
    with open_to_write(sample) as ledger:
        made = build_window(ledger, "李明", lambda: read_district().today, Settings(tmp_path / "settings.json"))
        made.resize(*USUAL)
        qtbot.addWidget(made, before_close_func=MainWindow.close_at_once)
        in_front(qtbot, made)
        yield made
        qtbot.waitUntil(lambda: not made.session.runner.is_busy, timeout=20_000)
        made.close_at_once()


@pytest.mark.parametrize("key", list(PageKey))
def test_tab_reaches_everything_on_the_page(window: MainWindow, key: PageKey, qtbot: Any) -> None:
    problem = find_case(window.session.ledger, 12).problem.id if key == PageKey.CASE else ""
    assert window.go(Place(key, problem_id=problem))
    qtbot.waitUntil(lambda: not window.session.runner.is_busy, timeout=20_000)
    QTest.qWait(100)  # what is read in parts, between two events
    assert len(stops(window)) > 1
    assert list(unreached(window)) == []


@pytest.mark.parametrize("key", list(PageKey))
def test_tab_reaches_everything_on_the_page_of_an_empty_ledger(
    empty_session: Session, tmp_path: Path, key: PageKey, qtbot: Any
) -> None:
    made = build_window(empty_session.ledger, "李明", empty_session.today, Settings(tmp_path / "settings.json"))
    qtbot.addWidget(made, before_close_func=MainWindow.close_at_once)
    in_front(qtbot, made)
    made.go(Place(key))
    qtbot.waitUntil(lambda: not made.session.runner.is_busy, timeout=20_000)
    QTest.qWait(100)
    assert list(unreached(made)) == []
    qtbot.waitUntil(lambda: not made.session.runner.is_busy, timeout=20_000)


@pytest.mark.slow
def test_tab_reaches_everything_in_every_place(sample: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.views.every_place", str(sample), "--tab"]
    env = screen(tmp_path, USUAL, 1.0)
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600, check=False)
    *faults, counted = ran.stdout.splitlines() or [ran.stderr[-2000:]]
    assert faults == []
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(counted.removesuffix(" places")) >= LEAST_PLACES


# The check itself


def in_a_row(qtbot: Any, around: QWidget, *parts: QWidget) -> QWidget:
    """Parts beside one another in a window that is in front."""
    row = QHBoxLayout(around)
    for part in parts:
        row.addWidget(part)
    qtbot.addWidget(around)
    in_front(qtbot, around)
    return around


def test_the_check_finds_what_a_focus_proxy_jumps_over(looks: Any, qtbot: Any) -> None:
    inside, above, below = QWidget(), QPushButton("上面的"), QLineEdit()
    column = QVBoxLayout(inside)
    column.addWidget(above)
    column.addWidget(below)
    inside.setFocusProxy(below)
    around = in_a_row(qtbot, QWidget(), QLineEdit(), inside)
    assert list(unreached(around)) == ["Tab never reaches QPushButton 上面的"]


def test_the_check_finds_where_tab_is_held_fast(looks: Any, qtbot: Any) -> None:
    box = QTextEdit()
    box.setAccessibleName("说明")
    around = in_a_row(qtbot, QWidget(), QPushButton("前"), box, QPushButton("后"))
    found = list(unreached(around))
    assert "Tab stays at QTextEdit 说明" in found
    assert "Tab never reaches QPushButton 前" in found or "Tab never reaches QPushButton 后" in found


# What it rests on


def test_a_pane_gives_the_keys_to_its_part_while_that_is_in_sight(looks: Any, qtbot: Any) -> None:
    pane, above, first = Pane(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(pane)
    column.addWidget(above)
    column.addWidget(first)
    pane.begin_at(first)
    around = in_a_row(qtbot, QWidget(), QLineEdit(), pane)
    pane.setFocus()
    assert first.hasFocus()
    first.hide()
    pane.setFocus()
    assert pane.hasFocus()
    QTest.keyClick(pane, Qt.Key.Key_Tab)
    assert above.hasFocus()
    first.show()
    assert list(unreached(around)) == []


@pytest.mark.parametrize("before", ["", "前面的话"])
def test_tab_goes_from_link_to_link_and_back_out(looks: Any, before: str, qtbot: Any) -> None:
    label, first, last = with_links(rich_label("链接")), QLineEdit(), QLineEdit()
    label.setText(f"{before}{link('第一个', '0')}<br>{link('第二个', '1')}")
    followed: list[str] = []
    label.linkActivated.connect(followed.append)
    around = in_a_row(qtbot, QWidget(), first, label, last)
    first.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backtab):
        QTest.keyClick(QApplication.focusWidget(), key)
        if label.hasFocus():
            QTest.keyClick(label, Qt.Key.Key_Return)
    assert followed == ["0", "1", "1", "0"]
    QTest.keyClick(label, Qt.Key.Key_Backtab)
    assert first.hasFocus()
    label.setText("没有链接")
    assert label not in stops(around)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert last.hasFocus()
