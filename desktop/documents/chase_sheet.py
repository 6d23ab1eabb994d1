"""Words of a paper of the ladder of chasing that was issued: to which unit, for which problems, answered by when."""

from collections.abc import Mapping

from desktop.documents.case_states import full_names
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, UnitRole
from desktop.rules.wording import chinese_number, closed, date_in_text, deadline_of

_ISSUED = ("chase_no", "chase_unit", "chase_text", "reply_by", "chase_count")
SHEET_FIELDS = (*_ISSUED, "bound_units", "chased_texts", "unreported")


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
        return {**about, **dict.fromkeys(_ISSUED, ""), "bound_units": bound}
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
    return words | (_shared(cases) if len(cases) > 1 else {})


def _shared(cases: tuple[CaseFile, ...]) -> dict[str, str]:
    """What a paper about several problems says of all of them; where they differ, what is true of each or nothing."""
    inspections = {found.inspection.name if found.inspection else "" for found in cases}
    plans = {found.problem.plan_id for found in cases}
    words = {
        "number_word": "、".join(chinese_number(found.problem.number) for found in cases),
        "numbers": "、".join(str(found.problem.number) for found in cases),
        "deadline": "；".join(f"第{chinese_number(c.problem.number)}项{deadline_of(c) or '未定期限'}" for c in cases),
        "leaders": "、".join(dict.fromkeys(name for found in cases for name in found.problem.leaders)),
        "listed": "是" if all(found.problem.listed_for_chasing for found in cases) else "",
    }
    if len(inspections) > 1:
        words["inspection"] = "生态环境保护督察"
    return words | ({"plan": ""} if len(plans) > 1 else {})


def own_words(row: Mapping[str, str]) -> dict[str, str]:
    """The words of one problem of the paper, without those of the paper itself."""
    return {name: said for name, said in row.items() if name not in SHEET_FIELDS}


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
