"""What each column of the merged ledger says about one problem (domain §4 F2), the same for paper and workbook."""

from collections.abc import Callable, Mapping
from datetime import date

from desktop.rules.lifecycle import state_of
from desktop.rules.lights import light_by
from desktop.rules.records import PROGRESS_WORDS, STATE_WORDS, CaseFile, StepAction, UnitRole
from desktop.rules.standing import SLOT_WORDS, USUAL, Slot, Yardstick, standing_of
from desktop.rules.wording import (
    NO_TEXT,
    Value,
    completed_on,
    deadline_of,
    measure_texts,
    notice_span,
    progress_of,
    remarks_of,
    source_of,
    step_day,
    terms_of,
    upper_numbers_of,
    value_in_table,
)

_APART = (Slot.LONG_TERM, Slot.TRANSFERRED)


def _text(value: str) -> str | None:
    return value.strip() or None


def progress_class_of(case: CaseFile, as_of: date, by: Yardstick = USUAL) -> str:
    """The progress class that counts, in words; 持续推进 and 已转入 for problems that are counted apart."""
    standing = standing_of(case, as_of, by)
    return SLOT_WORDS[standing.slot] if standing.slot in _APART else PROGRESS_WORDS[standing.progress]


# Which columns a table shows, and how, is template data.
_VALUES: Mapping[str, Callable[[CaseFile], Value]] = {
    "number": lambda case: case.problem.number,
    "source": lambda case: source_of(case) or None,
    "upper_numbers": lambda case: upper_numbers_of(case.problem),
    "text": lambda case: _text(case.problem.text),
    "target": lambda case: _text(case.problem.target),
    "measures": lambda case: "\n".join(measure_texts(case.measures)) or None,
    "element": lambda case: _text(case.problem.element),
    "deadline": deadline_of,
    "progress": progress_of,
    "completed_on": completed_on,
    "self_check": lambda case: step_day(case, StepAction.SELF_CHECK),
    "apply": lambda case: step_day(case, StepAction.APPLY),
    "accept": lambda case: step_day(case, StepAction.ACCEPT),
    "notice": notice_span,
    "file": lambda case: step_day(case, StepAction.FILE),
    "remarks": remarks_of,
}
_LISTS: Mapping[str, Callable[[CaseFile], tuple[str, ...]]] = {
    "leaders": lambda case: case.problem.leaders,
    "lead_units": lambda case: case.unit_names(UnitRole.LEAD),
    "responsible_units": lambda case: case.unit_names(UnitRole.RESPONSIBLE),
    "assisting_units": lambda case: case.unit_names(UnitRole.ASSISTING),
    "acceptance_units": lambda case: case.unit_names(
        UnitRole.SUPERVISING, UnitRole.ACCEPTING, UnitRole.CITY_ACCEPTANCE, UnitRole.PROVINCIAL_SUPERVISOR
    ),
    "term": lambda case: terms_of(case.problem),
}
_DATED: Mapping[str, Callable[[CaseFile, date, Yardstick], Value]] = {
    "progress_class": progress_class_of,
    "light": lambda case, as_of, by: light.words if (light := light_by(case, by, as_of)) else None,
    "state": lambda case, as_of, by: STATE_WORDS[state_of(case, as_of)],
}
LEDGER_FIELDS = (*_VALUES, *_LISTS, *_DATED)


def names_of(field: str, case: CaseFile) -> tuple[str, ...]:
    """What a field that is a list says, each name once: ``leaders``, ``lead_units`` … and ``term``."""
    return tuple(dict.fromkeys(_LISTS[field](case)))


def ledger_value(field: str, case: CaseFile, as_of: date, by: Yardstick = USUAL) -> Value:
    """The value of one of ``LEDGER_FIELDS`` for one problem at a cut-off date; None when the ledger does not know."""
    if field in _LISTS:
        return "、".join(names_of(field, case)) or None
    return _DATED[field](case, as_of, by) if field in _DATED else _VALUES[field](case)


def ledger_cell(field: str, case: CaseFile, as_of: date, by: Yardstick = USUAL) -> str:
    """The same as a narrow cell of a table shows it: each name of a unit or a person begins a line of its own.

    The sign behind a name tells, where the column is so narrow that names are broken, where the next one begins.
    """
    if field in _LISTS:
        return ("\n" if field == "term" else "、\n").join(names_of(field, case)) or NO_TEXT
    return value_in_table(ledger_value(field, case, as_of, by))
