"""Between the start page and the window of an open ledger: making, opening, restoring, and the way back."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.rules.errors import KnownFault, Refused
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.ahead import Ahead
from desktop.views.failures import tell_failure
from desktop.views.garbage import keep_what_is_there
from desktop.views.looks.theme import apply_theme
from desktop.views.pages import LOADERS, PAGES, STEPS
from desktop.views.place import PROGRAM, PageKey, Place
from desktop.views.runner import Report, Runner
from desktop.views.start.page import StartPage
from desktop.views.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.operations.opened import Ledger
    from desktop.views.main_window import MainWindow
    from desktop.views.start.new_ledger_panel import NewLedger

SAMPLE_FOLDER = "督察整改台账示例"
SOON_MS = 150  # the start page is painted; the clerk reads it while the window is imported
Then = Callable[[], None]


def build_window(
    ledger: "Ledger", person: str, today: Callable[[], date] = date.today, settings: Settings | None = None
) -> "MainWindow":
    """The window over an open ledger with every page of the program; the ledger is closed with it."""
    from desktop.views.main_window import MainWindow
    from desktop.views.session import Session
    from desktop.views.window_commands import COMMANDS

    session = Session(ledger, person, today, settings=settings)
    window = MainWindow(session, PAGES, COMMANDS)
    session.setParent(window)
    window.closed.connect(ledger.close)
    return window


def load_ledgers() -> None:
    """What opens ledgers and shows them is imported: the start page is there before, and does without."""
    import desktop.operations.ledgers  # noqa: F401


def load_window() -> None:
    """The window of an open ledger is imported."""
    import desktop.views.main_window  # noqa: F401


def make_sample_whole(folder: Path, report: Report) -> Path:
    """Make the sample ledger so that it is there whole or not at all, also when the clerk cancels."""
    # It brings the libraries of reading plans and drawing pictures, which the start page does without.
    from desktop.operations.sample.make import make_sample

    part = folder.with_name(folder.name + "_制作中")
    shutil.rmtree(part, ignore_errors=True)
    try:
        make_sample(part, report)
        return part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


class Program(QObject):
    """What the clerk asks of the start page, and what an open window asks of the program.

    Attributes: ``settings``, ``start`` (the start page), ``window`` (None while no ledger is shown).
    """

    def __init__(self, app: QApplication, settings: Settings | None = None) -> None:
        super().__init__(app)
        self.settings = settings or Settings()
        self._style(app)
        self.runner = Runner(self)
        self.start = StartPage(self.settings, StatusBar(self.runner))
        self.start.setWindowTitle(PROGRAM)
        self.start.resize(960, 600)
        self.start.chosen.connect(self.on_chosen)
        self.start.who.connect(self.open_window)
        self.start.left_who.connect(self._leave_who)
        self.start.closed.connect(self._on_start_closed)
        self.runner.started.connect(lambda _: self.start.set_busy(True))
        self.runner.ended.connect(lambda _: self.start.set_busy(False))
        self.window: MainWindow | None = None
        self._ledger: Ledger | None = None
        self._after: Then | None = None
        self._is_loaded = False

    def _style(self, app: QApplication) -> None:
        text = self.settings.text
        apply_theme(app, dark=text("theme") == "dark", text_size=text("text_size"))

    def show_start(self) -> None:
        """Show the start page."""
        self.start.show_home()
        self.start.show()
        self.start.activateWindow()
        if not self._is_loaded:
            self._is_loaded = True
            first = (load_ledgers, load_window, LOADERS[PageKey.WAITING], LOADERS[PageKey.LEDGER], self._keep_imported)
            Ahead(first, self).begin(SOON_MS)

    def _keep_imported(self) -> None:
        # A window that is open already must be free to go when it is closed.
        if self.window is None:
            keep_what_is_there()

    def on_chosen(self, what: str, thing: object) -> None:
        """What the clerk chose on the start page, or asked of the window of an open ledger."""
        from desktop.views.start.new_ledger_panel import NewLedger

        if what == "new" and isinstance(thing, NewLedger):
            self.make_ledger(thing)
        elif what == "new":
            self.start.show_new()
        elif what == "start":
            from desktop.views.start.package_start import choose_package

            choose_package(self.runner, self.start.show_new)
        elif what == "open":
            folder = (
                thing
                if isinstance(thing, Path)
                else questions.ask_folder("选择台账文件夹", self.settings.data_folder())
            )
            if folder is not None:
                self.open_folder(folder)
        elif what == "bring":
            from desktop.views.exchange.carrying_actions import bring_ledger_in

            bring_ledger_in(self.runner, self.settings.data_folder(), self.open_folder)
        elif what == "sample":
            self.open_sample()
        elif what == "restore":
            self.restore(thing if isinstance(thing, Path) else None)

    def _show_new(self) -> None:
        self.show_start()
        self.start.show_new()

    def _open(self, folder: Path | None) -> None:
        folder = folder or questions.ask_folder("选择台账文件夹", self.settings.data_folder())
        if folder is not None:
            self.open_folder(folder)

    def make_ledger(self, wanted: "NewLedger") -> None:
        """Make a ledger and open it for the person who made it; one by 初始包 shows next what is to be confirmed."""
        from desktop.operations.ledgers import new_ledger

        if wanted.wish is not None:
            from desktop.views.start.package_start import make_by_package

            make_by_package(self.runner, wanted, wanted.wish, lambda: self._show_begun(wanted))
            return
        ledger = self._tried(
            lambda: new_ledger(
                wanted.folder,
                wanted.office,
                date.today(),
                region=wanted.region,
                district=self._district_of(wanted.office),
                person=wanted.person,
            )
        )
        if ledger is not None:
            self._ledger = ledger
            self.open_window(wanted.person)

    def _show_begun(self, wanted: "NewLedger") -> None:
        self.open_folder(wanted.folder, wanted.person)
        if self.window is not None:
            self.window.go(Place(PageKey.EXCHANGE, part="partners"))

    def _district_of(self, office: str) -> str:
        """The district handed out with the program, for the office it was handed out for; else the name tells it."""
        return self.settings.text("district") if office == self.settings.text("office") else ""

    def open_folder(self, folder: Path, person: str = "") -> None:
        """Open a ledger; who works is asked unless it is known."""
        from desktop.operations.ledgers import open_to_work

        self.close_ledger()
        ledger = self._tried(lambda: open_to_work(folder))
        if ledger is None:
            self.show_start()
            return
        self._ledger = ledger
        if person:
            self.open_window(person)
        else:
            self._ask_who(ledger)

    def _tried(self, make: Callable[[], "Ledger"]) -> "Ledger | None":
        try:
            return make()
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)
            return None

    def _ask_who(self, ledger: "Ledger") -> None:
        from desktop.operations.ledgers import office_of, people_who_work

        people, last = people_who_work(ledger), self.settings.text("person")
        self.start.show_who(ledger.folder.name, office_of(ledger).name, people, last)
        self.start.show()
        self.start.activateWindow()

    def _leave_who(self) -> None:
        self.close_ledger()
        self.start.show_home()

    def open_window(self, person: str) -> None:
        """Show the window of the open ledger."""
        ledger = self._ledger
        if ledger is None:
            return
        self.settings.set("person", person)
        self.settings.note_recent(ledger.folder)
        self.window = build_window(ledger, person, settings=self.settings)
        self.window.session.wants.connect(self.on_wanted)
        self.window.closed.connect(self._on_closed)
        self.window.show()
        self.window.activateWindow()
        self.start.hide()
        Ahead(STEPS, self.window).begin()

    def on_wanted(self, what: str, thing: object) -> None:
        """Something the open window cannot do itself: it closes first, with its backup."""
        window = self.window
        if window is None:
            return
        folder, person = window.session.ledger.folder, window.session.person
        steps: dict[str, Then] = {
            "new": self._show_new,
            "person": lambda: self.open_folder(folder),
            "reopen": lambda: self.open_folder(folder, person),
        }
        if what == "restore":
            backup = self._agreed_backup(thing if isinstance(thing, Path) else None, folder)
            if backup is None:
                return
            # The ledger is moved aside whole; a backup now could push out the one that was chosen.
            window.closing.skips_backup = True
            self._after = lambda: self._restore(backup, folder, person)
        elif what == "open":
            chosen = questions.ask_folder("选择台账文件夹", folder.parent)
            if chosen is None:
                return
            self._after = lambda: self.open_folder(chosen)
        elif what in steps:
            self._after = steps[what]
        if not window.close() and not window.closing.is_under_way:
            self._after = None
            window.closing.skips_backup = False

    def restore(self, backup: Path | None) -> None:
        """From the start page: the ledger goes back to where the backup came from, or to a place of the clerk's."""
        backup = backup or questions.ask_folder("选择备份文件夹", self.settings.data_folder())
        if backup is None:
            return
        folder = backup.parent.parent if backup.parent.name == "backups" else None
        if folder is None:
            parent = questions.ask_folder("恢复到哪个文件夹里", self.settings.data_folder())
            if parent is None:
                return
            folder = parent / backup.name.split("_备份_")[0]
        if self._agreed_backup(backup, folder) is not None:
            self._restore(backup, folder, "")

    def _agreed_backup(self, backup: Path | None, folder: Path) -> Path | None:
        backup = backup or questions.ask_folder("选择备份文件夹", folder / "backups")
        detail = f"备份：{backup}\n恢复到：{folder}\n现在的台账会改名留在旁边，不会删除。"
        if backup is not None and questions.ask("用这份备份恢复台账吗？", detail, "恢复", "不恢复"):
            return backup
        return None

    def _restore(self, backup: Path, folder: Path, person: str) -> None:
        from desktop.operations.ledgers import restore

        now = datetime.now()
        self.show_start()
        self.runner.start(
            "恢复备份",
            lambda report: restore(backup, folder, now),
            lambda changes: self._on_restored(changes, folder, person),
            tell_failure,
        )

    def _on_restored(self, changes: object, folder: Path, person: str) -> None:
        questions.tell(getattr(changes, "sentence", ""), "\n".join(getattr(changes, "warnings", ())))
        self.open_folder(folder, person)

    def open_sample(self) -> None:
        """Open the sample ledger, made first when it is not there yet."""
        folder = self.settings.data_folder() / SAMPLE_FOLDER
        if (folder / "ledger.sqlite").is_file():
            self.open_folder(folder)
            return

        job = partial(make_sample_whole, folder)
        self.runner.start("建立示例台账", job, lambda _: self.open_folder(folder), tell_failure)

    def _on_closed(self) -> None:
        window, self.window = self.window, None
        self._ledger = None
        if window is not None:
            window.deleteLater()
        then, self._after = self._after, None
        # The window is still inside its closing; what comes next starts from a clean event loop.
        QTimer.singleShot(0, then or QApplication.quit)

    def _on_start_closed(self) -> None:
        if self.window is None:
            self.close_ledger()
            QApplication.quit()

    def close_ledger(self) -> None:
        """Give the ledger back, whatever happens."""
        ledger, self._ledger = self._ledger, None
        if ledger is not None:
            ledger.close()

    def end(self) -> None:
        """Stop what runs and close what is open."""
        self.runner.cancel()
        self.runner.wait()
        if self.window is not None:
            self.window.session.runner.cancel()
            self.window.session.runner.wait()
        self.close_ledger()
