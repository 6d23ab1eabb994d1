"""The unit list and the people: entered once, met by every import under all their names."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    # A new unit may have been on the list before, or part of another one: it stands for itself again.
    fields = {
        "name": name,
        "short_name": clean(entry.short_name) or None,
        "is_group": entry.is_group or None,
        "phone": clean(entry.phone) or None,
        "rank": rank,
        "void": None,
        "merged_into": None,
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


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What making two units one would change: one sentence for each kind of thing, and the problems concerned."""

    sentences: tuple[str, ...]
    problems: tuple[int, ...]


def preview_merge(ledger: Ledger, keep: str, gone: str) -> MergePreview:
    """What ``merge_units`` would change; writes nothing, and refuses what it refuses."""
    kept, left = _pair(read_units(ledger), keep, gone)
    numbers = _numbers_of(ledger, gone)
    sentences = [f"“{left.name}”不再单独列出，由“{kept.name}”代替。"]
    names = sorted(_names_of(left) - _names_of(kept), key=(left.name, left.short_name, *left.aliases).index)
    if names:
        sentences.append(f"“{kept.name}”增加别名：{'、'.join(names)}。")
    if numbers:
        listed = "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
        sentences.append(f"{len(numbers)}个问题（{listed}）改为显示“{kept.name}”，原记录留在历史里。")
    people = [person.name for person in read_people(ledger) if person.unit_id == gone]
    if people:
        sentences.append(f"人员{'、'.join(people)}改为“{kept.name}”的人员。")
    groups = [unit.name for unit in read_units(ledger) if gone in unit.members]
    if groups:
        sentences.append(f"分组{'、'.join(groups)}中改为包含“{kept.name}”。")
    if left.members:
        sentences.append(f"“{left.name}”包含的{len(left.members)}个单位并入“{kept.name}”这一组。")
    if left.phone and not kept.phone:
        sentences.append(f"联系电话{left.phone}一并保留。")
    return MergePreview(tuple(sentences), numbers)


def merge_units(ledger: Ledger, keep: str, gone: str, today: date, person: str = "") -> Changes:
    """Make two units one: the second's names become aliases of the first, its problems show the first.

    Its people, its places in groups and its members go over as well.
    """
    units = read_units(ledger)
    kept, left = _pair(units, keep, gone)
    with writing(ledger, clean(person), today) as writer:
        writer.set("unit", gone, {"merged_into": keep})
        # What was merged into the second before must not end at a unit that is no longer listed.
        for row in _merged_into(ledger, gone):
            writer.set("unit", row, {"merged_into": keep})
        if left.phone and not kept.phone:
            writer.set("unit", keep, {"phone": left.phone})
        aliases = {*kept.aliases, left.name, left.short_name, *left.aliases} - {"", kept.name, kept.short_name}
        _put_set(writer, "unit_alias", keep, aliases, kept.aliases)
        for group in units:
            if gone in group.members:
                _put_set(writer, "unit_member", group.id, {*group.members, keep} - {gone}, group.members)
        if left.members:
            _put_set(writer, "unit_member", keep, {*kept.members, *left.members} - {keep}, kept.members)
        for someone in read_people(ledger):
            if someone.unit_id == gone:
                writer.set("person", someone.id, {"unit": keep})
    return Changes(f"“{left.name}”已并入“{kept.name}”，原名称作为别名保留。", (("unit", keep), ("unit", gone)))


def _pair(units: Sequence[Unit], keep: str, gone: str) -> tuple[Unit, Unit]:
    by_id = {unit.id: unit for unit in units}
    if keep == gone or keep not in by_id or gone not in by_id:
        raise Refused("请选择两个不同的单位来合并，没有改动。", "merge_units")
    kept, left = by_id[keep], by_id[gone]
    if kept.is_group != left.is_group:
        group, unit = (kept, left) if kept.is_group else (left, kept)
        raise Refused(f"“{group.name}”是一组单位，不能与单位“{unit.name}”合并，没有改动。", "merge_group")
    return kept, left


def _names_of(unit: Unit) -> set[str]:
    return {name for name in (unit.name, unit.short_name, *unit.aliases) if name}


def _merged_into(ledger: Ledger, unit: str) -> list[str]:
    found = ledger.db.execute_sql("SELECT id FROM unit WHERE merged_into = ?", (bytes.fromhex(unit),))
    return [bytes(row[0]).hex() for row in found]


_LINKS = (
    "FROM problem_unit l JOIN unit u ON u.id = l.unit JOIN problem p ON p.id = l.problem "
    "WHERE l.active = 1 AND p.void IS NULL"
)


def count_problems(ledger: Ledger) -> dict[str, int]:
    """How many problems name each unit; what names a unit that was merged counts for the one it is part of."""
    unit = "COALESCE(u.merged_into, u.id)"
    sql = f"SELECT {unit}, count(DISTINCT l.problem) {_LINKS} GROUP BY {unit}"
    return {bytes(row).hex(): count for row, count in ledger.db.execute_sql(sql)}


def _numbers_of(ledger: Ledger, unit: str) -> tuple[int, ...]:
    """The numbers of the problems that name a unit; two plans may give one number twice."""
    sql = f"SELECT DISTINCT l.problem, p.number {_LINKS} AND COALESCE(u.merged_into, u.id) = ? ORDER BY p.number"
    return tuple(number or 0 for _, number in ledger.db.execute_sql(sql, (bytes.fromhex(unit),)))


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
    named = {unit.id: unit.name for unit in read_units(ledger)} if kind == "unit" else {}
    named |= {other.id: other.name for other in read_people(ledger)} if kind == "person" else {}
    if row not in named:
        raise Refused("要移出的单位或人员不在名册中，没有改动。", "void_unknown")
    if kind == "unit":
        _refuse_used(ledger, row, named[row])
    with writing(ledger, clean(person), today) as writer:
        writer.set(kind, row, {"void": clean(reason)})
    return Changes(f"“{named[row]}”已移出名册，原记录保留在历史中。", ((kind, row),))


def _refuse_used(ledger: Ledger, unit: str, name: str) -> None:
    numbers = _numbers_of(ledger, unit)
    if numbers:
        listed = "、".join(map(str, numbers[:10])) + ("等" if len(numbers) > 10 else "")
        raise Refused(
            f"还有{len(numbers)}个问题（{listed}）用到“{name}”，没有移出。请先在这些问题中改掉，或改用合并单位。",
            "unit_used",
        )
    people = [person.name for person in read_people(ledger) if person.unit_id == unit]
    if people:
        raise Refused(f"还有人员（{'、'.join(people)}）属于“{name}”，没有移出。请先改他们的单位。", "unit_people")
