"""Labels inside of cells: “存在问题：……整改目标：……” in one cell, or a label with its value behind a colon."""

from desktop.plans.tables.headings import label_of
from desktop.plans.tables.record import Part
from desktop.plans.words import Words


def inner_parts(folded: str, part: Part, kind: str, words: Words) -> list[tuple[str, Part]]:
    """The stretches of a cell by the labels in it; what stands before the first one is of the given kind."""
    found: list[tuple[str, Part]] = []
    start, current = part.start, kind
    for match in words.headings.label.finditer(folded[part.start : part.end]):
        label = label_of(match.group("label"), words.headings)
        if label is None or label.kind == "other":
            continue
        found.append((current, Part(start, part.start + match.start(), part.row)))
        start, current = part.start + match.end(), label.kind
    found.append((current, Part(start, part.end, part.row)))
    return [(key, stretch) for key, stretch in found if folded[stretch.start : stretch.end].strip(" \t\n\v\u200b:")]
