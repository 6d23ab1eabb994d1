"""The program's own dialogs: Chinese buttons, Esc is no, and the window in front comes back to the front."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QFileInfo, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget

from desktop.rules.errors import KnownFault
from desktop.views import file_dialogs, questions
from desktop.views.file_dialogs import FileKinds, Mode, begin_at, make_dialog, remember
from tests.in_front import in_front


@pytest.fixture(autouse=True)
def _really(answers: Any) -> None:
    """No test answers in place of the dialogs here."""
    questions.answer = None


@pytest.fixture
def window(looks: QApplication, qtbot: Any) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    in_front(qtbot, made)
    yield made
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def once(act: Callable[[Any], None]) -> list[QWidget]:
    """Do something with the dialog that opens next."""
    seen: list[QWidget] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look)
            return
        seen.append(dialog)
        act(dialog)

    QTimer.singleShot(0, look)
    return seen


def press(words: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(b for b in box.findChildren(QPushButton) if b.text() == words).click()


def test_a_question_has_the_words_it_was_given_and_esc_is_no(window: QWidget) -> None:
    seen = once(press("恢复"))
    assert questions.ask("用这份备份恢复台账吗？", "现在的台账会改名留在旁边。", "恢复", "不恢复")
    assert [b.text() for b in seen[0].findChildren(QPushButton)] == ["恢复", "不恢复"]
    once(lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    assert not questions.ask("用这份备份恢复台账吗？", "", "恢复", "不恢复")


def test_one_of_several_is_chosen_by_its_key(window: QWidget) -> None:
    once(press("生成一份"))
    assert questions.ask_which("怎样生成？", "", (("one", "生成一份"), ("many", "逐个生成"))) == "one"
    once(press("取消"))
    assert questions.ask_which("怎样生成？", "", (("one", "生成一份"), ("many", "逐个生成"))) == ""


def test_a_fault_is_told_with_its_remedy_and_the_window_is_in_front_again(window: QWidget, qtbot: Any) -> None:
    seen = once(lambda box: QTest.keyClick(box, Qt.Key.Key_Return))
    questions.tell_refusal(KnownFault("磁盘已满，没有保存。", "请清理磁盘后再试。"))
    assert isinstance(seen[0], QMessageBox)
    assert (seen[0].text(), seen[0].informativeText()) == ("磁盘已满，没有保存。", "请清理磁盘后再试。")
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.findChildren(QMessageBox) == []


def test_a_dialog_that_closes_its_window_is_survived(window: QWidget) -> None:
    dialog = QDialog(window)

    def close(_: QDialog) -> None:
        dialog.accept()
        window.hide()

    once(close)
    assert questions.run_dialog(dialog)


def test_our_own_dialog_for_files_speaks_chinese(tmp_path: Path, looks: QApplication) -> None:
    (tmp_path / "方案.docx").touch()
    (tmp_path / "无后缀").touch()
    kinds = FileKinds()
    words = [kinds.type(QFileInfo(str(tmp_path / name))) for name in ("", "方案.docx", "无后缀")]
    assert words == ["文件夹", "DOCX 文件", "文件"]


def test_files_are_looked_for_where_the_clerk_was_last(
    tmp_path: Path, looks: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "_last", None)
    monkeypatch.setattr(file_dialogs, "documents_folder", lambda: tmp_path)
    assert begin_at() == tmp_path
    stick = tmp_path / "U盘"
    stick.mkdir()
    remember(stick)
    assert begin_at() == stick
    stick.rmdir()
    assert begin_at() == tmp_path


def test_a_file_to_write_is_proposed_by_its_name(
    tmp_path: Path, looks: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "_last", tmp_path)
    dialog = make_dialog(None, "导出台账", Mode.AnyFile, pattern="Excel 表格 (*.xlsx)", name="整改台账.xlsx")
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "整改台账.xlsx"
    dialog.deleteLater()


def test_a_chosen_file_is_given_back_and_its_folder_remembered(
    tmp_path: Path, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "_last", tmp_path)
    folder = tmp_path / "材料"
    folder.mkdir()
    file = folder / "方案.txt"
    file.touch()

    def choose(dialog: QFileDialog) -> None:
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setText(str(file))
        dialog.accept()

    once(choose)
    assert questions.ask_files("选择整改方案", "文本 (*.txt);;所有文件 (*)") == [file]
    assert begin_at() == folder
    once(lambda dialog: dialog.reject())
    assert questions.ask_folder("选择台账文件夹") is None
