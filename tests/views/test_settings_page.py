"""设置: the office, backups, 台账体检, fonts for paper, the look."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.operations.backups import list_backups
from desktop.operations.cases import find_case
from desktop.operations.office_settings import read_office_settings
from desktop.operations.opened import Ledger
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.setup.page import SettingsPage


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[SettingsPage]:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.resize(1093, 560)
    made.show()
    yield made
    session.runner.wait()


def wait(session: Session, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)


def test_the_office_is_shown_and_saved(page: SettingsPage, session: Session, qtbot: Any) -> None:
    assert page.office.state()["name"] == "蒸湘区整改办"
    page.office.restore({"contact": "李明", "phone": "0734-8888888", "signers": "罗区长", "checker": "王芳"})
    assert not page.is_idle()
    qtbot.mouseClick(page.office.submit_button, Qt.MouseButton.LeftButton)
    kept = read_office_settings(session.ledger)
    assert [kept[key] for key in ("contact", "phone", "signers", "checker")] == [
        "李明",
        "0734-8888888",
        "罗区长",
        "王芳",
    ]
    assert page.is_idle()


def test_an_office_without_a_name_is_refused_beside_the_field(page: SettingsPage, session: Session) -> None:
    page.office.restore({"name": ""})
    page.office.submit()
    assert page.office.fields["name"].fault.text() == "请填写单位名称"
    assert read_office_settings(session.ledger)["name"] == "蒸湘区整改办"


def test_the_checker_is_another_person_than_the_contact(page: SettingsPage) -> None:
    page.office.restore({"contact": "李明", "checker": "李明"})
    assert page.office.faults() == {"checker": "审核人不能就是经办的联系人，请另填一人"}


def test_what_is_being_typed_stays_when_something_else_changes(page: SettingsPage, session: Session) -> None:
    page.office.restore({"contact": "没写完"})
    page.refresh()
    assert page.office.state()["contact"] == "没写完"


def test_a_place_names_a_tab(page: SettingsPage) -> None:
    page.show_place(Place(PageKey.SETTINGS, part="health"))
    assert page.tabs.tabText(page.tabs.currentIndex()) == "备份与体检"


def test_a_backup_made_by_hand_appears_in_the_list(
    page: SettingsPage, session: Session, qtbot: Any, answers: Any
) -> None:
    assert page.health.list.item(0).text().startswith("还没有备份")
    page.health.back_up()
    wait(session, qtbot)
    assert answers.texts("tell")[0].startswith("备份已完成并通过检查")
    assert "手动备份　今天" in page.health.list.item(0).text()
    assert page.health.chosen() is None
    assert not page.health.restore_button.isEnabled()


def test_restoring_takes_a_choice_and_one_click(page: SettingsPage, session: Session, qtbot: Any) -> None:
    page.show_place(Place(PageKey.SETTINGS, part="health"))
    page.health.back_up()
    wait(session, qtbot)
    wanted: list[tuple[str, object]] = []
    session.wants.connect(lambda what, thing: wanted.append((what, thing)))
    page.health.list.setCurrentRow(0)
    qtbot.mouseClick(page.health.restore_button, Qt.MouseButton.LeftButton)
    assert wanted == [("restore", list_backups(session.ledger.folder)[0].folder)]


def test_backups_by_hand_go_where_the_clerk_said(
    page: SettingsPage, session: Session, qtbot: Any, answers: Any, tmp_path: Path
) -> None:
    answers.replies["folder"] = str(tmp_path / "另一块盘")
    page.health.choose_place()
    page.health.back_up()
    wait(session, qtbot)
    assert [folder.name.split("_备份_")[0] for folder in (tmp_path / "另一块盘").iterdir()] == ["蒸湘区台账"]
    assert list_backups(session.ledger.folder) == ()


def test_the_check_says_that_all_is_sound(page: SettingsPage, session: Session, qtbot: Any) -> None:
    page.health.check()
    wait(session, qtbot)
    assert page.health.result.text().endswith("0个附件，台账完好。")


def test_only_one_long_job_at_a_time_and_it_is_said_why(
    page: SettingsPage, session: Session, qtbot: Any, answers: Any
) -> None:
    page.health.check()
    page.health.back_up()
    assert answers.texts("tell") == ["正在台账体检，请等它完成后再备份。"]
    page.fonts.look()
    assert answers.texts("tell")[1] == "正在台账体检，请等它完成后再查找字体。"
    wait(session, qtbot)


def test_the_fonts_for_paper_are_named_by_their_use(page: SettingsPage, session: Session, qtbot: Any) -> None:
    page.fonts.look()
    wait(session, qtbot)
    assert all(label.text() not in ("", "尚未查找") for label in page.fonts.found.values())


def test_the_look_is_kept_and_told(page: SettingsPage, session: Session) -> None:
    told: list[bool] = []
    session.look_changed.connect(lambda: told.append(True))
    page.look.theme.setFocus()
    QTest.keyClick(page.look.theme, Qt.Key.Key_Down)
    assert session.settings.text("theme") == "dark"
    assert told == [True]
    session.settings.set("theme", "light")
    session.look_changed.emit()
    assert page.look.theme.currentText() == "浅色"


def test_the_folder_for_new_ledgers_is_kept(page: SettingsPage, session: Session, answers: Any, tmp_path: Path) -> None:
    answers.replies["folder"] = str(tmp_path)
    page.look.choose_folder()
    assert session.settings.data_folder() == tmp_path


@pytest.mark.parametrize("size", [(1200, 660), (960, 520), (780, 420)])
def test_nothing_is_clipped_on_any_tab(
    page: SettingsPage, size: tuple[int, int], clipped: Callable[[QWidget], list[str]]
) -> None:
    page.resize(*size)
    for part in ("office", "health", "fonts", "look"):
        page.show_place(Place(PageKey.SETTINGS, part=part))
        QTest.qWait(10)
        assert clipped(page) == []
    assert (page.width(), page.height()) == size


def spoil(ledger: Ledger) -> None:
    """What is shown differs from the records, as after a fault of the disk."""
    with closing(sqlite3.connect(ledger.folder / "ledger.sqlite")) as connection, connection:
        connection.execute("UPDATE projecting SET active = 1")
        connection.execute("UPDATE problem SET text = '被改动的文字'")
        connection.execute("UPDATE projecting SET active = 0")


def test_a_view_that_differs_from_the_records_is_mended_with_one_click(
    page: SettingsPage, session: Session, qtbot: Any
) -> None:
    page.show_place(Place(PageKey.SETTINGS, part="health"))
    page.health.check()
    wait(session, qtbot)
    assert not page.health.mend_button.isVisible()
    spoil(session.ledger)
    page.health.check()
    wait(session, qtbot)
    assert "请重建台账视图" in page.health.result.text()
    assert page.health.mend_button.isVisible()
    read_again: list[object] = []
    session.changed.connect(read_again.append)
    qtbot.mouseClick(page.health.mend_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.health.result.text().endswith("台账完好。"), timeout=20_000)
    assert len(read_again) == 1
    assert not page.health.mend_button.isVisible()
    assert find_case(session.ledger, 5).problem.text.startswith("湖南衡阳钢管")
