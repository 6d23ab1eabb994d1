"""Two yellow months in a row: a chasing letter, no answer in time, a talk, an answer, and the end of both."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.views.chasing.page import ChasingPage
from desktop.views.papers.page import PapersPage
from desktop.views.place import PageKey, Place
from desktop.views.todo_page import TodoPage
from desktop.views.units.page import UnitsPage
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, press


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.open_window()
        yield made


def next_morning(clerk: WindowClerk, day: date) -> None:
    """The window is opened again on a later day."""
    clerk.throw_away()
    clerk.day = day
    clerk.open_window()


def report(clerk: WindowClerk, day: date, percent: int) -> None:
    """The month's report of each measure."""
    clerk.day = day
    page = clerk.open_problem()
    for number in ("1", "2", "3"):
        words = f"{day.month}月第{number}项措施推进缓慢"
        assert clerk.fill(page.bar.progress_button, measure=number, text=words, percent=percent) == ""


def board(clerk: WindowClerk) -> ChasingPage:
    """督办, with all suggestions read."""
    page = clerk.turn_to(PageKey.CHASING)
    assert isinstance(page, ChasingPage)
    clerk.qtbot.waitUntil(lambda: not page.reader.is_reading, timeout=WAIT)
    return page


def choose(page: ChasingPage, words: str) -> None:
    """Click a group of the list."""
    item = next(page.list.item(at) for at in range(page.list.count()) if page.list.item(at).text() == words)
    place = page.list.visualItemRect(item).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.list.currentItem() is item


def shown(page: ChasingPage) -> list[tuple[str, str]]:
    """The papers in the list: what and how they stand."""
    return [(line.what, line.state_words) for line in page.sheets.rows]


def test_two_yellow_months_lead_to_a_letter_a_talk_and_an_end(clerk: WindowClerk) -> None:
    report(clerk, date(2024, 8, 26), 10)
    next_morning(clerk, date(2024, 9, 25))
    report(clerk, date(2024, 9, 25), 20)
    case = clerk.open_problem()
    assert "▲黄灯" in case.header.facts.text()

    page = board(clerk)
    choose(page, "建议")
    (found,) = page.suggested.rows
    assert (found.step.words, found.reasons) == ("督办", ("连续2个月黄灯",))
    assert clerk.fill(page.take_button, doc_no="蒸整改办函〔2024〕1号") == ""
    page = board(clerk)
    assert shown(page) == [("督办", "待回复")]
    assert page.sheets.rows[0].due == date(2024, 10, 14)  # ten working days, with the holidays of October
    assert page.reader.suggestions == ()

    next_morning(clerk, date(2024, 10, 16))
    waiting = clerk.turn_to(PageKey.WAITING)
    assert isinstance(waiting, TodoPage)
    clerk.qtbot.waitUntil(lambda: not waiting.is_reading, timeout=WAIT)
    sentences = [item.sentence for item in waiting.model.rows if item.part == "chasing"]
    assert sentences == ["问题5的督办（2024年9月25日）应于2024年10月14日回复，已逾期2天"]

    page = board(clerk)
    assert shown(page) == [("督办", "逾期未复")]
    choose(page, "建议")
    (found,) = page.suggested.rows
    assert found.step.words == "约谈"
    assert found.reasons[-1] == "督办（蒸整改办函〔2024〕1号）应于2024年10月14日回复，逾期未复"
    assert clerk.fill(page.take_button, doc_no="蒸整改办函〔2024〕2号") == ""

    page = board(clerk)
    choose(page, "约谈")
    page.table.choose_rows((), 0)
    press(page.buttons["print"])
    assert [action.text() for action in page.papers.actions()] == ["约谈通知", "约谈纪要"]
    page.papers.actions()[0].trigger()
    page.papers.hide()
    papers = clerk.window.page
    assert isinstance(papers, PapersPage)
    assert papers.chooser.kind is not None
    assert papers.chooser.kind.key == "talk_notice"

    clerk.day = date(2024, 10, 21)
    for group in ("约谈", "督办"):
        page = board(clerk)
        choose(page, group)
        page.table.choose_rows((), 0)
        words = f"{group}后已倒排工期，增派施工力量"
        assert clerk.fill(page.buttons["reply"], text=words, files=clerk.file(f"{group}回复.txt")) == ""
        choose(page, group)
        page.table.choose_rows((), 0)
        assert page.line is not None
        assert page.line.state_words == "已回复，待办结"
        assert clerk.fill(page.buttons["settle"], note="现场核实已加快进度") == ""
    page = board(clerk)
    assert shown(page) == []
    choose(page, "已办结")
    assert shown(page) == [("约谈", "已办结"), ("督办", "已办结")]

    ledger = clerk.window.session.ledger
    case_file = find_case(ledger, 5)
    assert [piece.note for piece in case_file.evidence] == ["约谈回复", "督办回复"]
    clerk.window.go(Place(PageKey.UNITS, part="record", filter=case_file.chases[0].unit_id))
    units = clerk.window.page
    assert isinstance(units, UnitsPage)
    clerk.qtbot.waitUntil(lambda: units.record.record is not None, timeout=WAIT)
    assert units.record.record is not None
    assert units.record.record.points == -3
    assert clerk.answers.texts("refusal") == []
