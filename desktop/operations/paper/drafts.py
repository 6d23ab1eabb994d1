"""What a clerk may add to a paper, and what the ledger knows of it: read before the libraries of printing are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.documents.signing import default_bodies
from desktop.documents.template import load_template
from desktop.operations.profile import district_in, region_of
from desktop.rules.ladder import OWN_NUMBER, chase_for
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import CaseFile, Gate, LedgerFile, Office
from desktop.rules.region import fill_names
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office, read_setting, read_units
from desktop.store.templates import own_templates

_STEP_OF = {"closure_request": Gate.APPLY, "closure_application": Gate.APPLY, "filing_letter": Gate.FILE}


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What a clerk adds to a paper. Nothing given: numbers and dates of the case's own steps, else a draft.

    ``blank`` names fields that stay empty on purpose, whatever steps and settings say. ``month`` (``2026-11``) is that
    of a dispatch, ``layout`` the arrangement of a paper that has several, ``asked`` the answers to its questions.
    """

    doc_no: str = ""
    on: date | None = None
    bodies: Sequence[str] = ()
    signers: Sequence[str] = ()
    contact: str = ""
    phone: str = ""
    person: str = ""
    blank: Sequence[str] = ()
    addressee: str = ""
    month: str = ""
    layout: str = ""
    asked: tuple[tuple[str, str], ...] = ()


def complete_draft(ledger: Ledger, case: CaseFile | None, draft: PaperDraft, paper: str = "") -> PaperDraft:
    """The draft with what steps, settings, profile and template know; what is ``blank`` stays empty.

    Number and date of a step on record, of the closing axis or of the ladder, are those of its own papers; for
    ``paper``, a key, of another kind they are not known.
    """
    step = passed_gates(case).get(_STEP_OF.get(paper or "closure_request", Gate.SELF_CHECK)) if case else None
    numbered = step if step and step.doc_no and paper in ("", *_STEP_OF) else None
    checked = passed_gates(case).get(Gate.SELF_CHECK) if case and paper == "self_check_report" else None
    chase = chase_for(case, region_of(ledger), paper, draft.doc_no) if case and paper not in OWN_NUMBER else None
    dated = numbered or checked or chase
    known: dict[str, Any] = {
        "doc_no": numbered.doc_no if numbered else chase.doc_no if chase else "",
        "on": dated.on if dated else None,
        "bodies": _bodies(ledger, case, paper),
        "signers": _names(read_setting(ledger, "signers")),
        "contact": read_setting(ledger, "contact"),
        "phone": read_setting(ledger, "phone"),
    }
    given = {name: getattr(draft, name) for name in known}
    return replace(draft, **{name: given[name] or known[name] for name in known if name not in draft.blank})


def _bodies(ledger: Ledger, case: CaseFile | None, paper: str) -> tuple[str, ...]:
    """Who signs: as the paper's template says, else the bodies that apply."""
    office, region = read_office(ledger), region_of(ledger)
    district = office_district(office)
    template = load_template(paper, own_templates(ledger)) if paper else None
    waits = case is None and any(kind.key == paper and kind.per == "problem" for kind in PAPERS)
    if template is None or waits or "bodies" not in template.data:
        return tuple(fill_names(name, region, district) for name in region.applicants)
    held = LedgerFile(office, (case,) if case else (), read_units(ledger))
    issuer = read_setting(ledger, "issuer")
    return default_bodies(template, PaperRequest(held, region, date.min, case, district=district, issuer=issuer))


def office_district(office: Office) -> str:
    """The district of an office, told from its name where nobody wrote it."""
    return office.district or district_in(office.name)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.replace("，", "、").split("、") if name)


def remarks_on(printed: Printed) -> tuple[str, ...]:
    """What the clerk should know of a finished paper, characters that no font has first."""
    missing = printed.missing_characters
    lacks = (f"这些字没有字体可印，请安装含这些字的字体后重印：{missing}",) if missing else ()
    return lacks + printed.remarks
