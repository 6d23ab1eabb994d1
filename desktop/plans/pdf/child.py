"""The other process: reads a PDF for the program, within bounds of memory and time, and writes its pages to a file.

PDFium runs untrusted files in C++; what brings it down or holds it up must not do so to the window with the ledger.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop.plans.pdf.pages import page_as_line

MAX_PAGES = 1_500
MAX_CHARACTERS = 1_500_000
MEMORY = 700 * 1024 * 1024
SECONDS = 40
# What the first or the last line may say instead of pages.
PASSWORD, DAMAGED, TOO_MANY, TOO_LONG, DONE = "password", "damaged", "too_many", "too_long", "done"
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD


def serve(arguments: Sequence[str], fonts: Sequence[Path] = ()) -> int:
    """Read the PDF named first and write one line of JSON for each page to the file named second.

    ``fonts`` are folders to look in for fonts that a PDF does not bring along. 0 done, 2 called in another way.
    """
    if len(arguments) != 2:
        return 2
    source, target = Path(arguments[0]), Path(arguments[1])
    _bound_memory()
    ending = threading.Timer(SECONDS, os._exit, (3,))
    ending.daemon = True
    ending.start()
    with target.open("w", encoding="ascii", newline="\n") as out:
        for line in _lines(source.read_bytes(), fonts):
            out.write(line + "\n")
            out.flush()
    return 0


def _bound_memory() -> None:
    """Where the system can do it: no more memory for this process than ``MEMORY``."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


def _lines(data: bytes, fonts: Sequence[Path]) -> Iterator[str]:
    import pypdfium2

    from desktop.plans.pdf.extract import read_pages, use_fonts

    if fonts:
        use_fonts(fonts)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield _word(PASSWORD if error.err_code == _NEEDS_PASSWORD else DAMAGED)
        return
    count, characters = len(document), 0
    yield _word(TOO_MANY if count > MAX_PAGES else "pages", count)
    if count > MAX_PAGES:
        return
    for page in read_pages(document):
        characters += len(page.glyphs)
        if characters > MAX_CHARACTERS:
            yield _word(TOO_LONG)
            return
        yield page_as_line(page)
    yield _word(DONE)


def _word(word: str, count: int = 0) -> str:
    return json.dumps({"word": word, "count": count})


def word_of(line: str) -> tuple[str, int] | None:
    """The word and count of a line that is no page; None for a page."""
    data: dict[str, Any] = json.loads(line)
    return (data["word"], data["count"]) if "word" in data else None
