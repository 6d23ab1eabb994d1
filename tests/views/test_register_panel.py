"""发文登记 in the window: what is shown, entering, giving back, explaining, list and workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.operations.opened import Ledger
from desktop.operations.paper.doc_numbers import enter_number
from desktop.rules.entries import DocNumberEntry
from desktop.rules.records import StepAction
from desktop.views.entries.dialog import EntryDialog
from desktop.views.papers import register_panel
from desktop.views.papers.register_panel import RegisterPanel
from desktop.views.place import PageKey
from desktop.views.session import Session
from desktop.views.tables.columns import DISPLAY
from tests.operations.test_archive import keep
from tests.views.conftest import Answers
from tests.views.problem_five import TODAY, finish_measures, five, new_sample, step


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem five with a printed 请示, a number of another paper, and a step with a number of its own."""
    made = new_sample(tmp_path / "蒸湘区台账")
    finish_measures(made)
    keep(made, doc_no="蒸区委〔2026〕1号", on=TODAY)
    enter_number(made, DocNumberEntry("蒸区委〔2026〕2号", "关于成立专班的通知", TODAY), TODAY, "李明")
    step(made, StepAction.SELF_CHECK, TODAY)
    step(made, StepAction.APPLY, TODAY, doc_no="蒸政〔2025〕3号")
    yield made
    made.close()


@pytest.fixture
def panel(session: Session, qtbot: Any) -> Iterator[RegisterPanel]:
    made = RegisterPanel(session)
    session.changed.connect(lambda _: made.refresh())
    qtbot.addWidget(made)
    made.resize(980, 480)
    made.show()
    yield made
    session.runner.wait()


def cells(panel: RegisterPanel, column: int) -> list[str]:
    return [panel.model.index(at, column).data(DISPLAY) for at in range(panel.model.rowCount())]


def select(panel: RegisterPanel, words: str) -> None:
    panel.table.selectRow(cells(panel, 0).index(words))


def test_every_number_is_shown_with_what_has_become_of_it(panel: RegisterPanel) -> None:
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert list(zip(cells(panel, 0), cells(panel, 5), strict=True)) == [
        ("蒸政〔2025〕3号", "环节登记"),
        ("蒸政〔2025〕1—2号", "缺号"),
        ("蒸区委〔2026〕2号", "手工登记"),
        ("蒸区委〔2026〕1号", "拟稿"),
    ]
    assert panel.counts.text() == "共3个号，缺2个号（1处没有说明）"
    assert cells(panel, 3) == ["", "", "", "销号请示"]
    assert cells(panel, 4) == ["问题5", "", "", "问题5"]


def test_a_part_is_chosen_by_year_and_prefix(panel: RegisterPanel) -> None:
    panel.year.setCurrentIndex(panel.year.findData(2026))
    panel.show_rows()
    assert cells(panel, 0) == ["蒸区委〔2026〕2号", "蒸区委〔2026〕1号"]
    panel.refresh()
    assert panel.year.currentText() == "2026年"
    panel.prefix.setCurrentIndex(panel.prefix.findData("蒸政"))
    panel.show_rows()
    assert panel.stack.currentWidget() is panel.nothing


def test_only_what_can_be_done_with_a_line_is_offered(panel: RegisterPanel) -> None:
    offered = {}
    for words in cells(panel, 0):
        select(panel, words)
        offered[words] = [key for key in ("gap", "void") if panel.buttons[key].isEnabled()]
    assert offered == {
        "蒸政〔2025〕3号": [],
        "蒸政〔2025〕1—2号": ["gap"],
        "蒸区委〔2026〕2号": ["void"],
        "蒸区委〔2026〕1号": ["void"],
    }


def test_a_number_is_given_back_with_a_reason(panel: RegisterPanel, answers: Answers) -> None:
    select(panel, "蒸区委〔2026〕2号")
    panel.give_back()
    assert cells(panel, 5)[2] == "手工登记"
    answers.replies["text"] = "没有印发"
    select(panel, "蒸区委〔2026〕2号")
    panel.buttons["void"].click()
    assert (cells(panel, 5)[2], cells(panel, 6)[2]) == ("作废", "没有印发")
    assert panel.counts.text() == "共3个号，作废1个，缺2个号（1处没有说明）"


def test_a_gap_before_a_step_s_number_is_explained(panel: RegisterPanel, answers: Answers) -> None:
    select(panel, "蒸政〔2025〕1—2号")
    answers.replies["text"] = "编给其他文件"
    panel.buttons["gap"].click()
    assert cells(panel, 6)[:2] == ["编给其他文件", "编给其他文件"]
    assert panel.counts.text() == "共3个号，缺2个号"


def test_a_number_is_entered_in_a_form(panel: RegisterPanel, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(title: str, name: str) -> bool:
        (dialog,) = [w for w in panel.window().children() if isinstance(w, EntryDialog)] or shown
        dialog.form.doc_no.take()
        dialog.form.restore({"title": "关于月调度的通知"})
        dialog.form.submit()
        return True

    shown: list[EntryDialog] = []
    plain = EntryDialog.__init__

    def made(self: EntryDialog, *rest: Any, **more: Any) -> None:
        plain(self, *rest, **more)
        shown.append(self)

    monkeypatch.setattr(EntryDialog, "__init__", made)
    answers.replies["dialog"] = fill
    panel.buttons["new"].click()
    assert "蒸区委〔2026〕3号" in cells(panel, 0)


def test_the_list_is_previewed_and_exported(
    panel: RegisterPanel, answers: Answers, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(register_panel, "show_in_window", lambda session, printed, name: shown.append((printed, name)))
    panel.buttons["print"].click()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    printed, name = shown[0]
    assert (name, printed.pages, printed.missing_characters) == ("发文登记簿.pdf", 1, "")
    answers.replies["save"] = str(tmp_path / "登记")
    panel.buttons["export"].click()
    sheet = openpyxl.load_workbook(tmp_path / "登记.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:4] == ["文号", "标题或事由", "成文日期", "文书"]
    assert [row[0] for row in rows[1:]] == list(reversed(cells(panel, 0)))
    assert sheet["A1"].value == "发文登记簿"
    assert sheet.freeze_panes == "B4"


def test_a_line_opens_its_problem(panel: RegisterPanel, session: Session) -> None:
    opened: list[Any] = []
    panel.go.connect(opened.append)
    select(panel, "蒸区委〔2026〕1号")
    panel.table.opened.emit(panel.table.currentIndex())
    assert (opened[0].page, opened[0].problem_id) == (PageKey.CASE, five(session.ledger).problem.id)
