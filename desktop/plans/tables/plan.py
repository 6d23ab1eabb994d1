"""A plan whose problems stand in tables: records to drafts, and the text around them for everything else."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.plans.aliases import CORE_KINDS
from desktop.plans.checks import find_remarks
from desktop.plans.fields import ItemRead, problem_of
from desktop.plans.items import Cut, Item, cut_items
from desktop.plans.labels import find_labels
from desktop.plans.nested import without_nested
from desktop.plans.numbers import line_marks
from desktop.plans.preface import Preface, read_preface
from desktop.plans.shadow import build_view
from desktop.plans.source import Progress, Source
from desktop.plans.stray import loose_text
from desktop.plans.tables.around import is_workbook, masked, sheet_stretches
from desktop.plans.tables.cell_lines import widths_of
from desktop.plans.tables.reading import Tables
from desktop.plans.tables.record import Record
from desktop.plans.tables.record_fields import draft_record
from desktop.plans.tables.twins import without_tasks, without_twins
from desktop.plans.totals import Totals, read_totals
from desktop.plans.view import View
from desktop.plans.words import Words
from desktop.rules.drafts import Finding, PlanDraft, Span

_EVERY = 50


@dataclass(frozen=True, slots=True)
class _Around:
    """The text around the tables: its shadow, and the stretch of it where title and totals are looked for first."""

    view: View
    start: int
    end: int
    skipped: tuple[Span, ...]


def parse_tables(source: Source, tables: Tables, words: Words, progress: Progress) -> PlanDraft:
    """The draft of a source with tables of problems. Problems written as text beside them are read too."""
    around, remarks = _around(source, tables, words)
    preface, totals = _preface(around, words, source)
    reads, leads = _reads(source, tables, words, preface, progress)
    cut = _text_items(around, words, tables.first)
    texts = [problem_of(around.view, item, words, preface.year, preface.issued_on) for item in cut.items]
    strays = [stretch for read in texts for stretch in read.strays]
    kept, twins = without_twins([*reads, *texts])
    reads, tasks = without_tasks(reads, [record.table for record in tables.records], kept)
    reads.sort(key=lambda read: read.problem.span.start if read.problem.span else 0)
    loose = loose_text(around.view, cut, strays, words, preface.title, totals.total is not None)
    spans = [(around.view.span(*pair), around.view.words(*pair)) for pair in loose]
    spans = [pair for pair in spans if not any(low.start <= pair[0].start < low.end for low in around.skipped)]
    spans += [(span, source.text[span.start : span.end]) for span in leads]
    draft = PlanDraft(
        title=preface.title,
        doc_no=preface.doc_no,
        issued_on=preface.issued_on,
        issuer=preface.issuer,
        stated_total=totals.total,
        stated_by_year=totals.by_year,
        problems=tuple(read.problem for read in reads),
        unassigned=tuple(text for _, text in spans),
        source=source.text,
    )
    said = replace(source, findings=(*source.findings, *tables.findings, *twins, *tasks, *remarks))
    return replace(draft, findings=find_remarks(draft, totals, [span for span, _ in spans], reads, said))


def _around(source: Source, tables: Tables, words: Words) -> tuple[_Around, list[Finding]]:
    """The text that no table of problems holds; in a workbook sheets without problems are only looked at for totals."""
    rest = masked(source, tables.filled)
    view = build_view(rest.text, words, source.paragraphs)
    if not is_workbook(source):
        return _Around(view, 0, tables.first, ()), []
    sheets = sheet_stretches(source)
    skipped = {name: span for name, span in sheets.items() if name not in tables.sheets}
    remarks = [
        Finding("skipped_sheet", f"工作表“{name}”里没有整改问题清单，没有读入。", level="note", span=span)
        for name, span in skipped.items()
        if source.text[span.start : span.end].strip()
    ]
    home = next(span for name, span in sheets.items() if span.start <= tables.first < span.end)
    return _Around(view, home.start, tables.first, tuple(skipped.values())), remarks


def _preface(around: _Around, words: Words, source: Source) -> tuple[Preface, Totals]:
    """Title and totals from the lines above the first table, else from all text around the tables of a workbook."""
    view = around.view
    near = read_preface(view, around.end, words, source.name, around.start)
    totals = read_totals(view.text[_place(view, around.start) : _place(view, around.end)], words.aliases)
    if around.start == 0 and not around.skipped:
        return near, totals
    whole = read_preface(view, len(view.raw), words, source.name)
    has_title = any(around.start <= line.start < around.end for line in view.lines)
    if totals.total is None:
        totals = read_totals(view.text, words.aliases)
    return (
        Preface(
            title=near.title if has_title else read_preface(view, around.start, words, source.name).title,
            doc_no=near.doc_no or whole.doc_no,
            issued_on=near.issued_on or whole.issued_on,
            issuer=near.issuer or whole.issuer,
            dated_year=near.dated_year or whole.dated_year,
        ),
        totals,
    )


def _place(view: View, raw: int) -> int:
    """Where on the shadow the text from a raw place on begins."""
    index = bisect_left(view.places, raw)
    return view.starts[index] if index < len(view.starts) else len(view.text)


def _reads(
    source: Source, tables: Tables, words: Words, preface: Preface, progress: Progress
) -> tuple[list[ItemRead], list[Span]]:
    folded = source.text.translate(words.fold)
    widths: dict[int, dict[str, int]] = {}
    reads, leads = [], []
    for index, record in enumerate(tables.records):
        if index % _EVERY == 0:
            progress("正在读取清单中的问题", index / len(tables.records))
        if record.table not in widths:
            widths[record.table] = widths_of(_cells(tables.records, record.table, folded))
        read, lead = draft_record(record, source, folded, words, preface, widths[record.table])
        reads.append(read)
        leads += lead
    return reads, leads


def _cells(records: list[Record], table: int, folded: str) -> Iterable[tuple[str, str]]:
    for record in records:
        if record.table == table:
            for kind, parts in record.parts.items():
                for part in parts:
                    yield kind, folded[part.start : part.end]


def _text_items(around: _Around, words: Words, first: int) -> Cut:
    """Problems written as text beside the tables: only where all of them have fields of their own."""
    view = around.view
    labels = without_nested(view, find_labels(view, words), line_marks(view.text))
    cut = cut_items(view, labels, words)
    if cut.items and all(_is_rich(item) for item in cut.items):
        return cut
    begin = _place(view, first)
    return Cut(begin, (), ((begin, len(view.text)),) if begin < len(view.text) else ())


def _is_rich(item: Item) -> bool:
    return len({label.kind for label in item.labels} & CORE_KINDS) >= 2 and item.end > item.text_start
