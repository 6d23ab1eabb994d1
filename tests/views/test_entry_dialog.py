"""A form in a dialog: refusals inside it, drafts, reasons, long copies with progress and cancel."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from desktop.operations.drafts import keep_draft, kept_draft
from desktop.operations.ledgers import open_to_work
from desktop.operations.opened import Ledger
from desktop.operations.profile import region_of
from desktop.rules.entries import ExtensionEntry, ProgressEntry, StepEntry
from desktop.rules.errors import KnownFault, NeedsReason, Refused
from desktop.rules.records import CaseFile, Changes, StepAction
from desktop.views.entries import case as case_entries
from desktop.views.entries import dialog as entry_dialog
from desktop.views.entries.case import evidence_save
from desktop.views.entries.dialog import EntryDialog, Save
from desktop.views.session import Session
from forms.evidence import EvidenceForm
from forms.measure import MeasureForm
from forms.progress import ProgressForm
from tests.views.problem_five import TODAY, five, new_sample, picture


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan instead of the founding one."""
    made = new_sample(tmp_path / "台账")
    yield made
    made.close()


def make(session: Session, qtbot: Any, save: Any, subject: str = "p5") -> EntryDialog:
    """A dialog with a progress form."""
    dialog = EntryDialog(session, ProgressForm(five(session.ledger), TODAY), subject, save)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def fill(dialog: EntryDialog, words: str = "设备到货") -> None:
    """Type the words of a report."""
    dialog.form.text.setPlainText(words)


def test_a_refusal_is_shown_inside_and_nothing_typed_is_lost(session: Session, qtbot: Any, answers: Any) -> None:
    def refuse(entry: object, reason: str, report: object) -> Changes:
        raise Refused("问题5已销号备案，没有保存。")

    dialog = make(session, qtbot, refuse)
    fill(dialog)
    dialog.form.submit()
    assert dialog.isVisible()
    assert dialog.fault.isVisible()
    assert dialog.fault.text() == "问题5已销号备案，没有保存。"
    assert dialog.form.text.toPlainText() == "设备到货"
    assert kept_draft(session.ledger, "progress", "p5")["text"] == "设备到货"
    assert answers.asked == []


def test_a_full_disk_says_what_to_do(session: Session, qtbot: Any) -> None:
    def fail(entry: object, reason: str, report: object) -> Changes:
        raise KnownFault("磁盘已满，没有保存。", "请清理后再试。")

    dialog = make(session, qtbot, fail)
    fill(dialog)
    dialog.form.submit()
    assert dialog.fault.text() == "磁盘已满，没有保存。请清理后再试。"


def test_a_saved_entry_is_announced_and_its_draft_dropped(session: Session, qtbot: Any) -> None:
    told: list[str] = []
    session.told.connect(told.append)
    dialog = make(session, qtbot, lambda entry, reason, report: Changes("已登记。"))
    fill(dialog)
    dialog.keep()
    assert kept_draft(session.ledger, "progress", "p5")
    dialog.form.submit()
    assert not dialog.isVisible()
    assert told == ["已登记。"]
    assert kept_draft(session.ledger, "progress", "p5") == {}


def test_a_warning_is_answered_with_a_reason(session: Session, qtbot: Any, answers: Any) -> None:
    reasons: list[str] = []

    def warn(entry: object, reason: str, report: object) -> Changes:
        reasons.append(reason)
        if not reason:
            raise NeedsReason(("缺少验收意见",))
        return Changes("已登记。")

    answers.replies["text"] = "验收组已口头同意"
    dialog = make(session, qtbot, warn)
    fill(dialog)
    dialog.form.submit()
    assert reasons == ["", "验收组已口头同意"]
    assert "缺少验收意见" in answers.texts("text")[0]


def test_typing_keeps_the_draft_after_a_moment(session: Session, qtbot: Any) -> None:
    dialog = make(session, qtbot, lambda entry, reason, report: Changes("已登记。"))
    fill(dialog, "写到一半")
    qtbot.waitUntil(lambda: bool(kept_draft(session.ledger, "progress", "p5")), timeout=20_000)


def test_closing_keeps_the_draft_and_says_so(session: Session, qtbot: Any) -> None:
    told: list[str] = []
    session.told.connect(told.append)
    dialog = make(session, qtbot, lambda entry, reason, report: Changes("已登记。"))
    fill(dialog, "写到一半")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert "草稿" in told[0]
    assert kept_draft(session.ledger, "progress", "p5")["text"] == "写到一半"


def test_a_draft_not_taken_stays_until_something_new_is_typed(session: Session, qtbot: Any, answers: Any) -> None:
    keep_draft(session.ledger, "progress", "p5", {"text": "昨天写的"})
    dialog = make(session, qtbot, lambda entry, reason, report: Changes("已登记。"))
    assert not dialog.offer_draft()
    dialog.reject()
    assert kept_draft(session.ledger, "progress", "p5") == {"text": "昨天写的"}
    answers.replies["ask"] = True
    again = make(session, qtbot, lambda entry, reason, report: Changes("已登记。"))
    assert again.offer_draft()
    assert again.form.text.toPlainText() == "昨天写的"


