"""What a clerk writes into a cell of the ledger's sheet: measures, a deadline, term classes, names, upper numbers."""

import re
from dataclasses import dataclass
from datetime import date

from desktop.plans.aliases import Aliases
from desktop.plans.deadlines import read_deadline, read_due
from desktop.plans.folding import fold_table
from desktop.plans.measures import read_quantity
from desktop.plans.numbers import chinese_number
from desktop.plans.units import split_units
from desktop.rules.drafts import MeasureDraft
from desktop.rules.records import LEVEL_WORDS, TERM_WORDS, TermClass

_MARK = re.compile(r"(?m)^[ \t\u3000]*(?:[（(]([一二三四五六七八九十百]{1,5})[)）]|(\d{1,3})[.、．](?!\d))[ \t\u3000]*")
_EXTENDED = re.compile(r"（经[^（）]*批准延期至\d{4}年\d{1,2}月\d{1,2}日）$")
_NUMBER = re.compile(r"(?P<level>[^、，,；;\s]*?)序号(?P<number>[^、，,；;\s]+)")
_BETWEEN = re.compile(r"[、，,；;\n]+")
_TERMS = {words: term for term, words in TERM_WORDS.items()} | {
    "分阶段": TermClass.STAGED,
    "限时": TermClass.DATED,
    "限期整改": TermClass.DATED,
    "长期": TermClass.LONG_TERM,
    "持续推进": TermClass.LONG_TERM,
    "立改": TermClass.IMMEDIATE,
}
_LEVELS = {word: level.value for level, word in LEVEL_WORDS.items()}


@dataclass(frozen=True, slots=True)
class CellDeadline:
    """A deadline as a cell says it: the words without a note of an extension, and the day in them."""

    words: str
    day: date | None
    extension: str = ""


def read_measure_cell(text: str, problem: str, aliases: Aliases) -> tuple[MeasureDraft, ...]:
    """The measures of a cell, a line each with its number; lines without one go on. ``problem`` is its text.

    A cell without any number is one measure for each line.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        parts = [(at, line.strip()) for at, line in enumerate(filter(str.strip, text.split("\n")), 1)]
    else:
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        parts = [
            (chinese_number(mark[1] or mark[2]) or at, text[mark.end() : end].strip())
            for at, (mark, end) in enumerate(zip(marks, ends, strict=True), 1)
        ]
    return tuple(_measure(number, words, problem, aliases) for number, words in parts if words)


def _measure(number: int, text: str, problem: str, aliases: Aliases) -> MeasureDraft:
    table = fold_table(aliases.fold)
    folded = "".join(text.translate(table).split())
    return MeasureDraft(
        number, text, read_due(folded, None, None), read_quantity(folded, problem.translate(table), None, None)
    )


def read_deadline_cell(value: object, aliases: Aliases) -> CellDeadline:
    """The deadline of a cell: a real date, or the plan's words, behind which an approved extension may be noted."""
    if isinstance(value, date):
        return CellDeadline(f"{value.year}年{value.month}月{value.day}日", value)
    text = str(value).strip()
    noted = _EXTENDED.search(text)
    words = text[: noted.start()].strip() if noted else text
    folded = "".join(words.translate(fold_table(aliases.fold)).split())
    return CellDeadline(words, read_deadline(folded, None, aliases).last, noted.group() if noted else "")


def read_terms(text: str) -> tuple[TermClass, ...] | None:
    """The classes that a cell names, 立行立改、长期坚持; None when a word is none of them."""
    words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
    found = [_TERMS.get(word) for word in words]
    return None if any(term is None for term in found) else tuple(dict.fromkeys(filter(None, found)))


def read_names(text: str) -> tuple[str, ...]:
    """Names of persons in a cell, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _BETWEEN.split(text) if name.strip()))


def read_units_cell(text: str, aliases: Aliases) -> tuple[str, ...]:
    """Names of units in a cell, each once; brackets are not split."""
    return split_units(text, text.translate(fold_table(aliases.fold)), aliases)


def read_upper_numbers(text: str) -> tuple[tuple[str, str], ...] | None:
    """Pairs of level and number: 市序号9; None when the cell holds anything else."""
    found = list(_NUMBER.finditer(text))
    if _BETWEEN.sub("", _NUMBER.sub("", text)).strip():
        return None
    return tuple((_LEVELS.get(part["level"], part["level"]), part["number"]) for part in found)
