"""PaperRequest → the words that templates may name. Pure: nothing is drawn and nothing is looked up elsewhere.

Two sets: ``head_words`` for titles, sentences and foot lines; ``case_words`` for the cells of one problem's form.
A value that is unknown prints ``/`` or 无; a value that somebody writes by hand prints blank.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop.documents.answers import demand_words
from desktop.documents.case_states import (
    BLANK_DATE,
    acceptance_words,
    chase_words,
    deadline_words,
    full_name,
)
from desktop.documents.chase_sheet import sheet_words
from desktop.rules.errors import Refused
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_value
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, StepAction, UnitRole
from desktop.rules.wording import (
    NO_ITEM,
    NO_TEXT,
    chinese_number,
    closed,
    completed_on,
    date_in_text,
    evidence_numbers,
    latest_step,
    numbers_of,
    objection_words,
    override_reasons,
    plan_deadline_of,
    public_results,
    ranges,
    result_of,
    step_day,
)

BLANK_NUMBER = "＿＿＿〔　　　〕　　号"
PHONE, BLANK_PHONE = "电话：", "＿＿＿＿＿＿"
TICKS = "□是\n□否"
_MEASURE_ROW = ("number", "measure", "due", "result", "evidence_numbers", "photo_numbers")
_LONG = ("text", "target", "measures", "progress")
_NOTICE_UNITS = {"working": "个工作日", "natural": "天"}


def cases_of(request: PaperRequest, name: str) -> tuple[CaseFile, ...]:
    """The cases of a paper that lists the whole ledger."""
    if not request.ledger.cases:
        raise Refused(f"台账里还没有问题，{name}没有内容可印，未打印；请先导入方案或录入问题。", "empty_ledger")
    return request.ledger.cases


def case_of(request: PaperRequest, name: str) -> CaseFile:
    """The case of a paper that is printed per problem."""
    if request.case is None:
        raise Refused(f"{name}须按问题打印，还没有指明是哪个问题；请用问题序号指定后再打印。", "paper_needs_problem")
    return request.case


def date_or_blank(day: date | None) -> str:
    """The date in text, or a place to write it."""
    return date_in_text(day) if day else BLANK_DATE


def district_of(request: PaperRequest) -> str:
    """The district's name; the ledger's office knows it when the request does not say."""
    return request.district or request.ledger.office.district


def head_words(request: PaperRequest) -> dict[str, str]:
    """Words for titles, lead sentences, running heads and foot lines."""
    district, city = district_of(request), request.region.city
    case = request.case
    names = {c.inspection.name for c in ((case,) if case else request.ledger.cases) if c.inspection}
    start, end = notice_dates(request)
    return {
        "city": "" if district.startswith(city) else city,
        "district": district,
        "applicants": "、".join(request.bodies) or district,
        "office": request.ledger.office.name,
        "inspection": names.pop() if len(names) == 1 else "生态环境保护督察",
        "number": str(case.problem.number) if case else "",
        "number_word": chinese_number(case.problem.number) if case else "",
        "numbers": numbers_of(case.problem) if case else "",
        "doc_no": request.doc_no or BLANK_NUMBER,
        "on": date_or_blank(request.on),
        "self_checked": date_or_blank(step_day(case, StepAction.SELF_CHECK)) if case else BLANK_DATE,
        "as_of": date_in_text(request.as_of),
        "figures": request.figures_sentence,
        "reporter": request.reporter,
        "checker": request.checker,
        "contact": request.contact,
        "phone": request.phone,
        "notice_start": date_or_blank(start),
        "notice_end": date_or_blank(end),
        "notice_days": str(request.notice_days),
        "notice_unit": _NOTICE_UNITS.get(request.region.notice.unit, "天"),
    }


def case_words(request: PaperRequest, case: CaseFile) -> dict[str, str]:
    """Words for the cells of a form about one problem."""
    words = {key: _cell(key, ledger_value(key, case, request.as_of, request.by)) for key in LEDGER_FIELDS}
    sheet = sheet_words(request, case)
    return words | {
        "numbers": numbers_of(case.problem),
        "plan_deadline": plan_deadline_of(case.problem) or NO_TEXT,
        "results": public_results(case) or NO_ITEM,
        "effects": "　".join(f"□{item}" for item in request.region.closing_standard),
        "self_check": self_check_words(case),
        "self_check_on": _cell("self_check_on", step_day(case, StepAction.SELF_CHECK)),
        "check_ways": "□资料审查　□现场核查",
        "conclusion": conclusion_words(case),
        "notice": notice_words(request, case),
        "notice_time": notice_time(request),
        "planned_closing": planned_closing(case),
        "contacts": contact_lines(request, case),
        "evidence": evidence_words(case),
        "reasons": "\n".join(reasons_of(request, case)),
        "check_reasons": "\n".join(reasons_of(request, case, StepAction.SELF_CHECK)),
        "demands": demand_words(case),
        "by_hand": "",
        **acceptance_words(request, case),
        **deadline_words(case),
        **chase_words(case, request.as_of),
        **sheet,
        "bound_units": sheet["bound_units"] or NO_TEXT,
    }


def _cell(key: str, value: object) -> str:
    if value is None or value == "":
        return NO_ITEM if key in _LONG else NO_TEXT
    if isinstance(value, tuple):
        return f"{date_in_text(value[0])}至{date_in_text(value[1])}"
    return date_in_text(value) if isinstance(value, date) else str(value)


def self_check_words(case: CaseFile) -> str:
    """When the own check was done and what it found."""
    step = latest_step(case, StepAction.SELF_CHECK)
    if not step:
        return "尚未自查自验。"
    said = "".join(closed(text) for text in (step.text, step.result, objection_words(case)))
    return f"{date_in_text(step.on)}完成自查自验。{said}"


def conclusion_words(case: CaseFile) -> str:
    """The conclusion on record, else the two boxes to tick."""
    step = latest_step(case, StepAction.SELF_CHECK)
    if step and step.result.strip():
        return closed(step.result)
    return "□达到销号标准　□未达到销号标准"


def notice_dates(request: PaperRequest) -> tuple[date | None, date | None]:
    """First and last day of the notice: those asked for, else those of the notice on record."""
    if request.notice_start or not request.case:
        return request.notice_start, request.notice_end
    step = latest_step(request.case, StepAction.NOTICE)
    return (step.on, step.end) if step else (None, None)


def notice_time(request: PaperRequest) -> str:
    """2026年9月28日至2026年10月10日（共5个工作日）; unknown days are left to write."""
    start, end = notice_dates(request)
    unit = _NOTICE_UNITS.get(request.region.notice.unit, "天")
    return f"{date_or_blank(start)}至{date_or_blank(end)}（共{request.notice_days}{unit}）"


def notice_words(request: PaperRequest, case: CaseFile) -> str:
    """What the application says of the notice: span, address, objections."""
    step = latest_step(case, StepAction.NOTICE)
    if not step:
        return f"拟于{notice_time(request)}公示。" if request.notice_start else "尚未公示。"
    where = f"在{step.url}" if step.url else ""
    said = "".join(closed(text) for text in (step.text, step.result, objection_words(case)))
    return f"{notice_time(request)}{where}公示。{said}"


def planned_closing(case: CaseFile) -> str:
    """The day the problem is to be closed: filed, else applied for, else the deadline of the plan."""
    day = step_day(case, StepAction.FILE) or step_day(case, StepAction.APPLY) or case.problem.current_deadline
    return date_in_text(day) if day else plan_deadline_of(case.problem) or NO_TEXT


def contact_lines(request: PaperRequest, case: CaseFile) -> str:
    """Units that take objections, each with its phone; group words (各镇街) have none and are left out."""
    known = {unit.id: unit for unit in request.ledger.units}
    lines = []
    for role in (UnitRole.LEAD, UnitRole.RESPONSIBLE):
        for holder in case.units:
            unit = known.get(holder.unit_id)
            if holder.role == role and not (unit and unit.is_group):
                lines.append(f"{full_name(request, holder)}　{PHONE}{unit.phone if unit else ''}")
    if request.contact or request.phone:
        person = f"\n联系人：{request.contact}" if request.contact else ""
        lines.append(f"{request.ledger.office.name}{person}　{PHONE}{request.phone}")
    return "\n".join(dict.fromkeys(lines)) or NO_TEXT


def evidence_words(case: CaseFile) -> str:
    """The catalogue of evidence with its count; a file that is not on disk is said to be missing."""
    if not case.evidence:
        return NO_ITEM
    lines = [f"共{len(case.evidence)}份："]
    for number, item in enumerate(case.evidence, 1):
        pages = f"（{item.pages}页）" if item.pages else ""
        lines.append(f"{number}. {bare_name(item.name)}{pages}{'' if item.present else '（缺附件）'}")
    return "\n".join(lines)


def bare_name(name: str) -> str:
    """A file's name without its ending."""
    return re.sub(r"(?<=.)\.[A-Za-z0-9]{1,5}$", "", name)


