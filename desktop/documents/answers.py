"""What was answered one by one at self-check and acceptance, and to the demands of a return, as forms print it."""

from collections.abc import Iterator

from desktop.rules.lifecycle import current_attempt, is_long_term, passed_gates
from desktop.rules.records import CaseFile, Gate, Step, StepAction
from desktop.rules.region import Region
from desktop.rules.standards import ANSWERS, DEMAND, answer_to, answer_words, demands_of, questions_for
from desktop.rules.wording import NO_TEXT, date_in_text

TICKS = "　".join(f"□{word}" for word in ANSWERS)
GATE_OF_FORM = {"self_check": Gate.SELF_CHECK, "acceptance_opinion": Gate.ACCEPT}


def step_of_form(key: str, case: CaseFile) -> Step | None:
    """The step of the present attempt that a form is about; None while it is still to be taken."""
    gate = GATE_OF_FORM.get(key)
    return passed_gates(case).get(gate) if gate else None


def answer_rows(key: str, case: CaseFile, region: Region, groups: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Question, answer and remark for the questions of some groups; boxes to tick where nothing was answered."""
    step = step_of_form(key, case)
    action = StepAction(GATE_OF_FORM[key].value) if key in GATE_OF_FORM else StepAction.SELF_CHECK
    for question in questions_for(action, region, None):
        if question.group in groups:
            answer, remark = answer_to(question.words, step.answers if step else ())
            yield question.words, answer or TICKS, remark or (NO_TEXT if answer else "")


def demand_words(case: CaseFile) -> str:
    """What the return before this attempt demanded, with what the present attempt answers; empty without a return."""
    opener = next(iter(current_attempt(case.steps, staged=is_long_term(case.problem))), None)
    if opener is None or opener.action != StepAction.RETURN:
        return ""
    passed = passed_gates(case)
    answers = [answer for gate in (Gate.APPLY, Gate.SELF_CHECK) if gate in passed for answer in passed[gate].answers]
    lines = [f"{date_in_text(opener.on)}退回，{DEMAND}及落实情况："]
    for number, words in enumerate(demands_of(opener), 1):
        lines.append(f"{number}.{words}：{answer_words(words, answers) or TICKS}")
    return "\n".join(lines)
