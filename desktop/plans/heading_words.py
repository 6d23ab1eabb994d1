"""The words of heads of columns and label cells, made ready once from an alias table."""

import re
from dataclasses import dataclass

from desktop.plans.aliases import Aliases
from desktop.plans.folding import fold_table, squeeze

_EDGES = ":*#·.、。,;—-_/|"


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """``words`` maps a head to its kind and whether it is weak, ``chosen`` heads a clerk has mapped to their kind.

    ``lengths`` are those of the words, the longest first; ``prefix`` matches 市级, 属地 and the like; ``label``
    matches a label with its colon at the beginning of a line or sentence.
    """

    words: dict[str, tuple[str, bool]]
    chosen: dict[str, str]
    lengths: tuple[int, ...]
    prefix: re.Pattern[str]
    label: re.Pattern[str]
    fold: dict[int, str]

    def plain(self, text: str) -> str:
        """A heading as it is compared: widths folded, no blanks, no signs at its edges."""
        return squeeze(text.translate(self.fold)).strip(_EDGES)


def heading_words(aliases: Aliases) -> HeadingWords:
    """Make the words of an alias table ready."""
    words = {word: (kind, weak) for word, kind, weak in (*aliases.labels, *aliases.headings)}
    fold = fold_table(aliases.fold)
    found = HeadingWords(
        words=words,
        chosen={},
        lengths=tuple(sorted({len(word) for word in words}, reverse=True)),
        prefix=re.compile(rf"(?:{_any(aliases.prefixes)}){{1,2}}"),
        label=_label(aliases, words),
        fold=fold,
    )
    found.chosen.update((found.plain(heading), kind) for heading, kind in aliases.chosen)
    return found


def _label(aliases: Aliases, words: dict[str, tuple[str, bool]]) -> re.Pattern[str]:
    named = [word for word, (kind, _) in words.items() if len(word) > 1 and kind not in ("other", "external")]
    head = rf"(?P<label>(?:{_any(aliases.prefixes)}){{0,2}}(?:{_any(named)}))[ \t]*(?:\([^()\n]{{1,14}}\))?[ \t]*:"
    return re.compile(rf"(?:^|(?<=[\n\v。;]))[ \t\u200b]*(?:[一二三四五六七八九十\d]{{1,2}}[、.][ \t]*)?{head}", re.M)


def _any(words: "tuple[str, ...] | list[str]") -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
