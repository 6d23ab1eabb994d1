"""What a bundle is made of: the papers of the procedure, the evidence as it was planned, and where each file lies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.rules.bundle_plan import BundlePlan, CatalogueLine, Way, lone_photos, way_of
from desktop.rules.catalogue import material_name
from desktop.rules.lifecycle import missing_papers
from desktop.rules.paper import PaperKind
from desktop.rules.records import GATE_WORDS, CaseFile
from desktop.rules.region import Region

EVIDENCE_BUNDLE, CLOSURE_BUNDLE = "佐证材料汇编", "销号卷宗"
BUNDLES = {
    False: PaperKind("evidence_bundle", EVIDENCE_BUNDLE, "problem", "plain", "备案"),
    True: PaperKind("closure_bundle", CLOSURE_BUNDLE, "problem", "plain", "备案"),
}
"""What a bundle is archived as; True is the one with the papers."""
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class BundleWish:
    """What a clerk asks for: ``whole`` with the papers, or the evidence alone; how documents and photographs go in."""

    whole: bool = False
    photos: int = 2
    convert: bool = True


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file whose pages go into a bundle. ``path`` is where it lies now; ``fault`` says why it cannot be read."""

    path: str
    media_type: str
    name: str
    pages: int = 1
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BundlePaper:
    """One paper of the procedure in a closure bundle: the signed scan, else the print that is kept.

    ``evidence`` are ids of the pieces that the scan is, so that they do not go in twice; ``first`` is its first page.
    """

    key: str
    name: str
    files: tuple[BundleFile, ...]
    doc_no: str = ""
    on: date | None = None
    is_signed: bool = False
    is_new: bool = False
    evidence: tuple[str, ...] = ()
    first: int = 1

    @property
    def pages(self) -> int:
        """The pages of all its files."""
        return sum(max(1, file.pages) for file in self.files)

    @property
    def last(self) -> int:
        """Its last page."""
        return self.first + self.pages - 1

    @property
    def remark(self) -> str:
        """签章件, 打印件 (kept but not signed), 新出 (made for this bundle)."""
        return "签章件" if self.is_signed else "新出" if self.is_new else "打印件"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle ready to be made: ``files`` are those of the evidence by its id."""

    name: str
    plan: BundlePlan
    files: Mapping[str, BundleFile]
    papers: tuple[BundlePaper, ...] = ()


def bundle_wanted(key: str) -> bool | None:
    """Whether the bundle archived under a key holds the papers; None for any other paper."""
    return next((whole for whole, kind in BUNDLES.items() if kind.key == key), None)


def bundle_title(case: CaseFile, name: str) -> str:
    """The title a bundle's file gives itself."""
    return f"问题{case.problem.number}{name}"


def with_pages(papers: Sequence[BundlePaper]) -> tuple[BundlePaper, ...]:
    """The papers with their first pages, one after the other from 1."""
    placed: list[BundlePaper] = []
    for paper in papers:
        first = placed[-1].last + 1 if placed else 1
        placed.append(replace(paper, first=first))
    return tuple(placed)


def lacking(
    case: CaseFile, region: Region, papers: Sequence[BundlePaper], lines: Collection[CatalogueLine]
) -> tuple[str, ...]:
    """What is missing or will not be in the bundle, one sentence each: by the gates' checklist, then by the files."""
    said = [
        f"{GATE_WORDS[gate]}：缺{item.name}"
        for gate in region.gate_order
        for item in missing_papers(case, gate, region)
    ]
    for paper in papers:
        if not paper.is_signed:
            which = "按现在的台账新出的" if paper.is_new else "打印存档的"
            said.append(f"{paper.name}没有可并入的签章件，放入的是{which}一份")
    said += [f"佐证材料{line.number}“{material_name(line.piece)}”缺附件" for line in lines if line.way == Way.GONE]
    said += [f"佐证材料{line.number}“{material_name(line.piece)}”{line.fault}" for line in lines if line.fault]
    said += [
        f"佐证材料{line.number}“{material_name(line.piece)}”不能并入PDF，目录中列为另附"
        for line in lines
        if line.way == Way.APART and not line.fault
    ]
    for piece in lone_photos(case, region):
        said.append(f"照片“{material_name(piece)}”没有对应的另一张（整改前、整改后应成对）")
    if not any(way_of(piece, region) != Way.GONE for piece in case.evidence):
        said.append("没有佐证材料")
    return tuple(said)
