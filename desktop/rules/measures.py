"""How far the measures of a problem are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from desktop.rules.records import CaseFile, Measure, Progress


def percent_done(case: CaseFile) -> int:
    """The problem's percentage, 0–100, rounded down: the mean of its measures, else its latest own entry."""
    if case.measures:
        return sum(m.percent or 0 for m in case.measures) // len(case.measures)
    return next((p.percent for p in reversed(case.progress) if p.percent is not None), 0)


def undone(case: CaseFile) -> tuple[int, ...]:
    """Numbers of the measures that are not yet reported as done."""
    return tuple(m.number for m in case.measures if not m.is_done)


def with_latest(measures: Sequence[Measure], progress: Sequence[Progress]) -> Iterator[Measure]:
    """Measures with their latest entry; “all done” said of the whole problem counts for every measure before it."""
    if not progress:
        yield from measures
        return
    whole = max((i for i, p in enumerate(progress) if not p.measure_id and p.percent == 100), default=-1)
    by_measure: dict[str, list[tuple[int, Progress]]] = defaultdict(list)
    for i, entry_of in enumerate(progress):
        by_measure[entry_of.measure_id].append((i, entry_of))
    for measure in measures:
        own = by_measure.get(measure.id, [])
        if not own and whole < 0:
            yield measure
            continue
        at, entry = own[-1] if own else (-1, None)
        percent = next((p.percent for _, p in reversed(own) if p.percent is not None), None)
        done = next((p.quantity_done for _, p in reversed(own) if p.quantity_done is not None), None)
        if whole > at:
            entry, percent = entry or progress[whole], 100
        said = (entry.text, entry.month) if entry else ("", "")
        yield Measure(
            measure.id,
            measure.problem_id,
            measure.number,
            measure.text,
            measure.due,
            measure.quantity,
            measure.quantity_of,
            measure.quantity_unit,
            percent,
            done,
            latest=said[0],
            latest_month=said[1],
        )
