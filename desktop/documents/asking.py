"""Questions of a template: what only the clerk knows when a paper is made, such as the day an answer is due.

A question is ``[[ask]]`` with the field its answer fills, a label and a hint. Without an answer its ``blank`` is
printed: a line or a place for a date to write on, the empty box of a form, or nothing.
"""

from collections.abc import Mapping

from desktop.documents.template import Section
from desktop.rules.paper import PaperQuestion, PaperRequest
from desktop.rules.texts import read_day
from desktop.rules.wording import date_in_text

_BLANKS = {"line": "＿＿＿＿＿＿", "day": "　　　年　　月　　日", "box": "", "nothing": ""}


def questions_of(template: Section) -> tuple[PaperQuestion, ...]:
    """The questions of a template in their order."""
    found = []
    for section in template.parts("ask"):
        section.only(("field", "label", "hint", "blank"))
        section.one_of("blank", tuple(_BLANKS), "line")
        field = section.text("field")
        if not field.isidentifier():
            raise section.wrong("field", f"写的是“{field}”，只能用字母、数字和下划线")
        found.append(PaperQuestion(field, section.text("label"), section.text("hint", "")))
    return tuple(found)


def answers_of(template: Section, request: PaperRequest, known: Mapping[str, str]) -> dict[str, str]:
    """What each question's field prints: the clerk's answer, dates written out, else what is known, else its blank."""
    given = dict(request.asked)
    found = {}
    for section, question in zip(template.parts("ask"), questions_of(template), strict=True):
        answer = given.get(question.field, "").strip()
        day = read_day(answer) if answer else None
        blank = _BLANKS[section.one_of("blank", tuple(_BLANKS), "line")]
        found[question.field] = date_in_text(day) if day else answer or known.get(question.field, "") or blank
    return found


def unanswered(template: Section, request: PaperRequest, known: Mapping[str, str]) -> tuple[str, ...]:
    """Remarks that name the questions left open: those with a place to write, and those that print nothing."""
    given = dict(request.asked)
    left: dict[bool, list[str]] = {True: [], False: []}
    for section, question in zip(template.parts("ask"), questions_of(template), strict=True):
        if not (given.get(question.field, "").strip() or known.get(question.field)):
            left[section.text("blank", "line") != "nothing"].append(question.label)
    ends = {True: "没有填写，已留空待填。", False: "没有填写，没有写入。"}
    return tuple(f"“{'”“'.join(labels)}”{ends[room]}" for room, labels in left.items() if labels)
