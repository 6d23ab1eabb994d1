"""The whole way: start page, new ledger, window, closing, opening again, restoring, the sample."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop import app as program_app
from desktop.app import Program, build_window, choose_input_method
from desktop.operations.backups import list_backups
from desktop.operations.ledgers import back_up, office_of, open_to_read, open_to_work
from desktop.operations.opened import Ledger
from desktop.operations.packages.sending import send_start
from desktop.operations.units import list_people, save_person, save_unit
from desktop.rules.entries import PersonEntry, UnitEntry
from desktop.settings import Settings
from desktop.views import program as way
from desktop.views.exchange.page import ExchangePage
from desktop.views.main_window import MainWindow
from desktop.views.start.new_ledger_panel import NewLedger
from tests.scenarios.exchange_clerks import found


@pytest.fixture
def program(looks: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(way.QApplication, "quit", lambda: None)
    made = Program(looks, Settings(tmp_path / "settings.json"))
    made.show_start()
    yield made
    made.end()
    if made.window is not None:
        made.window.close_at_once()
    made.start.close()
    made.start.deleteLater()
    made.deleteLater()


def window_of(program: Program, qtbot: Any) -> MainWindow:
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=30_000)
    assert program.window is not None
    return program.window


def make(program: Program, folder: Path, qtbot: Any) -> MainWindow:
    program.start.chosen.emit("new", NewLedger(folder, "蒸湘区整改办", "hengyang", "李明"))
    return window_of(program, qtbot)


def gone(program: Program, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: program.window is None, timeout=20_000)


def test_the_district_handed_out_with_the_program_goes_into_the_ledger_of_its_office(
    program: Program, tmp_path: Path, qtbot: Any
) -> None:
    program.settings.take_first({"office": "蒸湘区整改办", "district": "衡阳市蒸湘区"})
    window = make(program, tmp_path / "台账", qtbot)
    assert office_of(window.session.ledger).district == "衡阳市蒸湘区"


def test_a_new_ledger_opens_for_the_person_who_made_it(program: Program, tmp_path: Path, qtbot: Any) -> None:
    window = make(program, tmp_path / "台账", qtbot)
    assert window.session.person == "李明"
    assert window.session.can_write
    assert not program.start.isVisible()
    assert program.settings.recent() == (tmp_path / "台账",)


def test_a_new_unit_begins_with_the_package_of_its_hub(
    program: Program, tmp_path: Path, qtbot: Any, answers: Any
) -> None:
    hub = found(tmp_path, "江澜区整改办", "苏念之")
    save_unit(hub.ledger, "", UnitEntry("云陂镇"), date(2026, 11, 23), "苏念之")
    sent = send_start(hub.ledger, tmp_path / "U盘", hub.keys, date(2026, 11, 23), "", "橘子洲头看湘江北去")
    hub.ledger.close()
    program.settings.set("data_folder", str(tmp_path / "数据"))
    answers.replies |= {"files": [sent.files[0]], "secret": "橘子洲头看湘江北去"}
    program.start.buttons["start"].click()
    panel = program.start.new_panel
    qtbot.waitUntil(lambda: program.start.stack.currentWidget() is panel, timeout=30_000)
    panel.unit.setCurrentText("云陂镇")
    panel.unit.activated.emit(panel.unit.currentIndex())
    panel.restore({"person": "李明"})
    panel.submit()
    window = window_of(program, qtbot)
    assert window.session.ledger.folder == tmp_path / "数据" / "云陂镇督察整改台账"
    page = window.page
    assert isinstance(page, ExchangePage)
    assert page.part == "partners"
    assert page.partners.confirm_button.isEnabled()
    assert page.partners.upper.isChecked()


def test_closing_gives_the_ledger_back_with_a_backup(program: Program, tmp_path: Path, qtbot: Any) -> None:
    window = make(program, tmp_path / "台账", qtbot)
    window.close()
    gone(program, qtbot)
    assert len(list_backups(tmp_path / "台账")) == 1
    with open_to_work(tmp_path / "台账") as again:
        assert again.writable


def test_opening_asks_who_works(program: Program, ledger: Ledger, qtbot: Any) -> None:
    save_person(ledger, "", PersonEntry("王芳"), date(2026, 11, 23), "李明")
    ledger.close()
    program.start.chosen.emit("open", ledger.folder)
    assert program.window is None
    assert program.start.stack.currentWidget() is program.start.who_panel
    program.start.who_panel.ok_button.click()
    assert window_of(program, qtbot).session.person == "王芳"


def test_going_back_from_who_works_gives_the_ledger_back(program: Program, ledger: Ledger, qtbot: Any) -> None:
    ledger.close()
    program.start.chosen.emit("open", ledger.folder)
    program.start.who_panel.cancelled.emit()
    with open_to_work(ledger.folder) as again:
        assert again.writable
    assert program.start.stack.currentWidget() is program.start.home


def test_a_folder_that_is_no_ledger_is_refused_in_a_sentence(program: Program, tmp_path: Path, answers: Any) -> None:
    (tmp_path / "照片").mkdir()
    program.start.chosen.emit("open", tmp_path / "照片")
    assert len(answers.texts("refusal")) == 1
    assert program.window is None
    assert program.start.isVisible()


def test_a_place_that_is_taken_makes_no_ledger(program: Program, tmp_path: Path, answers: Any) -> None:
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "文件.txt").write_text("x", encoding="utf-8")
    program.start.chosen.emit("new", NewLedger(tmp_path / "满", "蒸湘区整改办", "hengyang", "李明"))
    assert "没有新建台账" in answers.texts("refusal")[0]
    assert program.window is None


def test_a_second_window_may_only_look_and_tries_again(program: Program, ledger: Ledger, qtbot: Any) -> None:
    program.open_folder(ledger.folder, "王芳")
    first = window_of(program, qtbot)
    assert not first.session.can_write
    ledger.close()
    first.banner.pressed.emit()
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=20_000)
    assert window_of(program, qtbot).session.can_write


def test_restoring_brings_back_what_was_there_and_keeps_what_stood_there(
    program: Program, tmp_path: Path, qtbot: Any, answers: Any
) -> None:
    window = make(program, tmp_path / "台账", qtbot)
    ledger = window.session.ledger
    window.closing.back_up_if_due()
    qtbot.waitUntil(lambda: not window.session.runner.is_busy)
    (backup,) = list_backups(ledger.folder)
    save_person(ledger, "", PersonEntry("误录的人"), date(2026, 11, 23), "李明")
    window.session.wants.emit("restore", backup.folder)
    assert program.window is window
    answers.replies["ask"] = True
    window.session.wants.emit("restore", backup.folder)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not window, timeout=30_000)
    again = window_of(program, qtbot)
    assert again.session.ledger.folder == tmp_path / "台账"
    assert again.session.person == "李明"
    assert list_people(again.session.ledger) == ()
    (aside,) = tmp_path.glob("台账_替换前_*")
    with open_to_read(aside) as old:
        assert [person.name for person in list_people(old)] == ["误录的人"]


def test_after_a_disaster_the_start_page_restores_from_a_backup_elsewhere(
    program: Program, ledger: Ledger, tmp_path: Path, qtbot: Any, answers: Any
) -> None:
    backup = Path(back_up(ledger, way.datetime.now(), tmp_path / "移动硬盘").extra["folder"])
    ledger.close()
    (tmp_path / "新电脑").mkdir()
    answers.replies |= {"ask": True, "folder": lambda title, _: backup if "备份" in title else tmp_path / "新电脑"}
    program.start.chosen.emit("restore", None)
    qtbot.waitUntil(lambda: program.start.stack.currentWidget() is program.start.who_panel, timeout=30_000)
    assert (tmp_path / "新电脑" / "蒸湘区台账" / "ledger.sqlite").is_file()


def test_the_sample_is_made_once_and_opened(program: Program, tmp_path: Path, qtbot: Any) -> None:
    program.settings.set("data_folder", str(tmp_path))
    program.start.chosen.emit("sample", None)
    assert not program.start.buttons["new"].isEnabled()
    qtbot.waitUntil(lambda: program.start.stack.currentWidget() is program.start.who_panel, timeout=120_000)
    made = (tmp_path / way.SAMPLE_FOLDER / "ledger.sqlite").stat().st_ino
    program.start.who_panel.cancelled.emit()
    program.start.chosen.emit("sample", None)
    assert program.start.stack.currentWidget() is program.start.who_panel
    assert (tmp_path / way.SAMPLE_FOLDER / "ledger.sqlite").stat().st_ino == made


def test_a_sample_that_was_cancelled_leaves_nothing(program: Program, tmp_path: Path, qtbot: Any, answers: Any) -> None:
    program.settings.set("data_folder", str(tmp_path / "文档"))
    program.runner.progressed.connect(lambda *_: program.runner.cancel())
    program.start.chosen.emit("sample", None)
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=60_000)
    assert answers.texts("tell")[0].startswith("已取消")
    assert list((tmp_path / "文档").iterdir()) == []
    assert program.start.buttons["sample"].isEnabled()


def test_another_person_takes_over_without_leaving_the_program(program: Program, tmp_path: Path, qtbot: Any) -> None:
    window = make(program, tmp_path / "台账", qtbot)
    window.do("switch_person")
    gone(program, qtbot)
    qtbot.waitUntil(lambda: program.start.stack.currentWidget() is program.start.who_panel)
    program.start.who_panel.name.setText("王芳")
    program.start.who_panel.ok_button.click()
    assert window_of(program, qtbot).session.person == "王芳"


def test_the_window_alone_is_built_for_tests_and_for_the_tour(ledger: Ledger, qtbot: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    window = build_window(ledger, "李明", lambda: date(2026, 11, 23), settings)
    qtbot.addWidget(window, before_close_func=MainWindow.close_at_once)
    window.show()
    assert window.session.today() == date(2026, 11, 23)
    for key in window.navigation.keys:
        assert window.page_of(key).key == key


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "xim"}, "xim"),
        ({"GTK_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}, None),
    ],
)
def test_chinese_can_be_typed_where_fcitx_runs(
    environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XMODIFIERS", "GTK_IM_MODULE", "QT_IM_MODULE", "QT_IM_MODULES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(program_app.sys, "platform", "linux")
    choose_input_method()
    assert os.environ.get("QT_IM_MODULE") == expected
