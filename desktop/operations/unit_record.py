"""单位档案: one unit's record, read and printed."""

from datetime import date

from desktop.operations.chase_board import read_board
from desktop.operations.ledgers import Progress
from desktop.operations.month.work import read_board as read_reports
from desktop.operations.profile import region_of
from desktop.operations.rounds import list_rounds
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed
from desktop.rules.unit_record import MONTHS, MonthReport, UnitRecord, record_words, unit_record
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, read_keys
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office, read_units
from desktop.store.templates import own_templates


def read_unit_record(ledger: Ledger, unit: str, today: date, progress: Progress | None = None) -> UnitRecord:
    """The record of one unit; some milliseconds for each problem it has to do with."""
    found = next((one for one in read_units(ledger) if one.id == unit), None)
    if found is None:
        raise Refused("这个单位不在名册中。", "unit_unknown")
    tell = progress or (lambda words, share: None)
    problems = read_keys(ledger, Filter(unit=unit), Sort(), today).ids()
    cases = []
    for at, case in enumerate(read_cases(ledger, problems)):
        tell(f"正在读取第{at + 1}个问题，共{len(problems)}个", at / max(len(problems), 1))
        cases.append(case)
    lines = read_board(ledger, today)
    return unit_record((unit, found.name), cases, lines, _reports(ledger, unit, today), region_of(ledger), today)


def _reports(ledger: Ledger, unit: str, today: date) -> tuple[MonthReport, ...]:
    """How the unit reported in the months that had a round, the latest first."""
    months = sorted({found.month for found in list_rounds(ledger)}, reverse=True)[:MONTHS]
    found = []
    for month in months:
        line = next((one for one in read_reports(ledger, month, today) if one.unit.id == unit), None)
        if line is not None:
            found.append(MonthReport(month, line.words(today), line.is_late(today)))
    return tuple(found)


def print_unit_record(ledger: Ledger, record: UnitRecord) -> Printed:
    """The record on paper; a template of the office's own wins."""
    from desktop.documents.unit_sheet import print_unit_sheet
    from desktop.operations.paper.printing import fonts_at_hand

    region = region_of(ledger)
    words = record_words(record, region)
    office = read_office(ledger)
    return print_unit_sheet(words, office.name, record.as_of, fonts_at_hand(), own_templates(ledger))
