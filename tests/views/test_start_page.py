"""From an empty desk to an open ledger: make, open, sample, restore, say who works."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.settings import Settings
from desktop.views.runner import Runner
from desktop.views.start.new_ledger_panel import NewLedger
from desktop.views.start.page import SECRECY, StartPage
from desktop.views.status_bar import StatusBar


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings" / "settings.json")


@pytest.fixture
def page(settings: Settings, qtbot: Any) -> StartPage:
    made = StartPage(settings, StatusBar(Runner()))
    qtbot.addWidget(made)
    made.resize(1093, 614)
    made.show()
    return made


def type_in(field: QWidget, text: str) -> None:
    """Chinese comes from the input method, not from keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def heard(page: StartPage) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    page.chosen.connect(lambda what, thing: found.append((what, thing)))
    return found


def test_the_secrecy_rule_stands_on_the_first_screen(page: StartPage) -> None:
    texts = [label.text() for label in page.findChildren(QWidget) if hasattr(label, "text") and label.isVisible()]
    assert SECRECY in texts


@pytest.mark.parametrize(("name", "what"), [("打开台账", "open"), ("打开示例", "sample"), ("从备份恢复", "restore")])
def test_each_large_button_asks_for_its_thing(page: StartPage, qtbot: Any, name: str, what: str) -> None:
    found = heard(page)
    button = next(b for b in page.buttons.values() if b.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert found == [(what, None)]


def test_a_new_ledger_is_named_after_its_office(
    page: StartPage, settings: Settings, tmp_path: Path, qtbot: Any
) -> None:
    settings.set("data_folder", str(tmp_path / "数据"))
    found = heard(page)
    qtbot.mouseClick(page.buttons["new"], Qt.MouseButton.LeftButton)
    panel = page.new_panel
    type_in(panel.fields["office"].widget, "蒸湘区整改办")
    type_in(panel.fields["person"].widget, "李明")
    qtbot.mouseClick(panel.submit_button, Qt.MouseButton.LeftButton)
    folder = tmp_path / "数据" / "蒸湘区整改办督察整改台账"
    assert found == [("new", NewLedger(folder, "蒸湘区整改办", "hengyang", "李明"))]


def test_a_name_the_clerk_chose_is_not_overwritten(page: StartPage) -> None:
    page.show_new()
    panel = page.new_panel
    type_in(panel.fields["name"].widget, "2026年台账")
    type_in(panel.fields["office"].widget, "蒸湘区整改办")
    assert panel.state()["name"] == "2026年台账"


def test_what_is_missing_is_said_beside_its_field(page: StartPage, qtbot: Any) -> None:
    found = heard(page)
    page.show_new()
    qtbot.mouseClick(page.new_panel.submit_button, Qt.MouseButton.LeftButton)
    assert found == []
    assert page.new_panel.fields["office"].fault.text() == "请填写单位名称"
    assert page.new_panel.fields["person"].fault.text() == "请填写您的姓名"
    assert page.new_panel.fields["office"].fault.isVisible()


@pytest.mark.parametrize("name", ["台账/一", "a:b", "台账.", "<台账>"])
def test_a_name_no_folder_can_have_is_refused(page: StartPage, name: str) -> None:
    page.show_new()
    page.new_panel.restore({"office": "蒸湘区整改办", "person": "李明", "name": name})
    assert set(page.new_panel.faults()) == {"name"}


@pytest.mark.parametrize(("parent", "fault"), [("", "请选择台账放在哪个文件夹"), ("数据", "请填写完整的文件夹位置")])
def test_the_place_of_a_new_ledger_must_be_whole(page: StartPage, parent: str, fault: str) -> None:
    page.show_new()
    page.new_panel.restore({"office": "蒸湘区整改办", "person": "李明", "name": "台账", "parent": parent})
    assert page.new_panel.faults() == {"parent": fault}


def test_the_place_can_be_chosen(page: StartPage, answers: Any, tmp_path: Path, qtbot: Any) -> None:
    answers.replies["folder"] = str(tmp_path)
    page.show_new()
    field = page.new_panel.fields["parent"].widget
    button = next(b for b in field.findChildren(QWidget) if b.accessibleName() == "台账放在哪个文件夹")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.new_panel.state()["parent"] == str(tmp_path)


def test_the_ledgers_opened_last_are_offered(page: StartPage, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "ledger.sqlite").write_bytes(b"")
    for name in ("乙", "甲"):
        settings.note_recent(tmp_path / name)
    page.show_home()
    texts = [page.recent.item(row).text() for row in range(page.recent.count())]
    assert texts[0].startswith("甲")
    assert "不在原处" not in texts[0]
    assert "不在原处" in texts[1]
    found = heard(page)
    page.recent.setCurrentRow(0)
    QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert found == [("open", tmp_path / "甲")]


def test_before_the_first_ledger_the_page_says_what_to_do(page: StartPage) -> None:
    assert page.recent.item(0).text() == "还没有打开过台账。请新建台账，或先打开示例看看。"
    found = heard(page)
    page.recent.itemClicked.emit(page.recent.item(0))
    assert found == []


def test_the_person_of_last_time_is_chosen_already(page: StartPage, qtbot: Any) -> None:
    chosen: list[str] = []
    page.who.connect(chosen.append)
    page.show_who("台账", "蒸湘区整改办", ["王芳", "李明"], "李明")
    qtbot.mouseClick(page.who_panel.ok_button, Qt.MouseButton.LeftButton)
    assert chosen == ["李明"]


def test_someone_new_types_the_name(page: StartPage) -> None:
    chosen: list[str] = []
    page.who.connect(chosen.append)
    page.show_who("台账", "蒸湘区整改办", [], "")
    field = page.who_panel.name
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (chosen, page.who_panel.fault.isVisible()) == ([], True)
    type_in(field, " 赵强 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == ["赵强"]


def test_a_name_is_chosen_with_the_keyboard_alone(page: StartPage) -> None:
    chosen: list[str] = []
    page.who.connect(chosen.append)
    page.show_who("台账", "蒸湘区整改办", ["王芳", "李明"], "")
    QTest.keyClick(page.who_panel.people, Qt.Key.Key_Down)
    QTest.keyClick(page.who_panel.people, Qt.Key.Key_Return)
    assert chosen == ["李明"]


def test_escape_leads_back_to_the_first_screen(page: StartPage) -> None:
    left: list[bool] = []
    page.left_who.connect(lambda: left.append(True))
    page.show_new()
    QTest.keyClick(page.new_panel, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.home
    page.show_who("台账", "蒸湘区整改办", ["王芳"], "")
    QTest.keyClick(page.who_panel, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.home
    assert left == [True]


def test_while_a_job_runs_nothing_else_can_be_chosen(page: StartPage) -> None:
    page.set_busy(True)
    assert not page.buttons["sample"].isEnabled()
    page.set_busy(False)
    assert page.buttons["sample"].isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (911, 512)])
def test_nothing_is_clipped_on_any_panel(
    page: StartPage, size: tuple[int, int], clipped: Callable[[QWidget], list[str]]
) -> None:
    page.resize(*size)
    for show in (
        page.show_home,
        page.show_new,
        lambda: page.show_who("蒸湘区整改办督察整改台账", "蒸湘区整改办", ["王芳", "李明"], "李明"),
    ):
        show()
        QTest.qWait(10)
        assert clipped(page) == []
    assert (page.width(), page.height()) == size


def test_every_field_has_a_name_for_screen_readers(page: StartPage) -> None:
    for field in page.findChildren(QLineEdit):
        assert field.accessibleName() or field.parent().accessibleName()


def test_first_settings_leave_only_the_name_of_the_person_to_fill_in(
    page: StartPage, settings: Settings, tmp_path: Path, qtbot: Any
) -> None:
    handed_out = {"office": "蒸湘区整改办", "region": "hengyang", "data_folder": str(tmp_path / "数据")}
    settings.take_first(handed_out)
    found = heard(page)
    qtbot.mouseClick(page.buttons["new"], Qt.MouseButton.LeftButton)
    assert page.focusWidget() is page.new_panel.fields["person"].widget
    type_in(page.new_panel.fields["person"].widget, "李明")
    qtbot.mouseClick(page.new_panel.submit_button, Qt.MouseButton.LeftButton)
    folder = tmp_path / "数据" / "蒸湘区整改办督察整改台账"
    assert found == [("new", NewLedger(folder, "蒸湘区整改办", "hengyang", "李明"))]


def test_a_region_that_is_gone_leaves_the_first_one_chosen(page: StartPage, settings: Settings) -> None:
    settings.take_first({"region": "mars"})
    page.show_new()
    assert page.new_panel.draft().region == "hengyang"
