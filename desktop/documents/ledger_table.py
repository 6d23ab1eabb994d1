"""整改台账 (domain §4 F2): every problem of the ledger in one landscape table, columns as template data."""

from collections.abc import Collection, Iterator
from pathlib import Path

from desktop.documents.fields import cases_of, head_words
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import Record
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_cell
from desktop.rules.paper import PaperRequest

KEY, NAME = "merged_ledger", "整改台账"
BY_HAND = "by_hand"
FIELDS = (*LEDGER_FIELDS, BY_HAND)


def make_ledger(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The whole ledger as a table; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)

    def records(fields: Collection[str]) -> Iterator[Record]:
        for case in cases:
            yield {f: "" if f == BY_HAND else ledger_cell(f, case, request.as_of, request.by) for f in fields}

    table = Table(head_words(request), FIELDS, records, request.on)
    return make_table(KEY, table, folder, ("photos", "public"))
