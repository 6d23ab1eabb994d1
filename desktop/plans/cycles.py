"""Groups labels into the rounds they make, one for each problem, and finds where the list begins."""

from dataclasses import dataclass, field

from desktop.plans.aliases import CORE_KINDS, SHORT_KINDS
from desktop.plans.folding import squeeze
from desktop.plans.labels import Label
from desktop.plans.numbers import line_marks
from desktop.plans.view import View
from desktop.plans.words import Words


@dataclass(slots=True)
class Cycle:
    """Labels from one first label to the next repetition of a kind."""

    labels: list[Label] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    strong: set[str] = field(default_factory=set)

    def take(self, label: Label) -> None:
        """Add the next label of the round."""
        self.labels.append(label)
        self.kinds.add(label.kind)
        if not label.weak:
            self.strong.add(label.kind)

    @property
    def is_rich(self) -> bool:
        """Two fields at least that only a problem has."""
        return len(self.kinds & CORE_KINDS) + ("problem" in self.kinds) >= 2

    @property
    def is_usable(self) -> bool:
        """One field that only a problem has, or the problem's own label."""
        return bool(self.kinds & CORE_KINDS) or "problem" in self.kinds


def group_labels(view: View, labels: list[Label]) -> list[Cycle]:
    """Cut the labels where a kind comes again; weak labels give way to strong ones of their kind."""
    cycles: list[Cycle] = []
    last: Label | None = None
    marks = {mark.start for mark in line_marks(view.text)}
    for label in labels:
        if not cycles or _begins(cycles[-1], label, last, view, marks):
            cycles.append(Cycle())
        cycles[-1].take(label)
        last = label
    for cycle in cycles:
        cycle.labels = [
            Label(lb.start, lb.end, "other", True, lb.colon, lb.mark) if lb.weak and lb.kind in cycle.strong else lb
            for lb in cycle.labels
        ]
    return cycles


def _begins(cycle: Cycle, label: Label, last: Label | None, view: View, marks: set[int]) -> bool:
    if label.kind in ("other", "progress"):
        return False
    if label.kind == "problem":
        only_text = cycle.kinds <= {"problem", "other", "progress"}
        repeated = last is not None and view.text[last.start : last.end] == view.text[label.start : label.end]
        return not only_text or label.start in marks or repeated
    if label.weak and label.kind in cycle.strong:
        return False
    return label.kind in cycle.kinds and not goes_on(last, label)


def goes_on(last: Label | None, label: Label) -> bool:
    """Two labels in a row for one list of units or leaders are one field; of other fields an item has one only."""
    return last is not None and last.kind == label.kind and label.kind in SHORT_KINDS - CORE_KINDS


def list_start(view: View, cycles: list[Cycle], words: Words) -> tuple[int, int]:
    """Where the list of problems begins on the shadow, and the index of its first round (plan-formats §8.3).

    It begins after the last list title or 附件 line before the first round of fields that only a problem has.
    """
    first = next((index for index, cycle in enumerate(cycles) if cycle.is_rich), None)
    if first is None:
        first = next((index for index, cycle in enumerate(cycles) if cycle.is_usable), None)
    if first is None:
        return len(view.text), len(cycles)
    limit = cycles[first].labels[0].start
    titles = title_paragraphs(view, 0, limit, words)
    start = titles[-1][1] if titles else 0
    while first > 0 and cycles[first - 1].labels[0].start >= start and cycles[first - 1].is_usable:
        first -= 1
    return start, first


def title_paragraphs(view: View, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """Paragraphs that are a list's title or an 附件 line pointing to one."""
    return [
        (low, high)
        for low, high in view.paragraphs(start, end)
        if high - low <= 90 and is_list_title(view.text[low:high], words)
    ]


def is_list_title(paragraph: str, words: Words) -> bool:
    """A list's own title line, or an 附件 line."""
    text = squeeze(paragraph)
    if text.startswith(("附件", "附表", "附:")):
        return True
    return bool(words.list_title.match(text)) and "《" not in text
