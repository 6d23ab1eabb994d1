"""内容核对 in the window: the list of findings, and the problems it opens."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.content_check import Remark
from desktop.rules.drafts import Finding
from desktop.views.content_dialog import ContentDialog
from desktop.views.program import build_window
from desktop.views.session import Session
from tests.views.clipping import cut_off

REMARKS = (
    Remark("", Finding("total", "《方案》写明16个问题，台账现有1个，请核对是否漏录或多录")),
    Remark("p5", Finding("one_size_fits_all", "问题5的整改目标写有“一律关停”，属“一刀切”表述", 5)),
    Remark("p5", Finding("vague_words", "问题5的整改目标写有“尽快”，难以核验", 5, "note")),
)


@pytest.fixture
def dialog(qtbot: Any) -> ContentDialog:
    made = ContentDialog(REMARKS)
    qtbot.addWidget(made)
    made.show()
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    return made


def test_what_only_tells_is_shown_when_asked_for(dialog: ContentDialog) -> None:
    assert dialog.count.text() == "需核对2处，供参考1处。双击或按回车打开问题的档案。"
    assert dialog.model.rowCount() == 2
    dialog.notes.click()
    assert dialog.model.rowCount() == 3
    assert cut_off(dialog) == []


def test_enter_opens_the_problem_of_the_line(dialog: ContentDialog) -> None:
    assert not dialog.open_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.open_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.result() == ContentDialog.DialogCode.Accepted
    assert dialog.chosen == "p5"


def test_a_finding_on_the_whole_ledger_opens_nothing(dialog: ContentDialog) -> None:
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.chosen == ""


def test_the_menu_checks_and_leads_to_the_case(session: Session, qtbot: Any, answers: Any) -> None:
    window = build_window(session.ledger, "李明", session.today, session.settings)
    qtbot.addWidget(window)
    window.show()
    five = find_case(session.ledger, 5).problem.id

    def choose(title: str, name: str) -> bool:
        shown = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ContentDialog))
        shown.chosen = five
        return True

    answers.replies["dialog"] = choose
    window.do("contents")
    qtbot.waitUntil(lambda: window.place is not None and window.place.problem_id == five, timeout=20_000)
    window.close_at_once()
