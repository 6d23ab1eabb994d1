"""Which ops one action wrote together: the steps that can be taken back, the latest last.

Kept beside the journal as places in it. Whatever is written past the last one, by another version perhaps, leaves no
step to take back: only what nothing was built on may be torn out.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.rules.clock import COUNTER_BITS
from desktop.rules.ops import NEW, Op
from desktop.store.journal import CHUNK, last_place, ops_of_rows, places_of, read_op

MOST = 50  # steps kept
TOGETHER = 5_000 << COUNTER_BITS  # of the clock: rows that a grid saves one after the other
_KEY = "steps"


@dataclass(frozen=True, slots=True)
class Step:
    """The ops from ``first`` to ``last`` in the order of arrival.

    ``is_final``: more than ops was written with them, or they came from elsewhere. ``label``: steps of one label that
    follow one another soon are one; ``at`` is the reading of the clock in the last op.
    """

    first: int
    last: int
    is_final: bool = False
    label: str = ""
    at: int = 0


def read_steps(connection: sqlite3.Connection) -> tuple[Step, ...]:
    """The steps that could be taken back one after the other, the latest last."""
    line = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    try:
        known = json.loads(line[0]) if line else {}
        fits = known.get("until") == last_place(connection)
        return tuple(Step(*step) for step in known["steps"]) if fits else ()
    except (ValueError, TypeError, KeyError, AttributeError):  # a newer version's, or damaged: nothing to take back
        return ()


def note_step(connection: sqlite3.Connection, steps: tuple[Step, ...], step: Step) -> None:
    """Add a step to those that stood before it; one without ops changes nothing."""
    if step.last < step.first:
        return
    before = steps[-1] if steps else None
    if before and before.label == step.label != "" and step.at - before.at <= TOGETHER:
        steps, step = steps[:-1], Step(before.first, step.last, step.is_final, step.label, step.at)
    _keep(connection, (*steps, step), step.last)


def note_taken_back(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> None:
    """The last of the steps was taken back by ops that are no step themselves; the one before it is the last now."""
    _keep(connection, steps[:-1], last_place(connection))


def _keep(connection: sqlite3.Connection, steps: tuple[Step, ...], until: int) -> None:
    lines = [[s.first, s.last, s.is_final, s.label, s.at] for s in steps[-MOST:]]
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, json.dumps({"until": until, "steps": lines})),
    )


def first_ops(connection: sqlite3.Connection, step: Step, limit: int) -> list[Op]:
    """The first ops of a step, in the order in which they were written."""
    sql = "SELECT id, body, stub FROM op WHERE lsn BETWEEN ? AND ? ORDER BY lsn LIMIT ?"
    found = connection.execute(sql, (step.first, step.last, limit))
    return [read_op(bytes(op_id).hex(), body, stub) for op_id, body, stub in found]


def count_rows(connection: sqlite3.Connection, step: Step) -> dict[tuple[str, bool], int]:
    """How many rows of each kind a step made (True) or changed (False), in the order of their first op."""
    sql = """SELECT json_extract(coalesce(body, stub), '$.t'), json_extract(coalesce(body, stub), '$.k') AS k,
        count(DISTINCT row) FROM op WHERE lsn BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY min(lsn)"""
    return {(table, kind == NEW): count for table, kind, count in connection.execute(sql, (step.first, step.last))}


def rows_of_step(connection: sqlite3.Connection, step: Step) -> Iterator[tuple[list[Op], list[Op]]]:
    """For each row of a step its ops before the step, and those of the step, some hundreds of rows at a time."""
    sql = "SELECT row FROM op WHERE lsn BETWEEN ? AND ? GROUP BY row ORDER BY min(lsn)"
    rows = [bytes(row[0]).hex() for row in connection.execute(sql, (step.first, step.last))]
    for start in range(0, len(rows), CHUNK):
        for row, ops in ops_of_rows(connection, rows[start : start + CHUNK]).items():
            places = places_of(connection, row)
            before = [op for op in ops if places[op.id] < step.first]
            yield before, [op for op in ops if step.first <= places[op.id] <= step.last]
