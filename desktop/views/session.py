"""One open ledger in one window: who works on it, what day it is, and the signal that something changed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from desktop.operations.opened import Ledger, fault_of, is_in_place
from desktop.rules.errors import KnownFault, NeedsReason, Refused
from desktop.rules.records import Changes
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.runner import Runner

Tell = Callable[[Refused | KnownFault], None]


class Session(QObject):
    """The open ledger as the pages see it.

    Attributes: ``ledger``; ``person`` who works; ``today`` a callable giving the day; ``runner`` for long work;
    ``settings`` of this user. Signals: ``changed(Changes)`` after every operation that wrote something, ``told(str)``
    a sentence for the status bar, ``look_changed`` when another look was chosen, ``wants(str, object)`` for what only
    the program can do: ``new``, ``open``, ``restore`` (of a backup folder, or None to choose), ``person``, ``reopen``.
    """

    changed = Signal(object)
    told = Signal(str)
    look_changed = Signal()
    wants = Signal(str, object)

    def __init__(
        self,
        ledger: Ledger,
        person: str,
        today: Callable[[], date],
        parent: QObject | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.person = person
        self.today = today
        self.runner = Runner(self)
        self.settings = settings or Settings()

    @property
    def can_write(self) -> bool:
        """False when another program writes this ledger, while a long job does, or when its folder is gone."""
        return self.ledger.writable and not self.runner.is_writing and self.is_there()

    def is_there(self) -> bool:
        """False when the ledger's folder was moved or taken away while it was open."""
        return is_in_place(self.ledger)

    def why_not_write(self) -> str:
        """What keeps the clerk from saving now, in one sentence; empty when nothing does."""
        if not self.is_there():
            return f"找不到台账文件夹：{self.ledger.folder}，现在不能填写。请把它放回原处。"
        if self.runner.is_writing:
            return f"正在{self.runner.title}，现在不能填写，请等它完成。"
        return "" if self.ledger.writable else "台账现在只能查看，不能填写。"

    def do(self, operation: Callable[[], Changes], tell: Tell = questions.tell_refusal) -> Changes | None:
        """Run a short operation; a refusal is shown in one sentence and gives None. ``tell`` shows it elsewhere."""
        try:
            self._require_place()
            changes = operation()
        except Exception as error:
            self._failed(error, tell)
            return None
        return self.announce(changes)

    def do_with_reason(
        self, operation: Callable[[str], Changes], reason: str = "", tell: Tell = questions.tell_refusal
    ) -> Changes | None:
        """Run an operation that may warn: the warnings are shown, and with a written reason it runs again."""
        try:
            self._require_place()
            return self.announce(operation(reason))
        except NeedsReason as needed:
            given = questions.ask_reason(needed.warnings, needed.kept)
            return self.do(lambda: operation(given), tell) if given else None
        except Exception as error:
            self._failed(error, tell)
            return None

    def _failed(self, error: Exception, tell: Tell) -> None:
        """Tell what was refused, or what the disk refused; a fault of the program goes on to where it is caught."""
        told = fault_of(error)
        if told is None:
            raise error
        tell(told)

    def _require_place(self) -> None:
        if not self.is_there():
            raise KnownFault(f"找不到台账文件夹：{self.ledger.folder}，没有保存。", "请把文件夹放回原处后再保存。")
        if self.runner.is_writing:
            raise KnownFault(f"正在{self.runner.title}，现在不能保存，填写的内容还在。", "请等它完成后再保存。")

    def announce(self, changes: Changes) -> Changes:
        """Tell the pages and the status bar what changed."""
        self.told.emit(changes.sentence)
        self.changed.emit(changes)
        if changes.warnings:
            questions.tell(changes.sentence, "\n".join(changes.warnings))
        return changes
