"""佐证材料汇编 and 销号卷宗 from the window: count first, name what is missing, then make it in the runner."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.operations.cases import open_case
from desktop.operations.paper.files import paper_file_name
from desktop.rules.bundle import BUNDLES, BundleWish
from desktop.rules.records import CaseFile, Changes
from desktop.settings import documents_folder
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.papers.bundle_dialog import ask_bundle
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.case_words import case_name

OFFERED = (
    (BUNDLES[False].name, "把佐证材料合订成一个PDF", False),
    (BUNDLES[True].name, "文书和佐证材料，一次生成文件夹和合订PDF", True),
)


def begin_bundle(session: Session, problem: str, whole: bool) -> bool:
    """Count what there is, then ask how and where; False when nothing was started."""
    name = BUNDLES[whole].name
    ledger, today = session.ledger, session.today()
    case = open_case(ledger, problem)

    def count(report: Report) -> object:
        from desktop.operations.paper.bundle import can_convert_documents, missing_of

        return missing_of(ledger, case, BundleWish(whole), today, report), can_convert_documents()

    def counted(found: object) -> None:
        if isinstance(found, tuple):
            _ask(session, case, whole, *found)

    if session.runner.start("清点材料", count, counted, tell_failure, ledger, writes=False):
        return True
    questions.tell(f"正在{session.runner.title}，请等它完成后再生成{name}。")
    return False


def _ask(session: Session, case: CaseFile, whole: bool, missing: tuple[str, ...], can_convert: bool) -> None:
    asked = ask_bundle(case_name(case), whole, missing, can_convert)
    if asked is None:
        return
    wanted, wish = asked
    name = BUNDLES[whole].name
    if wanted == "folder":
        place = questions.ask_folder(f"{name}放在哪个文件夹（里面会新建一个文件夹）", documents_folder())
    else:
        place = questions.ask_save(f"保存{name}", paper_file_name(name, case), "PDF 文件 (*.pdf)")
    if place is not None:
        _make(session, case, wanted, place, wish)


def _make(session: Session, case: CaseFile, wanted: str, place: Path, wish: BundleWish) -> None:
    ledger, today, person = session.ledger, session.today(), session.person
    target = place if wanted == "folder" or place.suffix else place.with_suffix(".pdf")

    def job(report: Report) -> object:
        from desktop.operations.paper.bundle import make_bundle, make_folder

        make = make_folder if wanted == "folder" else make_bundle
        return make(ledger, case, target, wish, today, person, report)

    def done(changes: object) -> None:
        if isinstance(changes, Changes):
            session.told.emit(changes.sentence)
            _keep(session, case, wish.whole, changes)
            _offer(changes)

    name = BUNDLES[wish.whole].name
    if not session.runner.start(f"生成{name}", job, done, tell_failure, ledger, writes=False):
        questions.tell(f"正在{session.runner.title}，请等它完成后再生成{name}。")


def _keep(session: Session, case: CaseFile, whole: bool, made: Changes) -> None:
    """Keep what was made in the archive, in the runner: it may be large."""
    ledger, today, person = session.ledger, session.today(), session.person

    def job(report: Report) -> object:
        from desktop.operations.paper.bundle_archive import keep_bundle

        report("正在存入文书档案", 0.5)
        return keep_bundle(ledger, case, made, today, person, whole=whole)

    def done(kept: object) -> None:
        if isinstance(kept, Changes):
            for warning in kept.warnings:
                session.told.emit(warning)
            if kept.touched:
                session.changed.emit(kept)

    if not session.runner.start("存入文书档案", job, done, tell_failure, ledger):
        session.told.emit(f"正在{session.runner.title}，这次的{BUNDLES[whole].name}没有存入档案。")


def _offer(changes: Changes) -> None:
    """Say what was made, and open it."""
    made = changes.extra.get("folder") or changes.extra.get("file", "")
    detail = f"有{len(changes.warnings)}项缺少或没有并入，清点时已列出。" if changes.warnings else ""
    wants_it = questions.ask(changes.sentence, detail, "打开", "关闭")
    if wants_it and not QDesktopServices.openUrl(QUrl.fromLocalFile(made)):
        questions.tell("没有能打开它的程序。", f"在这里：{made}")
