"""Files come in by drop, paste and choice, several at once, each with the paper it is."""

from pathlib import Path

import pytest
from made_up import region
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from forms.fields.choice import choice_in
from forms.fields.file_finding import MOST, find_files
from forms.fields.files import FileList
from forms.fields.thumbnails import SIDE, thumbnail
from tests.in_front import in_front

PAPERS = tuple(paper for rule in region().gates for paper in rule.papers)


@pytest.fixture
def files(qtbot: QtBot) -> FileList:
    made = FileList(PAPERS)
    qtbot.addWidget(made)
    in_front(qtbot, made)
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(QSize(1600, 1200), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    path = tmp_path / "现场照片.jpg"
    assert image.save(str(path))
    return path


def written(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name, encoding="utf-8")
    return paths


def test_several_files_are_dropped_at_once(files: FileList, drop, tmp_path: Path) -> None:
    paths = written(tmp_path, "验收意见表.pdf", "销号的请示.pdf", "照片.jpg")
    assert drop(files, *paths)
    assert files.files() == tuple(map(str, paths))
    assert files.papers_chosen() == ("acceptance_opinion", "request_signed", "")
    assert files.told.text() == "已加入3个文件。"


def test_a_folder_brings_its_files_in_order_without_hidden_and_temporary_ones(files: FileList, drop, tmp_path) -> None:
    written(tmp_path / "现场", "b.jpg", "a.jpg", "Thumbs.db", "~$意见.docx", ".hidden", "内业/c.pdf", ".git/d.pdf")
    assert drop(files, tmp_path / "现场")
    assert [Path(name).name for name in files.files()] == ["a.jpg", "b.jpg", "c.pdf"]
    assert files.told.text() == "已加入3个文件，略过3个隐藏或临时文件。"


def test_a_very_full_folder_is_cut_and_says_so(tmp_path: Path) -> None:
    written(tmp_path, *(f"{number}.jpg" for number in range(MOST + 5)))
    found = find_files([tmp_path])
    assert (len(found.files), found.is_cut) == (MOST, True)
    assert "其余没有加入" in found.sentence()


def test_the_same_file_is_listed_once(files: FileList, photo: Path) -> None:
    files.add([photo])
    files.add([photo, photo])
    assert files.files() == (str(photo),)


def test_ctrl_v_takes_a_picture_and_names_it(files: FileList) -> None:
    image = QImage(QSize(64, 48), QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    files.table.setFocus()
    files.choose_button.setFocus()
    QTest.keyClick(files.choose_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (name,) = files.files()
    assert Path(name).name == "粘贴图片1.png"
    assert QImage(name).size() == QSize(64, 48)
    files.forget_pasted()
    assert not Path(name).exists()
    assert files.fault() == "“粘贴图片1.png”等1个文件已不在原处，请移除或重新添加"


def test_ctrl_v_takes_files_copied_in_a_folder(files: FileList, photo: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(mime)
    files.paste()
    assert files.files() == (str(photo),)


def test_an_empty_clipboard_is_told(files: FileList) -> None:
    QGuiApplication.clipboard().setText("文字")
    files.paste()
    assert files.files() == ()
    assert files.told.text().startswith("剪贴板里没有图片或文件")


def test_a_photograph_shows_a_small_picture(qtbot: QtBot, files: FileList, photo: Path) -> None:
    files.add([photo])
    qtbot.waitUntil(lambda: not files.table.item(0, 0).icon().isNull())
    small = thumbnail(photo, SIDE)
    assert small is not None
    assert (small.width(), small.height()) == (SIDE, SIDE * 3 // 4)


def test_what_is_no_picture_has_none(tmp_path: Path) -> None:
    fake, paper = written(tmp_path, "坏.jpg", "意见.pdf")
    assert thumbnail(fake, SIDE) is None
    assert thumbnail(paper, SIDE) is None
    assert thumbnail(tmp_path / "没有.jpg", SIDE) is None


def test_the_clerk_says_which_paper_a_file_is(files: FileList, photo: Path) -> None:
    files.add([photo])
    files.table.cellWidget(0, 2).findChild(QComboBox).choose("no_objection")
    assert files.papers_chosen() == ("no_objection",)
    files.set_remark("自查自验表")
    assert files.papers_chosen() == ("no_objection",)


def test_the_choices_of_a_large_drop_follow(qtbot: QtBot, files: FileList, tmp_path: Path) -> None:
    files.add(written(tmp_path, *(f"{number:02d}_公示截图.pdf" for number in range(30))))
    qtbot.waitUntil(lambda: choice_in(files.table, 29, 2) is not None)
    assert choice_in(files.table, 29, 2).chosen() == "notice_screenshot"
    files.table.selectRow(0)
    files.remove_selected()
    qtbot.waitUntil(lambda: files.table.rowCount() == 29)
    choice_in(files.table, 0, 2).choose("no_objection")
    assert files.papers_chosen() == ("no_objection", *("notice_screenshot" for _ in range(28)))
    assert files.table.item(0, 0).text() == "01_公示截图.pdf"


def test_what_the_clerk_calls_a_general_proof_is_none_of_the_papers(files: FileList, tmp_path: Path) -> None:
    files.add(written(tmp_path, "公示截图.png"))
    assert files.papers_chosen() == ("notice_screenshot",)
    choice_in(files.table, 0, 2).choose("")
    assert files.papers_chosen() == ("proof",)


def test_the_remark_helps_to_tell_the_paper(files: FileList, photo: Path) -> None:
    files.add([photo])
    files.set_remark("公示网页截图")
    assert files.papers_chosen() == ("notice_screenshot",)


def test_delete_takes_files_off_the_list_and_leaves_them_on_the_disk(files: FileList, photo: Path) -> None:
    files.add([photo])
    files.table.selectRow(0)
    files.table.setFocus()
    QTest.keyClick(files.table, Qt.Key.Key_Delete)
    assert files.files() == ()
    assert photo.exists()
    assert files.empty.isVisible()


def test_choosing_asks_the_view_and_takes_its_answer(qtbot: QtBot, files: FileList, photo: Path) -> None:
    files.files_wanted.connect(lambda take: take([photo]))
    files.choose_button.click()
    assert files.files() == (str(photo),)


def test_the_state_keeps_order_papers_and_files_that_have_gone(qtbot: QtBot, files: FileList, tmp_path: Path) -> None:
    first, second = written(tmp_path, "乙.pdf", "甲.pdf")
    files.add([first], "no_objection")
    files.add([second])
    second.unlink()
    again = FileList(PAPERS)
    qtbot.addWidget(again)
    again.set_value(files.value())
    assert again.value() == files.value()
    assert again.table.item(1, 1).text() == "文件不在了"
    assert again.fault() == "“甲.pdf”等1个文件已不在原处，请移除或重新添加"
