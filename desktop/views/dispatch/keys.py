"""The rows of a long grid by their keys."""

from collections.abc import Iterator, Sequence
from itertools import islice

from desktop.operations.today import RowKey


class RowKeys:
    """Keys in the order of the rows.

    They are kept as bare tuples: the collector of garbage passes those by, while it looks through every named one.
    """

    def __init__(self) -> None:
        self._keys: list[tuple[str, str, bool, bool]] = []

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, at: int) -> RowKey:
        return RowKey(*self._keys[at])

    def add(self, keys: Sequence[RowKey]) -> None:
        """More rows below."""
        self._keys += [(key.problem_id, key.measure_id, key.is_reported, key.is_expected) for key in keys]

    def place(self, key: tuple[str, str]) -> int:
        """Where the row of a problem and measure stands, -1 when it is not there."""
        return next((at for at, found in enumerate(self._keys) if found[:2] == key), -1)

    def places(self, problem: str) -> list[int]:
        """Where the rows of a problem stand."""
        return [at for at, found in enumerate(self._keys) if found[0] == problem]

    def problems_from(self, at: int) -> Iterator[str]:
        """The problem of each row from a place on."""
        return (found[0] for found in islice(self._keys, at, None))

    def mark_reported(self, key: tuple[str, str]) -> None:
        """Note that a row has its report now."""
        for at, found in enumerate(self._keys):
            if found[:2] == key:
                self._keys[at] = (*key, True, found[3])
