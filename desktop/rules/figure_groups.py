"""Figures by group: every dimension of domain §5.1, with the problems behind each number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from desktop.rules.figures import LONG_TERM, UNDATED, FigureOptions, rate, slot_of
from desktop.rules.records import GATE_WORDS, SOURCE_WORDS, Gate, ProgressClass
from desktop.rules.standing import Slot, Standing

NAMELESS = "（未填）"
CLOSED_WORDS, OPEN_WORDS = "已销号备案", "未进入销号环节"


class Dimension(StrEnum):
    """By what the problems are grouped."""

    YEAR = "year"
    RESPONSIBLE = "responsible"
    LEAD = "lead"
    LEADER = "leader"
    SOURCE = "source"
    INSPECTION = "inspection"
    ELEMENT = "element"
    GATE = "gate"
    OWN_ROLE = "own_role"
    PUBLISHED = "published"


DIMENSION_WORDS: Mapping[Dimension, str] = {
    Dimension.YEAR: "完成年度",
    Dimension.RESPONSIBLE: "责任单位",
    Dimension.LEAD: "牵头单位",
    Dimension.LEADER: "牵头领导",
    Dimension.SOURCE: "问题来源",
    Dimension.INSPECTION: "督察轮次",
    Dimension.ELEMENT: "环境要素",
    Dimension.GATE: "销号环节",
    Dimension.OWN_ROLE: "本单位职责",
    Dimension.PUBLISHED: "是否公开",
}
# A problem of several units stands under each of them.
MANY = frozenset((Dimension.RESPONSIBLE, Dimension.LEAD, Dimension.LEADER, Dimension.OWN_ROLE))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group with the problems of each class; ``closed``, ``overdue``, ``chased`` and ``reply_late`` are on axes
    of their own.

    ``problems`` are row ids in the order of the ledger.
    """

    name: str
    problems: tuple[str, ...]
    slots: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    chased: tuple[str, ...] = ()
    reply_late: tuple[str, ...] = ()

    def count(self, slot: Slot) -> int:
        """How many problems stand in a class."""
        return len(self.slots.get(slot, ()))

    @property
    def total(self) -> int:
        """How many problems the group has."""
        return len(self.problems)

    @property
    def completion_rate(self) -> Decimal | None:
        """整改完成率 of the group in percent."""
        return rate(self.count(Slot.COMPLETED), self.total)

    @property
    def closing_rate(self) -> Decimal | None:
        """销号率 of the group: 已备案销号 / 总数, in percent."""
        return rate(len(self.closed), self.total)


def group_figures(
    standings: Iterable[Standing],
    dimension: Dimension,
    options: FigureOptions | None = None,
    own: frozenset[str] = frozenset(),
) -> tuple[GroupRow, ...]:
    """The problems by one dimension; ``own`` are the names under which this office works on cases.

    Years and gates stand in their order, other groups with the most problems first.
    """
    options = options or FigureOptions()
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        for name in dict.fromkeys(_names(standing, dimension, own)):
            groups.setdefault(name, []).append(standing)
    rows = [_row(name, found, options) for name, found in groups.items()]
    return tuple(sorted(rows, key=_order(dimension)))


def ranked(rows: Iterable[GroupRow]) -> tuple[GroupRow, ...]:
    """Named groups by 整改完成率, best first, then by how many they completed (domain §5.2)."""
    named = (row for row in rows if row.name != NAMELESS)
    return tuple(sorted(named, key=lambda row: (-(row.completion_rate or 0), -row.count(Slot.COMPLETED), row.name)))


def whole_row(standings: Iterable[Standing], options: FigureOptions | None = None) -> GroupRow:
    """All problems as one group: the line 合计, which counts a problem of several units once."""
    return _row("合计", list(standings), options or FigureOptions())


def _row(name: str, standings: list[Standing], options: FigureOptions) -> GroupRow:
    slots: dict[Slot, list[str]] = {}
    for standing in standings:
        slots.setdefault(slot_of(standing, options), []).append(standing.problem_id)
    return GroupRow(
        name,
        tuple(s.problem_id for s in standings),
        {slot: tuple(found) for slot, found in slots.items()},
        tuple(s.problem_id for s in standings if s.is_closed),
        tuple(s.problem_id for s in standings if s.progress == ProgressClass.OVERDUE and s.slot == Slot.BEHIND),
        tuple(s.problem_id for s in standings if s.is_chased),
        tuple(s.problem_id for s in standings if s.is_reply_late),
    )


def _names(standing: Standing, dimension: Dimension, own: frozenset[str]) -> tuple[str, ...]:
    if dimension == Dimension.OWN_ROLE:
        roles = (("牵头", standing.lead), ("责任", standing.responsible), ("配合", standing.assisting))
        return tuple(word for word, units in roles if own & set(units)) or ("不承担",)
    found = _NAMES[dimension](standing)
    return tuple(name for name in found if name) or (NAMELESS,)


def _year(standing: Standing) -> str:
    if standing.is_long_term:
        return LONG_TERM
    return str(standing.deadline.year) if standing.deadline else UNDATED


def _gate(standing: Standing) -> str:
    if standing.is_closed:
        return CLOSED_WORDS
    passed = [gate for gate in Gate if gate in standing.passed]
    return f"已{GATE_WORDS[passed[-1]]}" if passed else OPEN_WORDS


_NAMES: Mapping[Dimension, Callable[[Standing], tuple[str, ...]]] = {
    Dimension.YEAR: lambda s: (_year(s),),
    Dimension.RESPONSIBLE: lambda s: s.responsible,
    Dimension.LEAD: lambda s: s.lead,
    Dimension.LEADER: lambda s: s.leaders,
    Dimension.SOURCE: lambda s: (SOURCE_WORDS[s.source],) if s.source else (),
    Dimension.INSPECTION: lambda s: (s.inspection,),
    Dimension.ELEMENT: lambda s: (s.element,),
    Dimension.GATE: lambda s: (_gate(s),),
    Dimension.PUBLISHED: lambda s: ("已公开" if s.publications else "未公开",),
}
_GATE_ORDER = (OPEN_WORDS, *(f"已{GATE_WORDS[gate]}" for gate in Gate), CLOSED_WORDS)


def _order(dimension: Dimension) -> Callable[[GroupRow], tuple[object, ...]]:
    if dimension == Dimension.YEAR:
        return lambda row: (row.name == UNDATED, row.name == LONG_TERM, row.name)
    if dimension == Dimension.GATE:
        return lambda row: (_GATE_ORDER.index(row.name),)
    return lambda row: (row.name == NAMELESS, -row.total, row.name)


def year_words(name: str) -> str:
    """The name of a year's group as people read it."""
    return {LONG_TERM: "长期坚持", UNDATED: "未定期限"}.get(name, f"{name}年")
