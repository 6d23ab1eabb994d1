"""The working-day calendar of this office: years shown, entered from the yearly notice, confirmed."""

from datetime import date

from desktop.operations.profile import calendar_of
from desktop.rules.calendar import YearTable
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.rules.year_notice import parse_year_notice
from desktop.store.ledger import Ledger
from desktop.store.writer import writing


def list_years(ledger: Ledger) -> tuple[YearTable, ...]:
    """The year tables in force, by year; the office's own stands for the shipped one."""
    calendar = calendar_of(ledger)
    years = sorted({table.year for table in calendar.tables})
    return tuple(calendar.table(year) for year in years)


def read_notice_text(text: str) -> YearTable:
    """The year table in a pasted notice; writes nothing."""
    return parse_year_notice(text)


def confirm_year(ledger: Ledger, table: YearTable, today: date, person: str = "") -> Changes:
    """Take a year table into force as compared with the official notice by this person."""
    if not table.off:
        raise Refused(f"{table.year}年没有任何放假日期，没有保存。", "year_empty")
    row = derived_id("holiday", ledger.office_id, table.year)
    fields = {
        "year": table.year,
        "off": sorted(day.isoformat() for day in table.off),
        "work": sorted(day.isoformat() for day in table.make_up),
        "source": clean(table.source) or None,
        "confirmed": True,
    }
    with writing(ledger, clean(person), today) as writer:
        writer.put("holiday", fields, row=row)
    return Changes(f"{table.year}年放假安排已核对并启用。", (("holiday", row),))
