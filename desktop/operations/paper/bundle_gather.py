"""What goes into a bundle: each file where it lies in the ledger, its pages counted, and what is missing."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.ledgers import Progress
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import find_paper, make_paper
from desktop.operations.profile import region_of
from desktop.rules.archive import ArchivedPaper, latest_by_kind
from desktop.rules.bundle import (
    CLOSURE_BUNDLE,
    EVIDENCE_BUNDLE,
    PDF,
    Bundle,
    BundleFile,
    BundlePaper,
    BundleWish,
    lacking,
    with_pages,
)
from desktop.rules.bundle_plan import Way, plan_bundle, way_of
from desktop.rules.catalogue import material_name
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.lifecycle import passed_gates
from desktop.rules.records import CaseFile, Evidence
from desktop.rules.region import Region
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger
from desktop.store.read_papers import read_papers


@dataclass(frozen=True, slots=True)
class Gathered:
    """A bundle ready to be made, and what is missing from it in sentences."""

    bundle: Bundle
    missing: tuple[str, ...]


def gather(
    ledger: Ledger, case: CaseFile, wish: BundleWish, today: date, room: Path, progress: Progress | None = None
) -> Gathered:
    """Gather the bundle of a case; ``room`` is a folder for pages that are made for it, such as converted documents."""
    tell = progress or (lambda words, share: None)
    region = region_of(ledger)
    papers = with_pages(_papers(ledger, case, region, today, room, tell)) if wish.whole else ()
    elsewhere = _elsewhere(papers)
    files: dict[str, BundleFile] = {}
    for at, piece in enumerate(case.evidence):
        tell(f"正在清点佐证材料：{piece.name}", at / len(case.evidence))
        found = _file(ledger, piece, region, wish, room, tell)
        if found is not None:
            files[piece.id] = found
    plan = plan_bundle(
        case,
        region,
        {row: file.pages for row, file in files.items()},
        {row: file.fault for row, file in files.items() if file.fault},
        wish.photos,
        start=papers[-1].last if papers else 0,
        elsewhere=elsewhere,
    )
    name = CLOSURE_BUNDLE if wish.whole else EVIDENCE_BUNDLE
    return Gathered(Bundle(name, plan, files, papers), lacking(case, region, papers, plan.lines))


def _elsewhere(papers: Sequence[BundlePaper]) -> dict[str, tuple[int, int]]:
    """The pages of the evidence that is a signed paper, by its id."""
    found: dict[str, tuple[int, int]] = {}
    for paper in papers:
        page = paper.first
        for file, row in zip(paper.files, paper.evidence, strict=False):
            count = max(1, file.pages)
            if row:
                found[row] = (page, page + count - 1)
            page += count
    return found


# Evidence


def _file(
    ledger: Ledger, piece: Evidence, region: Region, wish: BundleWish, room: Path, tell: Progress
) -> BundleFile | None:
    """The file of a piece as pages; None for one that lies apart or is lost."""
    path, name = file_of(ledger.folder, piece.sha256), material_name(piece)
    way = way_of(piece, region)
    if way in (Way.PAGES, Way.PHOTO):
        return _counted(path, piece.media_type, name)
    if way == Way.APART and wish.convert:
        return _converted(path, piece, name, room, tell)
    return None


def _counted(path: Path, media_type: str, name: str) -> BundleFile:
    from desktop.documents.foreign import count_pages

    counted = count_pages(path, media_type)
    return BundleFile(str(path), media_type, name, max(1, counted.pages), counted.fault)


def _converted(path: Path, piece: Evidence, name: str, room: Path, tell: Progress) -> BundleFile | None:
    """A document of an office program as pages, where this PC has a program that can make them."""
    from desktop.plans.office_program import as_pdf, can_convert

    if not can_convert(piece.name):
        return None
    target = room / f"{piece.sha256[:32]}.pdf"
    try:
        target.write_bytes(as_pdf(path.read_bytes(), piece.name, tell))
    except (Refused, KnownFault):
        # It lies apart then, as without such a program.
        return None
    found = _counted(target, PDF, name)
    return None if found.fault else found


# Papers


def _papers(
    ledger: Ledger, case: CaseFile, region: Region, today: date, room: Path, tell: Progress
) -> list[BundlePaper]:
    """The papers of the procedure in the region's order."""
    kept = read_papers(ledger, case.problem.id)
    signed, printed = latest_by_kind(kept), [paper for paper in kept if paper.present and paper.media_type == PDF]
    found, taken = list[BundlePaper](), set[str]()
    # A piece of evidence that is the scan of one paper cannot be another one as well.
    taken |= {scan.evidence_id for paper in kept for scan in paper.scans}
    for at, key in enumerate(region.closure_bundle):
        tell("正在清点文书", at / len(region.closure_bundle))
        latest = next((paper for paper in reversed(printed) if paper.key == key), None)
        paper = (
            _signed(ledger, signed.get(key))
            or _of_evidence(ledger, case, region, key, taken)
            or _printed(ledger, latest)
            or _new(ledger, case, key, today, room)
        )
        if paper is not None:
            found.append(paper)
    return found


def _signed(ledger: Ledger, paper: ArchivedPaper | None) -> BundlePaper | None:
    if paper is None or not paper.is_signed or not all(scan.present for scan in paper.scans):
        return None
    scans = paper.scans
    files = tuple(
        _counted(file_of(ledger.folder, scan.sha256), scan.media_type, f"{paper.name}（签章件）") for scan in scans
    )
    evidence = tuple(scan.evidence_id for scan in scans)
    return BundlePaper(paper.key, paper.name, files, paper.signed_no, paper.signed_on, True, evidence=evidence)


def _of_evidence(
    ledger: Ledger, case: CaseFile, region: Region, key: str, taken: Container[str]
) -> BundlePaper | None:
    """The signed paper that was taken in as evidence of the checklist, without having been printed here."""
    items = {item.key for rule in region.gates for item in rule.papers if item.paper == key}
    readable = (PDF, "image/")
    own = (p for p in case.evidence if p.item in items and p.id not in taken)
    pieces = [p for p in own if p.present and p.media_type.startswith(readable)]
    if not pieces:
        return None
    name = find_paper(key).name
    files = tuple(_counted(file_of(ledger.folder, p.sha256), p.media_type, f"{name}（签章件）") for p in pieces)
    return BundlePaper(key, name, files, "", pieces[-1].taken_on, True, evidence=tuple(p.id for p in pieces))


def _printed(ledger: Ledger, paper: ArchivedPaper | None) -> BundlePaper | None:
    if paper is None:
        return None
    file = _counted(file_of(ledger.folder, paper.sha256), PDF, paper.name)
    return BundlePaper(paper.key, paper.name, (file,), paper.doc_no, paper.on)


def _new(ledger: Ledger, case: CaseFile, key: str, today: date, room: Path) -> BundlePaper | None:
    """A paper that was never printed, made now; only of gates that are passed, and none with nothing to say."""
    kind = find_paper(key)
    if kind.gate is None or kind.gate not in passed_gates(case):
        return None
    try:
        printed = make_paper(ledger, key, case, today, PaperDraft())
    except Refused:
        return None
    target = room / f"{key}.pdf"
    target.write_bytes(printed.data)
    step = passed_gates(case)[kind.gate]
    file = BundleFile(str(target), PDF, kind.name, printed.pages)
    return BundlePaper(key, kind.name, (file,), "", step.on, is_new=True)
