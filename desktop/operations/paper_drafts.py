"""What a clerk may add to a paper, and what the ledger knows of it: read before the libraries of printing are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.operations.profile import district_in, region_of
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import Printed
from desktop.rules.records import CaseFile, Gate, Office
from desktop.rules.region import fill_names
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office, read_setting


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What a clerk adds to a paper. Nothing given: numbers and dates of the case's own steps, else a draft.

    ``blank`` names fields that stay empty on purpose, whatever steps and settings say.
    """

    doc_no: str = ""
    on: date | None = None
    bodies: Sequence[str] = ()
    signers: Sequence[str] = ()
    contact: str = ""
    phone: str = ""
    person: str = ""
    blank: Sequence[str] = ()


def complete_draft(ledger: Ledger, case: CaseFile | None, draft: PaperDraft) -> PaperDraft:
    """The draft with what steps, settings and profile know; what is ``blank`` stays empty."""
    region, district = region_of(ledger), office_district(read_office(ledger))
    applied = passed_gates(case).get(Gate.APPLY) if case else None
    known: dict[str, Any] = {
        "doc_no": applied.doc_no if applied else "",
        "on": applied.on if applied and applied.doc_no else None,
        "bodies": tuple(fill_names(name, region, district) for name in region.applicants),
        "signers": _names(read_setting(ledger, "signers")),
        "contact": read_setting(ledger, "contact"),
        "phone": read_setting(ledger, "phone"),
    }
    given = {name: getattr(draft, name) for name in known}
    return replace(draft, **{name: given[name] or known[name] for name in known if name not in draft.blank})


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
