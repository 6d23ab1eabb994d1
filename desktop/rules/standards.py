"""What is asked one by one at the own check and at the acceptance: closing standard, 四不放过, demands of a return.

Each answer is kept with its question (domain §2.4), so that a paper of last year says what was asked last year.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.rules.records import Step, StepAction
from desktop.rules.region import Region

YES, NO, NOT_APPLICABLE = "是", "否", "不适用"
ANSWERS = (YES, NO, NOT_APPLICABLE)
STANDARD, NOT_LET_PASS, DEMAND = "销号标准", "四不放过", "补充整改要求"
Answers = Sequence[tuple[str, str, str]]
_STANDARDS_AT = (StepAction.SELF_CHECK, StepAction.ACCEPT)
_DEMANDS_AT = (StepAction.SELF_CHECK, StepAction.APPLY)
_MARK = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)、.．]|是)|[①-⑳])\s*")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked: its group and its words, by which the answer is known."""

    group: str
    words: str


def questions_for(action: StepAction, region: Region, opener: Step | None) -> tuple[Question, ...]:
    """What is asked at a step; ``opener`` is what began the attempt: the demands of a return are asked first."""
    asked: list[Question] = []
    if action in _DEMANDS_AT and opener is not None and opener.action == StepAction.RETURN:
        asked += (Question(DEMAND, words) for words in demands_of(opener))
    if action in _STANDARDS_AT:
        asked += (Question(STANDARD, words) for words in region.closing_standard)
        asked += (Question(NOT_LET_PASS, words) for words in region.not_let_pass)
    return tuple(asked)


def demands_of(step: Step) -> tuple[str, ...]:
    """The demands of a return one by one: its lines, or the parts of a single line, without their numbers."""
    lines = [line for line in step.text.removeprefix(f"{DEMAND}：").splitlines() if line.strip()]
    if len(lines) == 1:
        lines = re.split(r"[；;]", lines[0])
    found = (_MARK.sub("", line).strip(" 　；;。") for line in lines)
    return tuple(dict.fromkeys(line for line in found if line))


def answer_to(words: str, answers: Answers) -> tuple[str, str]:
    """Answer and remark for a question; empty where it was not answered."""
    return next(((answer, remark) for asked, answer, remark in answers if asked == words), ("", ""))


def open_questions(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions without an answer."""
    return tuple(question for question in questions if not answer_to(question.words, answers)[0])


def denied(questions: Iterable[Question], answers: Answers) -> tuple[tuple[Question, str], ...]:
    """The questions that were answered with 否, with the remark."""
    found = ((question, answer_to(question.words, answers)) for question in questions)
    return tuple((question, remark) for question, (answer, remark) in found if answer == NO)


def answer_words(words: str, answers: Answers) -> str:
    """是（说明）, as it is printed; empty where it was not answered."""
    answer, remark = answer_to(words, answers)
    return f"{answer}（{remark}）" if answer and remark else answer
