"""A plan that is a scan or a picture is typed in beside its pages, into the same review."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from desktop.operations.drafts import kept_drafts
from desktop.store.read_cases import find_problems, read_case
from desktop.views.review.board import ReviewBoard
from desktop.views.review.original_pane import OriginalPane
from desktop.views.review.page import PlanReviewPage
from desktop.views.session import Session
from tests.in_front import in_front
from tests.plans.pdf.paper import official
from tests.plans.pdf.test_pdf_plans import items, scanned
from tests.views.conftest import Answers


@pytest.fixture
def page(empty_session: Session, qtbot: Any) -> Iterator[PlanReviewPage]:
    made = PlanReviewPage(empty_session)
    qtbot.addWidget(made)
    made.resize(1000, 520)
    in_front(qtbot, made)
    yield made
    empty_session.runner.wait()


def picture(folder: Path, frames: int = 1, name: str = "清单.tif") -> Path:
    """A scan as offices send it; a TIFF may hold several pages."""
    pages = []
    for number in range(frames):
        made = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(made).line((60, 60 + number, 560, 60 + number), fill=0, width=4)
        pages.append(made)
    file = folder / name
    pages[0].save(file, save_all=frames > 1, append_images=pages[1:]) if frames > 1 else pages[0].save(file)
    return file


def by_hand(page: PlanReviewPage, qtbot: Any, file: Path) -> ReviewBoard:
    with qtbot.waitSignal(page.ready, timeout=20_000):
        assert page.open_file(file)
    assert page.board is not None
    return page.board


def has_pages(pane: OriginalPane, qtbot: Any) -> int:
    assert pane.pages is not None
    pictures = pane.pages.pictures
    qtbot.waitUntil(lambda: bool(pictures.sizes), timeout=20_000)
    return len(pictures.sizes)


@pytest.mark.parametrize(("name", "frames"), [("清单.tif", 3), ("清单.png", 1), ("清单.bmp", 1), ("清单.jpg", 1)])
def test_a_picture_is_offered_for_typing_in_beside_its_pages(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers, name: str, frames: int
) -> None:
    answers.replies["ask"] = True
    board = by_hand(page, qtbot, picture(tmp_path, frames, name))
    assert any("手工录入" in str(told) for told in answers.asked)
    assert has_pages(board.original, qtbot) == frames
    assert board.review.plan.title == "清单"
    assert [problem.text for problem in board.review.problems] == [""]
    assert board.source.isHidden()


def test_a_scanned_pdf_that_is_not_typed_in_leaves_nothing_behind(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    answers.replies["ask"] = False
    (tmp_path / "扫描.pdf").write_bytes(scanned("ss"))
    page.open_file(tmp_path / "扫描.pdf")
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty, timeout=5_000)
    assert page.board is None


def test_what_was_typed_in_is_kept_confirmed_and_taken_in(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    answers.replies["ask"] = True
    board = by_hand(page, qtbot, picture(tmp_path))
    board.review.edit(0, text="某镇污水直排", deadline_text="2026年底前")
    board.add_button.click()
    assert board.at == 1
    assert board.fields.text.hasFocus()
    board.review.edit(1, text="某厂粉尘无组织排放", responsible_units=("区水务局",))
    board.renew()
    page.keep()
    assert kept_drafts(page.session.ledger)

    again = PlanReviewPage(page.session)
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.go_on()
    assert again.board is not None
    assert [(p.number, p.text) for p in again.board.review.problems] == [(1, "某镇污水直排"), (2, "某厂粉尘无组织排放")]
    again.board.tick_all()
    again.take_in()
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)
    ledger = page.session.ledger
    taken = [read_case(ledger, find_problems(ledger, number)[0]).problem.text for number in (1, 2)]
    assert taken == ["某镇污水直排", "某厂粉尘无组织排放"]


def test_a_text_pdf_shows_its_text_and_its_pages(page: PlanReviewPage, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "方案.pdf").write_bytes(official(items(3)))
    board = by_hand(page, qtbot, tmp_path / "方案.pdf")
    tabs = board.original.tabs
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["读出的文字", "原件页面"]
    assert board.source.isVisible()
    tabs.setCurrentIndex(1)
    assert has_pages(board.original, qtbot) >= 2


def test_a_remark_on_scanned_pages_leads_to_the_first_of_them(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "方案.pdf").write_bytes(scanned("tsst"))
    board = by_hand(page, qtbot, tmp_path / "方案.pdf")
    at = next(at for at, finding in enumerate(board.review.original.findings) if finding.key == "scanned_pages")
    board.findings.opened.emit(at)
    assert board.original.tabs.currentIndex() == 1
    assert has_pages(board.original, qtbot) == 4
    pages = board.original.pages
    assert pages is not None
    qtbot.waitUntil(lambda: pages.view.page == 1, timeout=20_000)


def test_a_problem_that_was_not_read_is_added_behind_the_others(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "方案.txt").write_text("\n".join(line.lstrip("=") for line in items(2)), encoding="utf-8")
    board = by_hand(page, qtbot, tmp_path / "方案.txt")
    assert board.original.pages is None
    board.add_button.click()
    assert [problem.number for problem in board.review.problems] == [1, 2, 3]
    assert not board.review.may_confirm(2)
    board.review.edit(2, text="漏读的问题")
    assert board.review.may_confirm(2)


def test_a_damaged_picture_is_told_in_one_sentence(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    answers.replies["ask"] = True
    whole = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(whole, "PNG")
    (tmp_path / "坏.png").write_bytes(whole.getvalue()[:900])
    page.open_file(tmp_path / "坏.png")
    qtbot.waitUntil(lambda: any("打不开" in str(told) for told in answers.asked), timeout=20_000)
    assert page.board is None
