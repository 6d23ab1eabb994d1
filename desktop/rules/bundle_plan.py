"""佐证材料汇编: which evidence of a case goes in, in which order, on which pages. Nothing is read or drawn here.

Documents come first, in the order of their numbers, then the pages of photographs: before and after side by side,
measure by measure. The number of a piece is its place among the evidence of the case, the one that the self-check
form names; it stays when more is added.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.rules.lifecycle import PROOF
from desktop.rules.photo_pairs import before_after, is_picture
from desktop.rules.records import CaseFile, Evidence, Measure
from desktop.rules.region import Region
from desktop.rules.wording import evidence_numbers


class Way(StrEnum):
    """How a piece of evidence goes into the bundle: as pages, among the photographs, apart (另附), or not (缺附件)."""

    PAGES = "pages"
    PHOTO = "photo"
    APART = "apart"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One line of the catalogue. ``first`` and ``last`` are pages of the bundle, None for what is not in it.

    ``fault`` says why the pages could not be taken in; a sheet that says so stands in their place.
    """

    number: int
    piece: Evidence
    way: Way
    pages: int | None = None
    first: int | None = None
    last: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """One page of photographs of one measure (None: of the whole problem); ``spots`` in reading order."""

    page: int
    measure: Measure | None
    spots: tuple[CatalogueLine, ...]


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """The bundle before it is made: ``lines`` by number, ``documents`` and ``photos`` in the order of their pages."""

    lines: tuple[CatalogueLine, ...]
    documents: tuple[CatalogueLine, ...]
    photos: tuple[PhotoPage, ...]
    pages: int
    photos_per_page: int

    @property
    def own_pages(self) -> int:
        """On how many pages evidence stands; ``pages`` counts the papers before it too."""
        ranges = ((line.first, line.last) for line in self.lines)
        return len({page for first, last in ranges if first and last for page in range(first, last + 1)})


def way_of(piece: Evidence, region: Region, readable: Collection[str] = ()) -> Way:
    """How a piece goes in. ``readable`` are ids of further files that were turned into pages by an office program.

    A picture that is a paper of the checklist (a scan, a screenshot) is a page; any other is a photograph.
    """
    if not piece.present:
        return Way.GONE
    if is_picture(piece):
        is_paper = piece.item != PROOF and region.item(piece.item) is not None
        return Way.PAGES if is_paper else Way.PHOTO
    return Way.PAGES if piece.media_type == "application/pdf" or piece.id in readable else Way.APART


def plan_bundle(
    case: CaseFile,
    region: Region,
    counts: Mapping[str, int],
    faults: Mapping[str, str] | None = None,
    photos_per_page: int = 2,
    *,
    start: int = 0,
    elsewhere: Mapping[str, tuple[int, int]] | None = None,
) -> BundlePlan:
    """Give every piece of evidence its pages, counted from 1 after the catalogue.

    ``counts`` are the pages of each document by the evidence's id; ``faults`` says of those that cannot be read why.
    ``start`` pages stand before them; ``elsewhere`` are first and last page of pieces that stand among those.
    """
    said, placed = faults or {}, elsewhere or {}
    numbers = evidence_numbers(case.evidence)
    page, documents, others = start, [], []
    for piece in case.evidence:
        way = way_of(piece, region, counts)
        fault = said.get(piece.id, "")
        if piece.id in placed:
            first, last = placed[piece.id]
            others.append(CatalogueLine(numbers[piece.id], piece, way, last - first + 1, first, last, fault))
        elif way == Way.PAGES:
            count = 1 if fault else max(1, counts.get(piece.id, 1))
            documents.append(CatalogueLine(numbers[piece.id], piece, way, count, page + 1, page + count, fault))
            page += count
        elif way != Way.PHOTO:
            others.append(CatalogueLine(numbers[piece.id], piece, way, piece.pages, fault=fault))
    photos = [piece for piece in case.evidence if way_of(piece, region, counts) == Way.PHOTO and piece.id not in placed]
    pages: list[PhotoPage] = []
    for measure, chosen in _photo_pages(case, photos, photos_per_page):
        page += 1
        spots = (CatalogueLine(numbers[piece.id], piece, Way.PHOTO, 1, page, page) for piece in chosen)
        pages.append(PhotoPage(page, measure, tuple(spots)))
    lines = [*documents, *others, *(spot for shown in pages for spot in shown.spots)]
    lines.sort(key=lambda line: line.number)
    return BundlePlan(tuple(lines), tuple(documents), tuple(pages), page, photos_per_page)


def lone_photos(case: CaseFile, region: Region) -> tuple[Evidence, ...]:
    """Photographs of before or after whose other half is not on file."""
    photos = [piece for piece in case.evidence if way_of(piece, region) == Way.PHOTO]
    pairs = before_after(photos)
    return tuple(one for pair in pairs if not (pair.before and pair.after) for one in (pair.before, pair.after) if one)


def _photo_pages(
    case: CaseFile, photos: Sequence[Evidence], per_page: int
) -> Iterator[tuple[Measure | None, Sequence[Evidence]]]:
    """The photographs a page at a time; each measure begins a page of its own, the whole problem comes last."""
    known = {measure.id for measure in case.measures}
    for measure in (*case.measures, None):
        own = [p for p in photos if (p.measure_id == measure.id if measure else p.measure_id not in known)]
        ordered = _paired(own)
        for start in range(0, len(ordered), per_page):
            yield measure, ordered[start : start + per_page]


def _paired(photos: Sequence[Evidence]) -> list[Evidence]:
    """Whole pairs first, so that no pair is torn by a page; then the photographs that stand alone."""
    pairs = [pair for pair in before_after(photos) if pair.before and pair.after]
    found = [piece for pair in pairs for piece in (pair.before, pair.after) if piece]
    taken = {piece.id for piece in found}
    return [*found, *(piece for piece in photos if piece.id not in taken)]
