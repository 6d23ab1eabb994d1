"""Labels inside of cells: “存在问题：……整改目标：……” in one cell, or a label with its value behind a colon."""

import re
from functools import lru_cache

from desktop.plans.aliases import Aliases
from desktop.plans.tables.headings import label_of
from desktop.plans.tables.record import Part


@lru_cache(maxsize=4)
def _pattern(aliases: Aliases) -> re.Pattern[str]:
    words = {word for word, kind, _ in aliases.labels if kind != "other"}
    words |= {word for word, kind, _ in aliases.headings if len(word) > 1 and kind not in ("other", "external")}
    either = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    prefix = "|".join(map(re.escape, aliases.prefixes))
    head = rf"(?P<label>(?:{prefix}){{0,2}}(?:{either}))[ \t]*(?:\([^()\n]{{1,14}}\))?[ \t]*:"
    return re.compile(rf"(?:^|(?<=[\n\v。;]))[ \t\u200b]*(?:[一二三四五六七八九十\d]{{1,2}}[、.][ \t]*)?{head}", re.M)


def inner_parts(folded: str, part: Part, kind: str, aliases: Aliases) -> list[tuple[str, Part]]:
    """The stretches of a cell by the labels in it; what stands before the first one is of the given kind."""
    found: list[tuple[str, Part]] = []
    start, current = part.start, kind
    for match in _pattern(aliases).finditer(folded, part.start, part.end):
        label = label_of(match.group("label"), aliases)
        if label is None or label.kind == "other":
            continue
        found.append((current, Part(start, match.start(), part.row)))
        start, current = match.end(), label.kind
    found.append((current, Part(start, part.end, part.row)))
    return [(key, stretch) for key, stretch in found if folded[stretch.start : stretch.end].strip(" \t\n\v\u200b:")]
