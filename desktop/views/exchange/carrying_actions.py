"""整本带走、接回 as the window and the start page do it: what is asked, and the long work on the runner."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.operations.packages.carrying import bring_in, carry_out, is_carried, needs_passphrase, place_for
from desktop.operations.packages.copies import merge_copy
from desktop.operations.packages.sticks import sticks
from desktop.rules.packages import AGAIN, Received
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.exchange.carrying_dialog import ask_carry
from desktop.views.exchange.receive_view import report_words
from desktop.views.failures import tell_failure
from desktop.views.ledger_jobs import start_job
from desktop.views.runner import Report, Runner
from desktop.views.session import Session

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

_SUFFIXES = "整本台账 (*.zgl *.zglx);;所有文件 (*)"
Source = tuple[Path, str]


def carry_ledger_out(window: "MainWindow") -> None:
    """Carry the whole ledger to a stick; the clerk may go on meanwhile."""
    session = window.session
    wish = ask_carry()
    found = sticks()
    target = questions.ask_folder("选择U盘或文件夹", found[0] if found else None) if wish else None
    if wish is None or target is None:
        return
    ledger, now = session.ledger, datetime.now()

    def job(report: Report) -> Changes:
        return carry_out(ledger, target, now, as_file=wish.as_file, passphrase=wish.passphrase, progress=report)

    def done(changes: object) -> None:
        if isinstance(changes, Changes):
            questions.tell(changes.sentence, "\n".join(changes.warnings))

    start_job(session, "整本带出", job, done)


def bring_ledger_back(window: "MainWindow") -> None:
    """Merge another copy of this ledger: first what it would bring is told, then it is taken in."""
    source = ask_source()
    if source is not None:
        _run(window.session, source, look_only=True)


def _run(session: Session, source: Source, *, look_only: bool) -> None:
    ledger, today, person, (path, word) = session.ledger, session.today(), session.person, source

    def job(report: Report) -> Received:
        return merge_copy(ledger, path, today, person, passphrase=word, look_only=look_only, progress=report)

    def done(result: object) -> None:
        if not isinstance(result, Received):
            return
        if result.state == AGAIN and not result.files_new:
            questions.tell(result.changes.sentence)
        elif not result.is_preview:
            session.announce(result.changes)
            questions.tell(result.changes.sentence, _open_words(result))
        elif questions.ask("把这份台账里本机没有的内容并入吗？", _preview_words(result), "并入", "不并入"):
            _run(session, source, look_only=False)

    start_job(session, "核对整本台账" if look_only else "并入整本台账", job, done, writes=True)


def _preview_words(result: Received) -> str:
    return "\n".join((report_words(result), *result.changes.warnings))


def _open_words(result: Received) -> str:
    words = f"有{result.disagreements}处两台填写不一样，请在“交换”页的“冲突”里决定。" if result.disagreements else ""
    return "\n".join(part for part in (words, *result.changes.warnings) if part)


def ask_source() -> Source | None:
    """The folder or file that was carried here, and its passphrase; None when cancelled or it is none."""
    kind = questions.ask_which("从另一台电脑带来的整本台账是？", "", (("file", "一个文件"), ("folder", "一个文件夹")))
    found = sticks()
    if kind == "file":
        path = next(iter(questions.ask_files("选择整本台账的文件", _SUFFIXES)), None)
    else:
        path = questions.ask_folder("选择整本台账的文件夹", found[0] if found else None) if kind else None
    if path is None:
        return None
    if not is_carried(path):
        questions.tell(
            f"这不是从另一台电脑带出的整本台账：{path}。", "请选择“整本带到另一台电脑”时生成的文件夹或文件。"
        )
        return None
    word = questions.ask_secret("请输入带出时的口令：", "整本台账的口令") if needs_passphrase(path) else ""
    return None if needs_passphrase(path) and not word else (path, word)


def bring_ledger_in(runner: Runner, beside: Path, opened: Callable[[Path], None]) -> None:
    """From the start page: make a ledger on this PC of what was carried here; ``opened`` gets its folder.

    ``beside`` is where ledgers usually lie.
    """
    source = ask_source()
    parent = questions.ask_folder("放到本机哪个文件夹里", beside) if source else None
    if source is None or parent is None:
        return
    path, word = source
    folder = place_for(path, parent)

    def done(changes: object) -> None:
        if isinstance(changes, Changes):
            questions.tell(changes.sentence)
        opened(folder)

    runner.start(
        "接回整本台账", lambda report: bring_in(path, folder, passphrase=word, progress=report), done, tell_failure
    )
