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
from desktop.rules.errors import Refused

_HEAD = 200_000
_STEP = 50
MAX_LABELLED = 1_500_000  # characters; the list of a whole province has sixty thousand


def parse_source(source: Source, aliases: Aliases, progress: Progress = silent) -> PlanDraft:
    """Read a plan from a source; nothing is lost: what belongs to no problem stands under ``unassigned``.

    Tables of problems are read first, the text around them for title, totals and what else it holds. A text without
    any label gives a draft without problems; of it only the head is read closely. Refused: a text with labels that is
    far longer than any plan.
    """
    words = compile_words(aliases)
    progress("正在查找问题清单", 0.0)
    tables = read_tables(source, words)
    if tables.records:
        return parse_tables(source, tables, words, progress)
    return _parse_text(replace(source, findings=(*source.findings, *tables.findings)), words, progress)


def _parse_text(source: Source, words: Words, progress: Progress) -> PlanDraft:
    text = source.text
    if not _has_label(text, words):
        text = text[:_HEAD]
    elif len(text) > MAX_LABELLED:
        raise Refused(_far_too_long(source.name, len(text)), "too_large")
    view = build_view(text, words, source.paragraphs)
    progress("正在查找各项的栏目", 0.2)
    labels = without_nested(view, find_labels(view, words), line_marks(view.text))
    cut = cut_items(view, labels, words)
    head_end = cut.items[0].start if cut.items else min(len(view.text), _HEAD)
    raw_end = view.raw_place(head_end) if cut.items else len(text)
    preface = read_preface(view, raw_end, words, source.name)
    totals = read_totals(view.text[:head_end], words.aliases)
    reads = []
    for at, item in enumerate(cut.items):
        if at % _STEP == 0:
            progress(f"正在读取第{at + 1}项，共{len(cut.items)}项", 0.4 + 0.6 * at / len(cut.items))
        reads.append(problem_of(view, item, words, preface.year, preface.issued_on))
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


def _far_too_long(name: str, length: int) -> str:
    much = f"“{name}”有{length // 10_000}万字，不像整改方案，没有读取"
    return f"{much}，原文件和台账都未作改动；请只留方案和清单部分再导入。"


def _has_label(text: str, words: Words) -> bool:
    """A quick look: does any label word occur at all, blanks aside?"""
    return words.any_label.search(squeeze(text.translate(words.fold))) is not None