def test_an_entry_with_much_to_copy_goes_through_the_runner(
    session: Session, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_dialog, "LONG_COPY", 100)
    case = five(session.ledger)
    form = EvidenceForm(case, region_of(session.ledger), TODAY)
    form.files.add([Path(picture(tmp_path, f"现场{n}.png", colour)) for n, colour in enumerate(("red", "blue"))])
    dialog = EntryDialog(session, form, case.problem.id, evidence_save(session, case))
    qtbot.addWidget(dialog)
    dialog.show()
    seen: list[str] = []
    session.runner.progressed.connect(lambda words, share, left: seen.append(words))
    with qtbot.waitSignal(dialog.saved):
        form.submit()
        assert dialog.work.isVisible()
        assert not form.isEnabled()
        dialog.reject()
        assert dialog.isVisible()
    assert [piece.name for piece in five(session.ledger).evidence] == ["现场0.png", "现场1.png"]
    assert "正在收入第2个文件，共2个" in seen
    session.runner.wait()


def test_a_failed_copy_leaves_the_form_as_it_was(
    session: Session, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_dialog, "LONG_COPY", 0)
    case = five(session.ledger)
    form = EvidenceForm(case, region_of(session.ledger), TODAY)
    form.files.add([Path(picture(tmp_path, "现场.png", "red"))])

    def fail(entry: object, reason: str, report: Any) -> Changes:
        report("正在收入", 0.5)
        raise KnownFault("U盘已拔出，没有收入。", "请插回后再试。")

    dialog = EntryDialog(session, form, case.problem.id, fail)
    qtbot.addWidget(dialog)
    dialog.show()
    form.submit()
    qtbot.waitUntil(lambda: dialog.fault.isVisible())
    assert dialog.fault.text() == "U盘已拔出，没有收入。请插回后再试。"
    assert form.isEnabled()
    assert len(form.files.files()) == 1
    session.runner.wait()


def test_an_entry_waits_while_a_job_runs(
    session: Session, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_dialog, "LONG_COPY", 0)
    case = five(session.ledger)
    form = EvidenceForm(case, region_of(session.ledger), TODAY)
    form.files.add([Path(picture(tmp_path, "现场.png", "red"))])
    dialog = EntryDialog(session, form, case.problem.id, evidence_save(session, case))
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(session.runner.ended):
        session.runner.start("备份", lambda report: None, lambda _: None, lambda _: None, session.ledger, writes=False)
        form.submit()
        assert "正在备份" in dialog.fault.text()
    session.runner.wait()


def test_nothing_can_be_filled_in_where_the_ledger_is_only_read(session: Session, qtbot: Any) -> None:
    # The first has the writer's lock, so the same ledger opened again only reads.
    with open_to_work(session.ledger.folder) as second:
        reader = Session(second, "王芳", lambda: TODAY)
        form = MeasureForm(five(second), TODAY)
        dialog = EntryDialog(reader, form, "p5", lambda entry, reason, report: Changes(""))
        qtbot.addWidget(dialog)
        dialog.show()
        assert not form.isEnabled()
        assert "只能查看" in dialog.fault.text()


def test_no_dialog_is_larger_than_it_may_be(session: Session, qtbot: Any) -> None:
    dialog = make(session, qtbot, lambda entry, reason, report: Changes(""))
    assert dialog.width() <= 1000
    assert dialog.height() <= 560
    assert dialog.maximumWidth() <= 1000


def test_a_dialog_grows_for_its_faults_as_far_as_the_screen_allows(session: Session, qtbot: Any) -> None:
    dialog = EntryDialog(session, MeasureForm(five(session.ledger), TODAY), "p5", lambda *_: Changes(""))
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    dialog.form.submit()
    dialog.refuse(Refused("问题5已销号备案，没有保存。"))
    qtbot.waitUntil(lambda: dialog.height() > before, timeout=20_000)
    bar = dialog.form.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0, timeout=20_000)
    assert dialog.height() <= entry_dialog.LARGEST.height()


@pytest.mark.parametrize("kind", ["step", "progress", "extension"])
def test_files_of_every_entry_tell_how_far_their_copying_is(
    session: Session, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(entry_dialog, "LONG_COPY", 0)
    case = five(session.ledger)
    file = tmp_path / "验收意见.pdf"
    file.write_bytes(b"%PDF-" + bytes(3_000_000))
    entry, save = entry_of(session, case, kind, str(file))
    dialog = EntryDialog(session, MeasureForm(case, TODAY), case.problem.id, save)
    qtbot.addWidget(dialog)
    dialog.show()
    shares: list[float] = []
    session.runner.progressed.connect(lambda words, share, left: shares.append(share))
    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        dialog.submit(entry)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [piece.name for piece in five(session.ledger).evidence] == [file.name]
    session.runner.wait()


def entry_of(session: Session, case: CaseFile, kind: str, file: str) -> tuple[object, Save]:
    """An entry of a kind that brings a file, and how the page saves it."""
    if kind == "step":
        step = StepEntry(StepAction.SELF_CHECK, TODAY, text="达到标准", reason="口头核过", files=(file,))
        return step, case_entries.step_save(session, case)
    caught: list[Save] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case_entries, "ask_entry", lambda session, form, subject, save: caught.append(save))
        if kind == "progress":
            case_entries.enter_progress(session, case)
        else:
            case_entries.enter_extension(session, case)
    if kind == "progress":
        return ProgressEntry(text="设备到货，开始安装调试", files=(file,)), caught[0]
    later = (case.problem.current_deadline or TODAY) + timedelta(400)
    told = "市里已电话同意"
    return ExtensionEntry(new=later, reason="设备到货晚", approver="区长", files=(file,), override=told), caught[0]
