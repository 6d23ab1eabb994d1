"""What a person has to decide after packages came in, as records for the page 冲突."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.rules.fold import Disagreement
from desktop.rules.ops import Value

DISAGREEMENT_WORDS: Mapping[Disagreement, str] = {
    Disagreement.CONFLICT: "两方填写不一致",
    Disagreement.PROPOSAL: "修改建议",
    Disagreement.GAP: "缺前面的数据包",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values: what it says, who wrote it when. ``is_shown`` is the one that counts for the time being."""

    value: Value
    words: str
    person: str
    office: str
    at: datetime
    is_shown: bool
    is_proposal: bool = False


@dataclass(frozen=True, slots=True)
class OpenField:
    """One field with more than one value. ``words`` names it: 问题5 整改措施（二）·完成时限.

    ``decides`` is the name of the office that may decide, empty where this one may.
    """

    table: str
    row: str
    scope: str
    field: str
    words: str
    kind: Disagreement
    sides: tuple[Side, ...]
    problem: str = ""
    number: int | None = None
    decides: str = ""
