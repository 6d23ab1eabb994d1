"""One record of a table to a problem draft: its cells become a shadow of their own, read like that of a text."""

from dataclasses import replace
from datetime import date

from desktop.plans.aliases import KINDS
from desktop.plans.deadlines import read_deadline
from desktop.plans.fields import Context, ItemRead, Stretch, draft_of, measure_of
from desktop.plans.folding import squeeze
from desktop.plans.measures import split_rows
from desktop.plans.numbers import mark_at
from desktop.plans.preface import Preface
from desktop.plans.shadow import Builder
from desktop.plans.source import Source
from desktop.plans.tables.cell_lines import is_torn, is_wrapped, lines_of
from desktop.plans.tables.outer_numbers import outer_numbers
from desktop.plans.tables.record import Part, Record
from desktop.plans.view import Line, View
from desktop.plans.words import Words
from desktop.rules.drafts import MeasureDraft, Span


def draft_record(
    record: Record, source: Source, folded: str, words: Words, preface: Preface, widths: dict[str, int]
) -> tuple[ItemRead, list[Span]]:
    """Read a record; the second value are stretches of its cells that belong to no field.

    ``folded`` is the source's text with widths folded; ``widths`` see ``cell_lines``.
    """
    view, values = _shadow(record, source, folded, words, widths)
    here = Context(view, words, preface.year, preface.issued_on)
    _without_number(view, values, record)
    measures, leads = _measures(here, record, values)
    problem, deadline = draft_of(here, record.number, record.token, values, measures, Span(record.start, record.end))
    beside = [pair for _, number in problem.external_numbers for pair in outer_numbers(number, "")]
    outer = tuple(dict.fromkeys((*beside, *record.outer)))
    return ItemRead(replace(problem, external_numbers=outer), (), deadline), [view.span(*lead) for lead in leads]


def _shadow(
    record: Record, source: Source, folded: str, words: Words, widths: dict[str, int]
) -> tuple[View, dict[str, list[Stretch]]]:
    """The cells of a record one field after another, and the stretch that each part fills."""
    builder = Builder(source.text, folded)
    values: dict[str, list[Stretch]] = {}
    for kind in KINDS:
        before = ""
        for part in record.parts.get(kind, ()):
            text = squeeze(folded[part.start : part.end])
            torn = bool(before and text) and is_torn(before, text, kind, words.aliases)
            start = _add_part(builder, part, kind, source, folded, words, widths.get(kind, 0), torn)
            if torn:
                values[kind][-1] = (values[kind][-1][0], builder.length)
            elif start < builder.length:
                values.setdefault(kind, []).append((start, builder.length))
            before = text or before
    return builder.view(), values


def _add_part(
    builder: Builder, part: Part, kind: str, source: Source, folded: str, words: Words, width: int, torn: bool
) -> int:
    """Add the lines of one part, ``torn`` ones right behind what is there; the answer is where it begins."""
    paragraph = last = ""
    start = builder.length
    for line, hard in lines_of(folded, part.start, part.end):
        text = squeeze(line.text)
        if not paragraph:
            if builder.length:
                builder.join(line, torn)
            start = builder.length
            joined = False
        else:
            joined = is_wrapped(paragraph, last, text, kind, hard and source.paragraphs, width, words.aliases)
            builder.join(line, joined)
        paragraph = (paragraph + text if joined else text)[-400:]
        last = text
        builder.add(Line(line.start, line.end, line.text, False, False, False))
    return start


def _without_number(view: View, values: dict[str, list[Stretch]], record: Record) -> None:
    """The number in front of a problem's text is no part of it."""
    if not values.get("problem"):
        return
    low, high = values["problem"][0]
    mark = mark_at(view.text, low)
    if mark is not None and mark.end < high and mark.value == record.number:
        low, high = view.trim(mark.end, high, "\n :、.")
    else:
        low, high = view.trim(low, high, "\n ")
    values["problem"][0] = (low, high)
    if low >= high:
        values["problem"].pop(0)


def _measures(
    here: Context, record: Record, values: dict[str, list[Stretch]]
) -> tuple[tuple[MeasureDraft, ...], list[Stretch]]:
    """The measures of all rows; where every row has a deadline of its own, that is when its measures are due."""
    rows = values.get("measures", [])
    pieces, leads = split_rows(here.view, rows) if rows else ([], [])
    text = "\n".join(here.view.words(low, high) for low, high in values.get("problem", []))
    parts = record.parts.get("measures", ())
    days = _days_of_rows(here, record, values)
    found = []
    for number, (piece, index) in enumerate(pieces, 1):
        measure = measure_of(here, piece.number if len(rows) == 1 else number, piece, text)
        part = parts[index] if index < len(parts) else None
        if part is not None and measure.span is not None:
            measure = replace(measure, span=_inside(measure.span, part))
        if part is not None and measure.due is None:
            measure = replace(measure, due=next((days[row] for row in sorted(days)[::-1] if row <= part.row), None))
        found.append(measure)
    return tuple(found), leads


def _inside(span: Span, part: Part) -> Span:
    """A measure that goes on in the next row is marked in the cell it begins in only."""
    return Span(span.start, min(span.end, part.end)) if part.start <= span.start < part.end else span


def _days_of_rows(here: Context, record: Record, values: dict[str, list[Stretch]]) -> dict[int, date | None]:
    parts, stretches = record.parts.get("deadline", []), values.get("deadline", [])
    if len(parts) < 2 or len(parts) != len(stretches):
        return {}
    return {
        part.row: read_deadline(here.view.text[low:high].replace("\n", ""), here.year, here.words.aliases).last
        for part, (low, high) in zip(parts, stretches, strict=True)
    }
