"""The merge rule: what a row is, as a pure function of the set of its ops (exchange §4–5).

Order of arrival, repetition, relaying and gaps make no difference. A head is a write that no other write names as
replaced; two heads with different values are a conflict, kept and shown, never decided silently.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.rules.kinds import is_plan_field
from desktop.rules.ops import NEW, Op, Value, canonical


class Disagreement(StrEnum):
    """Why a field needs a person: 冲突, 修改建议, or 缺前面的数据包."""

    CONFLICT = "conflict"
    PROPOSAL = "proposal"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field of one row: the value shown, the writes it rests on, and what disagrees with it."""

    value: Value
    heads: tuple[str, ...]
    proposals: tuple[str, ...]
    disagreement: Disagreement | None

    @property
    def replaced(self) -> tuple[str, ...]:
        """What the next write of this field replaces: all heads and all open proposals."""
        return tuple(sorted(self.heads + self.proposals))


@dataclass(frozen=True, slots=True)
class RowState:
    """One row as folded. ``owner`` is the office of the creating op, empty while that op has not arrived."""

    table: str
    row: str
    owner: str
    fields: Mapping[str, FieldState]

    @property
    def exists(self) -> bool:
        """A row is shown only once the op that created it is known."""
        return bool(self.owner)


def fold_row(ops: Iterable[Op], names: Collection[str] | None = None) -> RowState:
    """The state of one row from all its known ops, in any order, repeated or not; with ``names`` those fields only."""
    known = {op.id: op for op in ops}
    creators = sorted(op.id for op in known.values() if op.kind == NEW)
    owner = known[creators[0]].office if creators else ""
    first = known[creators[0]] if creators else known[min(known)]
    writes: dict[str, dict[str, Op]] = {}
    for op in known.values():
        for name in op.fields if names is None else (name for name in names if name in op.fields):
            writes.setdefault(name, {})[op.id] = op
    fields = {
        name: _fold_field(written, owner if is_plan_field(first.table, name) else "", name)
        for name, written in writes.items()
    }
    return RowState(first.table, first.row, owner, fields)


def only_creation(ops: Sequence[Op]) -> Mapping[str, Value] | None:
    """The values of a row known only by its creation, the common case of an import; None for any other row."""
    return ops[0].fields if len(ops) == 1 and ops[0].kind == NEW else None


def _fold_field(written: Mapping[str, Op], owner: str, name: str) -> FieldState:
    if len(written) == 1:
        ((only, op),) = written.items()
        if not owner or op.office == owner:
            return FieldState(None if op.purged else op.fields[name], (only,), (), None)
    decided = {i for i, op in written.items() if not owner or op.office == owner}
    heads = sorted(decided - _replaced(written, decided, name))
    proposals = sorted(set(written) - decided - _replaced(written, set(written), name))
    value = _value(written, heads, name)
    return FieldState(value, tuple(heads), tuple(proposals), _judge(written, heads, proposals, name, value))


def _replaced(written: Mapping[str, Op], by: Iterable[str], name: str) -> set[str]:
    return {old for i in by for old in written[i].base.get(name, ())}


def _value(written: Mapping[str, Op], heads: list[str], name: str) -> Value:
    """The provisional value: of the heads the latest by clock, then by id, which is the same everywhere.

    An op purged on purpose is a head without a value: it neither shows nor disagrees.
    """
    shown = [i for i in heads if not written[i].purged]
    if not shown:
        return None
    return written[max(shown, key=lambda i: (written[i].hlc, i))].fields[name]


def _judge(
    written: Mapping[str, Op], heads: list[str], proposals: list[str], name: str, value: Value
) -> Disagreement | None:
    shown = [i for i in heads if not written[i].purged]
    if len(shown) > 1 and len({canonical(written[i].fields[name]) for i in shown}) > 1:
        gap = any(old not in written for i in shown for old in written[i].base.get(name, ()))
        return Disagreement.GAP if gap else Disagreement.CONFLICT
    if any(canonical(written[i].fields[name]) != canonical(value) for i in proposals if not written[i].purged):
        return Disagreement.PROPOSAL
    return None
