"""修改历史: everything that was changed in the ledger, narrowed, opened and printed."""

from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.operations import history
from desktop.operations.cases import find_case
from desktop.operations.history import ledger_history
from desktop.operations.office_settings import save_office_settings
from desktop.store.writer import writing
from desktop.views import questions
from desktop.views.history_page import HistoryPage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.store.support import TODAY

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def page(session: Session, qtbot: Any) -> HistoryPage:
    problem = find_case(session.ledger, 5).problem.id
    with writing(session.ledger, "王芳", TODAY) as writer:
        writer.set("problem", problem, {"target": "全部拆除"})
    made = HistoryPage(session)
    qtbot.addWidget(made)
    made.resize(943, 554)
    made.show()
    return made


def column(page: HistoryPage, at: int) -> list[str]:
    return [page.model.index(row, at).data() for row in range(page.model.rowCount())]


def test_the_last_change_stands_first_with_who_where_before_and_after(page: HistoryPage) -> None:
    QAbstractItemModelTester(page.model, STRICT, page)
    first = [page.model.index(0, at).data() for at in range(6)]
    assert first[1:4] == ["王芳", "问题5", "问题·整改目标"]
    assert first[5] == "全部拆除"
    assert first[4] not in ("", "（空）", "全部拆除")
    assert not page.grab().isNull()


def test_it_is_narrowed_by_person_and_by_typed_words(page: HistoryPage) -> None:
    total = page.model.rowCount()
    page.people.setCurrentIndex(page.people.findData("王芳"))
    assert set(column(page, 1)) == {"王芳"}
    assert page.count.text().endswith(f"条中的{page.model.rowCount()}条")
    event = QInputMethodEvent()
    event.setCommitString("没有这个词")
    QApplication.sendEvent(page.words, event)
    assert page.stack.currentWidget() is page.no_match
    assert not page.print_button.isEnabled()
    page.words.clear()
    page.people.setCurrentIndex(0)
    assert page.model.rowCount() == total


def test_enter_opens_the_problem(page: HistoryPage, qtbot: Any) -> None:
    page.table.setFocus()
    page.table.choose_rows((), 0)
    with qtbot.waitSignal(page.go) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    place = opened.args[0]
    assert (place.page, place.problem_id) == (PageKey.CASE, find_case(page.session.ledger, 5).problem.id)
    assert isinstance(place, Place)


def test_older_records_are_read_on_demand_and_know_what_stood_before(
    page: HistoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = page.session.ledger
    everything = ledger_history(ledger, limit=100_000)
    assert everything.earlier == 0
    parts, until = [], 0
    for _ in range(200):
        part = ledger_history(ledger, until, limit=7)
        parts += part.lines
        until = part.earlier
        if not until:
            break
    assert tuple(parts) == everything.lines
    monkeypatch.setattr(history.ledger_history, "__defaults__", (0, 7))
    page.refresh()
    assert page.count.text().startswith("最近")
    rows = page.model.rowCount()
    page.more_button.click()
    assert page.model.rowCount() > rows


def test_what_is_listed_is_printed_with_every_word(
    page: HistoryPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "修改历史.pdf"
    monkeypatch.setattr(questions, "ask_save", lambda *_: target)
    page.people.setCurrentIndex(page.people.findData("王芳"))
    page.save()
    qtbot.waitUntil(lambda: not page.session.runner.is_busy)
    text = "".join(part.extract_text() for part in pypdf.PdfReader(target).pages).replace("\n", "")
    for words in ("督察整改台账修改历史", "王芳", "问题5", "全部拆除", "共1条"):
        assert words in text


def test_a_setting_is_told_by_its_words_not_by_its_key(page: HistoryPage) -> None:
    save_office_settings(page.session.ledger, {"checker": "何敏"}, TODAY, "王芳")
    page.refresh()
    assert [page.model.index(0, at).data() for at in (3, 5)] == ["新增设置", "审核人，何敏"]
