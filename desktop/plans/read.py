"""The room's door for files: bytes of a plan in, a draft with findings out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop.plans.aliases import Aliases
from desktop.plans.decode import decode
from desktop.plans.grammar import parse_source
from desktop.plans.pdf.source import read_pdf
from desktop.plans.sniff import KNOWN_SUFFIXES, TEXT, kind_of, suffix_of
from desktop.plans.source import Progress, Source, silent
from desktop.rules.drafts import Finding, PlanDraft

# A reader for each kind of file that ``sniff`` names; what none of them reads is decoded as text or refused.
_READERS: Mapping[str, Callable[[bytes, str, Progress], Source]] = {"pdf": read_pdf}


def read_plan(data: bytes, name: str, aliases: Aliases, progress: Progress = silent) -> PlanDraft:
    """Read a plan from the bytes of its file; ``name`` is only used in messages and as a last resort for a title.

    Refused, with one sentence: an empty file, one of more than 20 MB, any format but text, no text at all. A text
    without problems is no error: the draft then holds none. What ``progress`` raises stops the reading.
    """
    return parse_source(read_source(data, name, progress), aliases)


def read_source(data: bytes, name: str, progress: Progress = silent) -> Source:
    """The words of a file as its format holds them; the format is told by the content, never by the name."""
    kind = kind_of(data) or TEXT
    reader = _READERS.get(kind.key)
    source = reader(data, name, progress) if reader else decode(data, name)
    if kind.is_named(name) or (kind is TEXT and suffix_of(name) not in KNOWN_SUFFIXES):
        return source
    sentence = f"“{name}”实际上是{kind.words}，只是扩展名不同，已按{kind.words}读取。"
    return replace(source, findings=(*source.findings, Finding("other_suffix", sentence, level="note")))
