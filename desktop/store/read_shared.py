"""Reading what all problems share: office, units, people, inspections, plans, settings, holiday tables."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from desktop.rules.records import Inspection, InspectionKind, Level, Office, Person, Plan, ProblemSource, Unit
from desktop.store.ledger import Ledger
from desktop.store.models import MODELS
from desktop.store.reading import as_date, as_list, as_pairs, lines_of, rows_of


def read_office(ledger: Ledger) -> Office:
    """The office that keeps this ledger."""
    model = MODELS["office"]
    for row in rows_of(ledger.db, model.select().where(model.id == ledger.office_id)):
        return Office(row.id, row.name or "", row.district or "", row.region or "hengyang")
    return Office(ledger.office_id, "")


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office as the journal knows it: the unit of the list that it is, and the office above it."""

    id: str
    name: str
    unit: str = ""
    parent: str = ""


def read_office_rows(ledger: Ledger) -> tuple[OfficeRow, ...]:
    """Every office that the journal names, this one among them."""
    rows = lines_of(ledger.db, "office", "1")
    return tuple(OfficeRow(row.id, row.name or "", row.unit, row.parent) for row in rows)


def read_setting(ledger: Ledger, key: str) -> str:
    """One setting of this office, empty when not set; the latest write wins."""
    model = MODELS["setting"]
    query = model.select().where(model.key == key).order_by(model.created, model.id)
    found = [row.value or "" for row in rows_of(ledger.db, query)]
    return found[-1] if found else ""


def read_settings(ledger: Ledger, prefix: str) -> tuple[tuple[str, str], ...]:
    """Key and value of the settings whose keys begin so and that hold something; the latest write of each wins."""
    rows = lines_of(ledger.db, "setting", "substr(key, 1, ?) = ?", (len(prefix), prefix))
    found = {row.key: row.value or "" for row in rows}
    return tuple((key, value) for key, value in found.items() if value)


def read_units(ledger: Ledger) -> tuple[Unit, ...]:
    """The unit list in rank order, with aliases and the members of groups."""
    aliases: dict[str, list[str]] = defaultdict(list)
    alias, member, unit = MODELS["unit_alias"], MODELS["unit_member"], MODELS["unit"]
    for row in rows_of(ledger.db, alias.select().where(alias.active == 1).order_by(alias.created, alias.id)):
        aliases[row.unit].append(row.alias)
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(ledger.db, member.select().where(member.active == 1).order_by(member.created, member.id)):
        members[row.group].append(row.unit)
    query = unit.select().where(unit.void.is_null(), unit.merged_into.is_null())
    return tuple(
        Unit(
            row.id,
            row.name or "",
            row.short_name or "",
            bool(row.is_group),
            row.rank or 0,
            tuple(aliases[row.id]),
            tuple(members[row.id]),
            row.phone or "",
        )
        for row in rows_of(ledger.db, query.order_by(unit.rank, unit.created, unit.id))
    )


def read_people(ledger: Ledger) -> tuple[Person, ...]:
    """The people of this office's list."""
    model = MODELS["person"]
    query = model.select().where(model.void.is_null()).order_by(model.created, model.id)
    return tuple(
        Person(row.id, row.name or "", row.post or "", row.unit, row.phone or "", bool(row.is_leader))
        for row in rows_of(ledger.db, query)
    )


def read_inspections(ledger: Ledger) -> tuple[Inspection, ...]:
    """The inspections this ledger answers to."""
    return tuple(_inspection(row) for row in lines_of(ledger.db, "inspection", "void IS NULL"))


def _inspection(row: Any) -> Inspection:
    return Inspection(
        row.id,
        row.name or "",
        _known(Level, row.level, Level.PROVINCE),
        _known(ProblemSource, row.source, ProblemSource.PROVINCE_INSPECTION),
        _known(InspectionKind, row.kind, InspectionKind.ROUTINE),
        row.round_no,
        as_date(row.feedback_on),
    )


def _known(words: Any, value: str | None, default: Any) -> Any:
    """A word of a newer version reads as the default: the op keeps it."""
    return words(value) if value in set(words) else default


def read_plans(ledger: Ledger) -> tuple[Plan, ...]:
    """The issued plans, in the order they came in."""
    return tuple(
        Plan(
            row.id,
            row.title or "",
            row.doc_no or "",
            as_date(row.issued_on),
            row.inspection,
            row.stated_total,
            tuple((year, int(count)) for year, count in as_pairs(row.stated_by_year) if count.isdecimal()),
        )
        for row in lines_of(ledger.db, "plan", "void IS NULL")
    )


def read_holidays(ledger: Ledger) -> tuple[dict[str, Any], ...]:
    """The holiday tables this office entered or confirmed, one mapping a year: year, off, work, source, confirmed."""
    model = MODELS["holiday"]
    return tuple(
        {
            "year": row.year,
            "off": _days(row.off),
            "work": _days(row.work),
            "source": row.source or "",
            "confirmed": bool(row.confirmed),
        }
        for row in rows_of(ledger.db, model.select().order_by(model.year, model.created, model.id))
        if row.year
    )


def _days(text: str | None) -> list[str]:
    return [day for day in as_list(text) if isinstance(day, str) and as_date(day)]
