"""Short ways from a PDF to its text, to its cells and to the draft."""

from collections.abc import Callable

import pytest

from desktop.plans.aliases import Aliases
from desktop.plans.read import read_plan, read_source
from desktop.plans.source import Source
from desktop.rules.drafts import PlanDraft


@pytest.fixture
def source() -> Callable[[bytes], Source]:
    return lambda data: read_source(data, "方案.pdf")


@pytest.fixture
def draft(aliases: Aliases) -> Callable[[bytes], PlanDraft]:
    return lambda data: read_plan(data, "方案.pdf", aliases)


@pytest.fixture
def cells(source: Callable[[bytes], Source]) -> Callable[[bytes], list[tuple[int, int, int, int, str]]]:
    """Row, column, rows, columns and words of every cell that has any."""

    def read(data: bytes) -> list[tuple[int, int, int, int, str]]:
        found = source(data)
        return [
            (c.row, c.column, c.rows, c.columns, found.text[c.start : c.end]) for c in found.cells if c.end > c.start
        ]

    return read
