"""A finished paper on the screen: pages, zoom, search, remarks, and nothing left open at the end."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.opened import Ledger
from desktop.operations.paper.printing import PaperDraft, make_paper
from desktop.rules.paper import Printed
from desktop.views.preview.font_words import fonts_in_words
from desktop.views.preview.page_pictures import PagePictures
from desktop.views.preview.page_places import GAP, Fit, fitted_scale, next_step, places_of
from desktop.views.preview.page_thumbs import ThumbModel
from desktop.views.preview.pane import Preview, PreviewWindow
from tests.views.conftest import TODAY

ROOT = Path(__file__).resolve().parents[2]
A4, A3_SIDEWAYS = QSizeF(595, 842), QSizeF(1191, 842)


@pytest.fixture
def request_paper(ledger: Ledger) -> Printed:
    """The 销号请示 of problem 5, three pages."""
    return make_paper(ledger, "closure_request", find_case(ledger, 5), TODAY, PaperDraft())


@pytest.fixture
def preview(request_paper: Printed, qtbot: Any) -> Iterator[Preview]:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(760, 520)
    made.show_printed(request_paper)
    made.show()
    settle(made, qtbot)
    yield made
    made.pictures.close()


def settle(preview: Preview, qtbot: Any) -> None:
    """Wait until every picture in sight is drawn and the search has ended."""
    QTest.qWait(20)
    qtbot.waitUntil(lambda: preview.view.is_drawn, timeout=20_000)
    QTest.qWait(20)


def look_for(preview: Preview, qtbot: Any, words: str) -> None:
    preview.begin_search()
    preview.search.words.setText(words)
    QTest.keyClick(preview.search.words, Qt.Key.Key_Return)
    settle(preview, qtbot)


def test_the_pages_are_drawn_as_sharp_as_the_screen(preview: Preview) -> None:
    view = preview.view
    # Pages lie on whole pixels of the screen, rounded down.
    width = int(view.pictures.sizes[0].width() * view.zoom * view.logicalDpiX() / 72)
    picture = view.pictures.picture(0, width)
    assert picture is not None
    assert picture.width() == width
    # The letterhead is red and its paper white.
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height() // 3)}
    assert "#ffffff" in colours
    assert any(int(name[1:3], 16) > 200 and int(name[3:5], 16) < 120 for name in colours)


def test_page_number_and_buttons_go_through_the_pages(preview: Preview, qtbot: Any) -> None:
    assert (preview.bar.number.text(), preview.bar.count.text()) == ("1", "/ 3")
    qtbot.mouseClick(preview.bar.after, Qt.MouseButton.LeftButton)
    assert preview.view.page == 1
    preview.bar.number.setText("3")
    QTest.keyClick(preview.bar.number, Qt.Key.Key_Return)
    assert preview.view.page == 2
    assert not preview.bar.after.isEnabled()
    assert preview.thumbs.currentIndex().row() == 2
    preview.bar.number.setText("9")
    QTest.keyClick(preview.bar.number, Qt.Key.Key_Return)
    assert (preview.view.page, preview.bar.number.text()) == (2, "3")


def test_small_pages_lead_to_the_large_ones(preview: Preview, qtbot: Any) -> None:
    index = preview.thumbs.thumbs.index(1)
    qtbot.mouseClick(
        preview.thumbs.viewport(), Qt.MouseButton.LeftButton, pos=preview.thumbs.visualRect(index).center()
    )
    assert preview.view.page == 1


def test_page_keys_go_by_whole_pages_where_whole_pages_are_shown(preview: Preview) -> None:
    preview.view.set_fit(Fit.PAGE)
    assert preview.bar.zoom.currentText() == "适合整页"
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.page == 1
    QTest.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.view.page == 2
    QTest.keyClick(preview.view, Qt.Key.Key_PageUp)
    assert preview.view.page == 1
    QTest.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.view.page == 0


def test_ctrl_and_the_wheel_zoom_about_the_pointer(preview: Preview) -> None:
    before, at = preview.view.zoom, QPointF(200, 100)
    no = Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), no, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(preview.view.viewport(), event)
    assert preview.view.zoom == next_step(before, 1)
    assert preview.view.fit == Fit.PERCENT
    assert preview.bar.zoom.accessibleDescription() == f"{preview.view.zoom:.0%}"


def test_two_pages_stand_side_by_side_without_a_scroll_bar(preview: Preview, qtbot: Any) -> None:
    qtbot.mouseClick(preview.bar.two, Qt.MouseButton.LeftButton)
    assert preview.view.columns == 2
    assert preview.view.horizontalScrollBar().maximum() == 0


def test_words_are_found_across_pages_and_marked(preview: Preview, qtbot: Any) -> None:
    look_for(preview, qtbot, "整改")
    pages = [hit.page for hit in preview.hits]
    assert set(pages) == {0, 1, 2}
    assert preview.search.told.text() == f"第1处，共{len(pages)}处"
    preview.step(-1)
    assert preview.search.told.text() == f"第{len(pages)}处，共{len(pages)}处"
    assert preview.view.page == 2
    assert QRectF(preview.view.viewport().rect()).contains(preview.view.box_of_current())


def test_words_are_found_across_the_end_of_a_line_and_in_any_width(preview: Preview, qtbot: Any) -> None:
    look_for(preview, qtbot, "生态环境保护督察反馈第五项问题")
    assert len(preview.hits) >= 1
    assert len(preview.hits[0].boxes) == 2
    look_for(preview, qtbot, "２０２４ 年")
    assert preview.hits


def test_what_is_not_there_is_said_and_esc_ends_the_search(preview: Preview, qtbot: Any) -> None:
    look_for(preview, qtbot, "没有这句话")
    assert preview.search.told.text() == "没有找到"
    QTest.keyClick(preview.search.words, Qt.Key.Key_Escape)
    assert preview.search.isHidden()
    look_for(preview, qtbot, "整改")
    assert preview.hits
    preview.end_search()
    assert preview.hits == []


def test_a_paper_made_again_keeps_the_place_and_the_search(
    preview: Preview, request_paper: Printed, qtbot: Any
) -> None:
    look_for(preview, qtbot, "整改")
    preview.view.go_to(1)
    found, value = len(preview.hits), preview.view.verticalScrollBar().value()
    preview.show_printed(replace(request_paper, pages=3))
    settle(preview, qtbot)
    assert len(preview.hits) == found
    assert preview.view.page == 1
    assert abs(preview.view.verticalScrollBar().value() - value) < preview.view.viewport().height()
    preview.end_search()
    preview.show_printed(request_paper, is_other=True)
    settle(preview, qtbot)
    assert preview.view.page == 0


def test_remarks_and_missing_characters_stand_above_the_pages(preview: Preview, request_paper: Printed) -> None:
    assert preview.remarks.more.text() == f"共{len(request_paper.remarks)}条，全部显示"
    preview.show_printed(replace(request_paper, missing_characters="𠮷"))
    assert preview.remarks.words.text().endswith("请安装含这些字的字体后重印：𠮷")
    preview.remarks.more.click()
    assert all(remark in preview.remarks.words.text() for remark in request_paper.remarks)
    preview.show_printed(replace(request_paper, remarks=()))
    assert preview.remarks.isHidden()


def test_the_fonts_are_named_in_words(preview: Preview) -> None:
    assert preview.note.text().startswith("共3页　字体：")
    assert fonts_in_words((("fang", "FangSong_GB2312"), ("title", "GW-TitleSong"))) == (
        "字体：仿宋用FangSong_GB2312；小标宋用随程序的免费字体（Fandol）"
    )
    assert fonts_in_words(()) == ""


def test_without_a_paper_nothing_can_be_printed(preview: Preview) -> None:
    preview.show_nothing("请选择一个问题")
    assert not any(button.isEnabled() for button in preview.buttons.all())
    assert preview.bar.number.text() == ""
    assert preview.thumbs.thumbs.rowCount() == 0
    preview.begin_search()
    assert preview.search.isHidden()


def test_bytes_that_are_no_pdf_are_said_to_be_unreadable(preview: Preview, request_paper: Printed, qtbot: Any) -> None:
    preview.show_printed(replace(request_paper, data=b"%PDF-1.7 broken"))
    qtbot.waitUntil(lambda: preview.printed is None, timeout=20_000)
    assert preview.nothing.title.text() == "这份文书打不开"


def test_pictures_are_kept_up_to_a_limit_and_what_is_in_sight_stays(request_paper: Printed, qtbot: Any) -> None:
    pictures = PagePictures(budget=4 * 400 * 566 * 2)
    pictures.open(request_paper.data)
    qtbot.waitSignal(pictures.opened, timeout=20_000).wait()
    for page in range(3):
        pictures.want([(page, 400)])
        qtbot.waitUntil(lambda page=page: pictures.picture(page, 400) is not None, timeout=20_000)
    assert [pictures.picture(page, 400) is not None for page in range(3)] == [False, True, True]
    pictures.want([(page, 400) for page in range(3)])
    qtbot.waitUntil(lambda: all(pictures.picture(page, 400) for page in range(3)), timeout=20_000)
    pictures.close()


def test_a_picture_is_never_larger_than_the_limit(request_paper: Printed, qtbot: Any) -> None:
    pictures = PagePictures()
    pictures.open(request_paper.data)
    qtbot.waitSignal(pictures.opened, timeout=20_000).wait()
    pictures.want([(0, 60_000)])
    qtbot.waitUntil(lambda: pictures.picture(0, 60_000) is not None, timeout=20_000)
    picture = pictures.picture(0, 60_000)
    assert picture is not None
    assert 7_000_000 < picture.width() * picture.height() <= 8_010_000
    pictures.close()


def test_the_model_of_small_pages_is_a_sound_model(preview: Preview, qtbot: Any) -> None:
    model = ThumbModel(preview.pictures)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.refill()
    assert model.rowCount() == 3
    assert model.data(model.index(1)) == "2"
    preview.pictures.close()
    assert model.rowCount() == 0
    assert tester.model() is model


def test_pages_fit_the_room_they_are_given() -> None:
    sizes, room = (A4, A4, A3_SIDEWAYS), QSizeF(800, 600)
    for columns in (1, 2):
        for fit in (Fit.WIDTH, Fit.PAGE):
            places = places_of(sizes, columns, fitted_scale(sizes, columns, room, fit), room.width())
            assert places.width <= room.width()
            assert all(page.left() >= GAP for page in places.pages)
            if fit == Fit.PAGE:
                assert all(page.height() <= room.height() for page in places.pages)
    assert places_of((), 1, 1.0, 800).page_at(50) == 0


def test_a_window_shows_a_paper_and_is_small_enough(request_paper: Printed, qtbot: Any, clipped: Any) -> None:
    window = PreviewWindow(request_paper, "销号请示_问题5")
    qtbot.addWidget(window)
    window.show()
    settle(window.preview, qtbot)
    assert window.width() <= 1000
    assert window.height() <= 560
    assert clipped(window) == []
    window.preview.begin_search()
    QTest.keyClick(window.preview.search.words, Qt.Key.Key_Escape)
    assert window.isVisible()
    QTest.keyClick(window.preview.view, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.preview.pictures.close()


OPEN_AT_THE_END = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.views.preview.page_pictures import PagePictures
app = QApplication([])
pictures = PagePictures()
pictures.open(Path(sys.argv[1]).read_bytes())
for _ in range(500):
    if pictures.sizes:
        break
    QTest.qWait(20)
pictures.want([(0, 900), (1, 900)])
QTest.qWait(1)
print(len(pictures.sizes))
"""


def test_a_program_that_ends_with_a_paper_open_ends_without_a_word(request_paper: Printed, tmp_path: Path) -> None:
    file = tmp_path / "请示.pdf"
    file.write_bytes(request_paper.data)
    command = [sys.executable, "-W", "error", "-c", OPEN_AT_THE_END, str(file)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "3", "")
