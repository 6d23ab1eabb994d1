"""Every paper this version prints, and the one way to print any of them."""

from collections.abc import Callable
from pathlib import Path

from desktop.documents.application import print_application
from desktop.documents.fonts import FontSet
from desktop.documents.ledger_table import print_ledger
from desktop.documents.notice import print_notice
from desktop.documents.request import print_request
from desktop.documents.self_check import print_self_check
from desktop.documents.task_list import print_task_list
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperKind, PaperRequest, Printed

Printer = Callable[[PaperRequest, FontSet, Path | None], Printed]

_PRINTERS: dict[PaperKind, Printer] = {
    PaperKind("closure_request", "销号请示", "problem", "document"): print_request,
    PaperKind("closure_application", "销号申请表", "problem", "plain"): print_application,
    PaperKind("public_notice", "公示", "problem", "plain"): print_notice,
    PaperKind("self_check", "自查自验表", "problem", "plain"): print_self_check,
    PaperKind("task_list", "整改清单", "ledger", "plain"): print_task_list,
    PaperKind("merged_ledger", "整改台账", "ledger", "plain"): print_ledger,
}
PAPERS: tuple[PaperKind, ...] = tuple(_PRINTERS)


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
    return _PRINTERS[kind](request, fonts, templates)
