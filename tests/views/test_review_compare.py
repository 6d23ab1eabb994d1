"""A revised plan in the window: old beside new, parts left, problems linked, headings chosen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop import paths
from desktop.operations.plan.intake import preview_import
from desktop.rules.comparison import LineKind
from desktop.store.read_cases import all_problems, find_problems, read_cases
from desktop.views.review.board import COMPARE, HEADINGS, ReviewBoard
from desktop.views.review.model import Review
from desktop.views.review.page import PlanReviewPage
from desktop.views.review.state import restore_state, state_of
from desktop.views.session import Session
from desktop.views.tables.compare_view import CompareView
from tests.operations.test_headings import list_of_problems
from tests.views.conftest import Answers

FOUNDING = paths.resource("sample", "founding-plan.txt")


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[PlanReviewPage]:
    made = PlanReviewPage(session)
    qtbot.addWidget(made)
    made.resize(980, 520)
    made.show()
    yield made
    session.runner.wait()


def read(page: PlanReviewPage, qtbot: Any, file: Path) -> ReviewBoard:
    with qtbot.waitSignal(page.ready, timeout=20_000):
        assert page.open_file(file)
    assert page.board is not None
    return page.board


def revised(folder: Path) -> Path:
    """The founding plan with another deadline, another lead unit, and without its second measure."""
    text = FOUNDING.read_text("utf-8")
    start = text.index("（二）按照《湖南省钢铁行业")
    end = text.index("（三）", start)
    text = text[:start] + text[end:].replace("整改时限：2024年12月31日", "整改时限：2027年6月30日")
    file = folder / "修订方案.txt"
    file.write_text(text.replace("牵头单位：区生态环境分局", "牵头单位：区住房和城乡建设局"), "utf-8")
    return file


def line(view: CompareView, words: str) -> int:
    return next(at for at, found in enumerate(view.model.rows) if found.words == words)


def tick(view: CompareView, at: int, on: bool) -> None:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    view.model.setData(view.model.index(at, 0), state, Qt.ItemDataRole.CheckStateRole)


def take_in(page: PlanReviewPage, qtbot: Any) -> None:
    page.take_in()
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)


def test_a_plan_read_again_unchanged_has_nothing_to_compare(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    assert not board.tabs.isTabVisible(COMPARE)
    assert not board.tabs.isTabVisible(HEADINGS)


def test_differences_are_ticked_one_by_one_and_only_those_are_taken(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    ledger = page.session.ledger
    before = next(read_cases(ledger, find_problems(ledger, 5)))
    board = read(page, qtbot, revised(tmp_path))
    view = board.compare
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert board.tabs.isTabVisible(COMPARE)
    words = [found.words for found in view.model.rows if found.kind == LineKind.CHANGED]
    assert {"整改时限原文", "整改时限", "牵头单位"} <= set(words)
    tick(view, line(view, "整改时限"), on=False)
    assert not {"整改时限原文", "整改时限"} & {found.words for found in view.model.rows if found.key in view.ticked}
    board.tick_all()
    take_in(page, qtbot)
    now = next(read_cases(ledger, find_problems(ledger, 5)))
    assert now.problem.deadline == before.problem.deadline
    assert now.unit_names(now.units[0].role) == ("区住房和城乡建设局",)
    assert len(now.measures) == len(before.measures)


def test_a_measure_gone_from_the_plan_is_withdrawn_with_a_reason(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    ledger = page.session.ledger
    count = len(next(read_cases(ledger, find_problems(ledger, 5))).measures)
    board = read(page, qtbot, revised(tmp_path))
    view = board.compare
    gone = next(at for at, found in enumerate(view.model.rows) if found.kind == LineKind.GONE)
    tick(view, gone, on=True)
    view.reason.setText("修订方案取消")
    board.tick_all()
    state = state_of(board.review, "x")
    take_in(page, qtbot)
    assert len(next(read_cases(ledger, find_problems(ledger, 5))).measures) == count - 1
    assert state["withdrawn"]
    assert state["reason"] == "修订方案取消"


def test_what_was_decided_survives_the_end_of_the_program(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    board = read(page, qtbot, revised(tmp_path))
    tick(board.compare, line(board.compare, "牵头单位"), on=False)
    state = state_of(board.review, "x")
    again = Review(board.review.original, preview_import(page.session.ledger, board.review.original))
    assert restore_state(again, state)
    assert again.left == board.review.left == {"0/lead"}
    again.reason = "修订方案取消"
    shown = ReviewBoard(again, page.session.today())
    qtbot.addWidget(shown)
    assert again.left == {"0/lead"}
    assert shown.compare.reason.text() == "修订方案取消"


def own_list(page: PlanReviewPage, folder: Path) -> Path:
    """An office's own list without a 文号, in which problem 5 stands under another number."""
    ledger = page.session.ledger
    held = next(read_cases(ledger, find_problems(ledger, 5)))
    book = openpyxl.Workbook()
    ws = book.active
    assert ws is not None
    ws.append(["整改台账"])
    ws.append(["序号", "反馈问题", "整改措施", "完成时限", "目前进展"])
    ws.append([1, held.problem.text, "加快改造。", "2027年6月30日", "已完成整改。"])
    ws.append([2, "另一件没有登记过的事情需要整改。", "马上整改。", "2027年6月30日", "正在推进。"])
    book.save(folder / "自己的台账.xlsx")
    return folder / "自己的台账.xlsx"


