"""公示异议登记表: the notice of one problem, the objections on record, and rows to go on by hand while it runs."""

from collections.abc import Collection, Iterator
from pathlib import Path

from desktop.documents.fields import case_of, head_words, notice_time
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import Record
from desktop.documents.template import load_template
from desktop.rules.followup import Objection
from desktop.rules.paper import PaperRequest
from desktop.rules.records import StepAction
from desktop.rules.wording import (
    NO_TEXT,
    date_in_table,
    latest_step,
    objection_of,
    objection_words,
    objections_heard,
)

KEY, NAME = "objection_register", "异议登记表"
FIELDS = ("place", "received", "raiser", "way", "matter", "checkers", "found", "opinion", "answered", "by_hand")
MOST_ROWS = 60


def make_objections(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The register of the request's case; template in ``folder`` or in the program."""
    case = case_of(request, NAME)
    template = load_template(KEY, folder)
    count = int(template.number("blank_rows", 1, MOST_ROWS, 8))
    heard = objections_heard(case)
    none = "" if heard else objection_of(case)

    def records(fields: Collection[str]) -> Iterator[Record]:
        if none:
            yield {field: none if field == "matter" else NO_TEXT for field in fields}
        for number, objection in enumerate(heard, 1):
            said = _said(objection, number)
            yield {field: said.get(field, "") for field in fields}
        for number in range(len(heard) + 1, count + 1):
            yield {field: str(number) if field == "place" and not none else "" for field in fields}

    notice = latest_step(case, StepAction.NOTICE)
    words = head_words(request) | {
        "notice_time": notice_time(request),
        "notice_url": (notice.url if notice else "") or NO_TEXT,
        "objections": "公示期间未收到异议" if none else f"公示期间{objection_words(case)}" if heard else "",
    }
    remarks = () if notice else ("台账没有公示记录，公示时间、网址待公示后填写。",)
    names = (words["district"], words["inspection"])
    return make_table(KEY, Table(words, FIELDS, records, request.on, names, remarks), folder, ("blank_rows",))


def _said(objection: Objection, number: int) -> Record:
    """One objection as the register tells it; what is still open is left to write."""
    return {
        "place": str(number),
        "received": date_in_table(objection.received_on),
        "raiser": objection.raiser,
        "way": objection.way,
        "matter": objection.text,
        "checkers": objection.handler,
        "found": objection.handling,
        "opinion": objection.result,
        "answered": date_in_table(objection.answered_on) if objection.answered_on else "",
    }
