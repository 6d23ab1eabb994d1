"""The words the template of the 请示 may name, and the result of one measure in sentences."""

from desktop.documents.fields import district_of
from desktop.documents.template import Section
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, Measure, UnitRole
from desktop.rules.region import fill_names
from desktop.rules.wording import chinese_number, closed, completed_on, date_in_text, deadline_of, units_of

_KINDS_OF_PLACE = "区县市旗"


def request_words(request: PaperRequest, case: CaseFile, template: Section) -> dict[str, str]:
    """Words for every sentence of the 请示; sentences about one step or measure add their own."""
    region, district = request.region, district_of(request)
    done = completed_on(case)
    lead = units_of(case, UnitRole.LEAD)
    responsible = units_of(case, UnitRole.RESPONSIBLE)
    return {
        "city": region.city,
        "district": district,
        "ours": "我" + district[-1] if district and district[-1] in _KINDS_OF_PLACE else "我单位",
        "inspection": _inspection(case) or template.text("inspection_unknown"),
        "number": str(case.problem.number),
        "number_word": chinese_number(case.problem.number),
        "plan": _plan(case) or template.text("plan_unknown"),
        "deadline": (deadline_of(case) or "").rstrip("。"),
        "completed_on": date_in_text(done) if done else "",
        "lead_units": lead or "",
        "responsible_units": responsible or "",
        "checkers": "、".join(dict.fromkeys(name for name in (lead, responsible) if name)) or "有关单位",
        "accepted_by": units_of(case, UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING)
        or fill_names(region.acceptance_body, region, district),
    }


def result_words(measure: Measure, sentences: Section) -> str:
    """What has come of one measure: count done of count promised, the latest report, else how far it is."""
    promised = measure.quantity if measure.quantity is not None else measure.quantity_of
    said = ""
    if promised is not None and measure.quantity_done is not None:
        counts = {"promised": str(promised), "reached": str(measure.quantity_done), "unit": measure.quantity_unit}
        said = sentences.filled("quantity", counts)
    said += closed(measure.latest)
    if said:
        return said
    if measure.is_done:
        return sentences.text("result_done")
    if measure.percent:
        return sentences.filled("result_part", {"percent": str(measure.percent)})
    return sentences.text("result_unknown")


def _inspection(case: CaseFile) -> str:
    name = case.inspection.name.strip() if case.inspection else ""
    for ending in ("问题", "反馈"):
        name = name.removesuffix(ending)
    return name


def _plan(case: CaseFile) -> str:
    if not case.plan or not case.plan.title.strip():
        return ""
    number = f"（{case.plan.doc_no}）" if case.plan.doc_no else ""
    return f"《{case.plan.title.strip()}》{number}"
