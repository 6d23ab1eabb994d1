"""Tables of label and value (整改目标 | ……) beside or above one another, one for each problem (plan-formats §4)."""

from collections import Counter
from dataclasses import dataclass, field

from desktop.plans.aliases import CORE_KINDS
from desktop.plans.source import Cell
from desktop.plans.tables.grid import Grid
from desktop.plans.tables.headings import Heading, label_of
from desktop.plans.words import Words

_LONGEST_LABEL = 14


@dataclass(slots=True)
class Pair:
    """A label with a cell of its value. Without a heading ``value`` stands across the table.

    ``goes_on`` marks a further cell of the label before.
    """

    label: Cell | None
    heading: Heading | None
    value: Cell | None
    goes_on: bool = False


@dataclass(slots=True)
class Pairs:
    """All pairs of a table in reading order; ``unknown`` have a label no word matched, ``aside`` are other cells."""

    pairs: list[Pair] = field(default_factory=list)
    unknown: list[Pair] = field(default_factory=list)
    aside: list[Cell] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        """The fields that have a label."""
        return {pair.heading.kind for pair in self.pairs if pair.heading is not None}

    @property
    def is_list(self) -> bool:
        """Do the labels tell of a problem?"""
        core = len(self.kinds & CORE_KINDS)
        return core >= 1 and len(self.kinds) >= 2 and ("problem" in self.kinds or core >= 2 or len(self.kinds) >= 3)


def find_pairs(grid: Grid, words: Words) -> Pairs:
    """Pair every label cell with the cell right of it, or with the one below where it stands across the table."""
    return _Pairing(grid, words).run()


class _Pairing:
    """One pass over a table; a class because labels, open pair and what was found go together."""

    def __init__(self, grid: Grid, words: Words) -> None:
        self.grid = grid
        self.found = Pairs()
        self.labels = {
            (cell.row, cell.column): heading
            for row in range(len(grid.own))
            for cell in grid.filled(row)
            if (heading := label_of(grid.words(cell), words.headings)) is not None
        }
        counts = Counter(column for _, column in self.labels)
        self.columns = {column for column, count in counts.items() if count >= 2}
        self.first = min(self.columns, default=0)
        self.waiting: Pair | None = None

    def run(self) -> Pairs:
        """All rows from top to bottom."""
        for row in range(len(self.grid.own)):
            self._row(row)
        return self.found

    def _heading(self, cell: Cell | None) -> Heading | None:
        return self.labels.get((cell.row, cell.column)) if cell is not None else None

    def _row(self, row: int) -> None:
        cells = self.grid.filled(row)
        if self.waiting is not None and len(cells) == 1 and self._heading(cells[0]) is None:
            self.waiting.value, self.waiting = cells[0], None
            return
        self.waiting = None
        taken: list[Cell] = []
        for cell in cells:
            if cell in taken:
                continue
            heading = self._heading(cell)
            value = self._right_of(row, cell)
            if heading is not None and not self._is_labelled(value):
                pair = Pair(cell, heading, value)
                self.found.pairs.append(pair)
                if value is None and cells == [cell]:
                    self.waiting = pair
            elif heading is None and cell.column in self.columns and value is not None and self._may_name(cell):
                self.found.unknown.append(Pair(cell, None, value))
            else:
                self._other(row, cell, cells)
                continue
            if value is not None:
                taken.append(value)

    def _other(self, row: int, cell: Cell, cells: list[Cell]) -> None:
        """A cell that is neither label nor value of one in its own row."""
        before = self.found.pairs[-1] if self.found.pairs else None
        left = self.grid.over[row].get(cell.column - 1)
        above = self._heading(left) if left is not None and not self.grid.begins(row, left) else None
        if above is not None:
            self.found.pairs.append(Pair(left, above, cell, True))
        elif cells != [cell]:
            self.found.aside.append(cell)
        elif before is not None and before.value is not None and before.value.column == cell.column > self.first:
            self.found.pairs.append(Pair(before.label, before.heading, cell, True))
        else:
            self.found.pairs.append(Pair(None, None, cell))

    def _right_of(self, row: int, cell: Cell) -> Cell | None:
        right = self.grid.over[row].get(cell.column + cell.columns)
        return right if right is not None and self.grid.words(right) and right.column > cell.column else None

    def _is_labelled(self, value: Cell | None) -> bool:
        """A cell right of a label is its value, unless it is a label in a column of labels."""
        return self._heading(value) is not None and value is not None and value.column in self.columns

    def _may_name(self, cell: Cell) -> bool:
        text = self.grid.words(cell)
        return len(text) <= _LONGEST_LABEL and not any(sign in text for sign in "。；;，,0123456789")
