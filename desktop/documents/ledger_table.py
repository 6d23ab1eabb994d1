"""整改台账 (domain §4 F2): every problem of the ledger in one landscape table, columns as template data."""

from collections.abc import Collection, Iterator
from pathlib import Path

from desktop.documents.fields import cases_of, head_words
from desktop.documents.fonts import FontSet
from desktop.documents.table_paper import Table, print_table
from desktop.documents.tables import Record
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_cell
from desktop.rules.paper import PaperRequest, Printed

KEY, NAME = "merged_ledger", "整改台账"
BY_HAND = "by_hand"
FIELDS = (*LEDGER_FIELDS, BY_HAND)


def print_ledger(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The whole ledger as a table; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)

    def records(fields: Collection[str]) -> Iterator[Record]:
        for case in cases:
            yield {f: "" if f == BY_HAND else ledger_cell(f, case, request.as_of) for f in fields}

    table = Table(head_words(request), FIELDS, records, request.on)
    return print_table(KEY, table, fonts, folder, ("photos", "public"))
