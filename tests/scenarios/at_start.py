"""A clerk at the start page: the whole program with its own settings, and a ledger made from there."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.views.program import Program
from tests.scenarios.window_clerk import OFFICE, WAIT, WindowClerk, press, type_in


@contextmanager
def started(clerk: WindowClerk, qapp: QApplication) -> Iterator[Program]:
    """The program as it shows itself when it is started."""
    made = Program(qapp, Settings(clerk.folder.parent / "settings.json"))
    made.show_start()
    try:
        yield made
    finally:
        made.end()
        clerk.end()
        made.start.close()
        made.start.deleteLater()
        made.deleteLater()


def make_ledger(program: Program, clerk: WindowClerk) -> MainWindow:
    """From the start page to the window of an empty ledger."""
    press(program.start.buttons["new"])
    panel = program.start.new_panel
    place = str(clerk.folder.parent)
    for key, words in (("office", OFFICE), ("name", "蒸湘区台账"), ("parent", place), ("person", "李明")):
        type_in(panel.fields[key].widget, words)
    press(panel.submit_button)
    return shown(program, clerk)


def enter(program: Program, clerk: WindowClerk) -> MainWindow:
    """Say who works, once a ledger is open."""
    panel = program.start.who_panel
    clerk.qtbot.waitUntil(lambda: program.start.stack.currentWidget() is panel and panel.isVisible(), timeout=WAIT)
    type_in(panel.name, "李明")
    press(panel.ok_button)
    return shown(program, clerk)


def shown(program: Program, clerk: WindowClerk) -> MainWindow:
    """The window of the open ledger, in which the clerk goes on."""
    clerk.qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=WAIT)
    assert program.window is not None
    clerk.windows.append(program.window)
    return program.window


def close(program: Program, clerk: WindowClerk) -> None:
    """Close the window with its backup, as with the cross."""
    clerk.windows.pop()
    window = program.window
    assert window is not None
    window.close()
    clerk.qtbot.waitUntil(lambda: program.window is None, timeout=WAIT)
