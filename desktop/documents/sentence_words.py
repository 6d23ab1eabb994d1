"""Words for the sentences of text papers: bare values in running text, empty where the ledger does not know.

A sentence of a template is left out when a word it depends on is empty (``when``), so nothing here prints ``/``.
"""

from collections.abc import Mapping
from datetime import date

from desktop.documents.case_states import chase_words, deadline_words, full_names
from desktop.documents.chase_sheet import sheet_words
from desktop.documents.fields import (
    BLANK_PHONE,
    PHONE,
    contact_lines,
    district_of,
    head_words,
    notice_dates,
    notice_words,
    planned_closing,
)
from desktop.rules.deadlines import days_left, finished_on, left_words
from desktop.rules.ledger_values import progress_class_of
from desktop.rules.lifecycle import is_long_term, state_of
from desktop.rules.measures import undone
from desktop.rules.paper import PaperRequest
from desktop.rules.records import STATE_WORDS, CaseFile, Measure, Step, StepAction, UnitRole
from desktop.rules.region import fill_names
from desktop.rules.wording import (
    chinese_number,
    closed,
    completed_on,
    date_in_text,
    deadline_of,
    evidence_numbers,
    latest_step,
    objection_of,
    objection_words,
    public_results,
    ranges,
    upper_numbers_of,
)

_KINDS_OF_PLACE = "区县市旗"
_LATER = {StepAction.ACCEPT: "验收", StepAction.NOTICE: "公示", StepAction.FILE: "备案"}
YES = "是"
Words = Mapping[str, str]


def paper_words(request: PaperRequest) -> dict[str, str]:
    """Words that every text paper knows, about a problem or about the whole ledger."""
    region, district = request.region, district_of(request)
    group = fill_names(region.addressee, region, district)
    return head_words(request) | {
        "city": region.city,
        "ours": "我" + district[-1] if district and district[-1] in _KINDS_OF_PLACE else "我单位",
        "issuer": request.issuer or request.ledger.office.name,
        "party_body": fill_names(region.applicants[0], region, district) if region.applicants else district,
        "government": fill_names(region.applicants[-1], region, district) if region.applicants else district,
        "leading_group": group,
        "copies": "、".join(fill_names(name, region, district) for name in region.copies),
        "filing_body": fill_names(region.filing_body, region, district),
        "filing_office": f"{group}办公室",
        "standards": "、".join(region.closing_standard),
    }


def sentence_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """Words about one problem, for the sentences of its letters, statements and notices."""
    done, open_measures = completed_on(case), undone(case)
    lead = "、".join(full_names(request, case, UnitRole.LEAD))
    responsible = "、".join(full_names(request, case, UnitRole.RESPONSIBLE))
    region, district = request.region, district_of(request)
    acceptance = "、".join(full_names(request, case, UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING))
    return {
        **paper_words(request),
        "inspection": inspection_of(case),
        "plan": plan_of(case),
        "numbers": "、".join(part for part in (str(case.problem.number), upper_numbers_of(case.problem)) if part),
        "upper_numbers": upper_numbers_of(case.problem) or "",
        "problem": closed(case.problem.text),
        "problem_bare": case.problem.text.strip().rstrip("。"),
        "target": closed(case.problem.target),
        "deadline": (deadline_of(case) or "").rstrip("。"),
        "completed_on": date_in_text(done) if done else "",
        "leaders": "、".join(case.problem.leaders),
        "lead_units": lead,
        "responsible_units": responsible,
        "checkers": "、".join(dict.fromkeys(name for name in (lead, responsible) if name)),
        "accepted_by": acceptance or fill_names(region.acceptance_body, region, district),
        "results": public_results(case),
        "results_inline": public_results(case).replace("\n", ""),
        "contacts": _contacts(request, case),
        "planned_closing": planned_closing(case),
        "whole_progress": closed(last_report(case)),
        "left_gates": "、".join(words for action, words in _LATER.items() if latest_step(case, action) is None),
        "open_words": f"第{'、'.join(chinese_number(n) for n in open_measures)}项" if open_measures else "",
        "all_done": YES if case.measures and not open_measures else "",
        "not_all_done": "" if case.measures and not open_measures else YES,
        "long_term": YES if is_long_term(case.problem) else "",
        "listed": YES if case.problem.listed_for_chasing else "",
        "measure_count": str(len(case.measures)) if case.measures else "",
        "open_count": str(len(open_measures)) if open_measures else "",
        "evidence_count": str(len(case.evidence)) if case.evidence else "",
        "progress_class": progress_class_of(case, request.as_of, request.by),
        "objections": "" if objection_words(case) else objection_of(case) or "",
        "objections_said": objection_words(case),
        "objections_known": objection_of(case) or "",
        **_step_words("self_check", latest_step(case, StepAction.SELF_CHECK)),
        **_step_words("apply", latest_step(case, StepAction.APPLY)),
        **_step_words("accept", latest_step(case, StepAction.ACCEPT)),
        **_step_words("file", latest_step(case, StepAction.FILE)),
        **_notice_words(request, case),
        **deadline_words(case),
        **chase_words(case, request.as_of),
        **_days_words(case, request.as_of),
        **sheet_words(request, case),
    }


