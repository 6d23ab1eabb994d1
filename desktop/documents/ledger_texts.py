"""Text papers about the whole ledger: 整改进展情况报告 upward, 通报 downward with the table of all problems (F12)."""

from functools import partial
from pathlib import Path

from desktop.documents.annex_tables import progress_annex
from desktop.documents.fields import cases_of
from desktop.documents.ledger_words import ledger_material
from desktop.documents.model import OfficialPaper
from desktop.documents.template import Section, load_template
from desktop.documents.text_paper import Material, build_text, district_names
from desktop.rules.paper import PaperRequest

REPORT, BULLETIN = "progress_report", "bulletin"


def make_report(request: PaperRequest, folder: Path | None = None) -> OfficialPaper:
    """整改进展情况报告: the figures in standard sentences, then problem by problem."""
    return build_ledger_text("整改进展情况报告", request, load_template(REPORT, folder))


def make_bulletin(request: PaperRequest, folder: Path | None = None) -> OfficialPaper:
    """通报: the state of all problems, what goes well, what lags, what is asked; a table of them all."""
    return build_ledger_text("通报", request, load_template(BULLETIN, folder))


def build_ledger_text(name: str, request: PaperRequest, template: Section) -> OfficialPaper:
    """The paper called ``name`` about all problems. Raises Refused for an empty ledger and a wrong template."""
    words, lists, _ = ledger_material(request, name)
    annexes = {"progress_table": partial(progress_annex, request, cases_of(request, name))}
    return build_text(request, template, Material(words, lists, annexes, district_names(request, words)))
