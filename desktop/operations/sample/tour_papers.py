"""The tour's papers: each printed as a clerk would print it, with a picture of every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.cases import find_case
from desktop.operations.paper.bundle import make_bundle
from desktop.operations.paper.bundle_archive import keep_bundle
from desktop.operations.paper.files import PDF, WORD
from desktop.operations.paper.printing import PaperDraft, find_paper, list_papers, print_to_file
from desktop.operations.show import as_of
from desktop.plans.page_pictures import pdf_pages_as_png
from desktop.rules.bundle import CLOSURE_BUNDLE, BundleWish
from desktop.rules.lifecycle import gate_dates
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger

PAPERS, PICTURES = "文书", "图片"
_DPI = 110
_NOTHING_ADDED = PaperDraft()
_NUMBERED_ELSEWHERE = "由区委办公室统一编号"


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper to show: its key, the problem it is about (0: the whole ledger), what is special, what the clerk adds.

    ``day`` is when it is printed, from what the ledger held then; None is the day of the tour.
    """

    key: str
    number: int = 0
    about: str = ""
    draft: PaperDraft = _NOTHING_ADDED
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TourPaper:
    """A paper of the tour and its twin for Word, if it has one; paths are relative to the tour's folder, with ``/``."""

    name: str
    about: str
    file: str
    word: str
    pages: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TourPhoto:
    """A photograph of the evidence, copied out of the ledger under a readable name."""

    number: int
    caption: str
    file: str


def print_shown(ledger: Ledger, shown: Shown, folder: Path, prefix: str, today: date) -> TourPaper:
    """Print one paper into the tour's folder, with its page pictures, and write it for Word."""
    kind = find_paper(shown.key)
    words = [prefix, kind.name, f"问题{shown.number}" if shown.number else "", shown.about]
    stem = "_".join(word for word in words if word)
    target = folder / PAPERS / f"{stem}{PDF}"
    with as_of(ledger, shown.day) as view:
        case = find_case(view, shown.number) if shown.number else None
        # A view of a past day can keep nothing.
        more = (shown.day or today, shown.draft, _NUMBERED_ELSEWHERE)
        answer = print_to_file(view, kind.key, case, target, *more, keep=shown.day is None)
        print_to_file(view, kind.key, case, target.with_suffix(WORD), *more, keep=False)
    about = "　".join(word for word in (f"问题{shown.number}" if shown.number else "", shown.about) if word)
    file, word = (f"{PAPERS}/{stem}{suffix}" for suffix in (PDF, WORD))
    return TourPaper(kind.name, about, file, word, _pictures(target, folder), answer.warnings)


def show_bundle(ledger: Ledger, number: int, folder: Path, prefix: str, today: date) -> TourPaper:
    """Bind all papers and evidence of a problem into the tour's folder, with its page pictures."""
    target = folder / PAPERS / f"{prefix}_{CLOSURE_BUNDLE}_问题{number}{PDF}"
    case = find_case(ledger, number)
    answer = make_bundle(ledger, case, target, BundleWish(whole=True), today)
    keep_bundle(ledger, case, answer, today, whole=True)
    file = f"{PAPERS}/{target.name}"
    return TourPaper(CLOSURE_BUNDLE, f"问题{number}", file, "", _pictures(target, folder), answer.warnings)


def _pictures(file: Path, folder: Path) -> tuple[str, ...]:
    """A picture of every page of a PDF."""
    pages = []
    for number, data in enumerate(pdf_pages_as_png(file.read_bytes(), _DPI), 1):
        picture = folder / PICTURES / f"{file.stem}_{number}.png"
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(data)
        pages.append(f"{PICTURES}/{picture.name}")
    return tuple(pages)


def every_kind(ledger: Ledger, number: int) -> Iterator[Shown]:
    """Every paper there is: those of a problem on the day of the gate they are made for, those of the ledger once.

    Papers for no gate belong to the time of the rectification, and are printed on the day of its last open report.
    """
    case = find_case(ledger, number)
    days, open_day = gate_dates(case), max(entry.on for entry in case.progress if entry.percent != 100)
    for kind in list_papers():
        if kind.per == "problem":
            yield Shown(kind.key, number, day=days[kind.gate] if kind.gate else open_day)
        else:
            yield Shown(kind.key)


def copy_photos(ledger: Ledger, numbers: tuple[int, ...], folder: Path) -> tuple[TourPhoto, ...]:
    """The photographs of these problems, in the order they were taken."""
    found = []
    for number in numbers:
        for piece in find_case(ledger, number).evidence:
            if piece.media_type == "image/jpeg" and not piece.item and piece.present:
                target = folder / PICTURES / f"问题{number}_{piece.name}"
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(file_of(ledger.folder, piece.sha256).read_bytes())
                found.append(TourPhoto(number, piece.note, f"{PICTURES}/{target.name}"))
    return tuple(found)
