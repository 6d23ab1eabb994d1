"""文书档案 in the window: the very file again, the paper anew, the signed scan and the step it is for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import reprint
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import Printed
from desktop.rules.records import Gate, StepAction
from desktop.store.evidence import file_of
from desktop.views.entries.dialog import EntryDialog
from desktop.views.papers import archive_actions
from desktop.views.papers.archive_panel import WAIT_MS, ArchivePanel
from desktop.views.place import PageKey
from desktop.views.session import Session
from desktop.views.tables.columns import DISPLAY
from forms.application import ApplicationForm
from forms.signed_scan import SignedScanForm
from tests.documents.test_foreign import pdf
from tests.operations.test_archive import keep
from tests.views.conftest import Answers
from tests.views.problem_five import TODAY, finish_measures, five, new_sample, step

NUMBER = "蒸区委〔2026〕1号"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem five after its own check, with a draft and a numbered 请示."""
    made = new_sample(tmp_path / "蒸湘区台账")
    finish_measures(made)
    step(made, StepAction.SELF_CHECK, TODAY)
    keep(made)
    keep(made, doc_no=NUMBER, on=TODAY)
    yield made
    made.close()


@pytest.fixture
def panel(session: Session, qtbot: Any) -> Iterator[ArchivePanel]:
    made = ArchivePanel(session)
    session.changed.connect(lambda _: made.refresh())
    qtbot.addWidget(made)
    made.resize(980, 480)
    made.show()
    yield made
    session.runner.wait()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Printed, str]]:
    """What was shown in windows."""
    found: list[tuple[Printed, str]] = []
    monkeypatch.setattr(archive_actions, "show_in_window", lambda session, printed, name: found.append((printed, name)))
    return found


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[EntryDialog]:
    """The entry dialogs that were made, the last one at the end."""
    found: list[EntryDialog] = []
    plain = EntryDialog.__init__

    def made(self: EntryDialog, *rest: Any, **more: Any) -> None:
        plain(self, *rest, **more)
        found.append(self)

    monkeypatch.setattr(EntryDialog, "__init__", made)
    return found


def column(panel: ArchivePanel, at: int) -> list[str]:
    return [panel.model.index(row, at).data(DISPLAY) for row in range(panel.model.rowCount())]


def test_papers_are_listed_the_latest_first_with_their_state(panel: ArchivePanel) -> None:
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert column(panel, 1) == ["销号请示", "销号请示"]
    assert column(panel, 3) == [NUMBER, ""]
    assert column(panel, 6) == ["未签章", "草稿"]
    assert panel.counts.text() == "2份，已存签章件0份"
    assert not any(button.isEnabled() for button in panel.buttons.values())


def test_the_list_is_narrowed_by_words(panel: ArchivePanel, qtbot: Any) -> None:
    panel.words.setText("蒸区委 问题5")
    qtbot.wait(WAIT_MS + 60)
    assert column(panel, 3) == [NUMBER]
    panel.words.setText("没有这样的词")
    qtbot.wait(WAIT_MS + 60)
    assert panel.stack.currentWidget() is panel.no_match
    panel.no_match.buttons[0].click()
    assert panel.model.rowCount() == 2


def test_the_original_is_the_very_file_and_making_anew_is_another_command(
    panel: ArchivePanel, session: Session, shown: list[tuple[Printed, str]]
) -> None:
    panel.table.selectRow(1)
    panel.buttons["open"].click()
    paper = panel.rows[1].paper
    assert shown[0][0].data == reprint(session.ledger, paper).data
    assert shown[0][1] == "销号请示_问题5.pdf"
    gone: list[Any] = []
    panel.go.connect(gone.append)
    panel.buttons["anew"].click()
    assert (gone[0].page, gone[0].problem_id, gone[0].paper) == (PageKey.PAPERS, paper.problem_id, "closure_request")
    assert len(shown) == 1


def test_a_lost_file_is_told_and_cannot_be_opened(panel: ArchivePanel, session: Session, answers: Answers) -> None:
    file_of(session.ledger.folder, panel.rows[0].paper.sha256).unlink()
    panel.table.selectRow(0)
    panel.open()
    assert "存档文件不在台账文件夹里" in answers.texts("refusal")[0]
    panel.refresh()
    assert column(panel, 6)[0] == "缺文件"


def test_the_scan_dropped_on_a_line_opens_its_form_and_then_the_step_s(
    panel: ArchivePanel, session: Session, answers: Answers, dialogs: list[EntryDialog], tmp_path: Path, qtbot: Any
) -> None:
    scan = pdf(tmp_path / "扫描.pdf", 2)

    def fill(title: str, name: str) -> bool:
        form = dialogs[-1].form
        if isinstance(form, SignedScanForm):
            assert form.files.files() == (str(scan),)
            assert (form.doc_no.value(), form.on.day()) == (NUMBER, TODAY)
        else:
            assert isinstance(form, ApplicationForm)
            assert (form.doc_no.text(), form.fields["on"].widget.day()) == (NUMBER, TODAY)
            assert form.fields["files"].note.text() == "销号请示的签章件已存入：扫描.pdf"
            form.restore({"text": "具备销号条件", "reason": "自查自验表后补"})
        form.submit()
        return dialogs[-1].result() == EntryDialog.DialogCode.Accepted

    answers.replies |= {"dialog": fill, "ask": True}
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scan))])
    at = panel.table.viewport().mapTo(panel, panel.table.visualRect(panel.model.index(0, 0)).center())
    none = Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))
    qtbot.waitUntil(lambda: len(dialogs) == 2 and Gate.APPLY in passed_gates(five(session.ledger)), timeout=10_000)
    assert answers.texts("ask") == ["“销号请示”已经签章，现在登记申请销号吗？"]
    assert column(panel, 6)[0] == "已签章"
    assert five(session.ledger).steps[-1].doc_no == NUMBER
    panel.table.selectRow(0)
    assert panel.buttons["view"].isEnabled()


def test_the_scan_is_shown_again(
    panel: ArchivePanel, session: Session, shown: list[tuple[Printed, str]], tmp_path: Path
) -> None:
    from desktop.operations.paper.scans import attach_scan
    from desktop.rules.entries import ScanEntry

    entry = ScanEntry((str(pdf(tmp_path / "扫描.pdf", 2)),), NUMBER, TODAY)
    attach_scan(session.ledger, panel.rows[0].paper, entry, TODAY)
    panel.refresh()
    panel.table.selectRow(0)
    panel.buttons["view"].click()
    assert (shown[0][0].pages, shown[0][1]) == (2, "扫描.pdf")


def test_a_paper_is_purged_only_with_a_reason(panel: ArchivePanel, answers: Answers) -> None:
    panel.table.selectRow(1)
    panel.purge()
    assert column(panel, 6) == ["未签章", "草稿"]
    answers.replies["text"] = "误写了举报人"
    panel.purge()
    assert column(panel, 6) == ["未签章", "已清除"]
    panel.table.selectRow(1)
    assert not panel.buttons["open"].isEnabled()
    assert not panel.buttons["purge"].isEnabled()
