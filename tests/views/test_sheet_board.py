"""An edited workbook in the window: compared cell by cell, ticked, taken; what is withdrawn needs a reason."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.operations.export import export_workbook
from desktop.operations.sample.make import make_sample
from desktop.rules.comparison import LineKind
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.read_cases import find_problems, read_cases
from desktop.views.place import PageKey, Place
from desktop.views.review.page import PlanReviewPage
from desktop.views.review.sheet_board import SheetBoard
from desktop.views.session import Session
from desktop.views.tables.compare_view import CompareView, marked
from tests.store.varied import TODAY
from tests.views.conftest import Answers


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "ledger")


@pytest.fixture
def page(made: Path, tmp_path: Path, qtbot: Any) -> Iterator[PlanReviewPage]:
    shutil.copytree(made, tmp_path / "台账")
    with open_ledger(tmp_path / "台账", write=True) as ledger:
        session = Session(ledger, "李明", lambda: TODAY)
        page = PlanReviewPage(session)
        qtbot.addWidget(page)
        page.resize(1000, 520)
        page.show()
        yield page
        session.runner.wait()


def edited(ledger: Ledger, folder: Path) -> Path:
    """An export in which the target of problem 14 was changed, its self-check filled in and problem 13 deleted."""
    file = folder / "改过的台账.xlsx"
    export_workbook(ledger, file, TODAY)
    book = openpyxl.load_workbook(file)
    ws = book.worksheets[0]
    keys = [cell.value for cell in book["导出标识"][2]]
    row = next(row for row in range(5, 30) if ws.cell(row, 1).value == 14)
    ws.cell(row, keys.index("target")).value = "全面完成封场。"
    ws.cell(row, keys.index("self_check")).value = "已自查"
    ws.delete_rows(row - 1)
    book.save(file)
    return file


def read(page: PlanReviewPage, qtbot: Any, file: Path) -> SheetBoard:
    with qtbot.waitSignal(page.ready, timeout=20_000):
        assert page.open_file(file)
    assert page.sheet is not None
    return page.sheet


def line(view: CompareView, kind: LineKind) -> int:
    return next(at for at, found in enumerate(view.model.rows) if found.kind == kind)


def tick(view: CompareView, at: int, on: bool = True) -> None:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    view.model.setData(view.model.index(at, 0), state, Qt.ItemDataRole.CheckStateRole)


def take(page: PlanReviewPage, board: SheetBoard, qtbot: Any) -> None:
    board.take()
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)


def target(ledger: Ledger) -> str:
    return next(read_cases(ledger, find_problems(ledger, 14))).problem.target


def test_old_and_new_stand_side_by_side_and_only_the_ticked_is_taken(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    ledger = page.session.ledger
    board = read(page, qtbot, edited(ledger, tmp_path))
    view = board.compare
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [found.kind for found in view.model.rows] == [LineKind.CHANGED, LineKind.REMARK, LineKind.GONE]
    assert "江澜区突出生态环境问题整改工作专班办公室2026年11月23日导出，读出15行" in board.subject.text()
    assert view.old.toPlainText() == target(ledger)
    assert view.new.toPlainText() == "全面完成封场。"
    assert board.take_button.text() == "带入所选1处"
    tick(view, 0, on=False)
    assert not board.take_button.isEnabled()
    tick(view, 0)
    take(page, board, qtbot)
    assert target(ledger) == "全面完成封场。"
    assert find_problems(ledger, 13)
    assert [found.kind for found in board.compare.model.rows] == [LineKind.REMARK, LineKind.GONE]


def test_a_remark_cannot_be_ticked(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    view = read(page, qtbot, edited(page.session.ledger, tmp_path)).compare
    tick(view, line(view, LineKind.REMARK))
    assert view.taken() == tuple(found.key for found in view.model.rows if found.kind == LineKind.CHANGED)
    assert "另有1处不能带入" in view.counts.text()


def test_withdrawing_waits_for_a_reason(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    ledger = page.session.ledger
    board = read(page, qtbot, edited(ledger, tmp_path))
    view = board.compare
    assert not view.reason_row.isVisible()
    view.buttons["all"].click()
    assert len(view.taken()) == 1
    tick(view, line(view, LineKind.GONE))
    assert view.reason_row.isVisible()
    assert not board.take_button.isEnabled()
    view.reason.setText("上级撤销")
    assert board.take_button.text() == "带入所选2处"
    take(page, board, qtbot)
    assert find_problems(ledger, 13) == ()


def test_after_everything_is_taken_the_ledger_is_shown(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    ledger, went = page.session.ledger, list[Place]()
    page.go.connect(went.append)
    file = tmp_path / "台账.xlsx"
    export_workbook(ledger, file, TODAY)
    book = openpyxl.load_workbook(file)
    keys = [cell.value for cell in book["导出标识"][2]]
    book.worksheets[0].cell(18, keys.index("target")).value = "全面完成封场。"
    book.save(file)
    board = read(page, qtbot, file)
    board.compare.buttons["own_none"].click()
    assert not board.take_button.isEnabled()
    board.compare.buttons["own"].click()
    take(page, board, qtbot)
    assert page.sheet is None
    assert went == [Place(PageKey.LEDGER)]


def test_a_file_put_aside_changes_nothing(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    before = target(page.session.ledger)
    board = read(page, qtbot, edited(page.session.ledger, tmp_path))
    board.drop_button.click()
    assert page.sheet is None
    assert page.stack.currentWidget() is page.empty
    assert target(page.session.ledger) == before


def test_an_unchanged_file_says_so(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    export_workbook(page.session.ledger, tmp_path / "台账.xlsx", TODAY)
    board = read(page, qtbot, tmp_path / "台账.xlsx")
    assert "与台账一致" in board.subject.text()
    assert not board.take_button.isEnabled()


def test_a_change_of_the_ledger_is_compared_again_and_ticks_stay(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    board = read(page, qtbot, edited(page.session.ledger, tmp_path))
    tick(board.compare, 0, on=False)
    page.refresh()
    assert board.compare.taken() == ()


def test_a_row_that_looks_like_a_problem_is_linked_or_new(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    ledger = page.session.ledger
    file = edited(ledger, tmp_path)
    book = openpyxl.load_workbook(file)
    ws = book.worksheets[0]
    row = next(row for row in range(5, 30) if ws.cell(row, 1).value == 12)
    ws.insert_rows(row)
    text = next(read_cases(ledger, find_problems(ledger, 13))).problem.text
    ws.cell(row, 1).value, ws.cell(row, 4).value = 13, text + "至今没有解决。"
    book.save(file)
    view = read(page, qtbot, file).compare
    at = line(view, LineKind.LIKE)
    assert not any(found.kind == LineKind.GONE for found in view.model.rows)
    tick(view, at, on=False)
    assert {LineKind.ADDED, LineKind.GONE} <= {found.kind for found in view.model.rows}


def test_differing_parts_have_a_ground() -> None:
    old, new = marked("建成2个收集池", "建成3个收集池")
    assert old.count("<span") == new.count("<span") == 1
    assert marked("", "a<b") == ("", "a&lt;b")


@pytest.mark.parametrize("width", [913, 1000])
def test_every_word_fits(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, clipped: Callable[[QWidget], list[str]], width: int
) -> None:
    board = read(page, qtbot, edited(page.session.ledger, tmp_path))
    page.resize(width, 500)
    tick(board.compare, line(board.compare, LineKind.GONE))
    assert clipped(page) == []
    assert page.key == PageKey.PLAN_REVIEW


# A large file is compared off the window's thread


def test_a_large_file_is_compared_anew_while_the_window_goes_on(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = read(page, qtbot, edited(page.session.ledger, tmp_path))
    monkeypatch.setattr("desktop.views.review.sheet_board.AT_ONCE", 0)
    with qtbot.waitSignal(board.compared, timeout=20_000):
        board.renew()
        assert board.is_comparing
        assert "正在重新比较" in board.subject.text()
        assert not board.take_button.isEnabled()
    assert board.take_button.text() == "带入所选1处"
    assert board.take_button.isEnabled()
    assert "读出15行" in board.subject.text()
    before = target(page.session.ledger)
    with qtbot.waitSignal(board.compared, timeout=20_000):
        take(page, board, qtbot)
    assert target(page.session.ledger) != before
    assert [found.kind for found in board.compare.model.rows] == [LineKind.REMARK, LineKind.GONE]


def test_a_large_file_all_of_which_is_taken_leads_to_the_ledger(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.review.sheet_board.AT_ONCE", 0)
    file = tmp_path / "台账.xlsx"
    export_workbook(page.session.ledger, file, TODAY)
    book = openpyxl.load_workbook(file)
    keys = [cell.value for cell in book["导出标识"][2]]
    book.worksheets[0].cell(18, keys.index("target")).value = "全面完成封场。"
    book.save(file)
    board = read(page, qtbot, file)
    with qtbot.waitSignal(page.go, timeout=20_000) as went:
        take(page, board, qtbot)
    assert went.args == [Place(PageKey.LEDGER)]
    assert page.sheet is None


def test_a_file_may_be_put_aside_while_it_is_compared(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = read(page, qtbot, edited(page.session.ledger, tmp_path))
    monkeypatch.setattr("desktop.views.review.sheet_board.AT_ONCE", 0)
    board.renew()
    board.drop_button.click()
    assert page.sheet is None
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)
