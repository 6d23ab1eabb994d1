"""How forms name the case they are about, and what was demanded when it was sent back."""

from desktop.rules.lifecycle import current_attempt, is_long_term
from desktop.rules.records import CaseFile, Measure, Step, StepAction
from desktop.rules.wording import closed, date_in_text, numbers_of

HEAD = 46


def case_name(case: CaseFile) -> str:
    """问题5（市序号9）　医疗废水处理设施…: number and the beginning of the text, on one or two lines."""
    return f"问题{numbers_of(case.problem)}　{head_of(case.problem.text)}"


def head_of(text: str, length: int = HEAD) -> str:
    """The beginning of a long text."""
    whole = " ".join(text.split())
    return whole if len(whole) <= length else whole[: length - 1] + "…"


def measure_entries(case: CaseFile, whole: str) -> list[tuple[object, str]]:
    """The case's measures to choose from, the problem as a whole first."""
    return [("", whole), *((str(m.number), measure_name(m)) for m in case.measures)]


def measure_name(measure: Measure) -> str:
    """第2项　完成6个混错接改造项目…"""
    return f"第{measure.number}项　{head_of(measure.text, 30)}"


def last_return(case: CaseFile) -> Step | None:
    """The return that began the present attempt, if it began with one."""
    attempt = current_attempt(case.steps, staged=is_long_term(case.problem))
    return attempt[0] if attempt and attempt[0].action == StepAction.RETURN else None


def return_words(step: Step) -> str:
    """What a return demanded, for the top of the next draft (domain §2.4)."""
    parts = [f"上次于{date_in_text(step.on)}退回"]
    parts += [f"退回原因：{closed(step.reason)}"] if step.reason.strip() else []
    parts += [closed(step.text)] if step.text.strip() else []
    return "\n".join(parts)
