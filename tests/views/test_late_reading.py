"""What is read late: only the latest is shown, a cancel is told beside it, and nothing begins in a hidden view."""

from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.rules.errors import KnownFault
from desktop.views.late_reading import READING, STOPPED, LateReading
from desktop.views.runner import Report
from desktop.views.session import Session
from tests.views.conftest import Answers


class View(QWidget):
    """A view that keeps what it was shown and told."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.shown: list[object] = []
        self.told: list[str] = []
        self.reading = LateReading(session, self, self.shown.append, self.told.append)


@pytest.fixture
def view(session: Session, qtbot: Any) -> View:
    made = View(session)
    qtbot.addWidget(made)
    made.show()
    return made


def wait(session: Session, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)


def test_only_the_latest_result_is_shown(view: View, session: Session, qtbot: Any) -> None:
    free = Event()

    def slow(report: Report) -> object:
        free.wait(20)
        return "旧的"

    view.reading.read(slow)
    view.reading.read(lambda _: "新的")
    assert view.told == [READING, READING]
    free.set()
    wait(session, qtbot)
    assert (view.shown, view.told[-1], view.reading.is_busy) == (["新的"], "", False)


def test_what_gave_way_is_read_when_the_other_work_has_ended(view: View, session: Session, qtbot: Any) -> None:
    reads: list[int] = []

    def job(report: Report) -> object:
        reads.append(1)
        while len(reads) == 1:
            report("读取", 0.1)
        return "读到了"

    packed: list[object] = []
    view.reading.read(job)
    qtbot.waitUntil(lambda: reads == [1], timeout=20_000)
    assert session.runner.start("打包", lambda _: "包", packed.append, packed.append)
    qtbot.waitUntil(lambda: view.shown == ["读到了"], timeout=20_000)
    assert (packed, reads) == (["包"], [1, 1])


def test_work_that_does_not_give_way_is_waited_for(view: View, session: Session, qtbot: Any) -> None:
    free, ended = Event(), []
    session.runner.start("打包", lambda _: free.wait(20), ended.append, ended.append)
    view.reading.read(lambda _: "之后读到的")
    assert view.shown == []
    free.set()
    qtbot.waitUntil(lambda: view.shown == ["之后读到的"], timeout=20_000)
    assert ended == [True]


def test_a_hidden_view_begins_nothing(view: View, session: Session, qtbot: Any) -> None:
    free, reads = Event(), []
    session.runner.start("打包", lambda _: free.wait(20), reads.append, reads.append)
    view.reading.read(reads.append)
    view.hide()
    free.set()
    wait(session, qtbot)
    assert reads == [True]


def test_a_cancel_is_told_and_asks_nothing(view: View, session: Session, qtbot: Any, answers: Answers) -> None:
    def endless(report: Report) -> object:
        while True:
            report("读取", 0.5)

    view.reading.read(endless)
    session.runner.cancel()
    wait(session, qtbot)
    assert (view.shown, view.told, answers.asked) == ([], [READING, STOPPED], [])


def test_a_disk_that_fails_is_told_in_a_sentence(view: View, session: Session, qtbot: Any, answers: Answers) -> None:
    def broken(report: Report) -> object:
        raise KnownFault("读写出错。", "请检查磁盘。")

    view.reading.read(broken)
    wait(session, qtbot)
    assert answers.asked == [("tell", "读写出错。", "请检查磁盘。")]
    assert view.told[-1] == STOPPED
