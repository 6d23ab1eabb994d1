"""Lights of problems read from their cases: a few at a time for the rows in sight, in small parts for a filter."""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations.lights import glance_at_lights, lights_of
from desktop.operations.lists import ProblemKeys
from desktop.operations.opened import Ledger, fault_of
from desktop.operations.profile import region_of
from desktop.rules.lights import LightState
from desktop.rules.region import Region
from desktop.rules.region_chasing import Light
from desktop.views.reading import SLOT, read_a_while, read_safely
from desktop.views.session import Session

BLOCK = 6
PART = 40
SHOWN_EVERY = 0.3  # seconds after which more of a long search is shown: each time the list is painted


class LightCells(QObject):
    """The lights that were read. What takes too long for one painting is read between two events.

    Signals: ``changed(problems)`` when lights that were asked for are known.
    """

    changed = Signal(object)

    def __init__(self, ledger: Ledger, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._today = ledger, today
        self._day = today()
        self._region: Region | None = None
        self._known: dict[str, LightState | None] = {}
        self._possible: dict[str, frozenset[Light]] = {}
        self._asked: dict[str, None] = {}
        self._spent = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._part)

    def forget(self) -> None:
        """Read them again when they are next in sight."""
        self._known.clear()
        self._possible.clear()
        self._asked.clear()
        self._region, self._day = None, self._today()

    def is_known(self, problem: str) -> bool:
        """True once the light of a problem was read; asking brings it nearer."""
        if problem in self._known:
            return True
        self._asked[problem] = None
        self._timer.start()
        if self._spent < SLOT:
            self._read_quietly([problem])
        return problem in self._known

    def of(self, problem: str) -> LightState | None:
        """The light of a problem; None where it has none, or is not read yet."""
        return self._known.get(problem)

    def read_whole(self, problems: Sequence[str]) -> None:
        """Read the lights of these problems now, as before they are copied."""
        self._read_quietly(problems)

    def with_light(self, problems: Sequence[str], light: str) -> list[str]:
        """Those of some problems that have a light; what is not known is read now."""
        if self._day != self._today():
            self.forget()
        strange = [one for one in problems if one not in self._known and one not in self._possible]
        if strange:
            self._possible |= glance_at_lights(self._ledger, strange, self._day, self._its_region())
        self._read([one for one in problems if one not in self._known and self._may_be(one, light)])
        return [one for one in problems if self._is(one, light)]

    def _may_be(self, problem: str, light: str) -> bool:
        """True where only the case tells whether it has this light."""
        possible = self._possible[problem]
        return light in possible and len(possible) > 1

    def _is(self, problem: str, light: str) -> bool:
        if problem in self._known:
            state = self._known[problem]
            return state is not None and state.light == light
        return light in self._possible[problem]

    def _part(self) -> None:
        self._spent = 0.0
        # What came into sight last is looked at first.
        wanted = list(self._asked)[-BLOCK:]
        if not wanted:
            self._timer.stop()
            return
        self._read_quietly(wanted)
        self.changed.emit(tuple(wanted))

    def _read_quietly(self, wanted: Sequence[str]) -> None:
        begun = perf_counter()
        try:
            self._read(wanted)
        except Exception as error:
            # Painting asks, and no question may open in there: the cells stay empty.
            if fault_of(error) is None:
                raise
            self._known |= dict.fromkeys(wanted)
        for problem in wanted:
            self._asked.pop(problem, None)
        self._spent += perf_counter() - begun

    def _read(self, wanted: Sequence[str]) -> None:
        unknown = [problem for problem in wanted if problem not in self._known]
        if unknown:
            found = lights_of(self._ledger, unknown, self._today(), self._its_region())
            self._known |= dict.fromkeys(unknown) | found

    def _its_region(self) -> Region:
        self._region = self._region or region_of(self._ledger)
        return self._region


class LightSearch(QObject):
    """Looks through many problems for those with a light, between two events of the window.

    Signals: ``found(ProblemKeys)`` some more of them, in the order of the list; ``told(str)`` how far it is, empty at
    the end.
    """

    found = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, cells: LightCells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = cells
        self._keys, self._light, self._at = ProblemKeys(), "", 0
        self._hits: list[bytes] = []
        self._shown = 0.0
        self._is_paused = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._session = session
        self._timer.timeout.connect(self._turn)

    @property
    def is_reading(self) -> bool:
        """True until all were looked at."""
        return self._at < len(self._keys)

    def begin(self, keys: ProblemKeys, light: str) -> ProblemKeys:
        """Look through these problems; gives those that are found at once, the others follow."""
        self._keys, self._light, self._at = keys, light, 0
        self._hits = []
        read_a_while(self._step)
        self._go_on()
        return self._taken()

    def stop(self) -> None:
        """Look no further."""
        self._keys, self._at = ProblemKeys(), 0
        self._go_on()

    def pause(self) -> None:
        """Look no further until ``go_on``, as while nobody looks."""
        self._is_paused = True
        self._timer.stop()

    def go_on(self) -> None:
        """Look on where ``pause`` stopped."""
        self._is_paused = False
        self._go_on()

    def _go_on(self) -> None:
        if self.is_reading and not self._is_paused:
            self._timer.start()
        else:
            self._timer.stop()
        self.told.emit(f"正在核对亮灯 {self._at}/{len(self._keys)}" if self.is_reading else "")

    def _turn(self) -> None:
        if not read_safely(self._session, self._slot):
            self.stop()

    def _slot(self) -> None:
        is_done = read_a_while(self._step)
        if is_done or perf_counter() - self._shown >= SHOWN_EVERY:
            self.found.emit(self._taken())
            self._go_on()

    def _taken(self) -> ProblemKeys:
        """What was found and not told yet."""
        found, self._hits, self._shown = ProblemKeys(b"".join(self._hits)), [], perf_counter()
        return found

    def _step(self) -> bool:
        part = self._keys.ids(self._at, PART)
        self._hits += map(bytes.fromhex, self._cells.with_light(part, self._light))
        self._at += len(part)
        return self.is_reading
