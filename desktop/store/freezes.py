"""Where in the journal the months of this office were frozen, and what came after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.rules.dispatch import LateEntry
from desktop.rules.followup import Round
from desktop.rules.records import Progress
from desktop.store.journal import ops_of_rows, places_of
from desktop.store.ledger import Ledger
from desktop.store.read_followup import read_rounds
from desktop.store.read_shared import read_office_rows
from desktop.store.reading import among, as_date, chunks, keys, lines_of


@dataclass(frozen=True, slots=True)
class Freeze:
    """A frozen round; ``place`` is the last line of this copy's journal that belongs to it."""

    round: Round
    place: int


def own_rounds(ledger: Ledger) -> tuple[Round, ...]:
    """The rounds that this office works by: its own, and where it has none for a month those of the office above."""
    parent = next((row.parent for row in read_office_rows(ledger) if row.id == ledger.office_id), "")
    found: dict[tuple[str, int], Round] = {}
    for entry in read_rounds(ledger):
        key, is_own = (entry.month, entry.number), entry.office_id == ledger.office_id
        if entry.month and (is_own or (entry.office_id == parent and key not in found)):
            found[key] = entry
    return tuple(found[key] for key in sorted(found))


def read_freezes(ledger: Ledger) -> tuple[Freeze, ...]:
    """The frozen rounds this office works by, in the order of months and numbers."""
    return tuple(Freeze(entry, place_of(ledger, entry)) for entry in own_rounds(ledger) if entry.is_frozen)


def place_of(ledger: Ledger, entry: Round) -> int:
    """The last place of this copy's journal before a round was frozen.

    Places differ from copy to copy, so the line that froze it is looked for; in a copy without it the noted one holds.
    """
    connection: Any = ledger.db.connection()
    places = places_of(connection, entry.id)
    ops = ops_of_rows(connection, [entry.id])[entry.id]
    found = [places[op.id] for op in ops if op.fields.get("frozen_on")]
    return min(found) - 1 if found else entry.frozen_lsn or 0


def late_entries(ledger: Ledger, problems: Sequence[str], month: str) -> dict[str, LateEntry]:
    """Entries of some problems that came too late for a frozen month before ``month``, as its table has to tell them.

    Those that an earlier table told are left out.
    """
    before = [freeze for freeze in read_freezes(ledger) if freeze.round.month < month]
    if not before:
        return {}
    months = sorted({freeze.round.month for freeze in before})
    return _after(ledger, problems, months, max(freeze.place for freeze in before))


def late_after_freeze(ledger: Ledger, problems: Sequence[str], month: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """What came for a month after it was frozen, in words, by problem and measure."""
    places = [freeze.place for freeze in read_freezes(ledger) if freeze.round.month == month]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for late in _after(ledger, problems, [month], max(places)).values() if places else ():
        key = (late.entry.problem_id, late.entry.measure_id)
        found[key] = (*found.get(key, ()), late.words)
    return found


def _after(ledger: Ledger, problems: Sequence[str], months: Sequence[str], place: int) -> dict[str, LateEntry]:
    found: dict[str, LateEntry] = {}
    for ids in chunks(problems):
        where = (
            f"{among('problem', ids)} AND month IN ({', '.join('?' * len(months))}) AND void IS NULL "
            "AND (SELECT min(lsn) FROM op WHERE op.row = progress.id) > ?"
        )
        rows = list(lines_of(ledger.db, "progress", where, (*keys(ids), *months, place)))
        was = _originals(ledger, [row.corrects for row in rows if row.corrects])
        found |= {row.id: LateEntry(_entry(row), was.get(row.corrects)) for row in rows}
    return found


def _originals(ledger: Ledger, rows: Sequence[str]) -> Mapping[str, Progress]:
    found: dict[str, Progress] = {}
    for ids in chunks(rows):
        found |= {row.id: _entry(row) for row in lines_of(ledger.db, "progress", among("id", ids), keys(ids))}
    return found


def _entry(row: Any) -> Progress:
    on = as_date(row.on) or as_date(f"{row.month}-01")
    return Progress(
        row.id, row.problem, row.measure, row.month or "", cast(Any, on), row.text or "", row.percent,
        row.quantity_done, row.person, row.difficulty or "", row.next_step or "", row.unit, row.reporter or "",
        row.checker or "", row.claimed or "", as_date(row.expected_on),
    )  # fmt: skip
