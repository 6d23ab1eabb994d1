"""发填报表 and 收填报表 in the window: units ticked, forms written, what comes back looked at and taken."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.sample.make import make_sample
from desktop.store.ledger import open_ledger
from desktop.store.read_cases import find_problems, read_cases
from desktop.views.case.progress_view import ProgressView
from desktop.views.dispatch.forms_in import FormsInPanel
from desktop.views.dispatch.page import DispatchPage
from desktop.views.session import Session
from tests.operations.filled_forms import fill, form_of, put_photo, sent, unit_folder
from tests.store.varied import TODAY
from tests.views.conftest import Answers

UNIT = "区住房和城乡建设局"
TEXT = {"text": "本月完成闭水试验，正在收尾。", "percent": 90}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "ledger")


@pytest.fixture
def page(made: Path, tmp_path: Path, qtbot: Any) -> Iterator[DispatchPage]:
    shutil.copytree(made, tmp_path / "台账")
    with open_ledger(tmp_path / "台账", write=True) as ledger:
        session = Session(ledger, "李明", lambda: TODAY)
        page = DispatchPage(session)
        qtbot.addWidget(page)
        page.resize(1000, 520)
        page.show()
        qtbot.waitUntil(lambda: not page.is_reading)
        yield page
        session.runner.wait()


def wait(page: DispatchPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)


def tick(model: Any, at: int, on: bool) -> None:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    model.setData(model.index(at, 0), state, Qt.ItemDataRole.CheckStateRole)


def looked_at(page: DispatchPage, qtbot: Any, *paths: Path) -> FormsInPanel:
    panel = page.show_forms_in()
    panel.look(paths)
    wait(page, qtbot)
    return panel


def test_the_forms_of_the_ticked_units_go_into_a_folder(
    page: DispatchPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    page.bar.send.trigger()
    panel = page.show_forms_out()
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert panel.title.text() == "发填报表　2026年11月"
    assert "“各加油站经营企业”没有写明包括哪些单位" in panel.made.told.text()
    panel.none_button.click()
    assert not panel.make_button.isEnabled()
    at = next(i for i, entry in enumerate(panel.model.rows) if entry.unit.name == UNIT)
    tick(panel.model, at, True)
    (tmp_path / "发").mkdir()
    answers.replies["folder"] = tmp_path / "发"
    panel.make_button.click()
    wait(page, qtbot)
    assert panel.made.told.text().startswith("已生成1个单位的2026年11月填报表，共6行")
    assert [path.name for path in (tmp_path / "发" / "填报表_2026年11月").iterdir()] == [f"{UNIT}_2026年11月"]
    assert panel.made.open_button.isVisible()
    panel.back_button.click()
    assert page.sides.currentWidget() is page.grid


def test_what_came_back_is_shown_with_its_errors_and_taken(page: DispatchPage, qtbot: Any, tmp_path: Path) -> None:
    ledger = page.session.ledger
    forms = sent(ledger, tmp_path)
    folder = unit_folder(forms, UNIT)
    fill(form_of(folder), {0: TEXT, 1: {**TEXT, "percent": 120}})
    put_photo(folder, 0, "整改后.jpg", "green")
    panel = looked_at(page, qtbot, folder)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cells = [panel.model.data(panel.model.index(0, at)) for at in range(5)]
    assert cells == [UNIT, "1行", "", "1张", "1行"]
    assert "第5行 完成百分比120不在0到100之间" in panel.details.toPlainText()
    panel.strict.setChecked(True)
    assert not panel.take_button.isEnabled()
    panel.valid.setChecked(True)
    assert panel.take_button.text() == "收入1份"
    panel.take_button.click()
    wait(page, qtbot)
    assert panel.told.text() == "已收入1个单位的填报表：新填1行，照片1张。"
    case = next(read_cases(ledger, find_problems(ledger, 10)))
    assert [p.text for p in case.progress if p.month == "2026-11"] == [TEXT["text"]]
    again = looked_at(page, qtbot, folder)
    assert again.told.text() == "没有可以收的内容。"
    assert not again.take_button.isEnabled()


def test_files_and_folders_are_chosen_or_dropped(
    page: DispatchPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    forms = sent(page.session.ledger, tmp_path)
    fill(form_of(unit_folder(forms, UNIT)), {0: TEXT})
    panel = page.show_forms_in()
    answers.replies |= {"files": [form_of(unit_folder(forms, UNIT))], "folder": forms}
    panel.files_button.click()
    wait(page, qtbot)
    assert [check.unit for check in panel.model.rows] == [UNIT]
    panel.folder_button.click()
    wait(page, qtbot)
    assert len(panel.model.rows) == 11
    assert [check.unit for check in panel.model.rows if check.has_news] == [UNIT]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(unit_folder(forms, UNIT)))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers)
    panel.dropEvent(event)
    wait(page, qtbot)
    assert len(panel.model.rows) == 1


def test_a_form_of_another_month_says_which_to_choose(page: DispatchPage, qtbot: Any, tmp_path: Path) -> None:
    forms = sent(page.session.ledger, tmp_path)
    fill(form_of(unit_folder(forms, UNIT)), {0: TEXT})
    page.bar.months.setCurrentIndex(1)
    panel = looked_at(page, qtbot, unit_folder(forms, UNIT))
    assert "请先选2026年11月再收" in panel.details.toPlainText()
    assert not panel.take_button.isEnabled()


def test_while_forms_are_handled_the_grid_s_commands_rest(page: DispatchPage) -> None:
    assert page.commands()
    page.show_forms_in()
    assert list(page.commands()) == ["leave"]


@pytest.mark.parametrize("width", [889, 1000])
def test_every_word_fits(
    page: DispatchPage, qtbot: Any, tmp_path: Path, clipped: Callable[[QWidget], list[str]], width: int
) -> None:
    page.resize(width, 500)
    assert clipped(page) == []
    page.show_forms_out()
    QApplication.processEvents()
    assert clipped(page) == []
    looked_at(page, qtbot, sent(page.session.ledger, tmp_path))
    assert clipped(page) == []


def test_the_case_says_which_unit_reported_and_what_it_expects(page: DispatchPage, qtbot: Any, tmp_path: Path) -> None:
    ledger = page.session.ledger
    folder = unit_folder(sent(ledger, tmp_path), UNIT)
    more = {"reporter": "赵六", "checker": "钱七", "claimed": "达到序时进度", "expected_on": datetime(2026, 12, 20)}
    fill(form_of(folder), {0: {**TEXT, **more}})
    looked_at(page, qtbot, folder).take_button.click()
    wait(page, qtbot)
    view = ProgressView()
    qtbot.addWidget(view)
    view.show_case(next(read_cases(ledger, find_problems(ledger, 10))), can_change=True)
    told = f"{UNIT}报送（赵六、审核人钱七）　单位判定：达到序时进度　预计完成：2026/12/20"
    assert told in view.words.text()
