"""Patterns made once from an alias table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.plans.aliases import Aliases
from desktop.plans.folding import fold_table
from desktop.plans.heading_words import HeadingWords, heading_words
from desktop.plans.numbers import MARK


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns of one alias table; all of them are matched on the text folded by ``fold``."""

    aliases: Aliases
    fold: dict[int, str]
    headings: HeadingWords
    label: re.Pattern[str]
    any_label: re.Pattern[str]
    kinds: dict[str, tuple[str, bool]]
    label_line: re.Pattern[str]
    bare_heading: re.Pattern[str]
    block_start: re.Pattern[str]
    front_matter: re.Pattern[str]
    group_heading: re.Pattern[str]
    list_title: re.Pattern[str]
    plan_title: re.Pattern[str]
    chrome: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_words(aliases: Aliases) -> Words:
    """Compile the patterns of an alias table; the table is frozen, so one compilation serves every plan."""
    labels = _any(word for word, _, _ in aliases.labels)
    prefix = f"(?:{_any(aliases.prefixes)}){{0,2}}"
    label = f"{prefix}(?P<alias>{labels})"
    note = r"(?:\([^()\n]{1,14}\))?"
    label_line = rf"^(?:\({prefix}(?:{labels})\)|\(?{prefix}(?:{labels})\)?{note}(?::|$))"
    back = r"附件|附表|附[:]|抄送|主送|抄报|此件|\(此件|\(联系人"
    count = r"(?:\(共?\d+[个项]\))?"
    front = _any(aliases.front_matter)
    numbered = MARK.pattern
    return Words(
        aliases=aliases,
        fold=fold_table(aliases.fold),
        headings=heading_words(aliases),
        label=re.compile(label),
        any_label=re.compile(labels),
        kinds={word: (kind, weak) for word, kind, weak in aliases.labels},
        label_line=re.compile(label_line, re.M),
        bare_heading=re.compile(rf"(?:{numbered})?(?:\(?{prefix}(?:{labels})\)?:?|(?:{front})[:。]?)", re.X),
        block_start=re.compile(rf"(?:{numbered}|{label_line}|(?:{back}))", re.X),
        front_matter=re.compile(rf"(?:{front})(?:[。:.;]|$)", re.M),
        group_heading=re.compile(rf"[^。;,:\n]{{0,24}}(?:{_any(aliases.group_ends)}){count}[。:]?$", re.M),
        list_title=re.compile(rf"[^。;:,\n]{{2,70}}(?:{_any(aliases.list_ends)})(?:\([^()\n]{{1,20}}\))?$"),
        plan_title=re.compile(rf"[^。;:,\n]{{2,90}}(?:{_any(aliases.plan_ends)})(?:\([^()\n]{{1,20}}\))?$"),
        chrome=re.compile(rf"(?:(?:{_any(aliases.chrome)})[|\s:/\[\]]*){{1,12}}$"),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
