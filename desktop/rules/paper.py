"""What a paper is made from: frozen records across the wall between operations and documents."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.bundle_plan import BundlePlan
from desktop.rules.dispatch import LateEntry
from desktop.rules.followup import Chase
from desktop.rules.records import CaseFile, Gate, LedgerFile
from desktop.rules.region import Region
from desktop.rules.standing import Yardstick

PAPER_GROUPS = ("台账", "月调度", "自查自验", "申请销号", "验收", "公示", "备案", "督办")


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper the program can print. ``per`` is problem or ledger; ``form`` is the page checker's form.

    ``group`` is one of ``PAPER_GROUPS``, ``gate`` the gate for which the paper is made, ``fills`` what a clerk may give
    for it beyond the ledger.
    """

    key: str
    name: str
    per: str
    form: str
    group: str = ""
    gate: Gate | None = None
    fills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """What a paper asks of the clerk beyond the ledger: the field the answer fills, its label, a hint."""

    field: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ChasePaper:
    """A paper of the ladder as it was issued: one row of it, the unit it went to, the cases it is about in order."""

    chase: Chase
    unit: str
    cases: tuple[CaseFile, ...]


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """Everything a paper may show. A blank ``doc_no`` or ``on`` makes a draft: the place is left to fill by hand.

    ``bodies`` are the signing bodies in order (one, or two for joint issue, party body first), ``signers`` the
    names after 签发人. ``figures_sentence`` is the standard sentence for the cut-off date ``as_of``.
    ``notice_start``/``notice_end`` are the dates of the notice, checked against the calendar by the operation.
    ``reasons`` are the reasons given for overridden warnings of this case; they must print. ``issuer`` is the office's
    name as its seal has it, where that is another one than it goes by. ``month`` (``2026-11``)
    is that of a dispatch, ``layout`` the arrangement of a paper that has several, ``asked`` what the clerk answered to
    the questions of a template, by field. ``bundle`` is the plan of the case's evidence with its pages counted,
    ``bundle_pages`` the pages of the bundle by problem where a paper lists many. ``chase`` is the step of the ladder
    that the paper was issued as, with all its problems; ``case`` is one of them. ``late`` are entries that came after
    their month was frozen, by id.
    """

    ledger: LedgerFile
    region: Region
    as_of: date
    case: CaseFile | None = None
    doc_no: str = ""
    on: date | None = None
    district: str = ""
    bodies: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    addressee: str = ""
    copies: tuple[str, ...] = ()
    issuing_office: str = ""
    contact: str = ""
    phone: str = ""
    notice_start: date | None = None
    notice_end: date | None = None
    notice_days: int = 5
    figures_sentence: str = ""
    reasons: tuple[str, ...] = ()
    reporter: str = ""
    checker: str = ""
    issuer: str = ""
    month: str = ""
    layout: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    bundle: BundlePlan | None = None
    bundle_pages: tuple[tuple[str, int], ...] = ()
    chase: ChasePaper | None = None
    late: tuple[tuple[str, LateEntry], ...] = ()

    @property
    def by(self) -> Yardstick:
        """By what the problems of the paper are judged."""
        return Yardstick(self.month, self.region.dispatch.behind_points, self.region.lights)


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper: its bytes, page count, characters that no font has, remarks for the clerk, its title.

    Without a title its reader asks the file for it.
    """

    data: bytes
    pages: int
    missing_characters: str = ""
    fonts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    title: str = ""
