"""Small helpers of the reading side: SQLite's values to the values of the records."""

import json
from collections import namedtuple
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import peewee

from desktop.rules.kinds import KINDS, Type

CHUNK = 400
# Plain tuples instead of models: peewee's rows cost ten times the reading itself (performance row 12).
_HEADS = (("id", Type.REF), ("owner", Type.REF), ("created", Type.INT), ("person", Type.TEXT))
_FIELDS = {name: (*_HEADS, *((f.name, f.type) for f in kind.fields)) for name, kind in KINDS.items()}
_ROWS: dict[str, Any] = {name: namedtuple(name, [f for f, _ in fields]) for name, fields in _FIELDS.items()}
# What every row is known by: itself, its problem, the row it corrects, its time.
_ALWAYS = frozenset({"id", "created", "problem", "corrects"})


def as_date(text: str | None) -> date | None:
    """An ISO date, None for no date or one that is not sound (a hostile or newer op)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def as_list(text: str | None) -> list[Any]:
    """A JSON list, empty when there is none."""
    found = json.loads(text) if text else []
    return found if isinstance(found, list) else []


def as_pairs(text: str | None) -> tuple[tuple[str, str], ...]:
    """A list of pairs as pairs of texts; what is no pair is left out."""
    return tuple((str(p[0]), str(p[1])) for p in as_list(text) if isinstance(p, list) and len(p) == 2)


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in parts small enough for one SQL statement."""
    part: list[str] = []
    for value in values:
        part.append(value)
        if len(part) == CHUNK:
            yield part
            part = []
    if part:
        yield part


def rows_of(db: peewee.SqliteDatabase, query: Any) -> Iterator[Any]:
    """The rows of a peewee query as named tuples, on this connection."""
    return iter(query.namedtuples().execute(db))


def lines_of(
    db: peewee.SqliteDatabase,
    table: str,
    where: str = "1",
    values: Iterable[Any] = (),
    fields: frozenset[str] | None = None,
) -> Iterator[Any]:
    """Rows of a projection table as named tuples, references as hex digits and "" for none.

    In the order of their creation by the clock, then by id, which is the same in every copy of a ledger. With
    ``fields`` only these are read, beside what a row is known by; the others stand empty.
    """
    sql = f'SELECT {_names(table, fields)} FROM "{table}" WHERE {where} ORDER BY created, id'
    return map(_ROWS[table]._make, db.execute_sql(sql, tuple(values)))


@lru_cache
def _names(table: str, fields: frozenset[str] | None) -> str:
    """The columns of a table in the order of its rows; nothing in the place of one that is not read."""
    found = []
    for name, kind in _FIELDS[table]:
        if fields is not None and name not in _ALWAYS | fields:
            found.append("''" if kind == Type.REF else "NULL")
        else:
            found.append(f'lower(hex("{name}"))' if kind == Type.REF else f'"{name}"')
    return ", ".join(found)


def keys(ids: Iterable[str]) -> list[bytes]:
    """Row ids as SQLite keeps them."""
    return [bytes.fromhex(i) for i in ids]


def among(column: str, ids: list[str]) -> str:
    """The condition that a column is one of so many ids."""
    return f'"{column}" IN ({", ".join("?" * len(ids))})'
