"""收发记录: every package that came or went, the latest first."""

from dataclasses import dataclass

from desktop.exchange.head import KIND_WORDS, PackageKind
from desktop.operations.packages.disagreements import office_names
from desktop.operations.packages.refusals import list_refusals
from desktop.store.ledger import Ledger
from desktop.store.offices import packages_in, packages_out


@dataclass(frozen=True, slots=True)
class LogLine:
    """One package. ``amount`` are its new records in words; ``is_settled``: taken in, or confirmed by its receiver.

    ``is_refused``: it came and was not taken, ``state`` says why.
    """

    package: str
    came: bool
    day: str
    name: str
    kind: str
    number: str
    amount: str
    state: str
    is_settled: bool
    can_be_undone: bool
    moment: int
    is_refused: bool = False


def read_log(ledger: Ledger) -> tuple[LogLine, ...]:
    """The packages in both directions."""
    names = office_names(ledger)
    lines = []
    for came in packages_in(ledger):
        state = f"已撤销（{came.undone}）" if came.undone else "已接收"
        lines.append(
            LogLine(
                came.id, True, came.day, names.get(came.sender, "其他单位"), _kind(came.kind), came.id[-8:],
                f"{came.report.get('new', 0)}条", state, not came.undone, bool(came.first and not came.undone),
                came.taken,
            )
        )  # fmt: skip
    for sent in packages_out(ledger):
        state = "已有回执" if sent.is_confirmed else "还没有回执"
        lines.append(
            LogLine(
                sent.id, False, sent.day, names.get(sent.receiver, "其他单位"), _kind(sent.kind), sent.id[-8:], "/",
                state, sent.is_confirmed, False, sent.made,
            )
        )  # fmt: skip
    for one in list_refusals(ledger):
        lines.append(
            LogLine(
                one.package, True, one.day, one.name or "其他单位", _kind(one.kind), one.package[-8:], "/",
                f"没有接收：{one.why}", False, False, one.made, True,
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.moment, reverse=True))


def _kind(kind: str) -> str:
    return KIND_WORDS[PackageKind(kind)] if kind in set(PackageKind) else kind
