"""What the window itself does for a command of the table, one function each."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.operations.ledgers import back_up, check, mend
from desktop.operations.undo import LastStep, last_step, undo_last
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.actions import ACTIONS
from desktop.views.failures import tell_failure
from desktop.views.place import PageKey, Place
from desktop.views.runner import Job
from desktop.views.session import Session

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

Command = Callable[["MainWindow"], None]
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
        _take_back(session, step)


def _take_back(session: Session, step: LastStep) -> None:
    ledger, today, person = session.ledger, session.today(), session.person
    if step.rows <= AT_ONCE:
        session.do(lambda: undo_last(ledger, today, person))
        return

    def done(result: object) -> None:
        if isinstance(result, Changes):
            session.announce(result)

    start_job(session, "撤销", lambda report: undo_last(ledger, today, person, report), done, writes=True)


def undo(window: "MainWindow") -> None:
    """Take the last step back, after saying which."""
    undo_in(window.session)


def refresh(window: "MainWindow") -> None:
    """Read the page in front again."""
    if window.page is not None:
        window.page.refresh()
    window.show_facts()


def make_backup(window: "MainWindow") -> None:
    """A backup beside the ledger, or in the folder of the settings."""
    start_backup(window.session, window.settings.text("backup_folder"), window.show_facts)


def start_backup(session: Session, place: str, then: Callable[[], None]) -> None:
    """Back up in the runner; ``place`` is a folder of the clerk's, empty for beside the ledger."""
    ledger, now = session.ledger, datetime.now()
    target = Path(place) if place else None

    def done(result: object) -> None:
        then()
        if isinstance(result, Changes):
            questions.tell(result.sentence)

    start_job(session, "备份", lambda report: back_up(ledger, now, target, report), done)


def carry_out(window: "MainWindow") -> None:
    """The whole ledger onto a stick, for another PC of this office."""
    from desktop.views.carrying_actions import carry_ledger_out

    carry_ledger_out(window)


def bring_back(window: "MainWindow") -> None:
    """Take in what another copy of this ledger holds."""
    from desktop.views.carrying_actions import bring_ledger_back

    bring_ledger_back(window)


def check_ledger(window: "MainWindow") -> None:
    """台账体检, and what it found in plain words; what can be mended is mended when the clerk agrees."""
    session = window.session

    def show(words: str, lines: str, can_mend: bool) -> None:
        if not (can_mend and session.can_write):
            questions.tell(words, lines)
        elif questions.ask(words, f"{lines}\n{MEND_WORDS}", "重建台账视图", "暂不处理"):
            start_mend(session, lambda: check_ledger(window))

    start_check(session, show)


def check_contents(window: "MainWindow") -> None:
    """内容核对: what may be sent back, as a list that opens the problems."""
    session = window.session
    ledger = session.ledger

    def job(report: Callable[[str, float], None]) -> object:
        from desktop.operations.content_check import check_contents as look

        return look(ledger, report)

    def done(found: object) -> None:
        if isinstance(found, tuple) and found:
            _show_contents(window, found)
        else:
            questions.tell("内容核对完成，没有发现需要核对的地方。")

    start_job(session, "内容核对", job, done)


def _show_contents(window: "MainWindow", found: tuple[Any, ...]) -> None:
    from desktop.views.content_dialog import ContentDialog

    dialog = ContentDialog(found)
    try:
        if questions.run_dialog(dialog) and dialog.chosen:
            window.go(Place(PageKey.CASE, problem_id=dialog.chosen))
    finally:
        dialog.deleteLater()


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


def tell_keys(_: "MainWindow") -> None:
    """All shortcuts on one card."""
    lines = [f"{a.shortcut or a.told}　{a.text.rstrip('…')}" for a in ACTIONS if a.shortcut or a.told]
    pages = ("Ctrl+1 … Ctrl+9、Ctrl+0、Ctrl+Shift+1　打开左侧各页", "Ctrl+,　打开设置", "上下方向键　在导航中移动")
    questions.tell("快捷键", "\n".join([*lines, *pages]))


def tell_files(window: "MainWindow") -> None:
    """Where the ledger, its backups and the settings lie."""
    folder = window.session.ledger.folder
    places = (("台账", folder), ("备份", folder / "backups"), ("设置和日志", window.settings.file.parent))
    questions.tell("台账和日志在哪里", "\n".join(f"{words}：{place}" for words, place in places))


def tell_about(_: "MainWindow") -> None:
    """What this program is."""
    questions.tell(
        "督察整改台账", "生态环境保护督察整改问题的单机台账。全部数据在本机，程序不联网。\n本机不得处理涉密信息。"
    )


def toggle_dark(window: "MainWindow") -> None:
    """Light to dark, or back."""
    window.settings.set("theme", "light" if window.settings.text("theme") == "dark" else "dark")
    window.session.look_changed.emit()


def close(window: "MainWindow") -> None:
    """End the program."""
    window.close()


def import_plan(window: "MainWindow") -> None:
    """Open the page on which a plan is read and reviewed."""
    window.go(Place(PageKey.PLAN_REVIEW))


def find_all(window: "MainWindow") -> None:
    """Open the page on which everything is searched."""
    window.go(Place(PageKey.FIND))


def history(window: "MainWindow") -> None:
    """Open the page that tells who changed what in the whole ledger."""
    window.go(Place(PageKey.HISTORY))


def edit_checklists(window: "MainWindow") -> None:
    """The evidence checklists by type of problem, to edit or to paste from a table."""
    from desktop.views.checklist_dialog import edit_checklists as edit

    edit(window.session)


def _asks(what: str) -> Command:
    return lambda window: window.session.wants.emit(what, None)


COMMANDS: dict[str, Command] = {
    "new_ledger": _asks("new"),
    "open_ledger": _asks("open"),
    "restore": _asks("restore"),
    "switch_person": _asks("person"),
    "close": close,
    "undo": undo,
    "refresh": refresh,
    "leave": lambda window: window.go_back(),
    "back": lambda window: window.go_back(),
    "forward": lambda window: window.go_back(1),
    "back_up": make_backup,
    "carry_out": carry_out,
    "bring_back": bring_back,
    "check": check_ledger,
    "contents": check_contents,
    "checklists": edit_checklists,
    "import_plan": import_plan,
    "find_all": find_all,
    "history": history,
    "dark": toggle_dark,
    "help_keys": tell_keys,
    "help_files": tell_files,
    "about": tell_about,
}
