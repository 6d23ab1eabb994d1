"""The text around the tables of a source: masked, so that the reader of texts does not see what tables hold."""

from collections.abc import Iterable

from desktop.plans.source import Source
from desktop.rules.drafts import Span


def masked(source: Source, filled: Iterable[Span]) -> Source:
    """The same source with line feeds in place of these stretches; every other character keeps its place."""
    pieces: list[str] = []
    place = 0
    for span in sorted(filled, key=lambda span: span.start):
        start = max(place, span.start)
        if start >= span.end:
            continue
        pieces.append(source.text[place:start])
        pieces.append("\n" * (span.end - start))
        place = span.end
    pieces.append(source.text[place:])
    return Source(source.name, "".join(pieces), (), source.damaged, source.paragraphs, source.findings)


def sheet_stretches(source: Source) -> dict[str, Span]:
    """From where to where the words of each sheet stand."""
    found: dict[str, Span] = {}
    for cell in source.cells:
        old = found.get(cell.sheet, Span(cell.start, cell.end))
        found[cell.sheet] = Span(min(old.start, cell.start), max(old.end, cell.end))
    return found


def is_workbook(source: Source) -> bool:
    """Does all of the text stand in cells, as in a workbook?"""
    if not source.cells:
        return False
    return not masked(source, (Span(cell.start, cell.end) for cell in source.cells)).text.strip()
