"""``python -m desktop``: without arguments the window, with a verb the command line, with ``--selftest`` 自检."""

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.first_settings import FirstSettings, open_settings
from desktop.screen import free_library_path, has_display, is_of_the_system, library_fault, no_display
from desktop.settings import Settings

Tell = Callable[[str, float], None]
_SELDOM = 50_000  # new objects between two looks for garbage: most of a verb's time is imports, which leave none
READ_PDF = "--read-pdf"  # how ``plans.pdf.reading`` starts the program a second time


def main(arguments: list[str]) -> int:
    """Open the window, or run one verb; returns the exit status."""
    if arguments[:1] == [READ_PDF]:
        from desktop.plans.pdf.child import serve

        return serve(arguments[1:], (*paths.system_font_dirs(), *(folder / "otf" for folder in paths.font_folders())))
    _open_streams()
    free_library_path()
    settings, first = open_settings()
    paths.use_own_folder(settings.data_folder() / paths.OWN_FOLDER)
    if arguments[:1] == ["--selftest"]:
        from desktop.selftest import main as run_selftest

        return run_selftest(settings, first)
    if arguments:
        return _run_verb(arguments, first)
    if not has_display(sys.platform, os.environ):
        sys.stderr.write(no_display() + "\n")
        return 1
    return _open_window(settings, first)


def _run_verb(arguments: list[str], first: FirstSettings) -> int:
    gc.set_threshold(_SELDOM)
    from desktop.cli import main as run_verb

    for fault in first.faults:
        sys.stderr.write(f"注意：{fault}\n")
    return run_verb(arguments, _picture_window if arguments[0] == "demo" else None)


def _open_window(settings: Settings, first: FirstSettings) -> int:
    # Between imports there is nothing to collect; the window has a collector of its own (``views.garbage``).
    gc.disable()
    try:
        from desktop.app import run
    except ImportError as error:
        if not is_of_the_system(error):
            raise
        sys.stderr.write(library_fault(str(error)) + "\n")
        return 1
    return run(settings, first.faults)


def _open_streams() -> None:
    """A program without a console has no streams at all; what is written then goes nowhere instead of failing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115,PTH123 stays open to the end


def _picture_window(ledger: Path, target: Path, today: date, tell: Tell) -> tuple[tuple[str, str], ...]:
    """Pictures of the window's pages for the tour, made without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.app import picture_window

    return picture_window(ledger, target, today, tell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
