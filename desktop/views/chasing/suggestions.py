"""What the ladder suggests, read case by case between two events of the window."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations.chase_board import months_said, read_suggestions, reading_order
from desktop.operations.lists import ProblemKeys
from desktop.rules.ladder import Suggestion
from desktop.rules.region import Region
from desktop.views.page import PAINTED_MS
from desktop.views.reading import read_a_while, read_safely
from desktop.views.session import Session

PART = 20
SHOWN_FIRST = 100  # cases; later each time that twice as many were looked at


class SuggestionReader(QObject):
    """Attributes: ``suggestions`` found so far, the sharpest rung first; ``told`` how far it is, empty at the end.

    Signals: ``read`` whenever there is something new to show, seldom in a long list; ``said(str)`` how far it is.
    """

    read = Signal()
    said = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._region: Region | None = None
        self._keys, self._at = ProblemKeys(), 0
        self._found: list[Suggestion] = []
        self._said: dict[str, set[str]] | None = None
        self._left: set[tuple[str, str]] = set()
        self._shown: tuple[Suggestion, ...] | None = ()
        self._next = SHOWN_FIRST
        self.told = ""
        self._is_paused = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    @property
    def is_reading(self) -> bool:
        """True until every case was looked at."""
        return bool(self.told)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is suggested and was not left."""
        if self._shown is None:
            places = {step.rung: at for at, step in enumerate(self._region.ladder)} if self._region else {}
            shown = (one for one in self._found if (one.problem_id, one.step.rung) not in self._left)
            self._shown = tuple(sorted(shown, key=lambda one: (-places[one.step.rung], one.number)))
        return self._shown

    def begin(self, region: Region) -> None:
        """Look at every case again, those due first."""
        self._region, self._found, self._at = region, [], 0
        self._said, self._shown, self._next = None, None, SHOWN_FIRST
        self._keys = reading_order(self._session.ledger) if region.ladder else ProblemKeys()
        self.told = "正在核对建议…" if len(self._keys) else ""
        if not self._is_paused:
            self.go_on()

    def pause(self) -> None:
        """Read no further until ``go_on``, as while nobody looks."""
        self._is_paused = True
        self._timer.stop()

    def go_on(self) -> None:
        """Read on where ``pause`` stopped."""
        self._is_paused = False
        if self.told:
            self._timer.start(PAINTED_MS)

    def leave(self, suggestions: Iterable[Suggestion]) -> None:
        """Show some no more while the ledger is open."""
        self._left |= {(one.problem_id, one.step.rung) for one in suggestions}
        self._shown = None
        self.read.emit()

    def _turn(self) -> None:
        if not read_safely(self._session, self._slot, self._timer):
            self.told = ""
            self.said.emit("")

    def _slot(self) -> None:
        self._timer.setInterval(0)
        if read_a_while(self._part):
            self._timer.stop()
            self.told = ""
            self.read.emit()
            return
        self.told = f"正在核对建议，已看{self._at}个，共{len(self._keys)}个"
        self.said.emit(self.told)
        if self._at >= self._next:
            self._next = 2 * self._at
            self.read.emit()

    def _part(self) -> bool:
        part, ledger, today = self._keys.ids(self._at, PART), self._session.ledger, self._session.today()
        if self._said is None:
            self._said = months_said(ledger, today)
        self._found += read_suggestions(ledger, part, today, self._region, self._said)
        self._at, self._shown = self._at + len(part), None
        return self._at < len(self._keys)
