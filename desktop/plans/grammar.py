"""From a source to a draft of the plan: shadow → labels → items → fields → findings; tables go before the text."""

from dataclasses import replace

from desktop.plans.aliases import Aliases
from desktop.plans.checks import find_remarks
from desktop.plans.fields import problem_of
from desktop.plans.folding import squeeze
from desktop.plans.items import cut_items
from desktop.plans.labels import find_labels
from desktop.plans.nested import without_nested
from desktop.plans.numbers import line_marks
from desktop.plans.preface import read_preface
from desktop.plans.shadow import build_view
from desktop.plans.source import Progress, Source, silent
from desktop.plans.stray import loose_text
from desktop.plans.tables.plan import parse_tables
from desktop.plans.tables.reading import read_tables
from desktop.plans.totals import read_totals
from desktop.plans.words import Words, compile_words
from desktop.rules.drafts import PlanDraft

_HEAD = 200_000


def parse_source(source: Source, aliases: Aliases, progress: Progress = silent) -> PlanDraft:
    """Read a plan from a source; nothing is lost: what belongs to no problem stands under ``unassigned``.

    Tables of problems are read first, the text around them for title, totals and what else it holds. A text without
    any label gives a draft without problems; of it only the head is read closely.
    """
    words = compile_words(aliases)
    progress("正在查找问题清单", 0.0)
    tables = read_tables(source, words)
    if tables.records:
        return parse_tables(source, tables, words, progress)
    return _parse_text(replace(source, findings=(*source.findings, *tables.findings)), words)


def _parse_text(source: Source, words: Words) -> PlanDraft:
    text = source.text
    if not _has_label(text, words):
        text = text[:_HEAD]
    view = build_view(text, words, source.paragraphs)
    labels = without_nested(view, find_labels(view, words), line_marks(view.text))
    cut = cut_items(view, labels, words)
    head_end = cut.items[0].start if cut.items else min(len(view.text), _HEAD)
    raw_end = view.raw_place(head_end) if cut.items else len(text)
    preface = read_preface(view, raw_end, words, source.name)
    totals = read_totals(view.text[:head_end], words.aliases)
    reads = [problem_of(view, item, words, preface.year, preface.issued_on) for item in cut.items]
    strays = [stretch for read in reads for stretch in read.strays]
    loose = loose_text(view, cut, strays, words, preface.title, totals.total is not None)
    draft = PlanDraft(
        title=preface.title,
        doc_no=preface.doc_no,
        issued_on=preface.issued_on,
        issuer=preface.issuer,
        stated_total=totals.total,
        stated_by_year=totals.by_year,
        problems=tuple(read.problem for read in reads),
        unassigned=tuple(view.words(low, high) for low, high in loose),
        source=source.text,
    )
    spans = [view.span(low, high) for low, high in loose]
    return replace(draft, findings=find_remarks(draft, totals, spans, reads, source))


def _has_label(text: str, words: Words) -> bool:
    """A quick look: does any label word occur at all, blanks aside?"""
    return words.any_label.search(squeeze(text.translate(words.fold))) is not None
