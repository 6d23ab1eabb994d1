"""The catalogue of a problem's evidence with its pages, the same for the plain 佐证材料目录 and for the bundle."""

from functools import lru_cache
from pathlib import Path

from desktop.operations.ledgers import Progress
from desktop.operations.profile import region_of
from desktop.rules.bundle_plan import BundlePlan, Way, plan_bundle, way_of
from desktop.rules.records import CaseFile
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger

PHOTOS_PER_PAGE = 2


def catalogue_of(
    ledger: Ledger, case: CaseFile, photos_per_page: int = PHOTOS_PER_PAGE, progress: Progress | None = None
) -> BundlePlan:
    """Which evidence stands on which page of the bundle; files that cannot be read are named with the reason."""
    region = region_of(ledger)
    counts: dict[str, int] = {}
    faults: dict[str, str] = {}
    documents = [piece for piece in case.evidence if way_of(piece, region) == Way.PAGES]
    for at, piece in enumerate(documents):
        if progress:
            progress(f"正在数页数：{piece.name}", at / len(documents))
        counts[piece.id], fault = _counted(file_of(ledger.folder, piece.sha256), piece.media_type)
        if fault:
            faults[piece.id] = fault
    return plan_bundle(case, region, counts, faults, photos_per_page)


@lru_cache(maxsize=1024)
def _counted(path: Path, media_type: str) -> tuple[int, str]:
    """Pages of a stored file and why it has none; its name is its hash, so it is counted once."""
    # The libraries for foreign files are read when one is there to count.
    from desktop.documents.foreign import count_pages

    counted = count_pages(path, media_type)
    return counted.pages, counted.fault
