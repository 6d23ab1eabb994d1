"""Taking a package's ops in: each must stand in a seal of its own office, be sound, and lie in its right scope."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from desktop.rules.audience import require_admissible
from desktop.rules.clock import is_strange
from desktop.rules.errors import Refused
from desktop.rules.ops import Op, parse_op
from desktop.store.writer import Writer

_BATCH = 5_000
Count = Callable[[int], None]


@dataclass(slots=True)
class Taken:
    """What an import brought: ops new and known, the places of the new ones in the journal, ops by record kind.

    ``strange`` counts ops whose clock is more than 36 hours ahead (时间异常).
    """

    new: int = 0
    known: int = 0
    first: int = 0
    last: int = 0
    strange: int = 0
    tables: dict[str, int] = field(default_factory=dict)


def take_ops(
    writer: Writer, lines: Iterable[bytes], sealed: Mapping[str, tuple[str, int | None]], count: Count | None = None
) -> Taken:
    """Store and fold the ops of a package. ``sealed`` names for each op the office of its seal and the seal's number.

    Refused, and the transaction with it, for an op that no seal of its office holds, of a wrong shape, or out of place.
    """
    taken, stream = Taken(), iter(lines)
    now = writer.ledger.outside.now_ms()
    while batch := list(islice(stream, _BATCH)):
        ops = [_op(line, sealed, writer.ledger.office_id) for line in batch]
        new, first, last = writer.take(zip(ops, batch, strict=True), {op.id: sealed[op.id][1] for op in ops})
        taken.new, taken.known = taken.new + new, taken.known + len(ops) - new
        taken.first, taken.last = taken.first or first, last or taken.last
        taken.strange += sum(is_strange(op.hlc, now) for op in ops)
        for op in ops:
            taken.tables[op.table] = taken.tables.get(op.table, 0) + 1
        if count:
            count(len(batch))
    return taken


def _op(line: bytes, sealed: Mapping[str, tuple[str, int | None]], own_office: str) -> Op:
    op = parse_op(line)
    found = sealed.get(op.id)
    if found is None or found[0] != op.office:
        raise Refused("数据包里有一条记录没有原单位的签名，没有接收，台账未变；请对方重新打包。", "unsealed_op")
    require_admissible(op, own_office)
    return op
