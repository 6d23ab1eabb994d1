"""The room's door for files: bytes of a plan in, a draft with findings out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop.plans.aliases import Aliases
from desktop.plans.decode import decode
from desktop.plans.everyday import is_traditional
from desktop.plans.grammar import parse_source
from desktop.plans.office_program import convert
from desktop.plans.sniff import KNOWN_SUFFIXES, TEXT, Kind, kind_of, suffix_of
from desktop.plans.source import Progress, Source, silent
from desktop.rules.drafts import Finding, PlanDraft


# The library of a format is read with the first file of it: the page that reviews plans opens without all of them.
def _word(data: bytes, name: str, progress: Progress) -> Source:
    from desktop.plans.word.reader import read_word

    return read_word(data, name, progress)


def _pdf(data: bytes, name: str, progress: Progress) -> Source:
    from desktop.plans.pdf.source import read_pdf

    return read_pdf(data, name, progress)


def _workbook(data: bytes, name: str, progress: Progress) -> Source:
    from desktop.plans.sheets.reader import read_workbook

    return read_workbook(data, name, progress)


# A reader for each kind of file that ``sniff`` names; what none of them reads is decoded as text or refused.
_READERS: Mapping[str, Callable[[bytes, str, Progress], Source]] = {
    "docx": _word,
    "pdf": _pdf,
    "xlsx": _workbook,
    "xls": _workbook,
}
_SAMPLE = 65536
# Older formats, and what an office program makes of them first.
_CONVERTED = {"doc": "docx", "rtf": "docx", "odt": "docx", "html": "docx", "wordml": "docx", "ods": "xlsx"}


def read_plan(data: bytes, name: str, aliases: Aliases, progress: Progress = silent) -> PlanDraft:
    """Read a plan from the bytes of its file; ``name`` is only used in messages and as a last resort for a title.

    Refused, with one sentence: an empty, damaged, locked or far too large file, a format that cannot be read, no text
    at all. A file without problems is no error: the draft then holds none. What ``progress`` raises stops the reading.
    """
    source = read_source(data, name, lambda text, share: progress(text, share * 0.6))
    return parse_source(source, aliases, lambda text, share: progress(text, 0.6 + share * 0.4))


def _read(kind: Kind, data: bytes, name: str, progress: Progress) -> Source:
    if kind.key in _CONVERTED:
        target = _CONVERTED[kind.key]
        made = convert(data, name, kind, target, progress)
        source = _READERS[target](made, name, progress)
        sentence = f"“{name}”由LibreOffice转换后读取，自动编号和表格请对照原件核对。"
        return replace(source, findings=(*source.findings, Finding("converted", sentence, level="note")))
    reader = _READERS.get(kind.key)
    return reader(data, name, progress) if reader else decode(data, name)


def read_source(data: bytes, name: str, progress: Progress = silent) -> Source:
    """The words of a file as its format holds them; the format is told by the content, never by the name."""
    kind = kind_of(data) or TEXT
    source = _read(kind, data, name, progress)
    found = []
    if is_traditional(source.text[:_SAMPLE]):
        sentence = "原文是繁体字，栏目已按简体对照识别，单位、人名与台账里的简体写法不同，请逐项核对。"
        found.append(Finding("traditional", sentence))
    if not kind.is_named(name) and (kind is not TEXT or suffix_of(name) in KNOWN_SUFFIXES):
        sentence = f"“{name}”实际上是{kind.words}，只是扩展名不同，已按{kind.words}读取。"
        found.append(Finding("other_suffix", sentence, level="note"))
    return replace(source, findings=(*source.findings, *found)) if found else source
