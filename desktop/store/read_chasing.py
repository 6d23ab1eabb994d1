"""Reading chasing and visits across all problems: what is open, and the rows of one paper or visit."""

from collections.abc import Sequence
from typing import Any

from desktop.rules.followup import Chase, Visit
from desktop.store.ledger import Ledger
from desktop.store.read_followup import make_record, merged_units
from desktop.store.reading import lines_of


def problems_of_sheet(ledger: Ledger, table: str, sheet: str) -> tuple[str, ...]:
    """The problems of one paper (``chase``) or visit (``visit``), in the order in which they were entered."""
    return tuple(record.problem_id for record in _of_sheet(ledger, table, sheet))


def rows_of_sheet(ledger: Ledger, sheet: str) -> tuple[Chase, ...]:
    """The rows of one paper of the ladder."""
    return _of_sheet(ledger, "chase", sheet)


def rows_of_sheets(ledger: Ledger, table: str, sheets: Sequence[str]) -> tuple[Any, ...]:
    """The rows of some papers (``chase``) or visits (``visit``), each with all problems it is about."""
    return tuple(row for sheet in sheets for row in _of_sheet(ledger, table, sheet))


def rows_with_number(ledger: Ledger, doc_no: str) -> tuple[Chase, ...]:
    """The rows of the paper of the ladder that has a 文号."""
    return _rows(ledger, "chase", "doc_no = ?", (doc_no,))


def visits_of_sheet(ledger: Ledger, sheet: str) -> tuple[Visit, ...]:
    """The rows of one visit."""
    return _of_sheet(ledger, "visit", sheet)


def read_chases(ledger: Ledger, *, only_open: bool = False) -> tuple[Chase, ...]:
    """All rows of the ladder, or those that are not settled, in the order in which they were entered."""
    return _rows(ledger, "chase", "closed_on IS NULL" if only_open else "1", ())


def read_visits(ledger: Ledger, *, only_open: bool = False) -> tuple[Visit, ...]:
    """All rows of visits, or those with a demand that is not settled."""
    return _rows(ledger, "visit", "demand <> '' AND handled_on IS NULL" if only_open else "1", ())


_SETTLED = {"chase": "closed_on IS NOT NULL", "visit": "(demand IS NULL OR demand = '' OR handled_on IS NOT NULL)"}


def read_settled(ledger: Ledger, table: str, most: int) -> tuple[Any, ...]:
    """The latest rows of papers (``chase``) or visits (``visit``) from which nothing is waited for any more."""
    latest = f'SELECT id FROM "{table}" WHERE {_SETTLED[table]} AND void IS NULL ORDER BY "on" DESC LIMIT {int(most)}'
    return _rows(ledger, table, f"id IN ({latest})", ())


def count_settled(ledger: Ledger) -> int:
    """How many papers and visits there are from which nothing is waited for any more."""
    counts = (
        f'SELECT count(DISTINCT coalesce(sheet, hex(id))) FROM "{table}" WHERE {where} AND void IS NULL'
        for table, where in _SETTLED.items()
    )
    return sum(int(ledger.db.execute_sql(sql).fetchone()[0]) for sql in counts)


def _of_sheet(ledger: Ledger, table: str, sheet: str) -> tuple[Any, ...]:
    """A row without a sheet is one of its own, named by its id."""
    return _rows(ledger, table, "(sheet = ? OR (sheet IS NULL AND lower(hex(id)) = ?))", (sheet, sheet))


def _rows(ledger: Ledger, table: str, where: str, values: Sequence[Any]) -> tuple[Any, ...]:
    rows = lines_of(ledger.db, table, f"{where} AND void IS NULL AND problem IS NOT NULL", tuple(values))
    merged = merged_units(ledger)
    return tuple(record for row in rows if (record := make_record(table, row, merged)))
