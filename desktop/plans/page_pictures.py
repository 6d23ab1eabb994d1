"""Pages of a PDF as pictures, for people who look before they print."""

import io
from collections.abc import Iterator

import pypdfium2

from desktop.plans.pdf_turn import PDFIUM

POINTS_PER_INCH = 72


def pdf_pages_as_png(data: bytes, dpi: int = 110) -> Iterator[bytes]:
    """Each page as a PNG, in order; ``dpi`` is dots per inch of paper. A4 at 110 is 910 by 1287 dots."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    try:
        for index in range(pages):
            # The turn is given back between two pages: whoever asks for them may take long.
            with PDFIUM:
                png = _page_as_png(document, index, dpi)
            yield png
    finally:
        with PDFIUM:
            document.close()


def _page_as_png(document: pypdfium2.PdfDocument, index: int, dpi: int) -> bytes:
    page = document[index]
    bitmap = page.render(scale=dpi / POINTS_PER_INCH)
    out = io.BytesIO()
    bitmap.to_pil().save(out, "PNG", optimize=False, compress_level=6)
    bitmap.close()
    page.close()
    return out.getvalue()
