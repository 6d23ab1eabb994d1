"""The stage on which the sample's story is acted: a ledger, a clock that stands still, a desk with papers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from desktop.operations.sample.story import Event
from desktop.rules.records import CaseFile
from desktop.store.ledger import Ledger, Surroundings

_DAY_SECONDS = 36_000  # nine in the morning to seven in the evening


@dataclass(slots=True)
class FixedSurroundings:
    """A clock that stands at nine in the morning (Beijing) of ``day`` and goes on a second at each look.

    Random bytes are a sequence that depends on the seed alone.
    """

    seed: str
    day: date
    looks: int = 0
    drawn: int = 0

    def now_ms(self) -> int:
        """Milliseconds of the fixed clock."""
        self.looks += 1
        morning = datetime(self.day.year, self.day.month, self.day.day, 1, tzinfo=UTC)
        return (int(morning.timestamp()) + self.looks % _DAY_SECONDS) * 1000

    def entropy(self, count: int) -> bytes:
        """The next bytes of the sequence."""
        self.drawn += 1
        return sha256(f"{self.seed} {self.drawn}".encode()).digest()[:count]

    def as_surroundings(self) -> Surroundings:
        """What a ledger takes from outside."""
        return Surroundings(self.now_ms, self.entropy, "示例台账")


@dataclass(frozen=True, slots=True)
class Play:
    """Where events are acted: the open ledger, its clock, a folder for papers, places of problems, who reports."""

    ledger: Ledger
    clock: FixedSurroundings
    desk: Path
    places: dict[int, tuple[float, float]]
    reporters: tuple[str, ...]

    def person(self, event: Event) -> str:
        """Who records it: the reporters take turns by problem."""
        return self.reporters[event.number % len(self.reporters)]

    def hand_in(self, name: str, data: bytes) -> str:
        """The path of a file ready to be taken in."""
        file = self.desk / name
        file.write_bytes(data)
        return str(file)


Act = Callable[[Play, CaseFile, Event], None]
