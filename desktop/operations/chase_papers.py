"""What a paper of the ladder of chasing knows of the step it is printed for: its unit, its day, all its problems."""

from desktop.rules.ladder import chase_for
from desktop.rules.paper import ChasePaper
from desktop.rules.records import CaseFile
from desktop.rules.region import Region
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import problems_of_sheet
from desktop.store.read_shared import read_units


def chase_paper(ledger: Ledger, region: Region, key: str, case: CaseFile, doc_no: str = "") -> ChasePaper | None:
    """The step of the ladder that a paper about this problem belongs to; None while there is none on record."""
    chase = chase_for(case, region, key, doc_no)
    if chase is None:
        return None
    unit = next((unit.name for unit in read_units(ledger) if unit.id == chase.unit_id), "")
    problems = problems_of_sheet(ledger, "chase", chase.sheet)
    return ChasePaper(chase, unit, tuple(read_cases(ledger, problems)) or (case,))
