"""Words of a paper of the ladder of chasing that was issued: to which unit, for which problems, answered by when."""

from desktop.documents.case_states import full_names
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, UnitRole
from desktop.rules.wording import chinese_number, closed, date_in_text, numbers_of


def chase_cases(request: PaperRequest, case: CaseFile) -> tuple[CaseFile, ...]:
    """All problems the paper is about, the one it is filed under among them."""
    return request.chase.cases if request.chase else (case,)


def sheet_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """``chase_unit``, ``chase_text``, ``reply_by`` and ``chase_count`` of the paper; empty for one not yet issued.

    ``bound_units`` and the numbers are those of the paper; ``chase_count`` is empty for a paper about one problem.
    """
    bound = "、".join(full_names(request, case, UnitRole.LEAD, UnitRole.RESPONSIBLE))
    if request.chase is None:
        return {"chase_unit": "", "chase_text": "", "reply_by": "", "chase_count": "", "bound_units": bound}
    chase, cases = request.chase.chase, request.chase.cases
    words = {
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
