"""Offices that this one exchanges packages with (交换单位), as records."""

from dataclasses import dataclass

from desktop.rules.audience import Relation


@dataclass(frozen=True, slots=True)
class Partner:
    """One other office. ``unit`` is the unit of the unit list it is, empty while nobody has said.

    ``digits`` are those of its confirmed keys, empty while it is not confirmed; ``age`` its key for secret packages.
    ``how`` says by what it was confirmed.
    """

    office: str
    name: str
    relation: Relation
    unit: str = ""
    parent: str = ""
    digits: str = ""
    age: str = ""
    how: str = ""
    since: str = ""

    @property
    def is_confirmed(self) -> bool:
        """True once its keys were compared with its stamped sheet, or its own hub vouched for them."""
        return bool(self.digits)
