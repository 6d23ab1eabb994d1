"""The sample ledger as data: the invented district and what happens to each of its problems (``resources/sample``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.operations.profile import read_toml

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens to a problem on a day; ``do`` names a handler of ``sample``, ``more`` its arguments."""

    on: date
    number: int
    do: str
    more: Table

    def text(self, key: str) -> str:
        """An argument that is a text, empty when not given."""
        return str(self.more.get(key, ""))


@dataclass(frozen=True, slots=True)
class Story:
    """What the office adds to one problem of the plan, and its events. ``at`` is north and east in degrees."""

    number: int
    fields: Table
    inspection: str
    at: tuple[float, float]
    stages: tuple[Table, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class District:
    """The office, its settings, older inspections, people and units in rank order."""

    office: str
    name: str
    region: str
    plan: Path
    opened: date
    today: date
    clerk: str
    reporters: tuple[str, ...]
    settings: Table
    feedback_on: date
    inspections: tuple[Table, ...]
    people: tuple[Table, ...]
    units: tuple[Table, ...]


def read_district() -> District:
    """The invented district."""
    data = _table(paths.resource("sample", "district.toml"))
    return District(
        office=data["office"],
        name=data["district"],
        region=data["region"],
        plan=paths.resource("sample", data["plan"]),
        opened=data["opened"],
        today=data["today"],
        clerk=data["clerk"],
        reporters=tuple(data["reporters"]),
        settings=data["settings"],
        feedback_on=data["feedback"]["on"],
        inspections=tuple(data["inspections"]),
        people=tuple(data["people"]),
        units=tuple(data["units"]),
    )


def read_stories() -> tuple[Story, ...]:
    """The stories of all problems, by number."""
    files = sorted(paths.resource("sample").glob("problem-*.toml"))
    return tuple(sorted((_story(_table(file)) for file in files), key=lambda story: story.number))


def read_months() -> tuple[Event, ...]:
    """What happens in the dispatch rounds; the number is 0 where it is about no single problem."""
    data = _table(paths.resource("sample", "months.toml"))
    return tuple(Event(each["on"], each.get("number", 0), each["do"], each) for each in data["event"])


def read_story(file: Path) -> Story:
    """One story from a file of its own."""
    return _story(_table(file))


def in_order(stories: tuple[Story, ...], months: tuple[Event, ...] = ()) -> tuple[Event, ...]:
    """All events by day; on one day by problem, within a problem as written, and what happens in the round last."""
    told = sorted((event for s in stories for event in s.events), key=lambda e: (e.on, e.number))
    return tuple(sorted((*told, *months), key=lambda e: e.on))


def _story(data: Table) -> Story:
    kept = ("element", "type", "internal_deadline", "listed_for_chasing", "dedicated_watch", "city_no")
    north, east = data["at"]
    return Story(
        number=data["number"],
        fields={key: data[key] for key in kept if key in data},
        inspection=data.get("inspection", ""),
        at=(north, east),
        stages=tuple(data.get("stages", ())),
        events=tuple(Event(e["on"], data["number"], e["do"], e) for e in data["event"]),
    )


def _table(file: Path) -> Table:
    return read_toml(file)
