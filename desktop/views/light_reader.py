"""Lights of problems read from their cases: a few at a time for the rows in sight, in small parts for a filter."""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

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
BUDGET = 0.03  # seconds of reading in one painting
AT_ONCE = 60
PART = 10
TOLD_EVERY = 10


class LightCells(QObject):
    """The lights of the rows in sight. What takes too long for one painting is read between two events.

    Signals: ``changed(problems)`` when lights that were asked for are known.
    """

    changed = Signal(object)

    def __init__(self, ledger: Ledger, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._today = ledger, today
        self._region: Region | None = None
        self._known: dict[str, LightState | None] = {}
        self._asked: dict[str, None] = {}
        self._spent = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._part)

    def forget(self) -> None:
        """Read them again when they are next in sight."""
        self._known.clear()
        self._asked.clear()
        self._region = None

    def is_known(self, problem: str) -> bool:
        """True once the light of a problem was read; asking brings it nearer."""
        if problem in self._known:
            return True
        self._asked[problem] = None
        self._timer.start()
        if self._spent < BUDGET:
            self._read([problem])
        return problem in self._known

    def of(self, problem: str) -> LightState | None:
        """The light of a problem; None where it has none, or is not read yet."""
        return self._known.get(problem)

    def read_whole(self, problems: Sequence[str]) -> None:
        """Read the lights of these problems now, as before they are copied."""
        self._read([problem for problem in problems if problem not in self._known])

    def _part(self) -> None:
        self._spent = 0.0
        # What came into sight last is looked at first.
        wanted = list(self._asked)[-BLOCK:]
        if not wanted:
            self._timer.stop()
            return
        self._read(wanted)
        self.changed.emit(tuple(wanted))

    def _read(self, wanted: Sequence[str]) -> None:
        begun = perf_counter()
        self._known |= dict.fromkeys(wanted)
        for problem in wanted:
            self._asked.pop(problem, None)
        try:
            self._region = self._region or region_of(self._ledger)
            self._known |= lights_of(self._ledger, wanted, self._today(), self._region)
        except Exception as error:
            # Painting asks, and no question may open in there: the cells stay empty.
            if fault_of(error) is None:
                raise
        self._spent += perf_counter() - begun


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
