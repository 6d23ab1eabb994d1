"""The pages of a bundle one by one: what stands on each, how large it is shown, with what it is marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.documents.foreign import BROKEN, NO_PICTURE, page_sizes
from desktop.documents.grid import MM, PAGE_HEIGHT, PAGE_WIDTH
from desktop.rules.bundle import PDF, Bundle, BundleFile
from desktop.rules.bundle_plan import PhotoPage

EDGE = 11 * MM
"""White at each side of a bound page: office printers cannot print on the outer 10 mm."""
STRIP = 14.5 * MM
"""Kept free above and below for the marks, so that none is printed over what the page says."""
MARK_MIDDLE = 12 * MM
"""From the upper or lower edge of the paper to the middle of the marks."""
EVIDENCE_MARK = "佐证材料"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: ``index`` of a file's pages, or photographs, or a sheet that says why there is nothing.

    ``size`` is that of the page as it is shown, in points of a PDF or pixels of a picture; ``photo_sizes`` those of the
    photographs, 0 for one that cannot be read.
    """

    page: int
    mark: str = ""
    title: str = ""
    file: BundleFile | None = None
    index: int = 0
    size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)
    photos: PhotoPage | None = None
    photo_sizes: tuple[tuple[float, float], ...] = ()
    fault: str = ""

    @property
    def paper(self) -> tuple[float, float]:
        """A4, on its side for what is wider than high."""
        width, height = self.size
        return (PAGE_HEIGHT, PAGE_WIDTH) if width > height and not self.fault else (PAGE_WIDTH, PAGE_HEIGHT)

    @property
    def room(self) -> tuple[float, float, float, float]:
        """Where the page's own content goes: left and lower corner, width, height."""
        width, height = self.paper
        return EDGE, STRIP, width - 2 * EDGE, height - 2 * STRIP


def leaves_of(bundle: Bundle) -> Iterator[Leaf]:
    """Every page in order: papers, documents of the evidence, photographs."""
    page = 0
    for paper in bundle.papers:
        for file in paper.files:
            for leaf in _of_file(file, page, paper.name, paper.name):
                page = leaf.page
                yield leaf
    for line in bundle.plan.documents:
        mark = f"{EVIDENCE_MARK}{line.number}"
        file = bundle.files[line.piece.id]
        for leaf in _of_file(file, page, mark, file.name):
            page = leaf.page
            yield leaf
    for shown in bundle.plan.photos:
        page += 1
        sizes = tuple(_photo_size(bundle.files[spot.piece.id]) for spot in shown.spots)
        mark = EVIDENCE_MARK + "、".join(str(spot.number) for spot in shown.spots)
        yield Leaf(page, mark, photos=shown, photo_sizes=sizes)


def _of_file(file: BundleFile, before: int, mark: str, title: str) -> Iterator[Leaf]:
    """As many pages as were counted, whatever the file holds now."""
    count = max(1, file.pages)
    sizes, fault = _sizes(file) if not file.fault else ([], file.fault)
    for index in range(count):
        if index < len(sizes):
            yield Leaf(before + index + 1, mark, title, file, index, sizes[index])
        else:
            yield Leaf(before + index + 1, mark, title, file, index, fault=fault or BROKEN)


def _photo_size(file: BundleFile) -> tuple[float, float]:
    sizes, _ = _sizes(file)
    return sizes[0] if sizes else (0.0, 0.0)


def _sizes(file: BundleFile) -> tuple[list[tuple[float, float]], str]:
    try:
        return page_sizes(Path(file.path), file.media_type), ""
    except OSError as error:
        if error.errno:
            raise
        return [], BROKEN if file.media_type == PDF else NO_PICTURE
    except Exception:
        return [], BROKEN if file.media_type == PDF else NO_PICTURE
