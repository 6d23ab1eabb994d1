"""佐证材料目录 (domain §4 F22): the pieces of one problem's evidence with their pages in the bundle."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from desktop.documents.fields import case_of, head_words, missing_files
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import LINK, Record
from desktop.rules.bundle_plan import BundlePlan, plan_bundle
from desktop.rules.catalogue import CATALOGUE_FIELDS, catalogue_cell, material_name
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile
from desktop.rules.wording import NO_TEXT

KEY, NAME = "evidence_catalogue", "佐证材料目录"
_NOTHING = dict.fromkeys(CATALOGUE_FIELDS, NO_TEXT)


def make_catalogue(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The catalogue of the request's case; template in ``folder`` or in the program."""
    return make_table(KEY, catalogue_table(request, case_of(request, NAME)), folder)


def catalogue_table(request: PaperRequest, case: CaseFile) -> Table:
    """The catalogue as a table; each row leads to the page on which its piece begins."""
    plan = bundle_of(request, case)

    def records(fields: Collection[str]) -> Iterator[Record]:
        return iter(catalogue_records(request, case, fields) or [_NOTHING])

    words = head_words(request) | {"count": str(len(case.evidence)), "pages": str(plan.own_pages)}
    names = (words["district"], words["inspection"])
    return Table(words, CATALOGUE_FIELDS, records, request.on, names, tuple(_remarks(case, plan)))


def bundle_of(request: PaperRequest, case: CaseFile) -> BundlePlan:
    """The plan of the bundle that the operation counted; without one, the order of the pieces with a page each."""
    return request.bundle or plan_bundle(case, request.region, {})


def catalogue_records(request: PaperRequest, case: CaseFile, fields: Collection[str]) -> list[Mapping[str, str]]:
    """One row for each piece, by its number."""
    lines = bundle_of(request, case).lines
    return [
        {field: catalogue_cell(field, line, case, request.region) for field in fields} | {LINK: str(line.first or "")}
        for line in lines
    ]


def _remarks(case: CaseFile, plan: BundlePlan) -> Iterator[str]:
    if not case.evidence:
        yield f"问题{case.problem.number}没有佐证材料，{NAME}没有内容可列。"
    yield from missing_files(case)
    yield from (f"“{material_name(line.piece)}”{line.fault}" for line in plan.lines if line.fault)
    unmade = [material_name(piece) for piece in case.evidence if not piece.maker]
    if unmade:
        several = f"等{len(unmade)}份" if len(unmade) > 1 else ""
        yield f"“{unmade[0]}”{several}没有登记形成单位，印为“{NO_TEXT}”。"
