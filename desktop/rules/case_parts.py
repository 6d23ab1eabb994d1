"""Which records of a case a rule looks at, and which of their fields: many cases are then read without the rest.

A rule told by these parts says the same as told by the whole cases (``tests/operations/test_case_parts.py``).
"""

from collections.abc import Mapping

# Kinds of records, each with the fields that are read of it; a kind that is not named is not read.
Parts = Mapping[str, frozenset[str]]


def _parts(**kinds: str) -> Parts:
    return {kind: frozenset(fields.split()) for kind, fields in kinds.items()}


def _joined(*parts: Parts) -> Parts:
    kinds = {kind for part in parts for kind in part}
    return {kind: frozenset[str]().union(*(part.get(kind, ()) for part in parts)) for kind in kinds}


# ``standing.class_of`` and, with it, ``lights.light_of`` in any month.
LIGHT_PARTS = _parts(
    problem="number plan inspection deadline internal_deadline term_class is_long_term transferred_to same_as",
    deadline_change="new on",
    measure="number due",
    stage="due reached_on",
    progress="measure month on text percent",
    step="action on end result",
    judgement="month on suggested decided light reason",
)
_UNITS = _parts(problem_unit="unit role position")
_CHASES = _parts(chase="sheet rung unit month on due doc_no replied_on closed_on")
# ``ladder.suggest_rung``.
LADDER_PARTS = _joined(LIGHT_PARTS, _UNITS, _CHASES, _parts(problem="text"))
# ``standing.standing_of``.
STANDING_PARTS = _joined(
    LIGHT_PARTS, _UNITS, _CHASES, _parts(problem="leaders element", site="number closed_on", publication="on")
)
