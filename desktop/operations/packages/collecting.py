"""汇总: every package of a stick taken in one go, each whole or not at all, with a word on each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.exchange.identity import Identity
from desktop.operations.ledgers import Progress
from desktop.operations.packages.receiving import receive
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.packages import AGAIN, HELD, TAKEN, Received
from desktop.store.ledger import Ledger

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Collected:
    """One package of a stick. ``result`` is None when it was refused; ``words`` say what came of it."""

    file: str
    words: str
    result: Received | None = None

    @property
    def state(self) -> str:
        """TAKEN, AGAIN, HELD or REFUSED."""
        return self.result.state if self.result else REFUSED


def receive_all(
    ledger: Ledger,
    files: Iterable[Path],
    today: date,
    person: str = "",
    *,
    identity: Identity | None = None,
    passphrase: str = "",
    progress: Progress | None = None,
) -> tuple[Collected, ...]:
    """Take packages in, in the order given. One that is refused is told and keeps no other from being taken.

    A Cancel stops between two of them or within one; those taken before stay.
    """
    tell = progress or (lambda words, share: None)
    wanted = list(files)
    found = []
    for number, path in enumerate(wanted, 1):
        head, before = f"第{number}个，共{len(wanted)}个：", (number - 1) / len(wanted)

        def count(words: str, share: float, head: str = head, before: float = before) -> None:
            tell(f"{head}{words}", before + share / len(wanted))

        count("打开", 0.0)
        try:
            result = receive(ledger, path, today, person, identity=identity, passphrase=passphrase, progress=count)
            found.append(Collected(path.name, result.changes.sentence, result))
        except (Refused, KnownFault) as error:
            found.append(Collected(path.name, error.sentence))
    return tuple(found)


def collected_words(found: Iterable[Collected]) -> str:
    """How many were taken, known, kept aside and refused, and why those were refused."""
    lines = list(found)
    counts = {state: sum(line.state == state for line in lines) for state in (TAKEN, AGAIN, HELD, REFUSED)}
    parts = [f"已接收{counts[TAKEN]}个"]
    parts += [f"以前已接收过{counts[AGAIN]}个"] if counts[AGAIN] else []
    parts += [f"待核验{counts[HELD]}个"] if counts[HELD] else []
    parts += [f"没有接收{counts[REFUSED]}个"] if counts[REFUSED] else []
    open_fields = sum(line.result.disagreements for line in lines if line.result)
    words = "，".join(parts) + "。"
    words += f"有{open_fields}处填写不一致，请在“冲突”里决定。" if open_fields else ""
    return words + "".join(f"\n{line.file}：{line.words}" for line in lines if line.result is None)


def one_collected(result: Received) -> Collected:
    """A single package that was taken, as a line of a receipt."""
    return Collected("", result.changes.sentence, replace(result, lines=()))
