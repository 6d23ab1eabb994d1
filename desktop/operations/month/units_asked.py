"""Which units a month's report is asked of: the forms and the board of the month name the same."""

from dataclasses import dataclass

from desktop.rules.records import Unit
from desktop.rules.unit_form import ROLES
from desktop.store.ledger import Ledger
from desktop.store.problem_texts import problems_by_unit
from desktop.store.read_shared import read_units


@dataclass(frozen=True, slots=True)
class UnitToAsk:
    """A unit that a form can be sent to, and the problems it leads or is responsible for."""

    unit: Unit
    problems: tuple[str, ...]


def units_to_ask(ledger: Ledger) -> tuple[tuple[UnitToAsk, ...], tuple[str, ...]]:
    """The units with problems of their own, in rank order; and the groups without members, which nobody can be sent.

    The problems of a group (各镇街) are those of each of its members.
    """
    held = problems_by_unit(ledger, ROLES)
    units = read_units(ledger)
    found: dict[str, dict[str, None]] = {}
    empty = []
    for unit in units:
        mine = held.get(unit.id, ())
        if unit.is_group and mine and not unit.members:
            empty.append(unit.name)
        for receiver in unit.members if unit.is_group else (unit.id,):
            found.setdefault(receiver, {}).update(dict.fromkeys(mine))
    asked = (UnitToAsk(unit, tuple(found[unit.id])) for unit in units if not unit.is_group and found.get(unit.id))
    return tuple(asked), tuple(empty)
