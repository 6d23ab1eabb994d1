"""谁还没报: units by month, their last package, what is still lacking and what was kept aside."""

from dataclasses import dataclass
from datetime import date

from desktop.operations.packages.identities import list_partners
from desktop.operations.packages.refusals import open_refusals
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger
from desktop.store.offices import held_packages, packages_in
from desktop.store.read_shared import read_units
from desktop.store.reporting import read_reports

MONTHS = 6


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit: for each month (reported, expected) problems; ``last`` the day of its last package, None for none.

    ``lacking`` counts files that its packages named and no volume has brought; ``held`` packages wait for its identity;
    ``refused`` says why its packages since the last one taken were refused, the latest first.
    """

    unit: str
    name: str
    months: tuple[tuple[int, int], ...]
    office: str = ""
    last: date | None = None
    lacking: int = 0
    held: int = 0
    refused: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """True when the latest month is not fully reported."""
        reported, expected = self.months[-1]
        return reported < expected


@dataclass(frozen=True, slots=True)
class Board:
    """The board: the months (``2026-11``) in order, and the units in rank order."""

    months: tuple[str, ...]
    lines: tuple[BoardLine, ...]

    @property
    def late(self) -> tuple[str, ...]:
        """The names of the units that have not fully reported the latest month."""
        return tuple(line.name for line in self.lines if line.is_late)


def read_board(ledger: Ledger, today: date, count: int = MONTHS) -> Board:
    """The board for the last months, this one included."""
    months = _months(today, count)
    reports = {found.unit: found for found in read_reports(ledger, months)}
    partners = {partner.unit: partner for partner in list_partners(ledger) if partner.unit}
    last: dict[str, date] = {}
    lacking: dict[str, int] = {}
    for package in packages_in(ledger):
        last.setdefault(package.sender, date.fromisoformat(package.day))
        missing = (d for d in package.report.get("files", ()) if not file_of(ledger.folder, d).is_file())
        lacking[package.sender] = lacking.get(package.sender, 0) + sum(1 for _ in missing)
    held: dict[str, int] = {}
    for waiting in held_packages(ledger):
        held[waiting.sender] = held.get(waiting.sender, 0) + 1
    refused, none = open_refusals(ledger), (0,) * len(months)
    lines = []
    for unit in read_units(ledger):
        report, partner = reports.get(unit.id), partners.get(unit.id)
        if report is None and partner is None:
            continue
        office = partner.office if partner else ""
        lines.append(
            BoardLine(
                unit.id,
                unit.name,
                tuple(zip(*((report.reported, report.expected) if report else (none, none)), strict=True)),
                office,
                last.get(office),
                lacking.get(office, 0),
                held.get(office, 0),
                tuple(one.why for one in refused.get(office, ())),
            )
        )
    return Board(months, tuple(lines))


def _months(today: date, count: int) -> tuple[str, ...]:
    found = [(today.year, today.month)]
    while len(found) < count:
        year, month = found[-1]
        found.append((year - (month == 1), (month - 2) % 12 + 1))
    return tuple(f"{year:04d}-{month:02d}" for year, month in reversed(found))
