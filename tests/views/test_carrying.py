"""整本带走、接回 through the window: out to a stick, in on another PC, and merged back with a conflict shown."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger, open_to_write
from desktop.operations.opened import Ledger
from desktop.operations.packages.carrying import carry_out
from desktop.settings import Settings
from desktop.store.writer import writing
from desktop.views.exchange import carrying_actions
from desktop.views.exchange.carrying_dialog import CarryDialog, CarryWish
from desktop.views.main_window import MainWindow
from desktop.views.place import PageKey, Place
from desktop.views.program import Program, build_window
from tests.views.conftest import TODAY, Answers

SECRET = "湘江北去橘子洲头"


@pytest.fixture
def window(ledger: Ledger, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    made = build_window(ledger, "李明", lambda: TODAY, Settings(tmp_path / "settings.json"))
    qtbot.addWidget(made)
    made.show()
    wait(made, qtbot)
    yield made
    made.close_at_once()


def wait(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window.session.runner.is_busy, timeout=30_000)


def carried(window: MainWindow, qtbot: Any, answers: Answers, stick: Path, wish: CarryWish, monkeypatch: Any) -> Path:
    monkeypatch.setattr(carrying_actions, "ask_carry", lambda: wish)
    answers.replies["folder"] = stick
    window.do("carry_out")
    assert window.session.can_write
    wait(window, qtbot)
    assert answers.asked[-1][1].startswith("整本台账已带出并核对")
    (path,) = stick.iterdir()
    return path


def change(ledger: Ledger, value: str) -> None:
    with writing(ledger, "李明", TODAY) as writer:
        writer.set("problem", find_case(ledger, 5).problem.id, {"element": value})


@pytest.mark.parametrize("wish", [CarryWish(False), CarryWish(True, SECRET)])
def test_out_to_a_stick_in_on_another_pc_and_merged_back(
    window: MainWindow, qtbot: Any, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: CarryWish,
    qapp: QApplication,
) -> None:  # fmt: skip
    stick, desk = tmp_path / "U盘", tmp_path / "第二台"
    stick.mkdir()
    desk.mkdir()
    path = carried(window, qtbot, answers, stick, wish, monkeypatch)
    answers.replies |= {"which": "file" if wish.as_file else "folder", "files": [path], "secret": SECRET}
    answers.replies["folder"] = lambda title, _: path if "整本" in title else desk
    program = Program(qapp, Settings(tmp_path / "另一台.json"))
    program.start.buttons["bring"].click()
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=30_000)
    assert answers.texts("tell")[-1].startswith("已接回“蒸湘区整改办”的整本台账，逐项核对无误")
    program.end()
    program.start.close()
    (folder,) = desk.iterdir()
    back = tmp_path / "带回"
    with open_to_write(folder) as second:
        change(second, "大气")
        change(window.session.ledger, "水")
        path = Path(carry_out(second, back, datetime(2026, 11, 24, 9)).extra["path"])
    answers.replies |= {"which": "folder", "ask": True}
    window.do("bring_back")
    qtbot.waitUntil(lambda: any("并入记录" in text for text in answers.texts("tell")), timeout=30_000)
    wait(window, qtbot)
    assert "新的1条" in next(detail for kind, _, detail in answers.asked if kind == "ask")
    assert "1处两台填写不一样" in answers.asked[-1][2]
    window.go(Place(PageKey.EXCHANGE, part="conflicts"))
    page: Any = window.page
    assert page.conflicts.count == 1
    window.do("bring_back")
    wait(window, qtbot)
    assert "没有本机没有的记录" in answers.texts("tell")[-1]


def test_what_is_no_whole_ledger_is_said_to_be_none(
    window: MainWindow, qtbot: Any, answers: Answers, tmp_path: Path
) -> None:
    answers.replies |= {"which": "folder", "folder": tmp_path}
    window.do("bring_back")
    assert answers.texts("tell")[-1].startswith("这不是从另一台电脑带出的整本台账")
    with new_ledger(tmp_path / "别处", "云陂镇", TODAY) as other:
        path = carry_out(other, tmp_path / "带回", datetime(2026, 11, 24, 9)).extra["path"]
    answers.replies["folder"] = Path(path)
    window.do("bring_back")
    wait(window, qtbot)
    assert "不是本单位的" in answers.texts("tell")[-1]


def test_the_passphrase_is_asked_twice_and_only_for_a_file(
    qtbot: Any, clipped: Callable[[QWidget], list[str]], picture: Callable[[QWidget, str], Path]
) -> None:
    dialog = CarryDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.first.setText("短")
    dialog.go_button.click()
    assert dialog.fault.text() == "口令至少8位。"
    dialog.first.setText(SECRET)
    dialog.go_button.click()
    assert dialog.fault.text().startswith("两次输入的口令不一样")
    assert clipped(dialog) == []
    picture(dialog, "整本带出")
    dialog.second.setText(SECRET)
    assert dialog.wish() == CarryWish(True, SECRET)
    dialog.kinds["folder"].setChecked(True)
    assert not dialog.first.isEnabled()
    assert dialog.wish() == CarryWish(False)
    dialog.kinds["open"].setChecked(True)
    assert dialog.wish() == CarryWish(True)
    dialog.go_button.click()
    assert dialog.result() == CarryDialog.DialogCode.Accepted