def reasons_of(request: PaperRequest, case: CaseFile, of: StepAction | None = None) -> tuple[str, ...]:
    """Reasons for overridden warnings, numbered; those of the request first, none twice.

    With ``of`` the reasons that belong to steps of another kind are left out.
    """
    others = [step for step in case.steps if of and step.action != of]
    own = replace(case, steps=tuple(step for step in case.steps if step not in others))
    strange = set(override_reasons(replace(case, steps=tuple(others))))
    given = [reason for reason in request.reasons if reason not in strange]
    said = "".join(given)
    for step, sentence in zip((s for s in own.steps if s.warnings and s.reason), override_reasons(own), strict=True):
        if step.reason not in said:
            given.append(sentence)
    return tuple(given) if len(given) < 2 else tuple(f"{n}. {text}" for n, text in enumerate(given, 1))


def measure_rows(case: CaseFile) -> tuple[Mapping[str, str], ...]:
    """One row for each measure of the own check: measure, result, numbers of its evidence."""
    numbers = evidence_numbers(case.evidence)
    rows = []
    for measure in case.measures:
        proof = [item for item in case.evidence if item.measure_id == measure.id]
        photos = [item for item in proof if item.media_type.startswith("image/")]
        rows.append(
            {
                "number": chinese_number(measure.number),
                "measure": closed(measure.text) or NO_TEXT,
                "due": date_in_text(measure.due) if measure.due else NO_TEXT,
                "result": result_of(measure) or NO_TEXT,
                "evidence_numbers": ranges([numbers[item.id] for item in proof]) or NO_ITEM,
                "photo_numbers": ranges([numbers[item.id] for item in photos]) or NO_ITEM,
                "is_done": TICKS,
                "by_hand": "",
            }
        )
    return tuple(rows) or (dict.fromkeys(_MEASURE_ROW, NO_TEXT) | {"is_done": TICKS, "by_hand": ""},)


def remarks_for(case: CaseFile) -> tuple[str, ...]:
    """What the clerk should still see to before the form is signed."""
    remarks = missing_files(case)
    if case.measures and completed_on(case) is None:
        remarks.append(f"问题{case.problem.number}还有整改措施未报送完成，“实际完成时间”印为“{NO_TEXT}”。")
    return tuple(remarks)


def missing_files(case: CaseFile) -> list[str]:
    """A remark for each piece of evidence whose file is lost."""
    return [f"佐证材料“{item.name}”缺附件。" for item in case.evidence if not item.present]
