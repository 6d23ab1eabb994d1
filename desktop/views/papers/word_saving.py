"""Saving a paper as docx: it is made anew from the ledger, kept in the archive, and written where it is wanted."""

from pathlib import Path

from desktop.operations.cases import open_case
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.files import PDF, WORD
from desktop.rules.paper import Printed
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.papers.keeping import keep_paper
from desktop.views.preview.printing import ask_target, write_saved
from desktop.views.runner import Report
from desktop.views.session import Session

TITLE = "保存为Word"


def save_as_word(session: Session, name: str, paper: str, problem: str, draft: PaperDraft) -> bool:
    """Ask where, then make the docx in the runner; ``name`` is that of the PDF. False when nothing was started."""
    if not session.runner.is_free:
        questions.tell(f"正在{session.runner.title}，请等它完成后再保存。")
        return False
    name = name.removesuffix(PDF) + WORD
    target = ask_target(TITLE, name, "Word 文档", WORD)
    if target is None:
        return False
    ledger, today = session.ledger, session.today()

    def job(report: Report) -> object:
        from desktop.operations.paper.printing import make_paper

        case = open_case(ledger, problem) if problem else None
        return make_paper(ledger, paper, case, today, draft, report, WORD)

    def done(printed: object) -> None:
        assert isinstance(printed, Printed)
        _leave(session, printed, target, name, paper, problem, draft)

    return session.runner.start(TITLE, job, done, tell_failure, ledger, writes=False)


def _leave(
    session: Session, printed: Printed, target: Path, name: str, paper: str, problem: str, draft: PaperDraft
) -> None:
    if keep_paper(session, printed, paper, problem, draft, name):
        write_saved(session, printed, target)
