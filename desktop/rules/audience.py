"""Who may receive which op (exchange §6a): a package never holds one outside of its receiver's audience."""

from collections.abc import Mapping
from enum import StrEnum

from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS, Audience
from desktop.rules.ops import SHARED, Op


class Relation(StrEnum):
    """What the receiver is to this office: a copy of its own, the office above, a unit of a case, anybody else."""

    OWN = "own"
    UPPER = "upper"
    CASE = "case"
    OTHER = "other"


RELATION_WORDS: Mapping[Relation, str] = {
    Relation.OWN: "本单位的另一台电脑",
    Relation.UPPER: "上级",
    Relation.CASE: "承办单位",
    Relation.OTHER: "其他单位",
}
_SEEN = {
    Relation.OWN: frozenset(Audience),
    Relation.UPPER: frozenset((Audience.UPPER, Audience.CASE, Audience.ALL)),
    Relation.CASE: frozenset((Audience.CASE, Audience.ALL)),
    Relation.OTHER: frozenset((Audience.ALL,)),
}


def kinds_for(relation: Relation) -> frozenset[str]:
    """The record kinds that a receiver of this relation may get; those of one case only for the cases it works on."""
    return frozenset(kind.name for kind in KINDS.values() if kind.audience in _SEEN[relation])


def passes_unknown(relation: Relation) -> bool:
    """Whether kinds of a newer version, whose audience this one cannot know, go to such a receiver: only upward."""
    return relation in (Relation.OWN, Relation.UPPER)


def require_admissible(op: Op, own_office: str) -> None:
    """Refuse an op that no sound program sends: another office's private record, or one placed in a wrong scope.

    A record of a case under the scope of what all share would be passed on to everybody.
    """
    kind = KINDS.get(op.table)
    if kind is None:
        return
    if kind.audience == Audience.OWN and op.office != own_office:
        raise Refused(f"数据包里有别的单位内部的“{kind.words}”，没有接收，台账未变；请对方重新打包。", "audience")
    belongs_to_case = kind.audience in (Audience.CASE, Audience.UPPER)
    if belongs_to_case == (op.scope == SHARED) and kind.audience != Audience.OWN:
        raise Refused(f"数据包里的“{kind.words}”放错了范围，没有接收，台账未变；请对方重新打包。", "scope")
    if op.table == "problem" and op.scope != op.row:
        raise Refused("数据包里的“问题”放错了范围，没有接收，台账未变；请对方重新打包。", "scope")
