"""待核验: packages of offices that nobody has confirmed yet are kept aside, never lost and never merged before."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.exchange.cards import Card
from desktop.exchange.head import PackageKind
from desktop.exchange.unpack import Package, open_package
from desktop.operations.pace import Pace
from desktop.operations.packages.identities import sender_card
from desktop.rules.clock import moment
from desktop.rules.errors import Refused
from desktop.rules.packages import HELD, Received
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.disk import copy_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.leavings import HELD_FOLDER
from desktop.store.ledger import Ledger
from desktop.store.offices import PackageHeld, drop_held, held_packages, put_held
from desktop.store.writer import writing


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of an office that is to be confirmed: the card of its latest package, and why it waits.

    ``is_start`` when a 初始包 is among its packages: those come from the office above only.
    """

    card: Card
    why: str
    is_start: bool


def what_waits(ledger: Ledger, office: str) -> Waiting:
    """What is to be compared with the stamped sheet of an office; Refused when nothing of it waits."""
    held = held_packages(ledger, office)
    if not held:
        raise Refused("这个单位没有待核验的数据包，请先接收它的数据包。", "nothing_held")
    is_start, card = False, None
    for one in held:
        with known_faults(ledger.folder), open_package(ledger.folder / HELD_FOLDER / one.file) as package:
            is_start = is_start or package.head.kind == PackageKind.START
            card = sender_card(package.head.cards, office)
    assert card is not None
    return Waiting(card, held[-1].why, is_start)


def held_counts(ledger: Ledger) -> dict[str, int]:
    """How many packages of each office wait to be believed."""
    counts: dict[str, int] = {}
    for held in held_packages(ledger):
        counts[held.sender] = counts.get(held.sender, 0) + 1
    return counts


def turn_away(ledger: Ledger, office: str, today: date, person: str = "") -> Changes:
    """Give up the packages of an office that wait; what was in them comes again with its next one."""
    waiting = held_packages(ledger, office)
    if not waiting:
        raise Refused("这个单位没有待核验的数据包，没有改动。", "nothing_held")
    with writing(ledger, clean(person), today) as writer:
        for one in waiting:
            drop_held(writer.connection, one.id)
    for one in waiting:
        (ledger.folder / HELD_FOLDER / one.file).unlink(missing_ok=True)
    who = waiting[-1].sender_name
    return Changes(f"“{who}”的{len(waiting)}个待核验数据包不收了，已移除；U盘上的原件还在，需要时可以再接收。")


def hold_package(
    ledger: Ledger,
    package: Package,
    plain: Path,
    name: str,
    today: date,
    person: str,
    why: str,
    pace: Pace,
    *,
    look_only: bool,
) -> Received:
    """Keep a package aside until somebody is confirmed: copied into the ledger's folder, checked by its manifest."""
    head = package.head
    pace.step("正在核对数据包", head.bytes)
    package.check_payload(pace.add)
    who = one_line(head.sender_name) or "发送单位"
    result = result_of(package, HELD, Changes(f"“{who}”的数据包已收下，待核验：{why}，确认后即可并入台账。"))
    if look_only:
        return replace(result, is_preview=True)
    folder = ledger.folder / HELD_FOLDER
    folder.mkdir(exist_ok=True)
    target, part = folder / f"{head.id}_{name}", folder / f".{head.id}.part"
    try:
        pace.step("正在收下数据包", head.bytes)
        copy_file(plain, part, pace.add)
        part.replace(target)
        sync_folder(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    held = PackageHeld(head.id, head.sender, who, head.key_id, today.isoformat(), target.name, why)
    with writing(ledger, clean(person), today) as writer:
        put_held(writer.connection, held)
    return result


def result_of(package: Package, state: str, changes: Changes) -> Received:
    """What is known of a package before anything of it is merged."""
    head = package.head
    made = date_in_text(moment(head.at).astimezone().date())
    who = (head.id, head.sender, head.sender_name, str(head.kind))
    return Received(*who, made, state, changes=changes, manifest=head.manifest)
