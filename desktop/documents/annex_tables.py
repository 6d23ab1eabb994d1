"""Tables bound to a letter or a circular as its annexes; their columns are data of the paper's template."""

from collections.abc import Callable, Collection, Iterable, Mapping

from desktop.documents.catalogue import catalogue_records
from desktop.documents.closure_ledger import FIELDS as CLOSURE_FIELDS
from desktop.documents.closure_ledger import closure_record
from desktop.documents.model import Annex, Para, TableBlock, TableColumn
from desktop.documents.template import Section
from desktop.rules.catalogue import CATALOGUE_FIELDS
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_cell
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile
from desktop.rules.wording import NO_TEXT

_KEYS = ("kind", "title", "size_pt", "wide", "columns", "when", "unless", "show")
Records = Callable[[Collection[str]], Iterable[Mapping[str, str]]]


def closure_annex(request: PaperRequest, case: CaseFile, section: Section) -> Annex:
    """整改销号台账 with the one row that is filed."""
    return _table(section, CLOSURE_FIELDS, lambda fields: [closure_record(request, case, 1, fields)])


def catalogue_annex(request: PaperRequest, case: CaseFile, section: Section) -> Annex:
    """佐证材料目录 of the case."""
    return _table(section, CATALOGUE_FIELDS, lambda fields: catalogue_records(request, case, fields))


def progress_annex(request: PaperRequest, cases: tuple[CaseFile, ...], section: Section) -> Annex:
    """整改进度表: every problem of the ledger with what a circular says of it."""

    def records(fields: Collection[str]) -> Iterable[Mapping[str, str]]:
        return ({field: ledger_cell(field, case, request.as_of, request.by) for field in fields} for case in cases)

    return _table(section, LEDGER_FIELDS, records)


def receipt_annex(section: Section) -> Annex:
    """签收回执: lines to be filled in by whoever receives the letter."""
    section.only(("kind", "title", "lines", "when", "unless", "show"))
    lines = section.texts("lines")
    return Annex(section.text("title"), tuple(Para(line) for line in lines))


def _table(section: Section, known: Collection[str], records: Records) -> Annex:
    section.only(_KEYS)
    shown = [column for column in section.parts("columns") if _checked(column, known).flag("show", True)]
    if not shown:
        raise section.wrong("columns", "至少应有一列")
    columns = tuple(
        TableColumn(
            column.text("title"),
            column.number("width_mm", 6, 300),
            column.one_of("align", ("left", "center"), "left") == "center",
            column.text("group", ""),
        )
        for column in shown
    )
    fields = [column.text("field") for column in shown]
    rows = [tuple(record[field] or NO_TEXT for field in fields) for record in records(set(fields))]
    size = section.number("size_pt", 7.5, 16, 10.5)
    block = TableBlock(columns, tuple(rows), wide=section.flag("wide", True), size=size)
    return Annex(section.text("title"), (block,))


def _checked(column: Section, known: Collection[str]) -> Section:
    column.only(("field", "title", "width_mm", "group", "align", "show"))
    column.field("field", known)
    return column
