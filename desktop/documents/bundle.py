"""佐证材料汇编 and 销号卷宗 as one PDF: front pages, papers, evidence and photographs bound with running numbers.

Written page by page to the disk: what stands in memory is the words of all pages, and one foreign file or photograph.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from pypdf import PdfReader

from desktop.documents.bundle_front import Front, draw_front
from desktop.documents.bundle_leaves import EDGE, MARK_MIDDLE, Leaf, leaves_of
from desktop.documents.bundle_photos import draw_photo_page, spots_of
from desktop.documents.bundle_volume import Drawing, Mark, Volume
from desktop.documents.fields import case_of
from desktop.documents.fonts import FontSet, Role
from desktop.documents.foreign import BROKEN, open_pdf
from desktop.documents.grid import PAGE_HEIGHT, PAGE_WIDTH
from desktop.documents.pdf_copy import Copier, placing
from desktop.documents.pen import Pen
from desktop.documents.print_photo import PrintPhoto, photo_for_print
from desktop.rules.bundle import PDF, Bundle, bundle_title
from desktop.rules.paper import PaperRequest

Progress = Callable[[str, float], None]
SMALL = 9.0
_DRAWN = 0.2  # the share of the work that the words of all pages are


@dataclass(frozen=True, slots=True)
class Bound:
    """A finished bundle: pages of the whole file, characters no font has, what could not be bound."""

    pages: int
    missing_characters: str = ""
    faults: tuple[str, ...] = ()


def write_bundle(
    handle: IO[bytes],
    request: PaperRequest,
    bundle: Bundle,
    fonts: FontSet,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Bound:
    """Write the bundle of the request's case to an open file; ``progress`` may raise to cancel.

    A page that cannot be bound becomes a sheet that says so, and is named. Templates in ``folder`` win.
    """
    tell = progress or (lambda words, share: None)
    case = case_of(request, bundle.name)
    leaves = tuple(leaves_of(bundle))
    title = bundle_title(case, bundle.name)
    pen = Pen(fonts, title, request.ledger.office.name, request.on, (PAGE_WIDTH, PAGE_HEIGHT))
    front = draw_front(pen, request, case, bundle, folder)
    for leaf in leaves:
        if leaf.page % 50 == 1:
            tell(f"正在编页码，共{len(leaves)}页", _DRAWN * leaf.page / len(leaves))
        _draw_words(pen, leaf, bundle, len(leaves))
    words = PdfReader(io.BytesIO(pen.finish()))
    volume = Volume(handle, front.pages + len(leaves), words, fonts)
    for _ in range(front.pages):
        volume.bind((PAGE_WIDTH, PAGE_HEIGHT), [])
    faults = list(_bind(volume, leaves, bundle, tell))
    volume.link(pen.links, front.pages)
    volume.finish(title, request.ledger.office.name, request.on, _marks(front, bundle), front.labels())
    return Bound(front.pages + len(leaves), pen.missing_characters, tuple(faults))


# The words of the pages


def _draw_words(pen: Pen, leaf: Leaf, bundle: Bundle, total: int) -> None:
    """Page number and mark of a page, captions of photographs, or why there is nothing to see."""
    width, height = leaf.paper
    pen.setPageSize((width, height))
    pen.begin_page()
    pen.short(f"第{leaf.page}页　共{total}页", Role.SONG, SMALL, width / 2, height - MARK_MIDDLE, "center")
    if leaf.mark:
        pen.short(leaf.mark, Role.SONG, SMALL, width - EDGE, MARK_MIDDLE, "right")
    if leaf.photos is not None:
        draw_photo_page(pen, leaf.photos, spots_of(leaf.photos, leaf.photo_sizes, bundle.plan.photos_per_page))
    elif leaf.fault:
        _draw_sheet(pen, leaf, leaf.fault)
    pen.end_page()


def _draw_sheet(pen: Pen, leaf: Leaf, fault: str) -> None:
    """The sheet in the place of pages that cannot be bound."""
    width, height = leaf.paper
    lines = ((Role.HEI, 18.0, leaf.mark), (Role.FANG, 16.0, leaf.title), (Role.FANG, 14.0, f"{fault}。"))
    middle = height * 0.38
    for role, size, text in (*lines, (Role.FANG, 14.0, "请另行打印这份材料，放在本页之后。")):
        pen.short(_fitting(pen, text, role, size, width - 4 * EDGE), role, size, width / 2, middle, "center")
        middle += size * 2


def _fitting(pen: Pen, text: str, role: Role, size: float, width: float) -> str:
    while len(text) > 1 and pen.measure(text, role, size) > width:
        text = text[:-2] + "…"
    return text


# Binding


def _bind(volume: Volume, leaves: tuple[Leaf, ...], bundle: Bundle, tell: Progress) -> Iterator[str]:
    """Bind the numbered pages, file after file; gives back what could not be bound."""
    for file, pages in groupby(leaves, key=lambda leaf: leaf.file):
        with ExitStack() as opened:
            copier = None
            for leaf in pages:
                tell(f"正在装订第{leaf.page}页，共{len(leaves)}页", _DRAWN + (1 - _DRAWN) * leaf.page / len(leaves))
                if file is not None and file.media_type == PDF and not leaf.fault:
                    copier = copier or _open(volume, Path(file.path), opened)
                    drawings, fault = _pdf_page(volume, copier, leaf)
                else:
                    drawings, fault = _pictures(volume, leaf, bundle)
                volume.bind(leaf.paper, drawings)
                if fault:
                    yield fault


def _open(volume: Volume, path: Path, opened: ExitStack) -> tuple[PdfReader, Copier] | None:
    try:
        reader = opened.enter_context(open_pdf(path))
        return reader, Copier(reader, volume.stream)
    except OSError as error:
        if error.errno:
            raise
        return None
    except Exception:
        return None


def _pdf_page(volume: Volume, opened: tuple[PdfReader, Copier] | None, leaf: Leaf) -> tuple[list[Drawing], str]:
    """A page of a foreign PDF, no larger than it is, in the middle of its room."""
    if opened is None:
        return _excuse(volume, leaf, BROKEN)
    reader, copier = opened
    try:
        page = reader.pages[leaf.index]
        number = copier.form(page)
        x, y, width, height = leaf.room
        scale = min(1.0, width / leaf.size[0], height / leaf.size[1])
        across, up = (width - leaf.size[0] * scale) / 2, (height - leaf.size[1] * scale) / 2
        return [Drawing(number, placing(page, x + across, y + up, scale))], ""
    except OSError as error:
        if error.errno:
            raise
        copier.abandon()
        return _excuse(volume, leaf, BROKEN)
    except Exception:
        copier.abandon()
        return _excuse(volume, leaf, BROKEN)


def _pictures(volume: Volume, leaf: Leaf, bundle: Bundle) -> tuple[list[Drawing], str]:
    """The photographs of a page, or a picture that is a page; nothing for a sheet that is all words."""
    if leaf.fault:
        return [], ""
    if leaf.photos is None:
        assert leaf.file is not None
        x, y, width, height = leaf.room
        photo = photo_for_print(Path(leaf.file.path), width, height, leaf.index)
        if photo.fault:
            return _excuse(volume, leaf, photo.fault)
        return [_placed(volume, photo, (x, y, width, height))], ""
    drawings, faults = [], []
    for spot in spots_of(leaf.photos, leaf.photo_sizes, bundle.plan.photos_per_page):
        file = bundle.files[spot.line.piece.id]
        photo = photo_for_print(Path(file.path), spot.width, spot.height)
        room = (spot.x, PAGE_HEIGHT - spot.y - spot.height, spot.width, spot.height)
        if photo.fault:
            words = photo.fault.partition("，")[0]
            drawings.append(volume.words(leaf.paper, [(words, spot.x + spot.width / 2, spot.y + spot.height / 2)]))
            faults.append(f"佐证材料{spot.line.number}“{file.name}”{photo.fault}")
        else:
            drawings.append(_placed(volume, photo, room))
    return drawings, "；".join(faults)


def _placed(volume: Volume, photo: PrintPhoto, room: tuple[float, float, float, float]) -> Drawing:
    x, y, width, height = room
    left, lower = x + (width - photo.width) / 2, y + (height - photo.height) / 2
    return Drawing(volume.picture(photo.data), (photo.width, 0, 0, photo.height, left, lower))


def _excuse(volume: Volume, leaf: Leaf, fault: str) -> tuple[list[Drawing], str]:
    """A page whose file turns out broken only now: the words that say so."""
    width, height = leaf.paper
    lines = [(leaf.title, width / 2, height * 0.4), (f"{fault}。", width / 2, height * 0.4 + 28)]
    return [volume.words(leaf.paper, lines)], f"{leaf.mark}“{leaf.title}”第{leaf.index + 1}页：{fault}"


# Bookmarks


def _marks(front: Front, bundle: Bundle) -> list[Mark]:
    """The bookmarks: front pages, papers, each piece of evidence, photographs by measure."""
    at = front.pages - 1
    marks = [Mark(name, page) for name, page in front.starts]
    if bundle.papers:
        marks.append(Mark("文书", at + 1, [Mark(paper.name, at + paper.first) for paper in bundle.papers]))
    documents = [
        Mark(f"{line.number}　{bundle.files[line.piece.id].name}", at + line.first)
        for line in bundle.plan.documents
        if line.first
    ]
    if documents:
        marks.append(Mark("佐证材料", documents[0].page, documents))
    if bundle.plan.photos:
        marks.append(Mark("整改照片", at + bundle.plan.photos[0].page, list(_photo_marks(bundle, at))))
    return marks


def _photo_marks(bundle: Bundle, at: int) -> Iterator[Mark]:
    for measure, pages in groupby(bundle.plan.photos, key=lambda shown: shown.measure):
        words = f"措施{measure.number}" if measure else "问题整体"
        yield Mark(words, at + next(pages).page)
