"""A draft as the JSON of ``read-plan --json`` (samples README: schema and conventions)."""

from typing import Any

from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft


def plan_as_json(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain values; dates are YYYY-MM-DD. Supervising units count as accepting ones here.

    Beyond the schema: ``unassigned``, ``warnings``, ``notes``, ``assisting_units``, ``supervising_units``, ``stages``,
    ``quantity``. ``kind`` is null where the plan states no deadline that could be classed.
    """
    return {
        "plan": {
            "title": draft.title,
            "doc_no": draft.doc_no,
            "issued_on": _day(draft.issued_on),
            "issuer": draft.issuer,
            "stated_total": draft.stated_total,
            "stated_by_year": None if draft.stated_by_year is None else dict(draft.stated_by_year),
        },
        "problems": [_problem(problem) for problem in draft.problems],
        "unassigned": list(draft.unassigned),
        "warnings": [finding.sentence for finding in draft.findings if finding.level == "warning"],
        "notes": [finding.sentence for finding in draft.findings if finding.level != "warning"],
    }


def _problem(problem: ProblemDraft) -> dict[str, Any]:
    accepting = dict.fromkeys((*problem.acceptance_units, *problem.supervising_units))
    return {
        "number": problem.number,
        "text": problem.text,
        "target": problem.target,
        "measures": [_measure(measure) for measure in problem.measures],
        "deadline_text": problem.deadline_text,
        "deadline": _day(problem.deadline),
        "kind": None if problem.term_class is None else str(problem.term_class),
        "leaders": list(problem.leaders),
        "lead_units": list(problem.lead_units),
        "responsible_units": list(problem.responsible_units),
        "acceptance_units": list(accepting),
        "assisting_units": list(problem.assisting_units),
        "supervising_units": list(problem.supervising_units),
        "stages": [{"due": _day(stage.due), "text": stage.text, "count": stage.count} for stage in problem.stages],
        "progress": problem.progress,
    }


def _measure(measure: MeasureDraft) -> dict[str, Any]:
    quantity = measure.quantity
    return {
        "number": measure.number,
        "text": measure.text,
        "due": _day(measure.due),
        "quantity": None
        if quantity is None
        else {"count": quantity.count, "unit": quantity.unit, "due": _day(quantity.due), "total": quantity.total},
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
