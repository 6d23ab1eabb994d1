"""Where a problem stands on its way to being struck off, and whether the next step may be taken (domain §2).

Nothing here is stored. Gates and state are derived from the steps on record, which are only ever added: a return or a
reopening begins a new attempt, in which every gate stands open again while the earlier steps stay as history.
``judge`` answers with refusals, which nothing overrides, and warnings, which a written reason overrides; the rules
themselves stand one by one in ``gate_rules.py``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop.rules import gate_rules
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.gate_rules import ACCEPT_RESULTS, Asked
from desktop.rules.needed import papers_of
from desktop.rules.records import CaseFile, CaseState, Evidence, Gate, Problem, Step, StepAction, TermClass
from desktop.rules.region import PaperItem, Region
from desktop.rules.standards import Answers

PROOF = "proof"
_STATE_AFTER = {
    Gate.SELF_CHECK: CaseState.SELF_CHECKED,
    Gate.APPLY: CaseState.APPLIED,
    Gate.ACCEPT: CaseState.ACCEPTED,
}
_STATE_OPENED_BY = {StepAction.RETURN: CaseState.RETURNED, StepAction.REOPEN: CaseState.REOPENED}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says: its stable key and a sentence without the final stop."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to “may this step be taken?”: yes, yes with a reason (warnings only), or no."""

    refusals: tuple[Ruling, ...] = ()
    warnings: tuple[Ruling, ...] = ()


# Where a problem stands


def gate_of(action: StepAction) -> Gate | None:
    """The gate an action passes; returns, reopenings and look-backs pass none."""
    return Gate(action.value) if action.value in set(Gate) else None


def current_attempt(steps: Collection[Step], *, staged: bool = False) -> tuple[Step, ...]:
    """The steps since the last return or reopening, that one included, in the order they were recorded.

    ``staged`` is for long-term problems: there a self-check after a filing begins the next stage.
    """
    attempt: tuple[Step, ...] = ()
    for step in sorted(steps, key=lambda step: step.order):
        filed = any(earlier.action == StepAction.FILE for earlier in attempt)
        begins = step.action in _STATE_OPENED_BY or (staged and filed and step.action == StepAction.SELF_CHECK)
        attempt = (step,) if begins else (*attempt, step)
    return attempt


def attempts(case: CaseFile) -> tuple[tuple[Step, ...], ...]:
    """All attempts from the first on: each return, reopening, or new stage of a long-term problem begins another."""
    found: list[list[Step]] = []
    staged = is_long_term(case.problem)
    for step in sorted(case.steps, key=lambda step: step.order):
        current = found[-1] if found else []
        if not found or current_attempt((*current, step), staged=staged) == (step,):
            found.append([])
        found[-1].append(step)
    return tuple(tuple(steps) for steps in found)


def passed_gates(case: CaseFile) -> dict[Gate, Step]:
    """The step that passed each gate in the current attempt, in the order they were passed.

    An acceptance whose result is not a passing one passes nothing.
    """
    passed: dict[Gate, Step] = {}
    if not case.steps:
        return passed
    for step in _attempt(case):
        gate = gate_of(step.action)
        if gate and not (gate == Gate.ACCEPT and step.result not in ("", *ACCEPT_RESULTS)):
            passed.setdefault(gate, step)
    return passed


def gate_dates(case: CaseFile) -> dict[Gate, date | None]:
    """The date of every gate in the current attempt, None where it stands open; for a notice its first day."""
    passed = passed_gates(case)
    return {gate: passed[gate].on if gate in passed else None for gate in Gate}


def notice_end(case: CaseFile) -> date | None:
    """The last day of the current attempt's public notice."""
    step = passed_gates(case).get(Gate.NOTICE)
    return step.end if step else None


def is_long_term(problem: Problem) -> bool:
    """True for 长期坚持: closed stage by stage, and counted under 持续推进 for ever (domain §2.5)."""
    return problem.term_class == TermClass.LONG_TERM or (problem.term_class is None and problem.is_long_term)


def is_closed(case: CaseFile) -> bool:
    """True once all five gates are passed and the filing came after the notice; never for a long-term problem."""
    return _filing(case) is not None and not is_long_term(case.problem)


def is_stage_closed(case: CaseFile) -> bool:
    """True for a long-term problem whose present stage has passed all gates; its next self-check begins a new stage."""
    return _filing(case) is not None and is_long_term(case.problem)


def is_elsewhere(problem: Problem) -> bool:
    """True when a problem is handled under another one: it was carried over, or repeats one of another source."""
    return bool(problem.transferred_to or problem.same_as)


def state_of(case: CaseFile, today: date) -> CaseState:
    """The state a clerk reads: what the gate passed last says, else what began the attempt."""
    if case.problem.transferred_to:
        return CaseState.TRANSFERRED
    if _filing(case):
        return CaseState.STAGE_CLOSED if is_long_term(case.problem) else CaseState.CLOSED
    last = next((gate for gate in reversed(passed_gates(case)) if gate != Gate.FILE), None)
    if last == Gate.NOTICE:
        end = notice_end(case)
        return CaseState.NOTICE_ENDED if end and end < today else CaseState.IN_NOTICE
    if last:
        return _STATE_AFTER[last]
    opener = _opener(case)
    return _STATE_OPENED_BY[opener.action] if opener else CaseState.RECTIFYING


