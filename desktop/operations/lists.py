"""The problems as a list: filtered, sorted and read a page at a time, never the whole ledger at once."""

from dataclasses import dataclass
from datetime import date

from desktop.operations.profile import region_of
from desktop.rules.lights import SHAPES
from desktop.rules.names import normal_name
from desktop.rules.records import ProblemLine, Unit
from desktop.rules.region_chasing import Light
from desktop.store.ledger import Ledger
from desktop.store.lines import (
    Filter,
    ProblemKeys,
    Sort,
    count_all,
    count_lines,
    list_sources,
    list_years,
    read_keys,
    read_lines,
    read_lines_of,
)
from desktop.store.read_shared import read_office, read_units

__all__ = [
    "Choices",
    "Filter",
    "LinePage",
    "ProblemKeys",
    "Sort",
    "count_all",
    "count_lines",
    "list_choices",
    "list_problems",
    "problem_numbers",
    "read_keys",
    "read_lines_of",
]


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines of the list, and how many there are under the filter."""

    lines: tuple[ProblemLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: units in rank order, sources and years that occur, the region's lights.

    ``own`` is this office's unit.
    """

    units: tuple[Unit, ...]
    sources: tuple[str, ...]
    years: tuple[int, ...]
    own: Unit | None = None
    lights: tuple[tuple[str, str], ...] = ()


def list_problems(
    ledger: Ledger, chosen: Filter, sort: Sort, today: date, start: int = 0, limit: int = 100
) -> LinePage:
    """Lines ``start`` to ``start + limit`` of the list under a filter and an order."""
    return LinePage(read_lines(ledger, chosen, sort, today, start, limit), count_lines(ledger, chosen, today))


def problem_numbers(ledger: Ledger) -> dict[str, int]:
    """The number of every problem by its row id."""
    rows = ledger.db.execute_sql("SELECT id, number FROM problem WHERE number IS NOT NULL")
    return {bytes(row[0]).hex(): row[1] for row in rows}


def list_choices(ledger: Ledger) -> Choices:
    """What the filters of the list offer. This office's own unit is the one with its name or an alias of it."""
    units = tuple(unit for unit in read_units(ledger) if not unit.is_group)
    office = normal_name(read_office(ledger).name)
    own = next((u for u in units if office in {normal_name(n) for n in (u.name, u.short_name, *u.aliases) if n}), None)
    lights = region_of(ledger).lights
    words = tuple((light.value, f"{SHAPES[light]}{lights.word(light)}") for light in Light) if lights else ()
    return Choices(units, list_sources(ledger), list_years(ledger), own, words)
