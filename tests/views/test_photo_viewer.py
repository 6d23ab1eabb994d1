"""The viewer: turn and zoom in the window only, before beside after, next and previous, flags."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.operations.evidence_view import original_of
from desktop.operations.opened import Ledger
from desktop.operations.profile import region_of
from desktop.views.case import photos as case_photos
from desktop.views.case.evidence_model import Tile, tiles_of
from desktop.views.case.photo_area import LARGEST, read_image
from desktop.views.case.photo_viewer import PhotoViewer
from desktop.views.case.photos import make_viewer, open_outside, save_copy
from desktop.views.session import Session
from tests.in_front import in_front
from tests.views.problem_five import add_files, five, new_sample, picture


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem five with two pictures before, one after."""
    made = new_sample(tmp_path / "台账")
    add_files(made, 5, (picture(tmp_path, "整改前_排口.png", "red"),), "整改前：东支渠排口", place="东支渠")
    add_files(made, 5, (picture(tmp_path, "整改前_堆场.png", "brown"),), "整改前：砂石堆场")
    add_files(made, 5, (picture(tmp_path, "整改后_排口.png", "green", 300, 600),), "整改后：东支渠排口封堵")
    yield made
    made.close()


def tiles(session: Session, elsewhere: dict[str, tuple[int, ...]] | None = None) -> tuple[Tile, ...]:
    """The pictures of problem five."""
    return tiles_of(five(session.ledger), region_of(session.ledger), elsewhere or {})


def viewer(session: Session, qtbot: Any, at: int = 0, *, compare: bool = False, **more: Any) -> PhotoViewer:
    """The viewer with its first picture read."""
    made = make_viewer(session, tiles(session, **more), at, compare=compare)
    qtbot.addWidget(made)
    in_front(qtbot, made)
    qtbot.waitUntil(lambda: made.areas[0].view.sceneRect().width() > 0)
    return made


def test_pictures_follow_one_another_and_stop_at_the_ends(session: Session, qtbot: Any) -> None:
    made = viewer(session, qtbot)
    assert made.count.text() == "第1张，共3张"
    assert not made.back_button.isEnabled()
    QTest.keyClick(made, Qt.Key.Key_Right)
    QTest.keyClick(made, Qt.Key.Key_Right)
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.shown()[0].piece.name == "整改后_排口.png"
    assert not made.next_button.isEnabled()
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.count.text() == "第2张，共3张"


def test_before_and_after_stand_side_by_side(session: Session, qtbot: Any) -> None:
    made = viewer(session, qtbot)
    made.compare_button.click()
    assert [tile.piece.name for tile in made.shown()] == ["整改前_排口.png", "整改后_排口.png"]
    assert (made.areas[0].side.text(), made.areas[1].side.text()) == ("整改前", "整改后")
    assert made.areas[1].isVisible()
    made.compare_button.click()
    assert [tile.piece.name for tile in made.shown()] == ["整改前_排口.png"]


def test_without_a_pair_there_is_nothing_to_compare(session: Session, qtbot: Any) -> None:
    made = make_viewer(session, tiles(session)[:2], 0, compare=True)
    qtbot.addWidget(made)
    assert not made.compares
    assert not made.compare_button.isEnabled()


def test_turning_changes_the_window_and_not_the_file(session: Session, qtbot: Any) -> None:
    before = original_of(session.ledger, tiles(session)[0].piece).read_bytes()
    made = viewer(session, qtbot)
    made.turn(90)
    made.turn(90)
    assert made.areas[0].view.turned == 180
    assert original_of(session.ledger, tiles(session)[0].piece).read_bytes() == before
    made.step(1)
    assert made.areas[0].view.turned == 0


def test_zoom_grows_shrinks_and_fits_again(session: Session, qtbot: Any) -> None:
    made = viewer(session, qtbot)
    view = made.areas[0].view
    whole = view.zoom
    made.whole_size()
    assert view.zoom == pytest.approx(1.0)
    assert made.percent.text() == "100%"
    made.zoom(1.25)
    assert view.zoom == pytest.approx(1.25)
    made.fit()
    assert view.zoom == pytest.approx(whole)
    for _ in range(60):
        made.zoom(0.5)
    assert view.zoom == pytest.approx(0.02)


def test_the_caption_says_place_date_and_who_else_uses_it(session: Session, qtbot: Any) -> None:
    shared = tiles(session)[0].piece.sha256
    made = viewer(session, qtbot, elsewhere={shared: (6, 8)})
    words = made.areas[0].caption.text()
    assert "东支渠排口" in words
    assert "拍摄地点：东支渠" in words
    assert "没有拍摄日期" in words
    assert "问题6、8的佐证材料里有完全相同的文件" in words


def test_a_missing_picture_is_said_and_blocks_nothing(session: Session, qtbot: Any) -> None:
    original_of(session.ledger, tiles(session)[0].piece).unlink()
    made = make_viewer(session, tiles(session), 0)
    qtbot.addWidget(made)
    made.show()
    assert "缺附件" in made.areas[0].caption.text()
    made.step(1)
    qtbot.waitUntil(lambda: made.areas[0].view.sceneRect().width() > 0)


def test_a_copy_is_saved_where_the_clerk_says(session: Session, answers: Any, tmp_path: Path) -> None:
    piece, target = tiles(session)[0].piece, tmp_path / "另存" / "排口.png"
    answers.replies["save"] = str(target)
    save_copy(session, piece)
    assert target.read_bytes() == original_of(session.ledger, piece).read_bytes()
    assert answers.asked[0][2] == "整改前_排口.png"


def test_opening_a_missing_file_outside_is_told(session: Session, answers: Any) -> None:
    original_of(session.ledger, tiles(session)[0].piece).unlink()
    open_outside(session, tiles(session)[0].piece)
    assert "缺附件" in answers.texts("refusal")[0]


def test_the_turned_picture_of_a_pair_is_the_one_pressed(session: Session, qtbot: Any) -> None:
    made = viewer(session, qtbot, compare=True)
    qtbot.mouseClick(made.areas[1].view.viewport(), Qt.MouseButton.LeftButton)
    made.turn(90)
    assert (made.areas[0].view.turned, made.areas[1].view.turned) == (0, 90)
    assert made.chosen() == made.areas[1].tile.piece


def test_a_huge_picture_is_read_smaller_and_a_broken_one_is_empty(tmp_path: Path) -> None:
    huge = picture(tmp_path, "大.png", "red", LARGEST + 1000, 20)
    assert read_image(huge).width() == LARGEST
    broken = tmp_path / "坏.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    assert isinstance(read_image(str(broken)), QImage)
    assert read_image(str(broken)).isNull()


def test_a_large_copy_goes_through_the_runner_and_says_how_far_it_is(
    session: Session, answers: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_photos, "LONG_COPY", 0)
    piece, target = tiles(session)[0].piece, tmp_path / "排口.png"
    answers.replies["save"] = str(target)
    shares: list[float] = []
    told: list[str] = []
    session.runner.progressed.connect(lambda words, share, left: shares.append(share))
    session.told.connect(told.append)
    save_copy(session, piece)
    assert session.runner.title == "另存"
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert shares[-1] == 1.0
    assert target.read_bytes() == original_of(session.ledger, piece).read_bytes()
