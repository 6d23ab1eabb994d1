"""What a paper of the ladder of chasing knows of the step it is printed for: its unit, its day, all its problems."""

from desktop.rules.archive import PaperFacts
from desktop.rules.ladder import chase_for
from desktop.rules.paper import ChasePaper
from desktop.rules.records import CaseFile
from desktop.rules.region import Region
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
