"""待核验: packages of offices that nobody has confirmed yet are kept aside, never lost and never merged before."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.exchange.cards import Card
from desktop.exchange.unpack import Package, open_package
from desktop.operations.identities import sender_card
from desktop.rules.clock import moment
from desktop.rules.errors import Refused
from desktop.rules.packages import HELD, Received
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.disk import sync_file, sync_folder
from desktop.store.faults import known_faults
from desktop.store.leavings import HELD_FOLDER
from desktop.store.ledger import Ledger
from desktop.store.offices import PackageHeld, held_packages, put_held
from desktop.store.writer import writing


def card_of_held(ledger: Ledger, office: str) -> Card:
    """The card of an office whose packages wait to be believed, from the latest of them."""
    waiting = held_packages(ledger, office)
    if not waiting:
        raise Refused("这个单位没有待核验的数据包，请先接收它的数据包。", "nothing_held")
    with (
        known_faults(ledger.folder),
        open_package(ledger.folder / HELD_FOLDER / waiting[-1].file) as package,
    ):
        return sender_card(package.head.cards, office)


def held_counts(ledger: Ledger) -> dict[str, int]:
    """How many packages of each office wait to be believed."""
    counts: dict[str, int] = {}
    for held in held_packages(ledger):
        counts[held.sender] = counts.get(held.sender, 0) + 1
    return counts


def hold_package(
    ledger: Ledger, package: Package, plain: Path, name: str, today: date, person: str, why: str, *, look_only: bool
) -> Received:
    """Keep a package aside until somebody is confirmed: copied into the ledger's folder, checked by its manifest."""
    head = package.head
    package.check_payload()
    who = one_line(head.sender_name) or "发送单位"
    result = result_of(package, HELD, Changes(f"“{who}”的数据包已收下，待核验：{why}，确认后即可并入台账。"))
    if look_only:
        return replace(result, is_preview=True)
    folder = ledger.folder / HELD_FOLDER
    folder.mkdir(exist_ok=True)
    target, part = folder / f"{head.id}_{name}", folder / f".{head.id}.part"
    try:
        shutil.copyfile(plain, part)
        sync_file(part)
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
    return Received(head.id, head.sender, head.sender_name, str(head.kind), made, state, changes=changes)
