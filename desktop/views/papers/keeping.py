"""Keeping a paper in the archive before it leaves the program: printed, saved, or opened elsewhere."""

from desktop.operations.cases import open_case
from desktop.operations.paper.drafts import PaperDraft
from desktop.rules.paper import Printed
from desktop.rules.records import Changes
from desktop.views.session import Session

PAPER_KINDS = frozenset({"doc_number", "paper", "paper_scan", "purge"})


def only_papers(changes: Changes) -> bool:
    """True for a change of archive and register alone: no paper looks different after it."""
    return bool(changes.touched) and {kind for kind, _ in changes.touched} <= PAPER_KINDS


def keep_paper(
    session: Session, printed: Printed, key: str, problem: str, draft: PaperDraft, file: str = ""
) -> bool:
    """Archive a finished paper and take its number; False when it must not leave the program.

    ``file`` is its name where that is not the usual one.

    A number out of turn needs a reason, which is asked for. Where the ledger can only be read the paper leaves
    without being kept, which is said in the status bar.
    """
    # What makes papers is there already when a paper is.
    from desktop.operations.paper.archive import archive_paper, facts_of
    from desktop.operations.paper.printing import find_paper

    ledger, today, person = session.ledger, session.today(), session.person
    if not ledger.writable:
        session.told.emit("台账现在只能查看，这次的文书没有存入档案。")
        return True

    def archive(reason: str) -> Changes:
        case = open_case(ledger, problem) if problem else None
        facts = facts_of(ledger, find_paper(key), case, draft, file)
        return archive_paper(ledger, printed, facts, today, person, reason)

    return session.do_with_reason(archive) is not None