def next_gate(case: CaseFile, region: Region) -> Gate | None:
    """The first open gate in the region's order; None when all are passed."""
    passed = passed_gates(case)
    return next((gate for gate in region.gate_order if gate not in passed), None)


def missing_papers(
    case: CaseFile, gate: Gate, region: Region, handed_in: Collection[str] = ()
) -> tuple[PaperItem, ...]:
    """The required papers of a gate that are not on file; evidence whose file is lost (缺附件) is not on file.

    Asked for are the gate's own papers and the proofs of the problem's type. ``handed_in`` are keys of papers that come
    with the step itself. Any piece of evidence that is not a paper of the procedure serves as 佐证材料.
    """
    there = [piece for piece in case.evidence if piece.present]
    on_file = {*handed_in, *(piece.item for piece in there), *(_serves_as(piece, region) for piece in there)}
    return tuple(paper for paper in papers_of(case, gate, region) if paper.required and paper.key not in on_file)


# Whether the next step may be taken


def judge(
    case: CaseFile,
    action: StepAction,
    on: date,
    region: Region,
    today: date,
    *,
    notice_end: date | None = None,
    reason: str = "",
    result: str = "",
    answers: Answers | None = None,
    handed_in: Collection[str] = (),
) -> Verdict:
    """Whether a step dated ``on`` may be recorded today, every rule asked.

    ``notice_end`` is the last day of a notice, ``result`` the conclusion of an acceptance, ``reason`` that of a return
    or reopening, ``answers`` what was answered to the standards (None: nobody asked), ``handed_in`` the keys of papers
    that come with the step. Length of a notice: ``calendar``.
    """
    gate, filing = gate_of(action), _filing(case)
    next_stage = is_stage_closed(case) and gate is not None
    asked = Asked(
        case=case,
        action=action,
        gate=gate,
        on=on,
        region=region,
        today=today,
        passed={} if next_stage else passed_gates(case),
        opener=filing if next_stage else _opener(case),
        filed=filing,
        closed=is_closed(case),
        long_term=is_long_term(case.problem),
        missing=missing_papers(case, gate, region, handed_in) if gate else (),
        notice_end=notice_end,
        reason=reason,
        result=result,
        answers=answers,
    )
    refusals, warnings = _rulings(gate_rules.REFUSING, asked), _rulings(gate_rules.WARNING, asked)
    if not region.soft_order:
        hard = tuple(ruling for ruling in warnings if ruling.rule == "other_order")
        refusals, warnings = refusals + hard, tuple(ruling for ruling in warnings if ruling not in hard)
    return Verdict(refusals, warnings)


def require(verdict: Verdict, reason: str = "") -> tuple[str, ...]:
    """Let the step through, giving back the warnings that the reason overrides; they are kept with the step.

    Raises Refused with the first refusal, or NeedsReason with all warnings when the reason is blank.
    """
    if verdict.refusals:
        first = verdict.refusals[0]
        raise Refused(f"{first.sentence}。", first.rule)
    warnings = tuple(ruling.sentence for ruling in verdict.warnings)
    if warnings and not reason.strip():
        raise NeedsReason(warnings)
    return warnings


def require_open(case: CaseFile, doing: str) -> None:
    """Refuse progress, an extension or another change of a closed or transferred problem; ``doing`` names it."""
    name = f"问题{case.problem.number}"
    if case.problem.transferred_to:
        raise Refused(f"{name}已转入新的问题，请在转入后的问题下办理{doing}。", "transferred")
    if case.problem.same_as:
        raise Refused(f"{name}已与另一来源的问题并为同一问题，请在所并入的问题下办理{doing}。", "same_problem")
    if is_closed(case):
        raise Refused(f"{name}已销号备案，不能再办理{doing}；确需继续整改的，请先办理重新整改。", "closed")


def same_hand(person: str, approver: str) -> bool:
    """True when one person both asks and approves (domain §13.5); a blank name is nobody."""
    return bool(person.strip()) and "".join(person.split()) == "".join(approver.split())


def _attempt(case: CaseFile) -> tuple[Step, ...]:
    return current_attempt(case.steps, staged=is_long_term(case.problem))


def _opener(case: CaseFile) -> Step | None:
    """The return or reopening that began the current attempt."""
    return next((step for step in _attempt(case)[:1] if step.action in _STATE_OPENED_BY), None)


def _filing(case: CaseFile) -> Step | None:
    """The filing of a record that has passed all gates; a filing dated within the notice closes nothing."""
    passed = passed_gates(case)
    end = passed[Gate.NOTICE].end if len(passed) == len(Gate) else None
    return passed[Gate.FILE] if end is not None and passed[Gate.FILE].on > end else None


def _serves_as(piece: Evidence, region: Region) -> str:
    return piece.item if region.item(piece.item) else PROOF


def _rulings(rules: dict[str, gate_rules.Rule], asked: Asked) -> tuple[Ruling, ...]:
    return tuple(Ruling(key, sentence) for key, rule in rules.items() for sentence in rule(asked))