def _contacts(request: PaperRequest, case: CaseFile) -> str:
    """Units and phones in one sentence; a phone nobody knows is a place to write it."""
    lines = contact_lines(request, case).replace("\n联系人", "，联系人").replace("　", "，").split("\n")
    return "；".join(line + BLANK_PHONE if line.endswith(PHONE) else line for line in lines)


def last_report(case: CaseFile) -> str:
    """The latest report on the whole problem; empty when there is none."""
    whole = [entry for entry in case.progress if not entry.measure_id and entry.text.strip()]
    return max(whole, key=lambda entry: (entry.month, entry.on)).text if whole else ""


def inspection_of(case: CaseFile) -> str:
    """The inspection's name without 反馈 and 问题, which the sentences say themselves."""
    name = case.inspection.name.strip() if case.inspection else ""
    for ending in ("问题", "反馈"):
        name = name.removesuffix(ending)
    return name


def plan_of(case: CaseFile) -> str:
    """The plan's title in 《》 with its 文号."""
    if not case.plan or not case.plan.title.strip():
        return ""
    number = f"（{case.plan.doc_no}）" if case.plan.doc_no else ""
    return f"《{case.plan.title.strip()}》{number}"


def _step_words(name: str, step: Step | None) -> dict[str, str]:
    """``name``_on, _no, _said, _result of a step on record."""
    return {
        f"{name}_on": date_in_text(step.on) if step else "",
        f"{name}_no": step.doc_no if step else "",
        f"{name}_said": closed(step.text) if step else "",
        f"{name}_result": step.result.strip().rstrip("。") if step else "",
    }


def _notice_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """The notice on record; ``noticed`` says whether there is one, and ``notice_over`` whether its time has passed."""
    step = latest_step(case, StepAction.NOTICE)
    _, end = notice_dates(request)
    return {
        "noticed": YES if step else "",
        "notice_words": notice_words(request, case) if step else "",
        "notice_over": YES if step and end and end < request.as_of else "",
        "notice_url": step.url if step else "",
        "notice_said": closed(step.text) if step else "",
        "notice_result": step.result.strip().rstrip("。") if step else "",
    }


def _days_words(case: CaseFile, as_of: date) -> dict[str, str]:
    """``days_late`` or ``days_left`` while the problem is not finished, else neither; ``late`` says it in words."""
    left = None if finished_on(case) else days_left(case, as_of)
    words = left_words(case, as_of) if left is None else f"已逾期{-left}天" if left < 0 else f"距整改时限还有{left}天"
    return {
        "late": words,
        "days_left": str(left) if left is not None and left >= 0 else "",
        "days_late": str(-left) if left is not None and left < 0 else "",
        "finished": YES if finished_on(case) else "",
    }


# Rows of the lists a sentence may be repeated for


def measure_list(case: CaseFile) -> list[Words]:
    """One row of words for each measure."""
    numbers = evidence_numbers(case.evidence)
    return [
        {
            "measure_word": chinese_number(measure.number),
            "measure": closed(measure.text),
            "due": date_in_text(measure.due) if measure.due else "",
            "measure_result": closed(measure.latest),
            "percent": str(measure.percent) if measure.percent is not None else "",
            "is_done": YES if measure.is_done else "",
            "is_open": "" if measure.is_done else YES,
            "measure_evidence": ranges([numbers[p.id] for p in case.evidence if p.measure_id == measure.id]),
            **quantity_words(measure),
        }
        for measure in case.measures
    ]


def quantity_words(measure: Measure) -> dict[str, str]:
    """Count promised, count reached and unit, where both counts are known."""
    promised = measure.quantity if measure.quantity is not None else measure.quantity_of
    if promised is None or measure.quantity_done is None:
        return {"promised": "", "reached": "", "unit": ""}
    return {"promised": str(promised), "reached": str(measure.quantity_done), "unit": measure.quantity_unit}


def undone_list(case: CaseFile) -> list[Words]:
    """The rows of the measures that are not done."""
    return [row for row in measure_list(case) if row["is_open"]]


def problem_row(case: CaseFile, request: PaperRequest) -> Words:
    """Words about one problem of a list of problems."""
    return sentence_words(request, case) | {
        "number": str(case.problem.number),
        "number_word": chinese_number(case.problem.number),
        "state": STATE_WORDS[state_of(case, request.as_of)],
    }
