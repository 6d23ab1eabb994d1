"""Words of a paper of the ladder of chasing that was issued: to which unit, for which problems, answered by when."""

from desktop.documents.case_states import full_names
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, UnitRole
from desktop.rules.wording import chinese_number, closed, date_in_text, numbers_of


def chase_cases(request: PaperRequest, case: CaseFile) -> tuple[CaseFile, ...]:
    """All problems the paper is about, the one it is filed under among them."""
    return request.chase.cases if request.chase else (case,)


def sheet_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """``chase_no``, ``chase_unit``, ``chase_text``, ``reply_by``, ``chase_count``; empty for a paper not yet issued.

    ``bound_units``, the numbers, ``chased_texts`` and ``unreported`` are those of the paper; ``chase_count`` is empty
    for a paper about one problem.
    """
    about = {"chased_texts": _texts(chase_cases(request, case)), "unreported": _reports(chase_cases(request, case))}
    bound = "、".join(full_names(request, case, UnitRole.LEAD, UnitRole.RESPONSIBLE))
    if request.chase is None:
        blank = dict.fromkeys(("chase_no", "chase_unit", "chase_text", "reply_by", "chase_count"), "")
        return {**about, **blank, "bound_units": bound}
    chase, cases = request.chase.chase, request.chase.cases
    words = {
        **about,
        "chase_no": chase.doc_no,
        "chase_unit": request.chase.unit,
        "chase_text": closed(chase.text) if chase.text else "",
        "reply_by": date_in_text(chase.due) if chase.due else "",
        "chase_count": str(len(cases)) if len(cases) > 1 else "",
        "bound_units": request.chase.unit or bound,
    }
    if len(cases) > 1:
        words["number_word"] = "、".join(chinese_number(found.problem.number) for found in cases)
        words["numbers"] = "、".join(numbers_of(found.problem) for found in cases)
    return words


def _texts(cases: tuple[CaseFile, ...]) -> str:
    """The text of the problem, or of each with its number."""
    if len(cases) == 1:
        return cases[0].problem.text
    return "\n".join(f"第{chinese_number(found.problem.number)}项：{found.problem.text}" for found in cases)


def _reports(cases: tuple[CaseFile, ...]) -> str:
    """Up to which month each problem was reported."""
    return "\n".join(_reported(found) for found in cases)


def _reported(case: CaseFile) -> str:
    name = f"第{chinese_number(case.problem.number)}项问题"
    last = max((entry.month for entry in case.progress if entry.month), default="")
    if not last:
        return f"{name}尚未报送过整改进展。"
    year, month = last.split("-")
    return f"{name}最近报送的是{year}年{int(month)}月的整改进展。"
