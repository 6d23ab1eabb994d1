"""Labels inside single measures: “1.建站。责任单位：县水利局 … 2.接管。” belong to the measure, not to the problem."""

from desktop.plans.aliases import SHORT_KINDS
from desktop.plans.labels import Label
from desktop.plans.measures import opening_mark
from desktop.plans.numbers import OUTER_FIRST, Mark
from desktop.plans.view import View


def without_nested(view: View, labels: list[Label], marks: list[Mark]) -> list[Label]:
    """Leave out the labels between two measures of one list; ``marks`` are those that begin paragraphs."""
    nested: set[int] = set()
    at = 0
    for index, label in enumerate(labels):
        if label.kind != "measures":
            continue
        head = opening_mark(view, label.end)
        if head is None:
            continue
        while at < len(marks) and marks[at].start <= head.start:
            at += 1
        nested |= _between(labels[index + 1 : index + 200], marks[at : at + 400], head)
    return [label for label in labels if label.start not in nested]


def _between(labels: list[Label], marks: list[Mark], head: Mark) -> set[int]:
    """Starts of the labels that stand inside the measures of one list."""
    found: set[int] = set()
    kinds: set[str] = set()
    expected, at = head.value + 1, 0
    for number, mark in enumerate(marks):
        run = []
        while at < len(labels) and labels[at].start < mark.start:
            run.append(labels[at])
            at += 1
        if any(label.kind not in SHORT_KINDS for label in run) or _is_outer(mark, head):
            return found | _last_run(run, kinds)
        if mark.style != head.style:
            continue
        stop = next((other.start for other in marks[number + 1 :] if other.style == head.style), None)
        following = [label for label in labels[at:] if stop is None or label.start < stop]
        if mark.value != expected or (run and not _same_kinds(run, following)):
            return found | _last_run(run, kinds)
        found |= {label.start for label in run}
        kinds |= {label.kind for label in run}
        expected += 1
    return found | _last_run(labels[at:], kinds)


def _same_kinds(run: list[Label], following: list[Label]) -> bool:
    """A measure brings the fields of the measure before it; a problem would bring its own."""
    return bool(following) and following[0].kind in {label.kind for label in run}


def _last_run(run: list[Label], kinds: set[str]) -> set[int]:
    """The labels of the last measure: each kind once, as in the measures before."""
    found: set[int] = set()
    seen: set[str] = set()
    for label in run:
        if label.kind not in kinds or label.kind in seen:
            break
        seen.add(label.kind)
        found.add(label.start)
    return found


def _is_outer(mark: Mark, head: Mark) -> bool:
    return OUTER_FIRST.index(mark.style) < OUTER_FIRST.index(head.style)
