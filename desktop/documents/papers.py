"""Every paper this version prints, and the one way to print any of them."""

from collections.abc import Callable
from pathlib import Path

from desktop.documents.case_forms import (
    print_acceptance,
    print_application,
    print_chase_slip,
    print_extension,
    print_long_term,
    print_self_check,
    print_site_check,
)
from desktop.documents.case_texts import print_case_text
from desktop.documents.catalogue import print_catalogue
from desktop.documents.closure_ledger import print_closure_ledger
from desktop.documents.fonts import FontSet
from desktop.documents.ledger_table import print_ledger
from desktop.documents.ledger_texts import print_bulletin, print_report
from desktop.documents.monthly import print_monthly
from desktop.documents.notice import print_notice
from desktop.documents.objections import print_objections
from desktop.documents.task_list import print_task_list
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.paper_kinds import PAPERS

__all__ = ["PAPERS", "print_paper"]

Printer = Callable[[PaperRequest, FontSet, Path | None], Printed]


_PRINTERS: dict[str, Printer] = {
    "task_list": print_task_list,
    "merged_ledger": print_ledger,
    "monthly_dispatch": print_monthly,
    "progress_report": print_report,
    "extension_request": print_extension,
    "long_term_request": print_long_term,
    "self_check": print_self_check,
    "evidence_catalogue": print_catalogue,
    "closure_application": print_application,
    "site_check": print_site_check,
    "acceptance_opinion": print_acceptance,
    "public_notice": print_notice,
    "objection_register": print_objections,
    "closure_ledger": print_closure_ledger,
    "chase_slip": print_chase_slip,
    "bulletin": print_bulletin,
}


def print_paper(key: str, request: PaperRequest, fonts: FontSet, templates: Path | None = None) -> Printed:
    """Print the paper ``key``. A template of the same name in the folder ``templates`` wins over the program's own.

    Raises Refused for an unknown key, for a paper per problem without a case, and for a template that is wrong.
    """
    kind = next((kind for kind in PAPERS if kind.key == key), None)
    if kind is None:
        known = "、".join(f"{kind.key}（{kind.name}）" for kind in PAPERS)
        raise Refused(f"没有“{key}”这种文书，未打印；可打印的有：{known}。", "paper_unknown")
    if kind.per == "problem" and request.case is None:
        what = "须按问题打印，还没有指明是哪个问题；请用问题序号指定后再打印。"
        raise Refused(kind.name + what, "paper_needs_problem")
    if key in _PRINTERS:
        return _PRINTERS[key](request, fonts, templates)
    return print_case_text(key, request, fonts, templates)
