"""Lights of problems read from their cases: a few at a time for the rows in sight, in small parts for a filter."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations.lights import lights_of
from desktop.operations.lists import ProblemKeys
from desktop.operations.opened import Ledger, fault_of
from desktop.operations.profile import region_of
from desktop.rules.lights import LightState
from desktop.rules.region import Region
from desktop.views.reading import read_safely
from desktop.views.session import Session

BLOCK = 6
AT_ONCE = 60
PART = 10
TOLD_EVERY = 10


class LightCells:
    """The lights of the rows in sight: asked for one, it reads those of the problems that follow as well."""

    def __init__(self, ledger: Ledger, today: Callable[[], date]) -> None:
        self._ledger, self._today = ledger, today
        self._region: Region | None = None
        self._known: dict[str, LightState | None] = {}

    def forget(self) -> None:
        """Read them again when they are next in sight."""
        self._known.clear()
        self._region = None

    def of(self, problem: str, following: Sequence[str]) -> LightState | None:
        """The light of a problem; ``following`` are the next ones in the list."""
        if problem not in self._known:
            wanted = [one for one in (problem, *following) if one not in self._known]
            self._known |= dict.fromkeys(wanted)
            try:
                self._region = self._region or region_of(self._ledger)
                self._known |= lights_of(self._ledger, wanted, self._today(), self._region)
            except Exception as error:
                # Painting asks, and no question may open in there: the cells stay empty.
                if fault_of(error) is None:
                    raise
        return self._known[problem]


class LightSearch(QObject):
    """Looks through many problems for those with a light, between two events of the window.

    Signals: ``found(tuple)`` the ids at the end; ``told(str)`` how far it is, empty at the end.
    """

    found = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys, self._light, self._at = ProblemKeys(), "", 0
        self._hits: list[str] = []
        self._region: Region | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: read_safely(session, self._part, self._timer))

    @property
    def is_reading(self) -> bool:
        """True until all were looked at."""
        return self._timer.isActive()

    def begin(self, keys: ProblemKeys, light: str) -> None:
        """Look through these problems; a short list at once."""
        self._keys, self._light, self._at = keys, light, 0
        self._hits = []
        self._region = region_of(self._session.ledger)
        if len(keys) > AT_ONCE:
            self._timer.start()
            return
        self._look(keys.ids())
        self._end()

    def stop(self) -> None:
        """Look no further."""
        self._timer.stop()
        self.told.emit("")

    def _part(self) -> None:
        part = self._keys.ids(self._at, PART)
        if not part:
            self._end()
            return
        self._look(part)
        self._at += len(part)
        if self._at // PART % TOLD_EVERY == 0:
            self.told.emit(f"正在核对亮灯，已看{self._at}个，共{len(self._keys)}个")

    def _look(self, problems: Sequence[str]) -> None:
        states = lights_of(self._session.ledger, problems, self._session.today(), self._region)
        self._hits += [problem for problem, state in states.items() if state.light == self._light]

    def _end(self) -> None:
        self.stop()
        self.found.emit(tuple(self._hits))
