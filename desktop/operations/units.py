"""The unit list and the people: entered once, met by every import under all their names."""

from collections.abc import Sequence
from datetime import date

from desktop.rules.entries import PersonEntry, UnitEntry
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.names import normal_name
from desktop.rules.records import Changes, Person, Unit
from desktop.rules.texts import clean
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office, read_people, read_units
from desktop.store.writer import Writer, writing

STEP = 10  # ranks leave room, so that a unit can be put between two others by one change


def list_units(ledger: Ledger) -> tuple[Unit, ...]:
    """The unit list in rank order."""
    return read_units(ledger)


def list_people(ledger: Ledger) -> tuple[Person, ...]:
    """The people of this office's list."""
    return read_people(ledger)


def save_unit(ledger: Ledger, unit: str, entry: UnitEntry, today: date, person: str = "") -> Changes:
    """Add a unit (``unit`` empty), or change one with its aliases and, for a group, its members."""
    name = clean(entry.name)
    if not name:
        raise Refused("请填写单位名称，没有保存。", "unit_name")
    units = read_units(ledger)
    _refuse_doubles(units, unit, (name, entry.short_name, *entry.aliases))
    district = read_office(ledger).district
    row = unit or derived_id("unit", district, normal_name(name))
    rank = next((u.rank for u in units if u.id == unit), max((u.rank for u in units), default=0) + STEP)
    fields = {
        "name": name,
        "short_name": clean(entry.short_name) or None,
        "is_group": entry.is_group or None,
        "phone": clean(entry.phone) or None,
        "rank": rank,
        "void": None,
    }
    with writing(ledger, clean(person), today) as writer:
        writer.put("unit", fields, row=row)
        aliases = {clean(alias) for alias in entry.aliases if clean(alias)} - {name}
        held = next((u for u in units if u.id == row), None)
        _put_set(writer, "unit_alias", row, aliases, held.aliases if held else ())
        members = set(entry.members) if entry.is_group else set()
        _put_set(writer, "unit_member", row, members, held.members if held else ())
    return Changes(f"已保存单位“{name}”。", (("unit", row),))


def _refuse_doubles(units: Sequence[Unit], own: str, names: Sequence[str]) -> None:
    wanted = {normal_name(name): name for name in names if normal_name(name)}
    for other in units:
        if other.id == own:
            continue
        for called in (other.name, other.short_name, *other.aliases):
            if normal_name(called) in wanted:
                raise Refused(
                    f"“{wanted[normal_name(called)]}”已是单位“{other.name}”的名称或别名，没有保存。"
                    "如是同一单位，请用合并单位。",
                    "unit_double",
                )


def _put_set(writer: Writer, table: str, owner: str, wanted: set[str], held: Sequence[str]) -> None:
    """Rows of a set: one for each member under a derived id, active or not (exchange §4)."""
    for value in sorted(wanted | set(held)):
        row = derived_id(table, owner, value)
        fields: dict[str, object] = {"active": value in wanted}
        if table == "unit_alias":
            fields |= {"unit": owner, "alias": value}
        else:
            fields |= {"group": owner, "unit": value}
        writer.put(table, fields, row=row)


def rank_units(ledger: Ledger, order: Sequence[str], today: date, person: str = "") -> Changes:
    """Put the units in this order; only units whose rank changes are written."""
    units = {unit.id: unit for unit in read_units(ledger)}
    touched = []
    with writing(ledger, clean(person), today) as writer:
        for place, row in enumerate(order, 1):
            if row in units and units[row].rank != place * STEP:
                writer.set("unit", row, {"rank": place * STEP})
                touched.append(("unit", row))
    return Changes("已调整单位排序。" if touched else "单位排序没有变化。", tuple(touched))


def merge_units(ledger: Ledger, keep: str, gone: str, today: date, person: str = "") -> Changes:
    """Make two units one: the second's names become aliases of the first, its problems show the first."""
    units = {unit.id: unit for unit in read_units(ledger)}
    if keep == gone or keep not in units or gone not in units:
        raise Refused("请选择两个不同的单位来合并，没有改动。", "merge_units")
    kept, left = units[keep], units[gone]
    with writing(ledger, clean(person), today) as writer:
        writer.set("unit", gone, {"merged_into": keep})
        aliases = {*kept.aliases, left.name, left.short_name, *left.aliases} - {"", kept.name}
        _put_set(writer, "unit_alias", keep, aliases, kept.aliases)
    return Changes(f"“{left.name}”已并入“{kept.name}”，原名称作为别名保留。", (("unit", keep), ("unit", gone)))


def save_person(ledger: Ledger, row: str, entry: PersonEntry, today: date, person: str = "") -> Changes:
    """Add a person (``row`` empty), or change one."""
    name = clean(entry.name)
    if not name:
        raise Refused("请填写姓名，没有保存。", "person_name")
    fields = {
        "name": name,
        "post": clean(entry.post) or None,
        "unit": entry.unit_id or None,
        "phone": clean(entry.phone) or None,
        "is_leader": entry.is_leader or None,
    }
    row = row or ledger.new_id()
    with writing(ledger, clean(person), today) as writer:
        writer.put("person", fields, row=row)
    return Changes(f"已保存“{name}”。", (("person", row),))


def void_shared(ledger: Ledger, kind: str, row: str, reason: str, today: date, person: str = "") -> Changes:
    """Take a unit or person off the list with a reason; a unit that a problem still names stays."""
    if not clean(reason):
        raise Refused("请填写原因，没有改动。", "void_reason")
    if kind == "unit":
        sql = "SELECT count(*) FROM problem_unit WHERE unit = ? AND active = 1"
        count = ledger.db.execute_sql(sql, (bytes.fromhex(row),)).fetchone()[0]
        if count:
            raise Refused(f"还有{count}处问题用到这个单位，没有删除。可以改用合并单位。", "unit_used")
    with writing(ledger, clean(person), today) as writer:
        writer.set(kind, row, {"void": clean(reason)})
    return Changes("已移出名单，原记录保留在历史中。", ((kind, row),))
