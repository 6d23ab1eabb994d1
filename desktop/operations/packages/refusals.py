"""拒收: packages that were not taken and why, so that whoever asks 谁还没报 sees that somebody tried.

They are noted beside the ledger, never in it: a package that is refused leaves the ledger as it was.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from desktop.exchange.head import PackageHead
from desktop.operations.files import write_whole
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.texts import one_line
from desktop.store.leavings import HELD_FOLDER
from desktop.store.ledger import Ledger
from desktop.store.offices import find_in, packages_in

_FILE = "refused.json"
_MOST, _LARGEST, _LONGEST = 200, 1_000_000, 300
# What says nothing of the package itself: it was for somebody else, or this PC had no room.
_NOT_NOTED = ("not_for_us",)


@dataclass(frozen=True, slots=True)
class RefusedPackage:
    """One package that was refused. ``sender`` and ``name`` are what it said of itself, ``made`` by its clock."""

    package: str
    sender: str
    name: str
    kind: str
    made: int
    day: str
    file: str
    why: str


def note_refusal(ledger: Ledger, head: PackageHead, file: Path, today: date, refused: Refused) -> None:
    """Note that a package was refused; the latest reason counts. A place that cannot be written costs only the note."""
    if refused.rule in _NOT_NOTED or head.sender == ledger.office_id:
        return
    noted = RefusedPackage(
        head.id, head.sender, one_line(head.sender_name)[:_LONGEST], str(head.kind), head.at, today.isoformat(),
        file.name[:_LONGEST], refused.sentence,
    )  # fmt: skip
    kept = [one for one in _read(ledger) if one.package != head.id][-_MOST + 1 :]
    data = json.dumps([asdict(one) for one in (*kept, noted)], ensure_ascii=False).encode("utf-8")
    with suppress(OSError, Refused, KnownFault):
        write_whole(_place(ledger), data)


def list_refusals(ledger: Ledger) -> tuple[RefusedPackage, ...]:
    """The packages that were refused and not taken since, the latest first."""
    return tuple(reversed([one for one in _read(ledger) if find_in(ledger, one.package) is None]))


def open_refusals(ledger: Ledger) -> dict[str, tuple[RefusedPackage, ...]]:
    """By office, the refused packages that no later one has made good: what is in a package comes with the next."""
    latest: dict[str, int] = {}
    for package in packages_in(ledger):
        latest[package.sender] = max(latest.get(package.sender, 0), package.made)
    found: dict[str, tuple[RefusedPackage, ...]] = {}
    for one in list_refusals(ledger):
        if one.made > latest.get(one.sender, 0):
            found[one.sender] = (*found.get(one.sender, ()), one)
    return found


def _place(ledger: Ledger) -> Path:
    return ledger.folder / HELD_FOLDER / _FILE


def _read(ledger: Ledger) -> list[RefusedPackage]:
    """The notes; a file that is damaged or of another version counts as none."""
    try:
        if _place(ledger).stat().st_size > _LARGEST:
            return []
        return [RefusedPackage(**raw) for raw in json.loads(_place(ledger).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []
