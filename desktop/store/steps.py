"""Which ops one action wrote together: the steps that can be taken back, and those that were and can come again.

Kept beside the journal as places in it. Whatever is written past the last one, by another version perhaps, leaves no
step to take back: only what nothing was built on may be torn out.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from enum import Enum, auto
from typing import Any

from desktop.rules.ops import NEW, Op
from desktop.store.journal import CHUNK, last_place, ops_of_rows, places_of, read_op

MOST = 50  # steps kept
_KEY = "steps"


@dataclass(frozen=True, slots=True)
class Step:
    """The ops from ``first`` to ``last`` in the order of arrival.

    ``is_final``: more than ops was written with them, or they came from elsewhere. ``label``: steps of one label that
    follow one another are one, however long that took; whoever writes in several goes gives each time a new one.
    """

    first: int
    last: int
    is_final: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A step, and the ops from ``first`` to ``last`` that took it back; they are no step themselves."""

    step: Step
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Steps:
    """``done`` could be taken back one after the other, ``taken_back`` come again; the latest of both is the last."""

    done: tuple[Step, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()


class Way(Enum):
    """What a transaction is to the steps: a new one, the last one taken back, or one that comes again."""

    NEW = auto()
    BACK = auto()
    AGAIN = auto()


def read_steps(connection: sqlite3.Connection) -> Steps:
    """The steps as they stand."""
    line = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    try:
        known = json.loads(line[0]) if line else {}
        if known.get("until") != last_place(connection):
            return Steps()
        taken_back = (TakenBack(_step(step), first, last) for step, first, last in known.get("taken_back", ()))
        return Steps(tuple(map(_step, known["steps"])), tuple(taken_back))
    except (ValueError, TypeError, KeyError, AttributeError):  # a newer version's, or damaged: nothing to take back
        return Steps()


def _step(line: Sequence[Any]) -> Step:
    """A step as it was kept; what other versions keep behind the label is left alone."""
    first, last, is_final, label = line[:4]
    return Step(first, last, is_final, label)


def note_step(connection: sqlite3.Connection, steps: Steps, step: Step, way: Way = Way.NEW) -> None:
    """Note what was written after ``steps``, its ops as ``step``; a new one without ops changes nothing."""
    done, taken_back, has_ops = steps.done, steps.taken_back, step.first <= step.last
    if way == Way.BACK:
        done, taken_back = done[:-1], (*taken_back, *[TakenBack(done[-1], step.first, step.last)] * has_ops)
    elif way == Way.AGAIN:
        done, taken_back = (*done, *[step] * has_ops), taken_back[:-1]
    elif has_ops:
        done, taken_back = _joined(done, step), ()
    else:
        return
    lines = {"until": step.last, "steps": [astuple(one) for one in done[-MOST:]]}
    lines["taken_back"] = [[astuple(one.step), one.first, one.last] for one in taken_back[-MOST:]]
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, json.dumps(lines)),
    )


def _joined(done: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """With a step after the others, which is one with the last where they have one label."""
    before = done[-1] if done else None
    if before and before.label == step.label != "":
        return (*done[:-1], Step(before.first, step.last, step.is_final, step.label))
    return (*done, step)


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
