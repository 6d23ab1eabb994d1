"""销号请示: one case and the standard sentences of ``templates/request.toml`` become an OfficialPaper (domain T5)."""

from pathlib import Path

from desktop.documents.fields import district_of, notice_words, reasons_of
from desktop.documents.fonts import FontSet
from desktop.documents.model import OfficialPaper, Para
from desktop.documents.official import print_official
from desktop.documents.request_words import request_words, result_words
from desktop.documents.template import Section, load_template
from desktop.rules.errors import Refused
from desktop.rules.measures import undone
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.records import CaseFile, Step, StepAction
from desktop.rules.region import fill_names
from desktop.rules.wording import chinese_number, closed, completed_on, date_in_text, deadline_of, latest_step

KEY, NAME = "request", "销号请示"
BLANK_NAME, BLANK_PHONE = "＿＿＿", "＿＿＿＿＿＿"
_WHEN = ("always", "self_check", "evidence", "accept", "notice")
_LEFT = {StepAction.ACCEPT: "验收", StepAction.NOTICE: "公示", StepAction.FILE: "备案"}


def print_request(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The finished 请示 of the request's case; the template in ``folder`` wins over the program's own."""
    return print_official(build_request(request, load_template(KEY, folder)), fonts)


def build_request(request: PaperRequest, template: Section) -> OfficialPaper:
    """The 请示 《关于申请…问题销号的请示》 to the leading group, filled from the case.

    Only what is on record is said. Raises Refused without a case, or if the template is wrong.
    """
    case = _case_of(request)
    words = request_words(request, case, template)
    region, district = request.region, district_of(request)
    bodies = request.bodies or tuple(fill_names(name, region, district) for name in region.applicants)
    names = (district, region.city, words["inspection"], *bodies)
    note = template.fill(
        "note",
        template.text("note"),
        words | {"contact": request.contact or BLANK_NAME, "phone": request.phone or BLANK_PHONE},
    )
    return OfficialPaper(
        title=template.filled("title", words),
        bodies=bodies,
        paragraphs=_paragraphs(request, case, template, words),
        addressee=request.addressee or fill_names(region.addressee, region, district),
        doc_no=request.doc_no,
        signers=request.signers,
        attachments=_attachments(case, template),
        on=request.on,
        note=note,
        copies=request.copies or tuple(fill_names(name, region, district) for name in region.copies),
        issuing_office=request.issuing_office or fill_names(region.issuing_office, region, district),
        whole_words=tuple(name for name in names if name),
        remarks=_remarks(request, case),
    )


def _case_of(request: PaperRequest) -> CaseFile:
    if request.case is None:
        raise Refused(f"{NAME}须按问题打印，还没有指明是哪个问题；请用问题序号指定后再打印。", "paper_needs_problem")
    return request.case


def _paragraphs(request: PaperRequest, case: CaseFile, template: Section, words: dict[str, str]) -> tuple[Para, ...]:
    """Opening, the numbered sections that have something to say, closing."""
    headings = template.part("headings")
    sections = (
        ("problem", [Para(closed(case.problem.text))]),
        ("target", _target(case, template, words)),
        ("measures", _measures(case, template, words)),
        ("self_check", _self_check(case, template, words)),
        ("review", _review(request, case, template, words)),
        ("reasons", [Para(closed(reason)) for reason in reasons_of(request, case)]),
    )
    opening = "done" if case.measures and not undone(case) else "open"
    paragraphs = [Para(template.part("opening").filled(opening, words))]
    number = 0
    for key, said in sections:
        if said:
            number += 1
            paragraphs.append(Para(heading=f"{chinese_number(number)}、{headings.text(key)}", level=1))
            paragraphs += said
    left = [name for action, name in _LEFT.items() if latest_step(case, action) is None]
    if left:
        outlook = template.part("sentences").filled("outlook", words | {"left": "、".join(left)})
        paragraphs.append(Para(outlook))
    return (*paragraphs, Para(template.filled("closing", words)))


def _target(case: CaseFile, template: Section, words: dict[str, str]) -> list[Para]:
    said = [Para(closed(case.problem.target))] if case.problem.target.strip() else []
    if deadline_of(case):
        key = "completed" if completed_on(case) else "deadline"
        said.append(Para(template.part("sentences").filled(key, words)))
    return said


def _measures(case: CaseFile, template: Section, words: dict[str, str]) -> list[Para]:
    """Each measure in the plan's words and what was done of it; then the latest word on the whole problem."""
    sentences = template.part("sentences")
    said = []
    for measure in case.measures:
        number = chinese_number(measure.number)
        heading = sentences.filled("measure", words | {"measure_word": number})
        said.append(Para(closed(measure.text), f"（{number}）{heading}", 2))
        said.append(Para(sentences.filled("result", words | {"result": result_words(measure, sentences)})))
    whole = [entry for entry in case.progress if not entry.measure_id and entry.text.strip()]
    if whole:
        said.append(Para(closed(max(whole, key=lambda entry: (entry.month, entry.on)).text)))
    return said


def _self_check(case: CaseFile, template: Section, words: dict[str, str]) -> list[Para]:
    step = latest_step(case, StepAction.SELF_CHECK)
    if step is None:
        return []
    sentences = template.part("sentences")
    text = sentences.filled("self_check", words | _step_words(step, sentences, "conclusion"))
    if case.evidence:
        text += sentences.filled("evidence", words | {"count": str(len(case.evidence))})
    return [Para(text)]


def _review(request: PaperRequest, case: CaseFile, template: Section, words: dict[str, str]) -> list[Para]:
    """Acceptance and notice as far as they are on record."""
    said = []
    step = latest_step(case, StepAction.ACCEPT)
    if step:
        sentences = template.part("sentences")
        said.append(Para(sentences.filled("accepted", words | _step_words(step, sentences, "acceptance_result"))))
    if latest_step(case, StepAction.NOTICE):
        said.append(Para(notice_words(request, case)))
    return said


def _step_words(step: Step, sentences: Section, result_key: str) -> dict[str, str]:
    result = sentences.filled(result_key, {"result": closed(step.result)}) if step.result.strip() else ""
    return {"on": date_in_text(step.on), "said": closed(step.text) + result}


def _attachments(case: CaseFile, template: Section) -> tuple[str, ...]:
    holds = {
        "always": True,
        "self_check": latest_step(case, StepAction.SELF_CHECK) is not None,
        "evidence": bool(case.evidence),
        "accept": latest_step(case, StepAction.ACCEPT) is not None,
        "notice": latest_step(case, StepAction.NOTICE) is not None,
    }
    parts = template.parts("attachments")
    return tuple(part.text("name") for part in parts if holds[part.one_of("when", _WHEN, "always")])


def _remarks(request: PaperRequest, case: CaseFile) -> tuple[str, ...]:
    """What the clerk should see to before the paper goes up."""
    remarks = []
    open_measures = undone(case)
    if open_measures:
        numbers = "、".join(chinese_number(number) for number in open_measures)
        remarks.append(f"第{numbers}项措施尚未报送完成，请示未写“整改任务已全部完成”。")
    if latest_step(case, StepAction.SELF_CHECK) is None:
        remarks.append("台账没有自查自验记录，请示未写自查自验情况。")
    remarks += [f"佐证材料“{item.name}”缺附件。" for item in case.evidence if not item.present]
    if not request.signers:
        remarks.append("上行文应标注签发人，签发人处已留空。")
    if not request.contact or not request.phone:
        remarks.append("请示应附联系人和电话，附注中未填的一项已留空。")
    return tuple(remarks)
