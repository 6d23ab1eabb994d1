"""The program in a process of its own, half a report typed: ``python -m tests.scenarios.half_filled LEDGER WORDS``.

It writes ``kept`` once the draft lies beside the ledger, and then goes on until somebody ends it.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.app import make_app
from desktop.operations.drafts import kept_draft
from desktop.settings import Settings
from desktop.views.case.page import CasePage
from desktop.views.entries.dialog import EntryDialog
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey, Place
from desktop.views.program import Program

LOOK_MS = 50


def main(folder: Path, words: str) -> int:
    """Open the ledger, the case of its first problem and the form of progress, and type."""
    app = make_app()
    program = Program(app, Settings(folder.parent / "settings.json"))
    program.show_start()
    program.open_folder(folder, "李明")
    window = program.window
    assert window is not None
    window.go(Place(PageKey.LEDGER))
    page = window.page
    assert isinstance(page, LedgerPage)
    page.table.opened.emit(page.model.index(0, 0))
    case = window.page
    assert isinstance(case, CasePage)
    assert case.case is not None
    subject, ledger = case.case.problem.id, window.session.ledger
    # The form is modal: what happens in it is done by timers, as a clerk's keys come from outside.
    QTimer.singleShot(LOOK_MS, lambda: type_words(words))
    told = QTimer()
    told.setInterval(LOOK_MS)
    told.timeout.connect(lambda: kept_draft(ledger, "progress", subject) and tell(told))
    told.start()
    QTimer.singleShot(0, case.bar.progress_button.click)
    return app.exec()


def type_words(words: str) -> None:
    """Into the text of the form that is open, as an input method does it."""
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, EntryDialog):
        QTimer.singleShot(LOOK_MS, lambda: type_words(words))
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(dialog.form.fields["text"].widget, event)


def tell(timer: QTimer) -> None:
    """Say so, once."""
    timer.stop()
    sys.stdout.write("kept\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
