"""One open ledger in one window: who works on it, what day it is, and the signal that something changed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from desktop.operations.opened import Ledger
from desktop.rules.errors import KnownFault, NeedsReason, Refused
from desktop.rules.records import Changes
from desktop.views import questions


class Session(QObject):
    """The open ledger as the pages see it.

    Attributes: ``ledger``; ``person`` who works; ``today`` a callable giving the day. Signals: ``changed(Changes)``
    after every operation that wrote something, ``told(str)`` a sentence for the status bar.
    """

    changed = Signal(object)
    told = Signal(str)

    def __init__(self, ledger: Ledger, person: str, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.person = person
        self.today = today

    @property
    def can_write(self) -> bool:
        """False when another program writes this ledger, or while a long job does."""
        return self.ledger.writable

    def do(self, operation: Callable[[], Changes]) -> Changes | None:
        """Run a short operation; a refusal is shown in one sentence and gives None."""
        try:
            changes = operation()
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)
            return None
        return self.announce(changes)

    def do_with_reason(self, operation: Callable[[str], Changes], reason: str = "") -> Changes | None:
        """Run an operation that may warn: the warnings are shown, and with a written reason it runs again."""
        try:
            return self.announce(operation(reason))
        except NeedsReason as needed:
            given = questions.ask_reason(needed.warnings)
            return self.do(lambda: operation(given)) if given else None
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)
            return None

    def announce(self, changes: Changes) -> Changes:
        """Tell the pages and the status bar what changed."""
        self.told.emit(changes.sentence)
        self.changed.emit(changes)
        if changes.warnings:
            questions.tell(changes.sentence, "\n".join(changes.warnings))
        return changes
