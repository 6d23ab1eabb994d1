"""One office of the random world."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.store.ledger import Ledger
from tests.store.support import Steady


@dataclass
class Place:
    """One office: its ledger's folder, its clock, and copies of the folder from which it may be restored.

    ``twin`` is the same office at another PC, with a whole ledger of its own that was carried there.
    """

    folder: Path
    ledger: Ledger
    clock: Steady
    backups: list[Path] = field(default_factory=list)
    latest: int = 0
    twin: "Place | None" = None

    @property
    def id(self) -> str:
        """The office's id."""
        return self.ledger.office_id
