"""回执: what was taken in of another office's packages goes back to it with the next package, or alone."""

from collections.abc import Iterable
from typing import Any

from desktop.rules.ops import Value, is_hex
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger
from desktop.store.offices import PackageIn, acknowledge, packages_in, packages_out
from desktop.store.writer import Writer

# A receipt is sent again with every package until newer ones push it out: one lost stick loses no receipt.
_LATEST = 50
_MOST_LACKING = 2_000


def receipts_for(ledger: Ledger, office: str) -> tuple[Value, ...]:
    """Receipts for the latest packages of an office."""
    own = [package for package in packages_in(ledger) if package.sender == office][:_LATEST]
    return tuple(receipt_of(ledger, package) for package in own)


def owes_receipt(ledger: Ledger, office: str) -> bool:
    """True when an office's package with records, or one that asks for all again, came after the last one sent to it.

    A package of receipts alone asks for none, else two offices would thank each other for ever.
    """
    sent = max((package.made for package in packages_out(ledger, office)), default=0)
    own = (package for package in packages_in(ledger) if package.sender == office and package.taken > sent)
    return any(package.report.get(key) for package in own for key in ("new", "known", "again"))


def receipt_of(ledger: Ledger, package: PackageIn) -> dict[str, Any]:
    """The receipt for one package: what it brought, and which of its files are still lacking here."""
    report = package.report
    lacking = [digest for digest in report.get("files", ()) if not file_of(ledger.folder, digest).is_file()]
    return {
        "day": package.day,
        "known": int(report.get("known", 0)),
        "lacking": lacking[:_MOST_LACKING],
        "new": int(report.get("new", 0)),
        "package": package.id,
        "refused": "",
    }


def take_receipts(writer: Writer, sender: str, receipts: Iterable[Value]) -> int:
    """Note what the sender confirms of our packages; how many it newly confirms.

    A receipt for a package that was not sent to its sender, as a forged or foreign one, is passed over.
    """
    sent = {package.id: package for package in packages_out(writer.ledger, sender)}
    count = 0
    for receipt in receipts:
        if not isinstance(receipt, dict) or not is_hex(receipt.get("package"), 32):
            continue
        package, lacking = sent.get(receipt["package"]), receipt.get("lacking")
        if package is None or receipt.get("refused") != "" or not isinstance(lacking, list):
            continue
        # Too many lacking files to be named: none of them counts as received.
        without = set(package.files) if len(lacking) >= _MOST_LACKING else {d for d in lacking if is_hex(d, 64)}
        acknowledge(writer.connection, package, f"{receipt.get('day', '')}", without)
        count += not package.receipt
    return count
