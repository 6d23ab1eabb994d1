"""What a clerk does with a dispatch round beside the grid: begin it, see how it stands, freeze it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.operations.month.work import MonthState, read_month_state
from desktop.operations.rounds import (
    FreezeNeedsReason,
    as_frozen,
    find_round,
    freeze_round,
    month_is_ready,
    open_round,
    rounds_per_month,
    suggest_round,
)
from desktop.rules.followup import Round
from desktop.rules.records import Changes
from desktop.rules.rounds import RoundEntry, round_words
from desktop.views import questions
from desktop.views.entries.dialog import ask_entry
from desktop.views.failures import tell_failure
from desktop.views.late_reading import LateReading
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from forms.round import RoundForm

PREPARING = "整理冻结的月份"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a job gives back when the rules want a reason first."""

    warnings: tuple[str, ...]
    kept: str


class RoundWork(QObject):
    """The round of the month on the screen.

    Attributes: ``month``; ``round``, None before it is begun; ``state``, None until it is read. Signals: ``changed``
    when one of them is another, ``told(str)`` while the state is read.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, session: Session, view: QWidget) -> None:
        super().__init__(view)
        self.session = session
        self.month = ""
        self.round: Round | None = None
        self.state: MonthState | None = None
        self.can_open_more = False
        self._reading = LateReading(session, view, self._on_read, self.told.emit)

    @property
    def is_frozen(self) -> bool:
        """True when the month is frozen."""
        return self.round is not None and self.round.is_frozen

    @property
    def is_open(self) -> bool:
        """True while reports are collected."""
        return self.round is not None and not self.round.is_frozen

    @property
    def is_reading(self) -> bool:
        """True until the state is known."""
        return self._reading.is_busy

    def show_month(self, month: str) -> None:
        """Another month, or the same one after a change: the round at once, its state when it has been read."""
        ledger, today = self.session.ledger, self.session.today()
        self.month, self.round = month, find_round(ledger, month)
        number = self.round.number if self.round else 0
        self.can_open_more = self.round is None or (self.is_frozen and number < rounds_per_month(ledger))
        self.state = None
        self.changed.emit()
        if self.is_open:
            self._reading.read(lambda report: read_month_state(ledger, month, today, report))

    def _on_read(self, state: object) -> None:
        if isinstance(state, MonthState) and state.month == self.month:
            self.state = state
            self.changed.emit()

    def prepare(self, done: Callable[[], None]) -> bool:
        """True when the month can be read at once.

        Else what it was at its freeze is put together off the window's thread, and ``done`` is called then; while
        another job runs it is tried again when that has ended.
        """
        session, month = self.session, self.month
        ledger = session.ledger
        if not self.is_frozen or month_is_ready(ledger, month):
            return True

        def job(report: Report) -> None:
            with as_frozen(ledger, month, tell=report):
                report("冻结的月份已整理好", 1.0)

        started = session.runner.start(PREPARING, job, lambda _: done(), tell_failure, ledger, writes=False)
        if not started:
            session.runner.ended.connect(lambda _: done(), Qt.ConnectionType.SingleShotConnection)
        return False

    # Begin

    def begin(self) -> None:
        """Ask for the day by which units report and begin the next round of the month."""
        session = self.session
        ledger, today, person = session.ledger, session.today(), session.person
        form = RoundForm(suggest_round(ledger, self.month), today)

        def save(entry: object, reason: str, report: Report) -> Changes:
            assert isinstance(entry, RoundEntry)
            return open_round(ledger, entry, today, person)

        ask_entry(session, form, self.month, save)

    # Freeze

    def freeze(self, reason: str = "") -> None:
        """Freeze the month for ever, after a last question; what is not in order asks for a reason first."""
        found = self.round
        if found is None or found.is_frozen:
            return
        words = round_words(found.month, found.number)
        if not reason and not questions.ask(
            f"冻结{words}？",
            "冻结后这个月的文字和数字不再改变，也不能解冻；以后补报、更正的另行标明，列在下月的表里。",
            "冻结",
        ):
            return
        session, month = self.session, self.month
        ledger, today, person = session.ledger, session.today(), session.person
        if not session.can_write:
            questions.tell(session.why_not_write() or "台账现在不能写入，没有冻结。")
            return

        def job(report: Report) -> object:
            state = read_month_state(ledger, month, today, report)
            try:
                done = freeze_round(ledger, found, state.checks, state.board, today, person, reason)
            except FreezeNeedsReason as needed:
                return _Asked(needed.warnings, needed.kept)
            # The libraries of printing are read when something is printed.
            from desktop.operations.month.papers import with_papers

            # Nothing of this can be cancelled: the month is frozen.
            return with_papers(ledger, done, month, today, person)

        if not session.runner.start(f"冻结{words}", job, self._on_frozen, self._on_failed, ledger):
            questions.tell(f"正在{session.runner.title}，请等它完成后再冻结。")

    def _on_frozen(self, result: object) -> None:
        if isinstance(result, _Asked):
            reason = questions.ask_reason(result.warnings, result.kept)
            if reason:
                self.freeze(reason)
        elif isinstance(result, Changes):
            self.session.announce(result)

    def _on_failed(self, failure: Failure) -> None:
        tell_failure(failure)
