"""文书存档: every paper that was printed or saved is kept by its hash, and its signed scan is attached to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.bundle import BUNDLES
from desktop.rules.paper import PaperKind
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.region import PaperItem, Region


def is_numbered(kind: PaperKind) -> bool:
    """True for papers that carry a 文号; without number and date they are drafts."""
    return "doc_no" in kind.fills


@dataclass(frozen=True, slots=True)
class PaperScan:
    """One file of the scan of a signed and sealed paper, with the number and date that stand on it."""

    id: str
    paper_id: str
    name: str
    sha256: str
    size: int
    media_type: str
    doc_no: str = ""
    on: date | None = None
    added_on: date | None = None
    evidence_id: str = ""
    person: str = ""
    present: bool = True


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """One paper as it left the program. ``lsn`` is the position of the journal it was made from.

    ``present`` is False when its file is lost, ``is_purged`` when it was removed on purpose.
    """

    id: str
    key: str
    name: str
    file: str
    sha256: str
    size: int
    pages: int = 0
    lsn: int = 0
    problem_id: str = ""
    title: str = ""
    doc_no: str = ""
    on: date | None = None
    is_draft: bool = False
    media_type: str = "application/pdf"
    printed_on: date | None = None
    person: str = ""
    order: int = 0
    present: bool = True
    is_purged: bool = False
    scans: tuple[PaperScan, ...] = ()

    @property
    def is_signed(self) -> bool:
        """True once its signed scan is attached."""
        return bool(self.scans)

    @property
    def signed_no(self) -> str:
        """The number on the signed paper, else the printed one: a draft is numbered by hand."""
        return next((scan.doc_no for scan in reversed(self.scans) if scan.doc_no), self.doc_no)

    @property
    def signed_on(self) -> date | None:
        """The date on the signed paper, else the printed one."""
        return next((scan.on for scan in reversed(self.scans) if scan.on), self.on)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is known of a paper beside its bytes when it leaves the program."""

    kind: PaperKind
    file: str
    problem_id: str = ""
    doc_no: str = ""
    on: date | None = None

    @property
    def is_draft(self) -> bool:
        """True while a numbered paper still lacks its number or date."""
        return is_numbered(self.kind) and not (self.doc_no and self.on)


def same_again(papers: Iterable[ArchivedPaper], facts: PaperFacts, sha256: str) -> ArchivedPaper | None:
    """The newest archived paper of this kind and problem, when it is this very file: printed again, kept once."""
    own = [paper for paper in papers if paper.key == facts.kind.key and paper.problem_id == facts.problem_id]
    newest = max(own, key=lambda paper: (paper.order, paper.id), default=None)
    return newest if newest and newest.sha256 == sha256 and newest.file == facts.file else None


def kind_of(paper: ArchivedPaper) -> PaperKind:
    """The kind of an archived paper; one that this version does not print any more is numbered if it was."""
    known = next((kind for kind in (*PAPERS, *BUNDLES.values()) if kind.key == paper.key), None)
    per, fills = "problem" if paper.problem_id else "ledger", ("doc_no",) if paper.doc_no else ()
    return known or PaperKind(paper.key, paper.name, per, "plain", fills=fills)


def item_of_paper(region: Region, key: str) -> PaperItem | None:
    """The item of the checklist that the signed scan of this paper is."""
    items = [item for rule in region.gates for item in rule.papers]
    return next((item for item in items if key in (item.paper, item.or_paper)), None)


def latest_by_kind(papers: Sequence[ArchivedPaper]) -> dict[str, ArchivedPaper]:
    """The paper of each kind that counts: the last signed one, else the last one printed."""
    return {one.key: one for one in sorted(papers, key=lambda one: (one.is_signed, one.order, one.id))}