def test_an_office_s_own_list_is_linked_by_its_words_and_makes_no_twin(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    ledger, before = page.session.ledger, len(all_problems(page.session.ledger))
    board = read(page, qtbot, own_list(page, tmp_path))
    assert board.review.standing(0).words.startswith("即问题5，有")
    view = board.compare
    like = next(at for at, found in enumerate(view.model.rows) if found.kind == LineKind.LIKE)
    tick(view, like, on=False)
    assert board.review.standing(0).words in ("新增", "1处提示", "2处提示", "3处提示")
    tick(view, next(at for at, found in enumerate(view.model.rows) if found.kind == LineKind.LIKE), on=True)
    assert not board.progress.isHidden()
    board.progress.setChecked(True)
    tick(view, line(view, "序号"), on=False)
    board.tick_all()
    take_in(page, qtbot)
    assert len(all_problems(ledger)) == before + 1
    held = next(read_cases(ledger, find_problems(ledger, 5)))
    assert [entry.text for entry in held.progress][-1] == "已完成整改。"
    assert held.plan is not None
    assert held.plan.doc_no


def test_unknown_headings_are_chosen_and_the_file_is_read_again(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    board = read(page, qtbot, list_of_problems(tmp_path / "台账.xlsx"))
    assert board.tabs.isTabVisible(HEADINGS)
    panel = board.headings
    assert set(panel.choices) == {"时间表", "主办"}
    assert panel.choices["主办"].currentText() == "不导入"
    panel.choices["主办"].choose("lead_units")
    with qtbot.waitSignal(page.ready, timeout=20_000):
        panel.read_button.click()
    assert page.board is not None
    assert page.board.review.problems[0].lead_units == ("区城管局",)
    assert page.board.headings.choices["主办"].chosen() == "lead_units"
    again = read(page, qtbot, tmp_path / "台账.xlsx")
    assert again.review.problems[0].lead_units == ("区城管局",)


@pytest.mark.parametrize("tab", [COMPARE, HEADINGS])
def test_every_word_fits(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, clipped: Callable[[QWidget], list[str]], tab: int
) -> None:
    file = revised(tmp_path) if tab == COMPARE else list_of_problems(tmp_path / "台账.xlsx")
    board = read(page, qtbot, file)
    page.resize(913, 500)
    board.tabs.setCurrentIndex(tab)
    assert clipped(page) == []
