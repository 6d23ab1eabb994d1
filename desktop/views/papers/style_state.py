"""A template that is being changed: what stands now, what is kept, and the way back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from desktop.operations.paper.templates import PaperStyle, field_words
from desktop.rules.template_items import Item, Path, at, items_of, place_of

MOST_STEPS = 100
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class StyleState:
    """Attributes: ``style`` with the changed data, ``named`` fields each place may name, as last tried."""

    def __init__(self, style: PaperStyle) -> None:
        self.style = style
        self.named: Mapping[str, tuple[str, ...]] = {}
        self._kept = style.data
        self._before: list[Mapping[str, Any]] = []

    @property
    def items(self) -> tuple[Item, ...]:
        """The parts of the template as it stands."""
        return items_of(self.style.data, field_words)

    @property
    def labels(self) -> dict[str, str]:
        """What the paper's own questions are called, by field."""
        asked = self.style.data.get("ask", ())
        return {entry["field"]: entry["label"] for entry in asked if "field" in entry and "label" in entry}

    @property
    def is_changed(self) -> bool:
        """True while something differs from what is kept."""
        return self.style.data != self._kept

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return bool(self._before)

    def value(self, path: Path) -> Any:
        """What stands at a path."""
        return at(self.style.data, path)

    def change(self, change: Change) -> None:
        """Take a step; nothing happens where it changes nothing."""
        data = change(self.style.data)
        if data != self.style.data:
            self._before = [*self._before[-MOST_STEPS:], self.style.data]
            self.style = replace(self.style, data=data)

    def undo(self) -> None:
        """Take the last step back."""
        if self._before:
            self.style = replace(self.style, data=self._before.pop())

    def keep(self) -> None:
        """What stands now is what is kept."""
        self._kept = self.style.data
        self.style = replace(self.style, is_own=True)

    def fields_at(self, path: Path) -> tuple[str, ...]:
        """The fields a place may name; a place that was not printed may name what its like may."""
        place = place_of(path)
        if place in self.named:
            return self.named[place]
        like = _without_numbers(place)
        return next((names for known, names in self.named.items() if _without_numbers(known) == like), ())


def _without_numbers(place: str) -> str:
    return "".join(char for char in place if not char.isdecimal())
