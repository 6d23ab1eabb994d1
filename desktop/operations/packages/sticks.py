"""What lies on the sticks: packages for this office, newest first, and what is known of them before they are opened."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.exchange.entries import SECRET_SUFFIX, SUFFIX
from desktop.exchange.head import KIND_WORDS
from desktop.exchange.unpack import open_package
from desktop.exchange.wrap import is_secret
from desktop.rules.clock import moment
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.texts import one_line
from desktop.store.drives import removable_roots
from desktop.store.ledger import Ledger
from desktop.store.offices import find_in, held_packages, packages_in, packages_out

# Where people put packages on a stick; deeper folders are not searched, a stick may hold anything.
EXCHANGE_FOLDER = "整改交换"
SECRET, FOR_US, KNOWN, HELD = "secret", "for_us", "known", "held"
OWN, FOREIGN, DAMAGED = "own", "foreign", "damaged"
STATE_WORDS = {
    SECRET: "加密包，接收时打开",
    FOR_US: "可以接收",
    KNOWN: "以前已接收",
    HELD: "待核验",
    OWN: "本单位制作的",
    FOREIGN: "不是发给本单位的",
    DAMAGED: "不完整或已损坏",
}


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """One package file. What is inside a secret one is not known: sender and kind stay empty, the day is the file's."""

    path: Path
    state: str
    size: int
    day: date
    sender: str = ""
    kind: str = ""
    ops: int = 0
    files: int = 0


def sticks() -> tuple[Path, ...]:
    """The sticks and portable disks that are plugged in now."""
    with suppress(OSError):
        return removable_roots()
    return ()


def find_packages(
    ledger: Ledger, places: Iterable[Path], heard: Callable[[], object] = lambda: None
) -> tuple[FoundPackage, ...]:
    """The packages at the top of each place and in its folder 整改交换, the newest first; unreadable files are told.

    ``heard`` is called for each file and may raise to cancel.
    """
    held = {package.id for package in held_packages(ledger)}
    # Inside a secret one nobody can look before it is opened; its name tells that it was made or opened here.
    names = {package.name: OWN for package in packages_out(ledger)}
    names |= {package.file.removeprefix(f"{package.id}_"): HELD for package in held_packages(ledger)}
    names |= {str(package.report.get("name", "")): KNOWN for package in packages_in(ledger)}
    found = []
    for place in places:
        for folder in (place, place / EXCHANGE_FOLDER):
            with suppress(OSError):
                for path in sorted(folder.iterdir()):
                    heard()
                    found += [_look(ledger, path, held, names)] if _is_package(path) else []
    return tuple(sorted(found, key=lambda package: (package.day, package.path.name), reverse=True))


def _is_package(path: Path) -> bool:
    return path.suffix.lower() in (SUFFIX, SECRET_SUFFIX) and not path.name.startswith(".") and path.is_file()


def _look(ledger: Ledger, path: Path, held: set[str], names: dict[str, str]) -> FoundPackage:
    info = path.stat()
    day = date.fromtimestamp(info.st_mtime)
    try:
        if is_secret(path):
            return FoundPackage(path, names.get(path.name, SECRET), info.st_size, day)
        with open_package(path) as package:
            head = package.head
    except (Refused, KnownFault, OSError):
        return FoundPackage(path, DAMAGED, info.st_size, day)
    state = FOR_US if head.to in ("", ledger.office_id) else FOREIGN
    if head.sender == ledger.office_id and head.to != ledger.office_id:
        state = OWN
    if find_in(ledger, head.id):
        state = KNOWN
    elif head.id in held:
        state = HELD
    made, who, kind = moment(head.at).astimezone().date(), one_line(head.sender_name), KIND_WORDS[head.kind]
    return FoundPackage(path, state, info.st_size, made, who, kind, head.ops, head.attachments)
