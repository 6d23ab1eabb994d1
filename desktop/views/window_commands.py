"""What the window itself does for a command of the table, one function each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.views import questions
from desktop.views.actions import ACTIONS
from desktop.views.ledger_jobs import MEND_WORDS, redo_in, start_backup, start_check, start_job, start_mend, undo_in
from desktop.views.place import PageKey, Place

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

Command = Callable[["MainWindow"], None]


def undo(window: "MainWindow") -> None:
    """Take the last step back, after saying which."""
    undo_in(window.session)


def redo(window: "MainWindow") -> None:
    """Do again what was taken back last, after saying which."""
    redo_in(window.session)


def refresh(window: "MainWindow") -> None:
    """Read the page in front again."""
    if window.page is not None:
        window.page.refresh()
    window.show_facts()


def make_backup(window: "MainWindow") -> None:
    """A backup beside the ledger, or in the folder of the settings."""
    start_backup(window.session, window.settings.text("backup_folder"), window.show_facts)


def carry_out(window: "MainWindow") -> None:
    """The whole ledger onto a stick, for another PC of this office."""
    from desktop.views.exchange.carrying_actions import carry_ledger_out

    carry_ledger_out(window)


def bring_back(window: "MainWindow") -> None:
    """Take in what another copy of this ledger holds."""
    from desktop.views.exchange.carrying_actions import bring_ledger_back

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


def tell_keys(_: "MainWindow") -> None:
    """All shortcuts on one card."""
    lines = [f"{a.shortcut or a.told}　{a.text.rstrip('…')}" for a in ACTIONS if a.shortcut or a.told]
    others = (
        "Ctrl+1 … Ctrl+9、Ctrl+0、Ctrl+Shift+1　打开左侧各页",
        "Ctrl+,　打开设置",
        "上下方向键　在导航中移动",
        "Tab、Shift+Tab　到下一处、上一处；调度表格里到下一个、上一个要填的格",
        "F6、Ctrl+Tab　离开调度表格（加Shift往回）",
    )
    questions.tell("快捷键", "\n".join([*lines, *others]))


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
    from desktop.views.entries.checklist_dialog import edit_checklists as edit

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
    "redo": redo,
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
