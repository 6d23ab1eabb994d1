"""What is done with a whole ledger, wherever it is asked for: taking the last step back, backup, check, mending."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.operations.ledgers import back_up, check, mend
from desktop.operations.undo import LastStep, last_step, last_taken_back, redo_last, undo_last
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.runner import Job
from desktop.views.session import Session

AT_ONCE = 40  # rows that are taken back within one slot; more is work for the runner
MEND_WORDS = "记录本身完好，可以按记录重建；已确认的内容都不会丢失。"


def undo_in(session: Session) -> None:
    """Take the last step back, after saying which; where it cannot be, say why."""
    step = last_step(session.ledger, session.person) if session.is_there() else None
    if step is None:
        return
    if step.why_not:
        questions.tell(step.why_not, step.words)
    elif questions.ask(f"撤销这一步吗？\n{step.words}", "原来的记录和撤销都会留在历史里。", "撤销", "不撤销"):
        _carry_out(session, step, "撤销", undo_last)


def redo_in(session: Session) -> None:
    """Do again what was taken back last, after saying which."""
    step = last_taken_back(session.ledger, session.person) if session.is_there() else None
    if step and questions.ask(f"恢复这一步吗？\n{step.words}", "撤销和恢复都会留在历史里。", "恢复", "不恢复"):
        _carry_out(session, step, "恢复", redo_last)


def _carry_out(session: Session, step: LastStep, title: str, act: Callable[..., Changes]) -> None:
    ledger, today, person = session.ledger, session.today(), session.person
    if step.rows <= AT_ONCE:
        session.do(lambda: act(ledger, today, person))
        return

    def done(result: object) -> None:
        if isinstance(result, Changes):
            session.announce(result)

    start_job(session, title, lambda report: act(ledger, today, person, report), done, writes=True)


def start_backup(session: Session, place: str, then: Callable[[], None]) -> None:
    """Back up in the runner; ``place`` is a folder of the clerk's, empty for beside the ledger."""
    ledger, now = session.ledger, datetime.now()
    target = Path(place) if place else None

    def done(result: object) -> None:
        then()
        if isinstance(result, Changes):
            questions.tell(result.sentence)

    start_job(session, "备份", lambda report: back_up(ledger, now, target, report), done)


def start_check(session: Session, show: Callable[[str, str, bool], None]) -> bool:
    """Check the ledger in the runner; ``show`` gets a sentence, the findings one a line, and if they can be mended.

    False when another job runs; the clerk was told.
    """
    ledger = session.ledger

    def done(health: object) -> None:
        show(*health_words(health), bool(getattr(health, "can_mend", False)))

    return start_job(session, "台账体检", lambda report: check(ledger, report), done)


def start_mend(session: Session, then: Callable[[], object]) -> None:
    """Make what is shown anew from the records, in the runner; every page reads again."""
    ledger = session.ledger

    def done(changes: object) -> None:
        if isinstance(changes, Changes):
            session.announce(changes)
        then()

    start_job(session, "重建台账视图", lambda report: mend(ledger, report), done, writes=True)


def start_job(session: Session, title: str, job: Job, done: Callable[[object], None], *, writes: bool = False) -> bool:
    """Start a job, or say which one must end first."""
    started = session.runner.start(title, job, done, tell_failure, session.ledger, writes=writes)
    if not started:
        questions.tell(f"正在{session.runner.title}，请等它完成后再{title}。")
    return started


def health_words(health: object) -> tuple[str, str]:
    """The result of a check as a sentence and its findings."""
    problems, notes = getattr(health, "problems", ()), getattr(health, "notes", ())
    counted = f"核对了{getattr(health, 'ops', 0)}条记录、{getattr(health, 'files', 0)}个附件"
    lines = "\n".join((*problems, *notes))
    if problems:
        return f"{counted}，发现{len(problems)}处需要处理。", lines
    return f"{counted}，台账完好。", lines
