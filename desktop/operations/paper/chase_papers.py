"""What a paper of the ladder of chasing knows of the step it is printed for: its unit, its day, all its problems."""

from dataclasses import replace
from datetime import date

from desktop.rules.archive import PaperFacts
from desktop.rules.ladder import chase_for
from desktop.rules.months import case_of_month, known_on
from desktop.rules.paper import ChasePaper, PaperRequest
from desktop.rules.records import CaseFile
from desktop.rules.region import Region
from desktop.rules.standing import month_of
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import problems_of_sheet, rows_with_number
from desktop.store.read_shared import read_units
from desktop.store.writer import Writer


def chase_paper(ledger: Ledger, region: Region, key: str, case: CaseFile, doc_no: str = "") -> ChasePaper | None:
    """The step of the ladder that a paper about this problem belongs to; None while there is none on record."""
    chase = chase_for(case, region, key, doc_no)
    if chase is None:
        return None
    unit = next((unit.name for unit in read_units(ledger) if unit.id == chase.unit_id), "")
    problems = problems_of_sheet(ledger, "chase", chase.sheet)
    return ChasePaper(chase, unit, tuple(read_cases(ledger, problems)) or (case,))


def of_its_day(request: PaperRequest, today: date) -> PaperRequest:
    """A paper of the ladder as of its own date: printed again later it must not tell of what was still to come."""
    day, case, chase = request.on, request.case, request.chase
    if chase is None or case is None or day is None or day >= today:
        return request

    def then(found: CaseFile) -> CaseFile:
        return case_of_month(known_on(found, day), month_of(day), today)

    cases = tuple(then(found) for found in chase.cases)
    return replace(request, as_of=day, case=then(case), chase=replace(chase, cases=cases))


def filed_under(ledger: Ledger, region: Region, key: str, case: CaseFile, doc_no: str) -> str:
    """The problem under which a paper is kept: of a paper about several, the first one, whose number it has."""
    chase = chase_for(case, region, key, doc_no)
    held = problems_of_sheet(ledger, "chase", chase.sheet) if chase and doc_no else ()
    return held[0] if held else case.problem.id


def link_paper(ledger: Ledger, writer: Writer, facts: PaperFacts, row: str) -> None:
    """Note in the rows of a step of the ladder which paper was made for it, inside the caller's transaction."""
    if not facts.doc_no or not facts.problem_id:
        return
    for chase in rows_with_number(ledger, facts.doc_no):
        writer.set("chase", chase.id, {"paper": row}, scope=chase.problem_id)
