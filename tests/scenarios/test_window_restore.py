"""After a disaster: the start page brings everything back that was confirmed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.backups import list_backups
from desktop.operations.cases import find_case
from desktop.rules.records import CaseFile
from desktop.views.place import PageKey, Place
from desktop.views.program import Program
from desktop.views.setup.page import SettingsPage
from tests.scenarios.at_start import close, enter, shown, started
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, press


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        yield made


@pytest.fixture
def program(clerk: WindowClerk, qapp: QApplication) -> Iterator[Program]:
    with started(clerk, qapp) as made:
        yield made


def open_ledger(program: Program, clerk: WindowClerk) -> None:
    """打开台账 from the start page, and say who works."""
    clerk.answers.replies["folder"] = clerk.folder
    press(program.start.buttons["open"])
    enter(program, clerk)


def work_a_while(clerk: WindowClerk) -> CaseFile:
    """A report with its proof, so that there is something to lose."""
    page = clerk.open_problem()
    values = {"text": "已完成截污纳管6处", "percent": 50, "files": clerk.file("现场照片说明.txt")}
    assert clerk.fill(page.bar.progress_button, **values) == ""
    return find_case(clerk.window.session.ledger, 5)


def test_a_ruined_file_is_told_and_the_last_backup_brings_everything_back(
    program: Program, clerk: WindowClerk
) -> None:
    open_ledger(program, clerk)
    before = work_a_while(clerk)
    close(program, clerk)
    (backup,) = list_backups(clerk.folder)
    (clerk.folder / "ledger.sqlite").write_bytes(b"ruined by a power cut" * 1000)
    program.show_start()
    press(program.start.buttons["open"])
    (told,) = clerk.answers.texts("refusal")
    assert "台账" in told
    assert program.window is None
    clerk.answers.replies |= {"folder": backup.folder, "ask": True}
    press(program.start.buttons["restore"])
    enter(program, clerk)
    assert find_case(clerk.window.session.ledger, 5) == before
    assert all(piece.present for piece in before.evidence)
    assert any("替换前" in found.name for found in clerk.folder.parent.iterdir())
    again = clerk.open_problem()
    assert clerk.fill(again.bar.progress_button, text="恢复后照常填报", percent=60) == ""
    assert len(find_case(clerk.window.session.ledger, 5).progress) == 2


def test_a_lost_folder_comes_back_from_a_backup_on_another_disk(program: Program, clerk: WindowClerk) -> None:
    disk, desk = clerk.folder.parent / "移动硬盘", clerk.folder.parent / "新电脑"
    disk.mkdir()
    desk.mkdir()
    open_ledger(program, clerk)
    before = work_a_while(clerk)
    back_up_to(clerk, disk)
    close(program, clerk)
    shutil.rmtree(clerk.folder)
    program.show_start()
    assert "不在原处" in program.start.recent.item(0).text()
    (backup,) = disk.iterdir()
    clerk.answers.replies |= {
        "ask": True,
        "folder": lambda title, _: backup if title == "选择备份文件夹" else desk,
    }
    press(program.start.buttons["restore"])
    enter(program, clerk)
    assert clerk.window.session.ledger.folder == desk / clerk.folder.name
    assert find_case(clerk.window.session.ledger, 5) == before
    assert all(piece.present for piece in before.evidence)


def test_a_backup_of_this_morning_is_put_back_in_two_clicks(program: Program, clerk: WindowClerk) -> None:
    open_ledger(program, clerk)
    before = work_a_while(clerk)
    page = settings_of(clerk)
    press(page.health.back_up_button)
    clerk.qtbot.waitUntil(lambda: page.health.list.item(0).text().endswith("手动备份　今天"), timeout=WAIT)
    case = clerk.open_problem()
    assert clerk.fill(case.bar.progress_button, text="误填的一条", percent=90) == ""
    page = settings_of(clerk)
    page.health.list.setCurrentRow(0)
    clerk.answers.replies["ask"] = True
    first = clerk.windows.pop()
    press(page.health.restore_button)
    clerk.qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=WAIT)
    shown(program, clerk)
    assert find_case(clerk.window.session.ledger, 5) == before


def settings_of(clerk: WindowClerk) -> SettingsPage:
    """设置, at 备份与体检."""
    clerk.window.go(Place(PageKey.SETTINGS, part="health"))
    page = clerk.window.page
    assert isinstance(page, SettingsPage)
    return page


def back_up_to(clerk: WindowClerk, disk: Path) -> None:
    """Choose where backups by hand go, and make one."""
    page = settings_of(clerk)
    clerk.answers.replies["folder"] = disk
    page.health.choose_place()
    press(page.health.back_up_button)
    clerk.qtbot.waitUntil(lambda: not clerk.window.session.runner.is_busy and any(disk.iterdir()), timeout=WAIT)
