"""What is done with an archived paper: open the very file, make it anew, attach the signed scan, remove it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.operations.cases import open_case
from desktop.operations.paper.archive import PDF, copy_original, find_archived, purge_paper, reprint, scan_file
from desktop.operations.paper.doc_numbers import suggest_number
from desktop.operations.paper.files import copy_to_look
from desktop.operations.paper.scans import attach_scan, numbers_named, step_after
from desktop.rules.archive import ArchivedPaper, is_numbered, kind_of
from desktop.rules.bundle import bundle_wanted
from desktop.rules.entries import ScanEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import ACTION_WORDS, Changes
from desktop.views import questions
from desktop.views.entries.case import enter_step
from desktop.views.entries.dialog import ask_entry
from desktop.views.failures import tell_failure
from desktop.views.papers.bundles import begin_bundle
from desktop.views.place import PageKey, Place
from desktop.views.preview.printing import show_in_window
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.signed_scan import SignedScanForm

LARGE = 16 * 1024 * 1024
"""Bytes from which a file is not read in the window's own time, but handed to the system's program."""


def open_original(session: Session, paper: ArchivedPaper) -> bool:
    """Show the very file that was printed then; False when it cannot be had."""
    if paper.size > LARGE:
        return _open_large(session, paper)
    try:
        printed = reprint(session.ledger, paper)
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return False
    if paper.media_type != PDF:
        return _open_outside(session, printed.data, paper.file)
    show_in_window(session, printed, paper.file)
    return True


def make_anew(session: Session, paper: ArchivedPaper) -> Place | None:
    """Begin a bundle again, which needs no page; else the place where the paper is made from the ledger as it is."""
    whole = bundle_wanted(paper.key)
    if whole is None:
        return Place(PageKey.PAPERS, paper.problem_id, paper=paper.key)
    begin_bundle(session, paper.problem_id, whole)
    return None


def _open_large(session: Session, paper: ArchivedPaper) -> bool:
    """Check and copy the file in the runner, then open it; False when nothing was started."""
    ledger = session.ledger

    def job(report: Report) -> object:
        report(f"正在取出“{paper.file}”", 0.3)
        return copy_original(ledger, paper)

    def done(copy: object) -> None:
        if isinstance(copy, Path):
            _hand_over(session, copy, paper.file)

    if session.runner.start("打开原件", job, done, tell_failure, ledger, writes=False):
        return True
    questions.tell(f"正在{session.runner.title}，请等它完成后再打开“{paper.file}”。")
    return False


def view_scan(session: Session, paper: ArchivedPaper) -> bool:
    """Show the signed scan: a PDF in a window, pictures in the system's program."""
    try:
        files = [(scan, scan_file(session.ledger, scan)) for scan in paper.scans]
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return False
    if len(files) == 1 and files[0][0].media_type == PDF:
        show_in_window(session, files[0][1], files[0][0].name)
        return True
    return all(_open_outside(session, printed.data, scan.name) for scan, printed in files)


def _open_outside(session: Session, data: bytes, name: str) -> bool:
    try:
        copy = copy_to_look(data, Path(name).name)
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return False
    return _hand_over(session, copy, name)


def _hand_over(session: Session, copy: Path, name: str) -> bool:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
        questions.tell(f"没有能打开“{name}”的程序。", f"文件的副本在：{copy}")
        return False
    session.told.emit(f"已交给系统程序打开：{name}")
    return True


def attach(session: Session, paper: ArchivedPaper, files: Sequence[Path] = ()) -> bool:
    """Attach the signed scan, and offer to take the step that it is for; ``files`` are those that were dropped."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ScanEntry)
        report("正在存入签章件", 0.0)
        return attach_scan(ledger, paper, entry, today, person, reason)

    kind = kind_of(paper)
    numbered = is_numbered(kind)
    suggested = suggest_number(ledger, kind, today)
    form = SignedScanForm(paper, today, numbered, suggested, named=numbers_named(ledger, paper))
    if files:
        form.files.add(files)
    if not ask_entry(session, form, paper.id, save):
        return False
    offer_step(session, paper)
    return True


def offer_step(session: Session, paper: ArchivedPaper) -> bool:
    """Ask whether the step that the signed paper is for shall be registered now; its form is filled in already."""
    action = step_after(session.ledger, paper)
    if action is None or not session.can_write:
        return False
    words = ACTION_WORDS[action]
    sentence = f"“{paper.name}”已经签章，现在登记{words}吗？"
    if not questions.ask(sentence, "文号、日期已填好，扫描件已存入；也可以以后再登记。", f"登记{words}", "以后再说"):
        return False
    signed = find_archived(session.ledger, paper.id)
    given: dict[str, object] = {"doc_no": signed.signed_no}
    if signed.signed_on:
        given["on"] = signed.signed_on.isoformat()
    note = f"{paper.name}的签章件已存入：{'、'.join(scan.name for scan in signed.scans)}"
    return enter_step(session, open_case(session.ledger, paper.problem_id), action, given, note)


def purge(session: Session, paper: ArchivedPaper) -> bool:
    """Remove the file of an archived paper for good, after saying what that means."""
    sentence = (
        f"清除“{paper.file}”的存档文件？\n清除后无法恢复，只留下登记；以前的备份里仍有原文件。\n"
        "只用于误存了不该留在本机的内容。请写明理由："
    )
    reason = questions.ask_text(sentence, "清除")
    if not reason:
        return False
    return session.do(lambda: purge_paper(session.ledger, paper, reason, session.today(), session.person)) is not None
