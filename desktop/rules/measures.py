"""How far the measures of a problem are."""

from desktop.rules.records import CaseFile


def percent_done(case: CaseFile) -> int:
    """The problem's percentage, 0–100, rounded down: the mean of its measures, else its latest own entry."""
    if case.measures:
        return sum(m.percent or 0 for m in case.measures) // len(case.measures)
    return next((p.percent for p in reversed(case.progress) if p.percent is not None), 0)



def undone(case: CaseFile) -> tuple[int, ...]:
    """Numbers of the measures that are not yet reported as done."""
    return tuple(m.number for m in case.measures if not m.is_done)
