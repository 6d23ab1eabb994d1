"""The unit list and the people as tables; units can be dragged into another order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.rules.names import is_called
from desktop.rules.records import Person, Unit
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-ducha-units"
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a line: its place in the order, the names of its members, how many problems name it."""

    place: int
    unit: Unit
    members: tuple[str, ...]
    problems: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a line, with the name of the unit."""

    person: Person
    unit: str


UNIT_COLUMNS: tuple[Column[UnitLine], ...] = (
    Column("place", "次序", 2.5, lambda line: str(line.place), align="right"),
    Column("name", "单位名称", 11, lambda line: line.unit.name, stretch=True),
    Column("short", "简称", 6, lambda line: line.unit.short_name, stretch=True),
    Column(
        "aliases", "其他名称", 9, lambda line: "、".join(line.unit.aliases), tone=lambda line: "muted", stretch=True
    ),
    Column(
        "members",
        "分组",
        6.5,
        lambda line: f"含{len(line.members)}个单位" if line.members else "尚未选定单位" if line.unit.is_group else "",
        tone=lambda line: "warn" if line.unit.is_group and not line.members else "",
        tip=lambda line: "、".join(line.members),
    ),
    Column("phone", "联系电话", 7, lambda line: line.unit.phone),
    Column("problems", "涉及问题", 4.5, lambda line: f"{line.problems}个" if line.problems else "", align="right"),
)
PERSON_COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("name", "姓名", 5, lambda line: line.person.name),
    Column("post", "职务", 10, lambda line: line.person.post, stretch=True),
    Column("unit", "所在单位", 12, lambda line: line.unit, stretch=True),
    Column("leader", "身份", 4, lambda line: "领导" if line.person.is_leader else "", tone=lambda line: "accent"),
    Column("phone", "联系电话", 8, lambda line: line.person.phone),
)


def unit_lines(units: Sequence[Unit], problems: dict[str, int]) -> tuple[UnitLine, ...]:
    """The units as lines in their order."""
    names = {unit.id: unit.name for unit in units}
    return tuple(
        UnitLine(place, unit, tuple(names[m] for m in unit.members if m in names), problems.get(unit.id, 0))
        for place, unit in enumerate(units, 1)
    )


def person_lines(people: Sequence[Person], units: Sequence[Unit]) -> tuple[PersonLine, ...]:
    """The people as lines, leaders first."""
    names = {unit.id: unit.name for unit in units}
    lines = [PersonLine(person, names.get(person.unit_id, "")) for person in people]
    return tuple(sorted(lines, key=lambda line: not line.person.is_leader))


def unit_matches(line: UnitLine, text: str) -> bool:
    """True when one of the names of a unit, or of its members, holds the text or sounds like it."""
    return is_called(text, line.unit.name, line.unit.short_name, *line.unit.aliases, *line.members, line.unit.phone)


def person_matches(line: PersonLine, text: str) -> bool:
    """True when name, post, unit or phone holds the text or sounds like it."""
    return is_called(text, line.person.name, line.person.post, line.unit, line.person.phone)


def moved_order(order: Sequence[str], moved: Sequence[str], before: int) -> list[str]:
    """The ids in a new order: the moved ones, in their own order, stand before the one at place ``before``."""
    going = [row for row in order if row in set(moved)]
    head = [row for row in order[:before] if row not in set(moved)]
    tail = [row for row in order[before:] if row not in set(moved)]
    return [*head, *going, *tail]


class UnitsModel(ListModel[UnitLine]):
    """The units. Signals: ``dropped(ids, before)`` when lines were dragged before the line at a place."""

    dropped = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(UNIT_COLUMNS, parent)
        self.can_move = False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be dragged between others while the whole list is shown."""
        found = super().flags(index)
        if not self.can_move:
            return found
        return found | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only lines of this list."""
        return [MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The ids of the dragged lines."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(MIME, ",".join(self.rows[row].unit.id for row in rows).encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell where the lines should stand; the page writes the order and shows the list again."""
        if not data.hasFormat(MIME) or not self.can_move:
            return False
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
        ids = bytes(data.data(MIME).data()).decode("ascii").split(",")
        self.dropped.emit(ids, before)
        # The view would take the dragged lines away; the list is read again instead.
        return False
