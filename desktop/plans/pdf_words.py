"""The words of a PDF, page after page, for searching only: no layout, no tables."""

from pathlib import Path

import pypdfium2

from desktop.plans.pdf_turn import PDFIUM

MOST_PAGES = 500
MOST_WORDS = 200_000


def words_of_pdf(file: Path) -> str:
    """The text of a PDF, at most 500 pages and 200,000 characters; empty for one that cannot be read or is a scan."""
    words: list[str] = []
    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(file)
            try:
                for number in range(min(len(document), MOST_PAGES)):
                    words.append(_page(document, number))
                    if sum(map(len, words)) > MOST_WORDS:
                        break
            finally:
                document.close()
    except pypdfium2.PdfiumError:
        return ""
    return "\n".join(words)[:MOST_WORDS]


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return "".join(text.get_text_bounded().split())
        finally:
            text.close()
    finally:
        page.close()
