"""Offices that this one exchanges packages with (交换单位), as records."""

from dataclasses import dataclass

from desktop.rules.audience import Relation


@dataclass(frozen=True, slots=True)
class Partner:
    """One other office. ``unit`` is the unit of the unit list it is, empty while nobody has said.

    ``digits`` are those of its confirmed keys, empty while it is not confirmed; ``age`` its key for secret packages.
    ``how`` says by what it was confirmed. ``ended`` is the state of its last keys when none are in use: ``retired``
    or ``revoked``.
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
    ended: str = ""

    @property
    def is_confirmed(self) -> bool:
        """True once its keys were compared with its stamped sheet, or its own hub vouched for them."""
        return bool(self.digits)

    @property
    def state_words(self) -> str:
        """How it stands with its identity."""
        return "已核对" if self.is_confirmed else {"retired": "已停用", "revoked": "已作废"}.get(self.ended, "待核对")
