"""整改销号台账 (domain §4 F8): a row for each problem that is on its last steps to being struck off or has been."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from desktop.documents.case_states import full_names
from desktop.documents.fields import cases_of, head_words
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import Record
from desktop.documents.template import load_template
from desktop.rules.figures import figures_of
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_cell
from desktop.rules.lifecycle import passed_gates, state_of
from desktop.rules.paper import PaperRequest
from desktop.rules.records import STATE_WORDS, CaseFile, CaseState, Gate, StepAction, UnitRole
from desktop.rules.wording import (
    NO_ITEM,
    NO_TEXT,
    closed,
    latest_step,
    objection_of,
    public_results,
    value_in_table,
)

KEY, NAME = "closure_ledger", "销号台账"
FIELDS = (
    *LEDGER_FIELDS,
    "place",
    "results",
    "apply_words",
    "accepted_by",
    "accept_result",
    "notice_url",
    "objections",
    "evidence_pages",
    "by_hand",
)
_INCLUDED = {
    "ready": (CaseState.IN_NOTICE, CaseState.NOTICE_ENDED, CaseState.CLOSED, CaseState.STAGE_CLOSED),
    "begun": (
        CaseState.SELF_CHECKED,
        CaseState.APPLIED,
        CaseState.ACCEPTED,
        CaseState.IN_NOTICE,
        CaseState.NOTICE_ENDED,
        CaseState.CLOSED,
        CaseState.STAGE_CLOSED,
    ),
    "closed": (CaseState.CLOSED, CaseState.STAGE_CLOSED),
    "all": tuple(CaseState),
}


def make_closure_ledger(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The table of what is struck off; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)
    template = load_template(KEY, folder)
    wanted = _INCLUDED[template.one_of("include", tuple(_INCLUDED), "ready")]
    states = {case.problem.id: state_of(case, request.as_of) for case in cases}
    shown = tuple(case for case in cases if states[case.problem.id] in wanted)
    counts = Counter(states[case.problem.id] for case in shown)
    figures = figures_of(cases, request.as_of, by=request.by)
    parts = [f"{STATE_WORDS[state]}{counts[state]}个" for state in CaseState if counts[state]]
    words = head_words(request) | {
        "total": str(figures.total),
        "listed": str(len(shown)),
        "states": f"（{'、'.join(parts)}）" if parts else "",
        "completed": str(figures.completed),
    }

    def records(fields: Collection[str]) -> Iterator[Record]:
        rows = [closure_record(request, case, number, fields) for number, case in enumerate(shown, 1)]
        return iter(rows or [dict.fromkeys(fields, NO_TEXT)])

    remarks = [f"台账没有处于公示或已备案的问题，{NAME}没有内容可列。"] if not shown else []
    table = Table(words, FIELDS, records, request.on, remarks=tuple([*remarks, *_remarks(shown)]))
    return make_table(KEY, table, folder, ("include",))


def closure_record(request: PaperRequest, case: CaseFile, place: int, fields: Collection[str]) -> Mapping[str, str]:
    """What the ledger of closures says of one problem; ``place`` is its running number in the list."""
    return {field: _value(request, case, place, field) for field in fields}


def _value(request: PaperRequest, case: CaseFile, place: int, field: str) -> str:
    if field in LEDGER_FIELDS:
        return ledger_cell(field, case, request.as_of, request.by)
    passed = passed_gates(case)
    apply, accept, notice = (passed.get(gate) for gate in (Gate.APPLY, Gate.ACCEPT, Gate.NOTICE))
    match field:
        case "place":
            return str(place)
        case "results":
            return public_results(case) or NO_ITEM
        case "apply_words":
            return "\n".join(part for part in (apply.doc_no, value_in_table(apply.on)) if part) if apply else NO_TEXT
        case "accepted_by":
            return "、\n".join(full_names(request, case, UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING)) or NO_TEXT
        case "accept_result":
            return (accept.result or closed(accept.text)) if accept else NO_TEXT
        case "notice_url":
            return (notice.url if notice else "") or NO_TEXT
        case "objections":
            return objection_of(case) or NO_TEXT
        case "evidence_pages":
            return _pages(request, case)
    return ""


def _pages(request: PaperRequest, case: CaseFile) -> str:
    """From the first page of the bundle to its last."""
    pages = request.bundle.pages if request.bundle else dict(request.bundle_pages).get(case.problem.id, 0)
    return f"1—{pages}" if pages > 1 else str(pages or NO_TEXT)


def _remarks(cases: tuple[CaseFile, ...]) -> Iterator[str]:
    """What a filing is sent back for: no web address of the notice, no word on objections."""
    bare = [case.problem.number for case in cases if not getattr(latest_step(case, StepAction.NOTICE), "url", "")]
    if bare:
        yield f"问题{'、'.join(map(str, bare))}没有登记公示网址，台账上印为“{NO_TEXT}”。"
