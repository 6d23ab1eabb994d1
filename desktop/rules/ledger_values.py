"""What each column of the merged ledger says about one problem (domain §4 F2), the same for paper and workbook."""

from collections.abc import Callable, Mapping
from datetime import date

from desktop.rules.lifecycle import state_of
from desktop.rules.records import PROGRESS_WORDS, STATE_WORDS, CaseFile, StepAction, UnitRole
from desktop.rules.standing import SLOT_WORDS, Slot, standing_of
from desktop.rules.wording import (
    Value,
    completed_on,
    deadline_of,
    measure_texts,
    notice_span,
    progress_of,
    remarks_of,
    source_of,
    step_day,
    term_of,
    units_of,
    upper_numbers_of,
)


def _text(value: str) -> str | None:
    return value.strip() or None


def progress_class_of(case: CaseFile, as_of: date) -> str:
    """The suggested progress class in words; 持续推进 and 已转入 for problems that are counted apart."""
    standing = standing_of(case, as_of)
    return SLOT_WORDS[standing.slot] if standing.slot in _APART else PROGRESS_WORDS[standing.progress]


_APART = (Slot.LONG_TERM, Slot.TRANSFERRED)
# Which columns a table shows, and how, is template data.
_VALUES: Mapping[str, Callable[[CaseFile], Value]] = {
    "number": lambda case: case.problem.number,
    "source": lambda case: source_of(case) or None,
    "upper_numbers": lambda case: upper_numbers_of(case.problem),
    "text": lambda case: _text(case.problem.text),
    "target": lambda case: _text(case.problem.target),
    "measures": lambda case: "\n".join(measure_texts(case.measures)) or None,
    "term": lambda case: term_of(case.problem),
    "element": lambda case: _text(case.problem.element),
    "deadline": deadline_of,
    "leaders": lambda case: "、".join(case.problem.leaders) or None,
    "lead_units": lambda case: units_of(case, UnitRole.LEAD),
    "responsible_units": lambda case: units_of(case, UnitRole.RESPONSIBLE),
    "assisting_units": lambda case: units_of(case, UnitRole.ASSISTING),
    "acceptance_units": lambda case: units_of(
        case, UnitRole.SUPERVISING, UnitRole.ACCEPTING, UnitRole.CITY_ACCEPTANCE, UnitRole.PROVINCIAL_SUPERVISOR
    ),
    "progress": progress_of,
    "completed_on": completed_on,
    "self_check": lambda case: step_day(case, StepAction.SELF_CHECK),
    "apply": lambda case: step_day(case, StepAction.APPLY),
    "accept": lambda case: step_day(case, StepAction.ACCEPT),
    "notice": notice_span,
    "file": lambda case: step_day(case, StepAction.FILE),
    "remarks": remarks_of,
}
_DATED: Mapping[str, Callable[[CaseFile, date], Value]] = {
    "progress_class": progress_class_of,
    "state": lambda case, as_of: STATE_WORDS[state_of(case, as_of)],
}
LEDGER_FIELDS = (*_VALUES, *_DATED)


def ledger_value(field: str, case: CaseFile, as_of: date) -> Value:
    """The value of one of ``LEDGER_FIELDS`` for one problem at a cut-off date; None when the ledger does not know."""
    return _DATED[field](case, as_of) if field in _DATED else _VALUES[field](case)
