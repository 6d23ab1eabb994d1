"""What a review holds beyond its file, as plain values that survive the end of the program."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from desktop.operations.plan.headings import FIELD_WORDS
from desktop.rules.drafts import MeasureDraft, Quantity, Span
from desktop.rules.records import TermClass
from desktop.views.review.model import Review, UnitChoice, attributes_of

_DAYS = ("deadline", "issued_on", "due")
_PLAN = ("title", "doc_no", "issuer", "issued_on")


def state_of(review: Review, file: str) -> dict[str, object]:
    """The review as plain values: the file, a mark of its text, and what differs from what was read."""
    problems = {str(at): _changes(review, at) for at in range(len(review.problems)) if review.changed_fields(at)}
    return {
        "file": file,
        "mark": mark_of(review.original.source),
        "problems": problems,
        "added": list(review.added),
        "by_hand": not review.original.source,
        "plan": {name: _plain(getattr(review.plan, name)) for name in _PLAN},
        "ticked": sorted(review.ticked),
        "settled": sorted(review.settled),
        "placed": {str(at): words for at, words in review.placed.items()},
        "linked": {str(at): on for at, on in review.linked.items()},
        "left": sorted(review.left),
        "withdrawn": sorted(review.withdrawn),
        "reason": review.reason,
        "takes_progress": review.takes_progress,
        "choices": {name: [choice.kind, choice.unit] for name, choice in review.choices.items()},
    }


def mark_of(source: str) -> str:
    """A short mark by which a source is known again."""
    return sha256(source.encode("utf-8", "replace")).hexdigest()[:16]


def restore_state(review: Review, state: dict[str, Any]) -> bool:
    """Put a kept state over a fresh review of the same text; False, and nothing done, when the text is another."""
    if state.get("mark") != mark_of(review.original.source):
        return False
    try:
        for number in state.get("added", ()):
            review.add_problem(int(number))
        for at, values in state["problems"].items():
            _restore_problem(review, int(at), values)
        plan = {name: _day(name, state["plan"][name]) for name in _PLAN}
        if any(getattr(review.plan, name) != value for name, value in plan.items()):
            review.edit_plan(**plan)
        review.settled = {int(at) for at in state["settled"]}
        review.placed = {int(at): str(words) for at, words in state["placed"].items()}
        review.linked = {int(at): bool(on) for at, on in state.get("linked", {}).items() if int(at) in review.alike}
        review.left = {str(key) for key in state.get("left", ())}
        review.withdrawn = {str(key) for key in state.get("withdrawn", ())}
        review.reason = str(state.get("reason", ""))
        review.takes_progress = bool(state.get("takes_progress"))
        review.choices |= {name: UnitChoice(str(kind), str(unit)) for name, (kind, unit) in state["choices"].items()}
        review.renew_choices()
        known = {unit.id for unit in review.units}
        for name, choice in review.choices.items():
            if choice.kind == "alias" and choice.unit not in known:
                review.choices[name] = UnitChoice("")
        review.ticked = {int(at) for at in state["ticked"] if review.may_confirm(int(at))}
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return False
    return True


def _changes(review: Review, at: int) -> dict[str, object]:
    problem = review.problems[at]
    names = [name for field in review.changed_fields(at) for name in attributes_of(field)]
    return {name: _plain(getattr(problem, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, MeasureDraft):
        return {name: _plain(part) for name, part in asdict(value).items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _restore_problem(review: Review, at: int, values: dict[str, Any]) -> None:
    known = {name for field in FIELD_WORDS for name in attributes_of(field)}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name == "measures":
            found[name] = tuple(_measure(part) for part in value)
        elif name == "term_class":
            found[name] = TermClass(value) if value else None
        elif name in known:
            found[name] = tuple(value) if isinstance(value, list) else _day(name, value)
    review.edit(at, **found)


def _measure(value: dict[str, Any]) -> MeasureDraft:
    quantity, span = value["quantity"], value["span"]
    return MeasureDraft(
        int(value["number"]),
        str(value["text"]),
        _day("due", value["due"]),
        Quantity(quantity["count"], quantity["unit"], _day("due", quantity["due"]), quantity["total"])
        if quantity
        else None,
        Span(span["start"], span["end"]) if span else None,
    )


def _day(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name in _DAYS else value
