"""两处办理不一致: two steps of one problem of which neither knew of the other (exchange §4); both are kept."""

from collections.abc import Iterable

from desktop.rules.records import Step, StepAction

# A look-back changes nothing that the other side's step rests on.
_MOVES = frozenset(StepAction) - {StepAction.LOOK_BACK}


def forked_steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that stand side by side at the end of a problem's way, in their order; none where one saw all others.

    A later step that has seen both settles it, and so does withdrawing all but one.
    """
    moves = {step.id: step for step in steps if step.action in _MOVES}
    seen = {before for step in moves.values() for before in step.saw}
    heads = [step for step in moves.values() if step.id not in seen]
    # Where something that was seen is not known here, packages are still to come.
    return tuple(sorted(heads, key=lambda step: (step.on, step.order, step.id))) if len(heads) > 1 else ()
