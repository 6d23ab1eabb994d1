"""The 督办 page: what is late comes first, what is suggested can be taken up or left, every line opens its place."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.chasing import answer_due, issue_chase, reply_chase, set_flag, settle_chase
from desktop.operations.lights import decide_light
from desktop.operations.visits import save_visit
from desktop.rules.entries import ChaseEntry, LightEntry, ReplyEntry, SettleEntry, VisitEntry
from desktop.rules.followup import Rung
from desktop.rules.ladder import bound_units
from desktop.rules.region_chasing import Light
from desktop.store.ledger import Ledger
from desktop.views.chasing import suggestions as chase_suggestions
from desktop.views.chasing.page import ChasingPage
from desktop.views.page import PAINTED_MS
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.views.conftest import Answers
from tests.views.sixteen import TODAY, UNITS, sixteen


def issued(ledger: Ledger, number: int, rung: Rung, ago: int) -> str:
    """A paper of the ladder of some days ago; its sheet."""
    case, on = find_case(ledger, number), TODAY - timedelta(days=ago)
    unit = bound_units(case)[0].unit_id
    entry = ChaseEntry(rung, unit, (case.problem.id,), on, answer_due(ledger, rung, on), f"问题{number}进度滞后。")
    return issue_chase(ledger, entry, TODAY, "李明").extra["sheet"]


@pytest.fixture
def board(tmp_path: Path, qtbot: object) -> Iterator[ChasingPage]:
    """A page over sixteen problems: one late letter, one in time, one answered, one settled, one late visit."""
    ledger = sixteen(tmp_path / "十六")
    issued(ledger, 12, Rung.CHASE, 40)
    issued(ledger, 13, Rung.REMIND, 2)
    reply_chase(ledger, issued(ledger, 14, Rung.TALK, 5), ReplyEntry(TODAY, "已约谈。"), TODAY, "李明")
    settle_chase(ledger, issued(ledger, 15, Rung.CALL, 9), SettleEntry(TODAY, "已补报"), TODAY, "李明")
    seen = find_case(ledger, 12).problem.id
    demand = VisitEntry((seen,), date(2026, 11, 9), "暗访", "围挡破损。", demand="修复。", due=date(2026, 11, 12))
    save_visit(ledger, demand, TODAY, "李明")
    set_flag(ledger, find_case(ledger, 12), "listed_for_chasing", True, TODAY, "李明")
    page = ChasingPage(Session(ledger, "李明", lambda: TODAY))
    qtbot.addWidget(page)  # type: ignore[attr-defined]
    for model in (page.sheets, page.suggested, page.watched):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.resize(1200, 640)
    page.show()
    qtbot.waitUntil(lambda: not page.reader.is_reading)  # type: ignore[attr-defined]
    yield page
    ledger.close()


def groups(page: ChasingPage) -> dict[str, int]:
    """The groups with their counts."""
    items = [page.list.item(at) for at in range(page.list.count())]
    return {item.text(): item.data(int(Qt.ItemDataRole.UserRole) + 1) for item in items}


def test_late_answers_come_first_and_days_are_said_in_words(board: ChasingPage) -> None:
    shown = [(line.what, line.state_words, line.left) for line in board.sheets.rows]
    assert shown == [
        ("督办", "逾期未复", "逾期26天"),
        ("暗访", "逾期未改", "逾期11天"),
        ("提醒函", "待回复", "还有4天"),
        ("约谈", "已回复，待办结", "已回复，待办结"),
    ]
    assert all(line.is_open for line in board.lines)


def test_the_groups_count_by_state_by_rung_and_apart(board: ChasingPage) -> None:
    found = groups(board)
    assert (found["全部未办结"], found["逾期未复未改"], found["已回复待办结"]) == (4, 2, 1)
    assert (found["督办"], found["明察暗访"], found["挂账、盯办"], found["已办结"]) == (1, 1, 1, 1)
    board.choose("settled")
    assert [line.what for line in board.sheets.rows] == ["催报"]
    board.choose("flagged")
    assert [one.line.number for one in board.watched.rows] == [12]


@pytest.mark.parametrize(
    ("group", "possible"),
    [
        ("chase", {"reply", "settle", "print", "void"}),
        ("visit", {"settle", "void"}),
        ("settled", {"print"}),
    ],
)
def test_only_what_can_be_done_is_offered(board: ChasingPage, group: str, possible: set[str]) -> None:
    board.choose(group)
    assert {verb for verb, button in board.buttons.items() if button.isEnabled()} == possible


def test_words_narrow_by_unit_number_and_paper(board: ChasingPage) -> None:
    board.words.setText("13")
    assert [line.numbers for line in board.sheets.rows] == ["13"]
    board.words.setText("约谈")
    assert [line.numbers for line in board.sheets.rows] == ["14"]
    board.words.setText("slj")  # 区水利局
    assert {line.unit for line in board.sheets.rows} == {UNITS[3]}
    board.words.setText("没有这样的词")
    assert board.stack.currentWidget() is board.none_here
    board.words.clear()
    assert board.stack.currentWidget() is board.tables["sheets"]


def test_a_line_opens_its_problem_and_printing_its_paper(board: ChasingPage) -> None:
    places: list[Place] = []
    board.go.connect(places.append)
    board.commands()["open"]()
    board.do_verb("print")
    assert [action.text() for action in board.papers.actions()] == ["督办函", "督办单"]
    board.papers.actions()[0].trigger()
    board.papers.hide()
    problem = find_case(board.session.ledger, 12).problem.id
    assert places == [
        Place(PageKey.CASE, problem_id=problem, part="chasing"),
        Place(PageKey.PAPERS, problem, paper="chase_letter"),
    ]


def test_a_paper_about_several_problems_opens_them_in_the_list(board: ChasingPage) -> None:
    ledger, places = board.session.ledger, list[Place]()
    cases = [find_case(ledger, number) for number in (4, 8)]
    unit, ids = bound_units(cases[0])[0].unit_id, tuple(case.problem.id for case in cases)
    entry = ChaseEntry(Rung.INSPECT, unit, ids, TODAY, TODAY, "专项督查。")
    board.session.do(lambda: issue_chase(ledger, entry, TODAY, "李明"))
    board.go.connect(places.append)
    board.choose("inspect")
    board.commands()["open"]()
    assert places == [Place(PageKey.LEDGER, only=ids, words="专项督查涉及的问题")]


def test_a_paper_entered_in_error_is_withdrawn_with_a_reason(board: ChasingPage, answers: Answers) -> None:
    answers.replies["text"] = "发错单位"
    board.choose("remind")
    board.do_verb("void")
    assert find_case(board.session.ledger, 13).chases == ()
    assert "提醒函" not in groups(board)


def test_a_suggestion_names_its_reason_and_is_left_for_now(board: ChasingPage) -> None:
    before = len(board.reader.suggestions)
    board.choose("suggested")
    assert all(one.reasons for one in board.suggested.rows)
    first = board.suggested.rows[0]
    board.table.choose_rows((), 0)
    board.leave()
    assert len(board.reader.suggestions) == before - 1
    assert first not in board.suggested.rows


def test_what_is_suggested_is_read_only_while_the_page_is_in_sight(
    board: ChasingPage, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chase_suggestions, "PART", 1)
    found = board.reader.suggestions
    board.refresh()
    assert board.reader.is_reading
    board.hide()
    parts = list[object]()
    monkeypatch.setattr(board.reader, "_part", lambda: parts.append(1))
    qtbot.wait(3 * PAINTED_MS)  # type: ignore[attr-defined]
    assert board.reader.is_reading
    assert parts == []
    monkeypatch.undo()
    board.show()
    qtbot.waitUntil(lambda: not board.reader.is_reading)  # type: ignore[attr-defined]
    assert board.reader.suggestions == found


def test_suggestions_of_different_rungs_do_not_go_on_one_paper(
    board: ChasingPage, answers: Answers, qtbot: object
) -> None:
    ledger, case = board.session.ledger, find_case(board.session.ledger, 16)
    board.session.do(lambda: decide_light(ledger, case, LightEntry("2026-11", Light.RED, "曝光"), TODAY, "李明"))
    qtbot.waitUntil(lambda: not board.reader.is_reading)  # type: ignore[attr-defined]
    board.choose("suggested")
    rungs = {one.step.rung for one in board.suggested.rows}
    assert len(rungs) > 1
    board.table.choose_rows(range(len(board.suggested.rows)), 0)
    board.take_up()
    assert any("同一单位、同一方式" in text for text in answers.texts("tell"))


def test_a_ledger_without_problems_sends_the_clerk_to_the_ledger_first(empty_session: Session, qtbot: object) -> None:
    page = ChasingPage(empty_session)
    qtbot.addWidget(page)  # type: ignore[attr-defined]
    page.show()
    qtbot.waitUntil(lambda: not page.reader.is_reading)  # type: ignore[attr-defined]
    assert page.sides.currentWidget() is page.unused
    assert page.unused.buttons[0].text() == "打开台账"
    assert page.nothing.buttons[0].text() == "发督办"


def test_a_place_chooses_its_group(board: ChasingPage) -> None:
    board.show_place(Place(PageKey.CHASING, filter="late"))
    assert [line.state_words for line in board.sheets.rows] == ["逾期未复", "逾期未改"]


def test_no_column_is_cut_off_on_a_small_screen(board: ChasingPage) -> None:
    board.resize(1093 - 104, 554)
    QApplication.processEvents()
    for group in range(board.list.count()):
        board.list.setCurrentRow(group)
        assert board.table.horizontalScrollBar().maximum() == 0, board.list.item(group).text()
