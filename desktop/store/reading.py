"""Small helpers of the reading side: SQLite's values to the values of the records."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import peewee

CHUNK = 400


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
