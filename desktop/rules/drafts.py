"""What a plan reader hands over: drafts with their place in the source, and findings for the clerk's review."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.records import TermClass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the decoded source text, counted in characters: ``source[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the reader, in the clerk's words. ``level`` is ``warning`` or ``note``.

    ``key`` is stable: missing_numbers, total, year_total, missing_field, quantity, unassigned, impossible_date …
    ``heading`` is the head of a column or a label cell that the remark is about (unknown_heading, unread_column).
    """

    key: str
    sentence: str
    number: int | None = None
    level: str = "warning"
    span: Span | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A promised count inside a measure: “2024年12月31日前完成6个…项目” → 6, 个, due 2024-12-31."""

    count: int
    unit: str
    due: date | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure as read; markers of the first level are not part of the text."""

    number: int
    text: str
    due: date | None = None
    quantity: Quantity | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class StageDraft:
    """A dated stage named in a deadline, with the count it promises."""

    due: date
    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ProblemDraft:
    """One problem as read. ``fields`` names the spans and raw words of each field found, by field key.

    Field keys: text, target, measures, deadline, leaders, lead_units, responsible_units, assisting_units,
    supervising_units, acceptance_units, progress.
    """

    number: int
    text: str
    target: str | None = None
    measures: tuple[MeasureDraft, ...] = ()
    deadline_text: str | None = None
    deadline: date | None = None
    term_class: TermClass | None = None
    is_immediate: bool = False
    is_long_term: bool = False
    stages: tuple[StageDraft, ...] = ()
    leaders: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    responsible_units: tuple[str, ...] = ()
    assisting_units: tuple[str, ...] = ()
    supervising_units: tuple[str, ...] = ()
    acceptance_units: tuple[str, ...] = ()
    external_numbers: tuple[tuple[str, str], ...] = ()
    progress: str = ""
    fields: tuple[tuple[str, Span], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan document as read: nothing of it is in the ledger yet."""

    title: str
    doc_no: str | None = None
    issued_on: date | None = None
    issuer: str = ""
    stated_total: int | None = None
    stated_by_year: tuple[tuple[str, int], ...] | None = None
    problems: tuple[ProblemDraft, ...] = ()
    unassigned: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str = ""
