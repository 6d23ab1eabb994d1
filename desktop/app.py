"""The window's wiring: fonts, look, log, crash hooks and input method."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTimer
from PySide6.QtWidgets import QApplication

from desktop import __version__, screen
from desktop.crash import CrashReporter
from desktop.log import start_log, stop_log
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.garbage import Collector
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.place import PROGRAM
from desktop.views.program import Program, build_window

__all__ = ["Program", "build_window", "make_app", "run"]


def run(settings: Settings | None = None, faults: Sequence[str] = ()) -> int:
    """Open the program and stay until it is closed; the exit status. ``faults`` are told once the start page shows."""
    choose_input_method()
    screen.choose_platform()
    start_log()
    app = make_app()
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if wrong := screen.platform_fault(app.platformName(), plugins):
        sys.stderr.write(wrong + "\n")
        stop_log()
        return 1
    collector = Collector(app)
    program = Program(app, settings)
    reporter = CrashReporter(__version__, tell_expected, program.close_ledger, app)
    reporter.install()
    program.show_start()
    if faults:
        QTimer.singleShot(0, lambda: questions.tell("\n".join(faults)))
    status = app.exec()
    program.end()
    collector.stop()
    stop_log()
    return status


def make_app() -> QApplication:
    """The application with the program's fonts, language and look."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("zhenggai-taizhang")
    app.setApplicationDisplayName(PROGRAM)
    app.setApplicationVersion(__version__)
    app.setQuitOnLastWindowClosed(False)
    load_fonts(app)
    speak_chinese(app)
    return app


def picture_window(
    ledger: Path, target: Path, today: date, tell: Callable[[str, float], None]
) -> tuple[tuple[str, str], ...]:
    """Pictures of every page over a ledger, for the guided tour: file name and title of each."""
    # It brings every page and form with it, which the start does without.
    from desktop.views.tour.pictures import picture_pages

    app = make_app()
    apply_theme(app)
    return picture_pages(app, ledger, target, today, tell)


def choose_input_method() -> None:
    """Chinese typing on Linux: the toolkit has no part for fcitx, but fcitx answers as ibus (platform.md)."""
    named = os.environ.get("QT_IM_MODULE") or os.environ.get("QT_IM_MODULES")
    if sys.platform.startswith("linux") and not named and _fcitx_runs():
        os.environ["QT_IM_MODULE"] = "ibus"


def _fcitx_runs() -> bool:
    if "fcitx" in os.environ.get("XMODIFIERS", "") or "fcitx" in os.environ.get("GTK_IM_MODULE", ""):
        return True
    return any(_name_of(process).startswith("fcitx") for process in Path("/proc").glob("[0-9]*"))


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return ""


class ExpectedFaults:
    """A refusal, a known fault or a failure of the disk that nobody caught is a sentence for the clerk, not a crash.

    While one sentence is shown the next ones are only logged: what fails once often fails again at once.
    """

    def __init__(self) -> None:
        self._is_telling = False

    def __call__(self, error: BaseException) -> bool:
        from desktop.operations.opened import fault_of

        told = fault_of(error) if isinstance(error, Exception) else None
        if told is None:
            return False
        logging.getLogger(__name__).info("told", exc_info=error)
        if not self._is_telling:
            self._is_telling = True
            try:
                questions.tell_refusal(told)
            finally:
                self._is_telling = False
        return True


tell_expected = ExpectedFaults()
