"""What people read of a package: what is going out, and what came in. Records only."""

from dataclasses import dataclass, field

from desktop.rules.history import LedgerChange
from desktop.rules.records import Changes


@dataclass(frozen=True, slots=True)
class ToSend:
    """What a package for one office would hold now. ``tables`` counts records by kind.

    ``lacking`` names the files of evidence that this office does not have itself (缺附件); ``owes`` when the receiver
    waits for a receipt, or is to be asked to send everything again.
    """

    office: str
    name: str
    ops: int
    tables: tuple[tuple[str, int], ...] = ()
    files: int = 0
    bytes: int = 0
    lacking: tuple[str, ...] = ()
    owes: bool = False

    @property
    def is_empty(self) -> bool:
        """True when the receiver has everything already."""
        return not self.ops and not self.files


@dataclass(frozen=True, slots=True)
class Sent:
    """A finished package, one file or several volumes. ``number`` is short enough to be read out by telephone."""

    id: str
    files: tuple[str, ...]
    number: str
    ops: int
    attachments: int
    bytes: int
    manifest: str
    is_secret: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class Received:
    """What a package brought, or would bring (``is_preview``). ``state`` is one of STATE_WORDS.

    ``lacking`` names files of evidence that other volumes still have to bring; ``lines`` are the latest of the new
    records in words; ``manifest`` is the check sum of the package.
    """

    id: str
    sender: str
    sender_name: str
    kind: str
    made_on: str
    state: str
    new: int = 0
    known: int = 0
    tables: tuple[tuple[str, int], ...] = ()
    files_new: int = 0
    lacking: tuple[str, ...] = ()
    disagreements: int = 0
    strange: int = 0
    receipts: int = 0
    is_preview: bool = False
    lines: tuple[LedgerChange, ...] = ()
    changes: Changes = field(default_factory=lambda: Changes(""))
    manifest: str = ""


TAKEN, AGAIN, HELD = "taken", "again", "held"
STATE_WORDS = {TAKEN: "已接收", AGAIN: "以前已接收过", HELD: "待核验"}
