"""初始包 on a new unit's PC: what it says before anybody is believed, and the ledger that is made from it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.exchange.head import PackageKind
from desktop.exchange.unpack import Package, open_package
from desktop.exchange.wrap import is_secret, unwrap_package
from desktop.operations.ledgers import Progress, new_ledger
from desktop.operations.packages.identities import sender_card
from desktop.operations.packages.receiving import receive
from desktop.operations.profile import region_keys
from desktop.rules.clock import moment
from desktop.rules.errors import Refused
from desktop.rules.fold import RowState, fold_row
from desktop.rules.ops import Op, parse_op
from desktop.rules.records import Changes
from desktop.rules.texts import one_line
from desktop.store.faults import known_faults

_MOST_UNITS = 5_000


@dataclass(frozen=True, slots=True)
class StartOffer:
    """What 初始包 says before its maker is believed: who made it when, the digits of its keys, and the units by name.

    ``region`` is empty when the profile of that name is not at hand.
    """

    path: Path
    hub: str
    digits: str
    region: str
    district: str
    units: tuple[str, ...]
    made: date


def needs_passphrase(path: Path) -> bool:
    """Whether a package opens only with a passphrase that its maker tells: a new unit has no key of its own yet."""
    with known_faults(path):
        return is_secret(path)


def look_at_start(path: Path, passphrase: str = "", progress: Progress | None = None) -> StartOffer:
    """What 初始包 says of who made it and of the units; whole and signed, but its maker is still to be confirmed.

    Refused for any other package, a damaged one, or a wrong passphrase.
    """
    tell = progress or (lambda words, share: None)
    tell("正在打开初始包", 0.1)
    with known_faults(path), _plain(path, passphrase) as plain, open_package(plain) as package:
        head = package.head
        if head.kind != PackageKind.START:
            raise Refused(
                "这不是初始包，没有建立台账。请选择上级制作的初始包；其他数据包先建立台账，再在“交换”页接收。",
                "not_a_start",
            )
        card = sender_card(head.cards, head.sender)
        package.verify(card.keys)
        package.check_payload()
        tell("正在读取单位名册", 0.5)
        rows = _rows(package)
        hub = next((row for row in rows if row.table == "office" and row.row == head.sender), None)
        region = _text(hub, "region")
        return StartOffer(
            path,
            one_line(head.sender_name) or "上级单位",
            card.keys.digits,
            region if region in region_keys() else "",
            _text(hub, "district"),
            _unit_names(rows),
            moment(head.at).astimezone().date(),
        )


def begin_from_start(
    folder: Path,
    offer: StartOffer,
    office: str,
    today: date,
    person: str = "",
    *,
    region: str = "",
    passphrase: str = "",
    progress: Progress | None = None,
) -> Changes:
    """Make the ledger of a new unit and keep the package in it as 待核验: the hub's stamped sheet is compared next.

    The ledger is there whole or not at all, and closed again.
    """
    region = region or offer.region or "hengyang"
    ledger = new_ledger(folder, office, today, region=region, district=offer.district, person=person)
    try:
        with ledger:
            receive(ledger, offer.path, today, person, passphrase=passphrase, progress=progress)
    except BaseException:
        # The folder was empty or not there before.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Changes(
        f"已建立“{one_line(office)}”的台账，“{offer.hub}”的初始包已收下。请核对它的确认单，核对后单位名册等自动并入。",
        extra={"folder": str(folder)},
    )


@contextmanager
def _plain(path: Path, passphrase: str) -> Iterator[Path]:
    """The readable package; of a secret one a copy in the system's own temporary folder, which goes again."""
    if not is_secret(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="zgtz-") as desk:
        plain = Path(desk) / "start.zgb"
        unwrap_package(path, plain, passphrase=passphrase)
        yield plain


def _rows(package: Package) -> tuple[RowState, ...]:
    """The units and offices that the records of a package name."""
    found: dict[str, list[Op]] = {}
    for line in package.ops():
        if b'"t":"unit"' in line or b'"t":"office"' in line:
            op = parse_op(line)
            found.setdefault(op.row, []).append(op)
            if len(found) > _MOST_UNITS:
                raise Refused("初始包里的单位过多，不像是本程序制作的，没有建立台账。", "start_units")
    return tuple(fold_row(ops) for ops in found.values())


def _unit_names(rows: tuple[RowState, ...]) -> tuple[str, ...]:
    units = [row for row in rows if row.table == "unit" and row.exists]
    units = [row for row in units if not any(_value(row, name) for name in ("void", "merged_into", "is_group"))]
    ranked = sorted(units, key=lambda row: (_rank(row), row.row))
    return tuple(dict.fromkeys(name for row in ranked if (name := _text(row, "name"))))


def _rank(row: RowState) -> int:
    rank = _value(row, "rank")
    return rank if isinstance(rank, int) else 0


def _value(row: RowState | None, name: str) -> object:
    field = row.fields.get(name) if row else None
    return field.value if field else None


def _text(row: RowState | None, name: str) -> str:
    value = _value(row, name)
    return one_line(value) if isinstance(value, str) else ""
