"""The forms about one problem (domain §4 F4–F6, F11, F23), each a template, with what the clerk should see to."""

from collections.abc import Iterator
from pathlib import Path

from desktop.documents.case_form import make_case_form
from desktop.documents.fields import case_of, missing_files
from desktop.documents.page import FormPaper
from desktop.rules.deadlines import finished_on
from desktop.rules.lifecycle import is_long_term, passed_gates
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, Gate


def make_self_check(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """自查自验表: measure by measure with result and evidence, effects, conclusion, sign-off boxes."""
    return make_case_form("self_check", "自查自验表", request, folder)


def make_application(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """销号申请表: one problem on A4, with the sign-off boxes of the region."""
    return make_case_form("closure_application", "销号申请表", request, folder)


def make_site_check(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """现场核查表: what was reported of each measure, and room for what is found on site."""
    case = case_of(request, "现场核查表")
    return make_case_form("site_check", "现场核查表", request, folder, tuple(_site_remarks(case)))


def make_acceptance(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """验收意见表: the conclusion on record, else boxes to tick."""
    case = case_of(request, "验收意见表")
    return make_case_form("acceptance_opinion", "验收意见表", request, folder, tuple(_accept_remarks(case)))


def make_extension(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """延期申请表: the deadline, the one asked for, and why; from the change on record or the clerk's answers."""
    case = case_of(request, "延期申请表")
    done = finished_on(case)
    remarks = (f"问题{case.problem.number}已完成整改，请核对是否还需要延期。",) if done else ()
    return make_case_form("extension_request", "延期申请表", request, folder, remarks)


def make_long_term(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """长期持续整改申请表: the stage targets, when to look again, when it may end."""
    case = case_of(request, "长期持续整改申请表")
    remarks = tuple(_stage_remarks(case))
    return make_case_form("long_term_request", "长期持续整改申请表", request, folder, remarks)


def make_chase_slip(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """督办单: one problem, how late it is, what is asked for and by when, with a receipt."""
    case = case_of(request, "督办单")
    return make_case_form("chase_slip", "督办单", request, folder, tuple(chase_remarks(request, case)))


def make_call_slip(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """催报单: which report is wanted, up to which month there is one, by when, with a receipt."""
    case = case_of(request, "催报单")
    return make_case_form("call_slip", "催报单", request, folder, tuple(chase_remarks(request, case)))


def chase_remarks(request: PaperRequest, case: CaseFile) -> Iterator[str]:
    """What is odd about chasing this problem, and what its chasing paper lacks."""
    if finished_on(case):
        yield f"问题{case.problem.number}已完成整改，请核对是否还需要督办。"
    if request.chase and len(request.chase.cases) > 1:
        yield f"督办单一件一号，这份督办涉及{len(request.chase.cases)}个问题，滞后情况只写了第一个，建议用督办函。"
    if not request.doc_no:
        yield "没有填写文号，已留空待填。"


def _site_remarks(case: CaseFile) -> Iterator[str]:
    if not case.measures:
        yield f"问题{case.problem.number}没有整改措施，逐项核查一栏印为“/”。"
    if not any(piece.place for piece in case.evidence):
        yield "佐证照片没有地点，核查地点留空待填。"
    yield from missing_files(case)


def _accept_remarks(case: CaseFile) -> Iterator[str]:
    passed = passed_gates(case)
    if Gate.APPLY not in passed:
        yield "台账还没有申请销号的记录，请核对是否可以验收。"
    if Gate.ACCEPT not in passed:
        yield "台账没有验收记录，验收日期、意见和结论留空待填。"
    yield from missing_files(case)


def _stage_remarks(case: CaseFile) -> Iterator[str]:
    if not is_long_term(case.problem):
        yield f"问题{case.problem.number}的整改类型不是长期坚持，批准后请在台账里改整改类型。"
    if not case.stages:
        yield "台账没有登记阶段目标，阶段目标一栏留空待填。"
