"""What a paper is made from: frozen records across the wall between operations and documents."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.records import CaseFile, LedgerFile
from desktop.rules.region import Region


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper the program can print. ``per`` is problem or ledger; ``form`` is the page checker's form."""

    key: str
    name: str
    per: str
    form: str


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """Everything a paper may show. A blank ``doc_no`` or ``on`` makes a draft: the place is left to fill by hand.

    ``bodies`` are the signing bodies in order (one, or two for joint issue, party body first), ``signers`` the
    names after 签发人. ``figures_sentence`` is the standard sentence for the cut-off date ``as_of``.
    ``notice_start``/``notice_end`` are the dates of the notice, checked against the calendar by the operation.
    ``reasons`` are the reasons given for overridden warnings of this case; they must print.
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


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper: its bytes, page count, characters that no font has, and remarks for the clerk."""

    data: bytes
    pages: int
    missing_characters: str = ""
    fonts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
