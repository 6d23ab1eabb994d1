"""The unit list while names are taken in: a name finds its unit, and a new one is created once."""

from collections.abc import Collection, Iterable

from desktop.rules.ids import derived_id
from desktop.rules.names import is_group_word, match_unit, normal_name
from desktop.rules.records import Unit, UnitRole
from desktop.rules.texts import clean
from desktop.store.writer import Writer


class UnitBook:
    """Units by the names written for them. Attributes: ``units``, ``warnings`` about names that may mean several."""

    def __init__(self, writer: Writer, units: Iterable[Unit], district: str) -> None:
        self.writer, self.units, self.district = writer, list(units), district
        self.warnings: list[str] = []
        self.chosen: dict[str, str] = {}

    def row_of(self, name: str) -> str:
        """The row of the unit that a written name means; a unit of its own where none or several do."""
        if name in self.chosen:
            return self.chosen[name]
        found = match_unit(name, tuple(self.units))
        if isinstance(found, Unit):
            return found.id
        row = derived_id("unit", self.district, normal_name(name))
        rank = max((unit.rank for unit in self.units), default=0) + 10
        unit = Unit(row, clean(name), is_group=is_group_word(name), rank=rank)
        fields = {"name": unit.name, "is_group": unit.is_group or None, "rank": rank}
        # The row may be there from before: taken off the list, or once part of another unit.
        self.writer.put("unit", {**fields, "void": None, "merged_into": None}, row=row)
        self.units.append(unit)
        if found:
            names = "”“".join(other.name for other in found)
            self.warnings.append(f"“{unit.name}”可能就是“{names}”，已先作为新单位；如是同一单位，请在单位页合并。")
            self.chosen[name] = row
        return row

    def held(self, problem: str, roles: Collection[UnitRole] = tuple(UnitRole)) -> dict[str, tuple[str, UnitRole]]:
        """The unit rows of a problem in force: row id to the unit as it is called now, and its role."""
        sql = (
            "SELECT l.id, COALESCE(u.merged_into, l.unit), l.role FROM problem_unit l "
            "LEFT JOIN unit u ON u.id = l.unit WHERE l.problem = ? AND l.active = 1"
        )
        found = self.writer.ledger.db.execute_sql(sql, (bytes.fromhex(problem),))
        rows = ((bytes(i).hex(), bytes(unit).hex(), role) for i, unit, role in found if unit)
        return {i: (unit, UnitRole(role)) for i, unit, role in rows if role in roles}
