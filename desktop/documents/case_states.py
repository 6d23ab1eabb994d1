"""Words for cells about acceptance, deadline and lagging of one problem; what nobody recorded is empty."""

from datetime import date

from desktop.rules.deadlines import lateness, left_words, pending_extension
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, Gate, ProblemUnit, UnitRole
from desktop.rules.wording import (
    chinese_number,
    closed,
    date_in_text,
    last_word,
    plan_deadline_of,
    result_of,
)

BLANK_DATE = "　　　年　　月　　日"
ACCEPT_TICKS = "□通过　□补充完善后通过　□不通过"


def full_name(request: PaperRequest, holder: ProblemUnit) -> str:
    """The unit's name in the unit list, which is its full one; else the plan's words."""
    return next((unit.name for unit in request.ledger.units if unit.id == holder.unit_id), holder.name)


def full_names(request: PaperRequest, case: CaseFile, *roles: UnitRole) -> tuple[str, ...]:
    """The full names of the units that hold one of the roles, each once, in the plan's order."""
    return tuple(dict.fromkeys(full_name(request, holder) for holder in case.units if holder.role in roles))


def acceptance_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """The acceptance on record; its conclusion as boxes to tick while there is none."""
    step = passed_gates(case).get(Gate.ACCEPT)
    return {
        "accept_on": date_in_text(step.on) if step else "",
        "accept_day": date_in_text(step.on) if step else BLANK_DATE,
        "accept_result": closed(step.result) if step and step.result else ACCEPT_TICKS,
        "accept_said": closed(step.text) if step else "",
        "accepted_by": "、".join(full_names(request, case, UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING)),
        "places": "；".join(dict.fromkeys(piece.place for piece in case.evidence if piece.place)),
    }


def deadline_words(case: CaseFile) -> dict[str, str]:
    """The plan's deadline and the approved change of it, the stage targets of a long-term problem."""
    change = pending_extension(case)
    change = change or max(case.deadline_changes, key=lambda change: change.on or date.min, default=None)
    stages = [
        f"{date_in_text(stage.due)}前：{closed(stage.text)}"
        + (f"（{date_in_text(stage.reached_on)}已达到）" if stage.reached_on else "")
        for stage in case.stages
    ]
    old = change.old if change else case.problem.current_deadline
    return {
        "old_deadline": date_in_text(old) if old else plan_deadline_of(case.problem) or "",
        "new_deadline": date_in_text(change.new) if change else "",
        "extension_reason": closed(change.reason) if change else "",
        "unit_opinion": closed(change.unit_opinion) if change else "",
        "approver": change.approver if change else "",
        "approval": change.doc_no if change else "",
        "stages": "\n".join(stages),
    }


def chase_words(case: CaseFile, as_of: date) -> dict[str, str]:
    """How late a problem is, which measures are open, what stands in the way and what is to come next."""
    late = lateness(case, as_of)
    undone = [
        f"第{chinese_number(measure.number)}项措施：{closed(measure.text)}{_so_far(result_of(measure))}"
        for measure in case.measures
        if not measure.is_done
    ]
    return {
        "late": late.sentence if late and late.days else left_words(case, as_of),
        "days_late": str(late.days) if late and late.days else "",
        "undone": "\n".join(undone),
        "difficulty": closed(last_word(case, "difficulty")),
        "next_step": closed(last_word(case, "next_step")),
    }


def _so_far(result: str | None) -> str:
    return f"（{result.rstrip('。')}）" if result else "（尚未报送进展）"
