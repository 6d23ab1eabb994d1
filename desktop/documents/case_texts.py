"""Text papers about one problem: request, report, statement, letters, notices; each a template and its material."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop.documents.annex_tables import catalogue_annex, closure_annex, receipt_annex
from desktop.documents.chase_sheet import chase_cases, own_words
from desktop.documents.fields import case_of, missing_files, reasons_of
from desktop.documents.model import OfficialPaper
from desktop.documents.sentence_words import measure_list, problem_row, sentence_words, undone_list
from desktop.documents.template import Section, load_template
from desktop.documents.text_paper import AnnexMaker, Material, RowList, build_text, district_names
from desktop.rules.deadlines import finished_on
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import PaperRequest
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import CaseFile, Gate, Measure, Problem

Remarks = Callable[[PaperRequest, CaseFile], Iterator[str]]
_ONE_MEASURE = CaseFile(Problem("", 1, ""), measures=(Measure("", "", 1, ""),))
_MEASURE_FIELDS = tuple(measure_list(_ONE_MEASURE)[0])


def make_case_text(key: str, request: PaperRequest, folder: Path | None = None) -> OfficialPaper:
    """The text paper ``key`` about the request's case; the template in ``folder`` wins over the program's own."""
    return build_case_text(key, request, load_template(key, folder))


def build_case_text(
    key: str, request: PaperRequest, template: Section, remarks: tuple[str, ...] = ()
) -> OfficialPaper:
    """The paper of the request's case: its template filled with what is on record, and what it lacks as remarks."""
    case = case_of(request, next(kind.name for kind in PAPERS if kind.key == key))
    remarks = (*remarks, *(_REMARKS[key](request, case) if key in _REMARKS else ()))
    return build_text(request, template, _material(request, case, remarks))


def _material(request: PaperRequest, case: CaseFile, remarks: tuple[str, ...]) -> Material:
    """Words, lists and annexes that a template about one problem may name."""
    words = sentence_words(request, case)
    alone = replace(request, chase=None)
    chased = [own_words(problem_row(found, alone)) for found in chase_cases(request, case)]
    lists = {
        "measures": RowList(_MEASURE_FIELDS, partial(measure_list, case)),
        "open_measures": RowList(_MEASURE_FIELDS, partial(undone_list, case)),
        "chased_problems": RowList(tuple(chased[0]), lambda: chased),
        "reasons": RowList(("reason",), lambda: [{"reason": reason} for reason in reasons_of(request, case)]),
        "standards": RowList(("standard",), lambda: [{"standard": item} for item in request.region.closing_standard]),
    }
    annexes: Mapping[str, AnnexMaker] = {
        "closure_row": partial(closure_annex, request, case),
        "catalogue": partial(catalogue_annex, request, case),
        "receipt": receipt_annex,
    }
    return Material(words, lists, annexes, district_names(request, words), remarks)


# What the clerk should see to


def _of_closing(request: PaperRequest, case: CaseFile) -> Iterator[str]:
    yield from missing_files(case)


def _of_statement(request: PaperRequest, case: CaseFile) -> Iterator[str]:
    step = passed_gates(case).get(Gate.NOTICE)
    if step and step.end and step.end >= request.as_of:
        yield "公示期尚未结束，请在公示期满后再出具无异议说明。"


def _of_chasing(request: PaperRequest, case: CaseFile) -> Iterator[str]:
    if finished_on(case):
        yield f"问题{case.problem.number}已完成整改，请核对是否还需要发出。"


def _of_release(request: PaperRequest, case: CaseFile) -> Iterator[str]:
    if not finished_on(case):
        yield f"问题{case.problem.number}还没有完成整改，请核对是否可以解除挂牌督办。"


_REMARKS: Mapping[str, Remarks] = {
    "closure_request": _of_closing,
    "self_check_report": _of_closing,
    "acceptance_letter": _of_closing,
    "no_objection": _of_statement,
    "filing_letter": _of_closing,
    "reminder_letter": _of_chasing,
    "chase_letter": _of_chasing,
    "inspect_notice": _of_chasing,
    "listing_notice": _of_chasing,
    "listing_release": _of_release,
}
