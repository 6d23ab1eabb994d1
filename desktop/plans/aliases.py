"""The words by which fields are recognised, checked and frozen from the data in resources/aliases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

KINDS = (
    "problem",
    "target",
    "measures",
    "deadline",
    "leaders",
    "lead_units",
    "responsible_units",
    "assisting_units",
    "supervising_units",
    "acceptance_units",
    "progress",
    "other",
)
# Kinds that only a column of a table has: its own number, and numbers of upper plans.
COLUMN_KINDS = (*KINDS, "number", "external")
UNIT_KINDS = tuple(kind for kind in KINDS if kind.endswith("_units"))
SHORT_KINDS = frozenset({"deadline", "leaders", *UNIT_KINDS})
CORE_KINDS = frozenset({"target", "measures", "deadline"})

_WORDS = (
    "prefixes",
    "front_matter",
    "group_ends",
    "list_ends",
    "plan_ends",
    "unit_ends",
    "shared_tails",
    "chrome",
)
_TERMS = ("long_term", "immediate", "done", "staged")


@dataclass(frozen=True, slots=True)
class Aliases:
    """All words of one alias table. ``labels`` are (word, kind, weak), longest word first.

    ``headings`` are the words known as heads of columns beside the labels; ``chosen`` are headings a clerk has mapped.
    """

    labels: tuple[tuple[str, str, bool], ...]
    prefixes: tuple[str, ...]
    front_matter: tuple[str, ...]
    group_ends: tuple[str, ...]
    list_ends: tuple[str, ...]
    plan_ends: tuple[str, ...]
    unit_ends: tuple[str, ...]
    shared_tails: tuple[str, ...]
    chrome: tuple[str, ...]
    long_term: tuple[str, ...]
    immediate: tuple[str, ...]
    done: tuple[str, ...]
    staged: tuple[str, ...]
    fold: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[str, str, bool], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()


def parse_aliases(data: Mapping[str, Any]) -> Aliases:
    """Check and freeze a loaded alias table (``plan_labels.toml``).

    Raises ValueError naming the place when the table lacks a part, names an unknown field or gives one word twice.
    """
    words = {key: _words(data, "words", key) for key in _WORDS} | {key: _words(data, "terms", key) for key in _TERMS}
    fold = tuple(sorted(dict(data.get("fold", {})).items()))
    for old, new in fold:
        if len(old) != 1 or len(new) != 1:
            raise ValueError(f"fold: {old!r} to {new!r} is not one character to one character")
    labels = _labels(data)
    return Aliases(labels=labels, fold=fold, headings=_headings(data, labels), chosen=(), **words)


def with_headings(aliases: Aliases, chosen: Mapping[str, str]) -> Aliases:
    """The table with headings a clerk has mapped to fields, which go before all others.

    ``chosen`` maps a heading as it stands in the file to a field key of ``ProblemDraft.fields`` (text, target,
    measures, deadline …), to ``number``, ``external`` or ``other`` (not read). Raises ValueError for another key.
    """
    found = dict(aliases.chosen)
    for heading, key in chosen.items():
        kind = "problem" if key == "text" else key
        if kind not in COLUMN_KINDS:
            raise ValueError(f"{heading}: no such field {key}")
        found[heading] = kind
    return replace(aliases, chosen=tuple(sorted(found.items())))


def _headings(data: Mapping[str, Any], labels: tuple[tuple[str, str, bool], ...]) -> tuple[tuple[str, str, bool], ...]:
    """Words that are heads of columns only; a weak label may come again as one, and is strong there."""
    found: dict[str, str] = {}
    strong = {word for word, _, weak in labels if not weak}
    for kind, words in data.get("headings", {}).items():
        if kind not in COLUMN_KINDS:
            raise ValueError(f"headings.{kind}: no such field")
        for word in words:
            if word in found or word in strong:
                raise ValueError(f"headings.{kind}: {word} is given twice")
            found[word] = kind
    return tuple(sorted(((word, kind, False) for word, kind in found.items()), key=lambda e: (-len(e[0]), e[0])))


def _labels(data: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    seen: dict[str, tuple[str, str, bool]] = {}
    for kind, table in data["labels"].items():
        if kind not in KINDS:
            raise ValueError(f"labels.{kind}: no such field")
        for strength in ("strong", "weak"):
            for word in table.get(strength, ()):
                if word in seen:
                    raise ValueError(f"labels.{kind}: {word} is also given under {seen[word][1]}")
                seen[word] = (word, kind, strength == "weak")
    missing = [kind for kind in KINDS if all(entry[1] != kind for entry in seen.values())]
    if missing:
        raise ValueError(f"labels: no word for {', '.join(missing)}")
    return tuple(sorted(seen.values(), key=lambda entry: (-len(entry[0]), entry[0])))


def _words(data: Mapping[str, Any], table: str, key: str) -> tuple[str, ...]:
    words = data[table].get(key)
    if not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError(f"{table}.{key}: a list of words is needed")
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
