"""Every paper this version prints, and the one way to print any of them, or to write it for Word."""

from collections.abc import Callable
from pathlib import Path

from desktop.documents.case_forms import (
    make_acceptance,
    make_application,
    make_call_slip,
    make_chase_slip,
    make_extension,
    make_long_term,
    make_self_check,
    make_site_check,
)
from desktop.documents.case_texts import make_case_text
from desktop.documents.catalogue import make_catalogue
from desktop.documents.closure_ledger import make_closure_ledger
from desktop.documents.fonts import FontSet
from desktop.documents.ledger_table import make_ledger
from desktop.documents.ledger_texts import make_bulletin, make_report
from desktop.documents.model import OfficialPaper
from desktop.documents.monthly import make_monthly
from desktop.documents.notice import make_notice
from desktop.documents.objections import make_objections
from desktop.documents.official import print_official
from desktop.documents.page import FormPaper, print_form
from desktop.documents.site_list import make_site_list
from desktop.documents.task_list import make_task_list
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.paper_kinds import PAPERS

__all__ = ["PAPERS", "make_paper", "print_paper", "write_paper"]

Document = OfficialPaper | FormPaper
Maker = Callable[[PaperRequest, Path | None], Document]


_MAKERS: dict[str, Maker] = {
    "task_list": make_task_list,
    "merged_ledger": make_ledger,
    "monthly_dispatch": make_monthly,
    "progress_report": make_report,
    "extension_request": make_extension,
    "long_term_request": make_long_term,
    "self_check": make_self_check,
    "evidence_catalogue": make_catalogue,
    "site_list": make_site_list,
    "closure_application": make_application,
    "site_check": make_site_check,
    "acceptance_opinion": make_acceptance,
    "public_notice": make_notice,
    "objection_register": make_objections,
    "closure_ledger": make_closure_ledger,
    "call_slip": make_call_slip,
    "chase_slip": make_chase_slip,
    "bulletin": make_bulletin,
}


def make_paper(key: str, request: PaperRequest, templates: Path | None = None) -> Document:
    """What the paper ``key`` says. A template of the same name in the folder ``templates`` wins over the program's own.

    Raises Refused for an unknown key, for a paper per problem without a case, and for a template that is wrong.
    """
    kind = next((kind for kind in PAPERS if kind.key == key), None)
    if kind is None:
        known = "、".join(f"{kind.key}（{kind.name}）" for kind in PAPERS)
        raise Refused(f"没有“{key}”这种文书，未打印；可打印的有：{known}。", "paper_unknown")
    if kind.per == "problem" and request.case is None:
        what = "须按问题打印，还没有指明是哪个问题；请用问题序号指定后再打印。"
        raise Refused(kind.name + what, "paper_needs_problem")
    if key in _MAKERS:
        return _MAKERS[key](request, templates)
    return make_case_text(key, request, templates)


def print_paper(key: str, request: PaperRequest, fonts: FontSet, templates: Path | None = None) -> Printed:
    """The paper ``key`` as PDF. Raises Refused as ``make_paper`` does."""
    document = make_paper(key, request, templates)
    if isinstance(document, FormPaper):
        return print_form(document, fonts)
    return print_official(document, fonts)


def write_paper(key: str, request: PaperRequest, fonts: FontSet, templates: Path | None = None) -> Printed:
    """The paper ``key`` as docx; ``pages`` is 0, because Word makes them. Raises Refused as ``make_paper`` does."""
    from desktop.documents.word.form import write_form
    from desktop.documents.word.official import write_official

    document = make_paper(key, request, templates)
    if isinstance(document, FormPaper):
        return write_form(document, fonts)
    return write_official(document, fonts)
