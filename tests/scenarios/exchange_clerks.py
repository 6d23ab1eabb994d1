"""Offices with a ledger each and one stick between them, for the exchange scenarios."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.exchange.head import PackageKind
from desktop.exchange.identity import Identity
from desktop.exchange.unpack import open_package
from desktop.exchange.wrap import is_secret, unwrap_package
from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger
from desktop.operations.packages.identities import confirm_office, guess_unit, make_own_keys, sender_card
from desktop.operations.packages.receiving import receive, receive_held
from desktop.operations.packages.sending import ANYBODY, Secrecy, send
from desktop.operations.progress import add_evidence, report_progress
from desktop.rules.entries import EvidenceEntry, ProgressEntry
from desktop.rules.packages import HELD, Received, Sent
from desktop.rules.records import CaseFile
from desktop.store.ledger import Ledger

TODAY = date(2026, 11, 23)
PASSPHRASE = "湘江北去橘子洲头"


@dataclass
class Office:
    """An office with its ledger, its keys and its clerk."""

    ledger: Ledger
    keys: Identity
    clerk: str

    @property
    def id(self) -> str:
        """The office's id."""
        return self.ledger.office_id

    def case(self, number: int = 5) -> CaseFile:
        """One problem."""
        return find_case(self.ledger, number)

    def report(self, text: str, percent: int, measure: int = 1, month: str = "2026-11") -> None:
        """Report a measure's progress."""
        entry = ProgressEntry(text, measure, percent, month=month)
        report_progress(self.ledger, self.case(), entry, TODAY, self.clerk)

    def prove(self, file: Path) -> None:
        """Hand in a file of evidence."""
        add_evidence(self.ledger, self.case(), EvidenceEntry((str(file),), "整改后照片"), TODAY, self.clerk)

    def send_to(self, other: "Office", stick: Path, *, full: bool = False, secret: bool = False) -> Sent:
        """Pack what the other has not got."""
        return send(
            self.ledger, other.id, stick, self.keys, TODAY, self.clerk, full=full, secrecy=Secrecy(to_receiver=secret)
        )

    def take(self, path: str | Path, *, look_only: bool = False) -> Received:
        """Take a package in."""
        return receive(self.ledger, Path(path), TODAY, self.clerk, identity=self.keys, look_only=look_only)

    def trust(self, package: str | Path, *, upper: bool = False) -> None:
        """Confirm the sender of a package by the digits of its stamped sheet, and take in what waited for that."""
        with open_package(Path(package)) as opened:
            card = sender_card(opened.head.cards, opened.head.sender)
        unit = "" if upper else guess_unit(self.ledger, card.name)
        digits = card.keys.digits
        confirm_office(self.ledger, card, digits, "确认单1号", TODAY, self.clerk, unit=unit, is_upper=upper)
        receive_held(self.ledger, TODAY, self.clerk)


def found(folder: Path, name: str, clerk: str) -> Office:
    """A new office."""
    ledger = new_ledger(folder / name, name, TODAY, person=clerk)
    return Office(ledger, make_own_keys(ledger, PASSPHRASE, TODAY, clerk), clerk)


def open_on_stick(office: Office, path: str | Path, target: Path) -> Path:
    """A readable copy of a package, as its receiver would make it, for looking into it."""
    if not is_secret(Path(path)):
        return Path(path)
    unwrap_package(Path(path), target, identity=office.keys)
    return target


def acquaint(hub: Office, town: Office, stick: Path) -> None:
    """First contact: the hub's start package out, the unit's first report back, each confirmed by its paper."""
    start = send(hub.ledger, ANYBODY, stick, hub.keys, TODAY, hub.clerk, kind=PackageKind.START)
    assert town.take(start.files[0]).state == HELD
    town.trust(start.files[0], upper=True)
    hello = town.send_to(hub, stick)
    assert hub.take(hello.files[0]).state == HELD
    hub.trust(hello.files[0])
