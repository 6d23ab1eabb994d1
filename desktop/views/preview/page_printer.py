"""Pages onto a printer as pictures at its own resolution, a strip at a time so that little memory is needed."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.operations.pdf_turn import PDFIUM
from desktop.rules.errors import KnownFault
from desktop.views.preview.pdf_pages import draw_page, open_pdf

if TYPE_CHECKING:
    import pypdfium2

Report = Callable[[str, float], None]
FINEST = 600  # dots an inch; finer is not seen on paper and takes four times as long
STRIP = 3_000_000  # pixels drawn at once
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one page lies on the printer's paper: pixels of picture for a point, printer dots for a pixel, corner."""

    scale: float
    dots: int
    left: int
    top: int


def pages_to_print(printer: QPrinter, count: int, front: int) -> tuple[int, ...]:
    """The pages that the system's dialog asked for, in the order they come out, from 0; ``front`` is the one shown.

    Copies are left to the printer where it makes them itself.
    """
    chosen = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        chosen = [front]
    elif printer.printRange() == QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        if ranges.isEmpty():
            first, last = max(1, printer.fromPage()), printer.toPage() or count
            chosen = [at for at in chosen if first <= at + 1 <= last]
        else:
            chosen = [at for at in chosen if ranges.contains(at + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return tuple(chosen) * copies
    return tuple(page for page in chosen for _ in range(copies))


def print_pages(data: bytes, printer: QPrinter, pages: Sequence[int], report: Report) -> int:
    """Print pages of a PDF; the number of pages printed. Raises what ``report`` raises, and then prints nothing more.

    A page keeps its size; only where the chosen paper is smaller it shrinks to fit.
    """
    printer.setFullPage(True)
    painter = QPainter()
    with _opened(data) as document:
        try:
            for done, page in enumerate(pages):
                report(f"正在打印第{done + 1}页，共{len(pages)}页", done / len(pages))
                with PDFIUM:
                    size = QSizeF(*document.get_page_size(page))
                _turn_paper(printer, size)
                if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                    name = printer.printerName() or printer.outputFileName()
                    raise KnownFault(f"打印机没有接受打印：{name}。", "请检查打印机是否开机、联机、有纸，再打印一次。")
                for strip in _strips(document, page, sheet_of(printer, size), size):
                    painter.drawImage(*strip)
                    report(f"正在打印第{done + 1}页，共{len(pages)}页", (done + 0.5) / len(pages))
        except BaseException:
            printer.abort()
            raise
        finally:
            if painter.isActive():
                painter.end()
    return len(pages)


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator["pypdfium2.PdfDocument"]:
    with PDFIUM:
        document = open_pdf(data)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def _turn_paper(printer: QPrinter, size: QSizeF) -> None:
    sideways = size.width() > size.height()
    wanted = QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
    if printer.pageLayout().orientation() != wanted:
        printer.setPageOrientation(wanted)


def sheet_of(printer: QPrinter, size: QSizeF) -> Sheet:
    """How a page of this size (points) lies on the paper now chosen, in the middle."""
    resolution = printer.resolution()
    paper = printer.pageLayout().fullRectPixels(resolution)
    dots = -(-resolution // FINEST)
    wide, high = size.width() * resolution / _POINTS, size.height() * resolution / _POINTS
    # Sizes of paper are rounded to points; a hair too large is no reason to shrink.
    fit = min(1.0, paper.width() / wide, paper.height() / high)
    fit = 1.0 if fit > 0.99 else fit
    return Sheet(
        scale=resolution / dots / _POINTS * fit,
        dots=dots,
        left=round((paper.width() - wide * fit) / 2),
        top=round((paper.height() - high * fit) / 2),
    )


def _strips(
    document: "pypdfium2.PdfDocument", page: int, sheet: Sheet, size: QSizeF
) -> Iterator[tuple[QRectF, QImage]]:
    """The page from top to bottom: where each strip goes in printer dots, and its picture."""
    width, height = size.width() * sheet.scale, round(size.height() * sheet.scale)
    rows = max(64, int(STRIP / width))
    for top in range(0, height, rows):
        below = max(0, height - top - rows)
        # PDFium rounds what is cut off up to whole pixels; half a pixel less meets the pixel meant.
        crop = (0, max(0.0, (below - 0.5) / sheet.scale), 0, max(0.0, (top - 0.5) / sheet.scale))
        with PDFIUM:
            image = draw_page(document, page, sheet.scale, crop)
        corner = (float(sheet.left), float(sheet.top + top * sheet.dots))
        yield QRectF(*corner, image.width() * sheet.dots, image.height() * sheet.dots), image
