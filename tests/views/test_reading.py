"""A disk that fails while the window reads: one sentence, no crash, nothing tried again and again."""

import sqlite3
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from desktop.app import ExpectedFaults
from desktop.operations import lists
from desktop.rules.errors import KnownFault
from desktop.views import todo_page
from desktop.views.ledger import model as ledger_model
from desktop.views.ledger.page import LedgerPage
from desktop.views.reading import read_safely
from desktop.views.session import Session
from desktop.views.todo_page import TodoPage

BROKEN = sqlite3.OperationalError("disk I/O error")


def fail(*_: object) -> Any:
    raise BROKEN


def test_what_the_disk_refuses_is_told_and_the_timer_stops(session: Session, answers: Any, qtbot: Any) -> None:
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: read_safely(session, fail, timer))
    timer.start()
    qtbot.waitUntil(lambda: bool(answers.asked), timeout=20_000)
    qtbot.wait(50)
    assert len(answers.texts("refusal")) == 1
    assert not timer.isActive()


def test_a_fault_of_the_program_is_not_swallowed(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        read_safely(session, lambda: 1 // 0)


@pytest.mark.parametrize("page", [LedgerPage, TodoPage])
def test_a_page_that_cannot_be_read_says_so_once(
    page: Any, session: Session, answers: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_model, "read_keys", fail)
    monkeypatch.setattr(todo_page, "reading_order", fail)
    made = page(session, {})
    qtbot.addWidget(made)
    made.show()
    qtbot.wait(80)
    assert len(answers.texts("refusal")) == 1


def test_rows_that_cannot_be_read_stay_empty(
    session: Session, answers: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = LedgerPage(session, {})
    qtbot.addWidget(made)
    made.show()
    monkeypatch.setattr(ledger_model, "read_lines_of", fail)
    made.refresh()
    made.grab()
    assert made.model.rowCount() == 1
    assert made.model.index(0, 1).data() == ""
    assert answers.texts("refusal") == []
    monkeypatch.setattr(ledger_model, "read_lines_of", lists.read_lines_of)
    made.refresh()
    assert made.model.index(0, 1).data() != ""


def test_only_one_sentence_is_shown_at_a_time(answers: Any) -> None:
    told = ExpectedFaults()
    answers.replies["refusal"] = lambda *_: told(BROKEN)
    assert told(BROKEN)
    assert told(KnownFault("磁盘已满。"))
    assert not told(ZeroDivisionError())
    assert len(answers.texts("refusal")) == 2
