"""点位销号清单: the sites of one problem, how far each is, with which batch it was struck off."""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from desktop.documents.fields import case_of, head_words
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import Record
from desktop.rules.paper import PaperRequest
from desktop.rules.sites import count_sites, proof_of, state_words
from desktop.rules.wording import NO_TEXT, date_in_table, evidence_numbers, ranges

KEY, NAME = "site_list", "点位销号清单"
FIELDS = (
    *("number", "site_name", "site_place", "site_measure", "site_unit", "site_due", "done_on", "checked_on"),
    *("closed_on", "batch", "site_state", "evidence_numbers", "site_note", "by_hand"),
)


def make_site_list(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The list of the request's case; template in ``folder`` or in the program."""
    case = case_of(request, NAME)
    units = {unit.id: unit.name for unit in request.ledger.units}
    measures = {measure.id: str(measure.number) for measure in case.measures}
    places = evidence_numbers(case.evidence)

    def records(fields: Collection[str]) -> Iterator[Record]:
        for site in case.sites:
            proof = [places[piece.id] for piece in proof_of(case, site)]
            said = {
                "number": str(site.number),
                "site_name": site.name,
                "site_place": site.place,
                "site_measure": measures.get(site.measure_id, ""),
                "site_unit": units.get(site.unit_id, ""),
                "site_due": _day(site.due),
                "done_on": _day(site.done_on),
                "checked_on": _day(site.checked_on),
                "closed_on": _day(site.closed_on),
                "batch": site.batch,
                "site_state": state_words(site, request.as_of),
                "evidence_numbers": ranges(proof),
                "site_note": site.note,
            }
            yield {field: said[field] or NO_TEXT if field in said else "" for field in fields}

    counts = count_sites(case.sites, request.as_of)
    words = head_words(request) | {"site_counts": counts.sentence or "没有登记点位", "text": case.problem.text}
    remarks = () if case.sites else (f"问题{case.problem.number}没有登记点位，清单是空的。",)
    return make_table(KEY, Table(words, FIELDS, records, request.on, (words["district"],), remarks), folder)


def _day(day: date | None) -> str:
    return date_in_table(day) if day else ""
