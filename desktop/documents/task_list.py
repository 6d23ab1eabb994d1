"""整改清单 (domain §4 F1): a block for each problem as the issued plan has it, on the grid of an 附件.

The labels are those by which a plan is read, so that the printed list reads back to the same ledger. A field that
is empty has no line: a 无 behind a label would be read as a unit of that name.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desktop.documents.fields import cases_of, head_words
from desktop.documents.model import OfficialPaper, Para, Shell
from desktop.documents.template import Section, load_template
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, UnitRole
from desktop.rules.wording import chinese_number, closed, measure_texts, plan_deadline_of, units_of

KEY, NAME = "task_list", "整改清单"
_EXPECTED = ("target", "measures", "plan_deadline", "lead_units", "responsible_units")
_PLAIN: Mapping[str, Callable[[CaseFile], str | None]] = {
    "target": lambda case: case.problem.target.strip(),
    "measures": lambda case: "".join(measure_texts(case.measures)),
    "plan_deadline": lambda case: plan_deadline_of(case.problem),
    "leaders": lambda case: "、".join(case.problem.leaders),
    "lead_units": lambda case: units_of(case, UnitRole.LEAD),
    "responsible_units": lambda case: units_of(case, UnitRole.RESPONSIBLE),
    "assisting_units": lambda case: units_of(case, UnitRole.ASSISTING),
    "supervising_units": lambda case: units_of(case, UnitRole.SUPERVISING),
    "accepting_units": lambda case: units_of(case, UnitRole.ACCEPTING, UnitRole.CITY_ACCEPTANCE),
}


def make_task_list(request: PaperRequest, folder: Path | None = None) -> OfficialPaper:
    """The list of all problems of the ledger; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)
    template = load_template(KEY, folder)
    template.only(("title", "lines"))
    words = head_words(request)
    title = template.part("title")
    title.only(("annex", "text"))
    labels = _labels(template)
    return OfficialPaper(
        title=title.filled("text", words),
        bodies=(),
        paragraphs=tuple(para for case in cases for para in _block(case, labels)),
        shell=Shell.PLAIN,
        annex_mark=title.filled("annex", words, ""),
        on=request.on,
        issuing_office=words["office"],
        whole_words=(words["district"], words["inspection"]),
        remarks=tuple(remark for case in cases for remark in _remarks(case, labels)),
    )


def _labels(template: Section) -> tuple[tuple[str, str], ...]:
    """(label, field) of each line of a block, in the template's order."""
    labels = []
    for section in template.parts("lines"):
        section.only(("label", "field", "show"))
        if section.flag("show", True):
            labels.append((section.text("label"), section.field("field", _PLAIN)))
    return tuple(labels)


def _block(case: CaseFile, labels: tuple[tuple[str, str], ...]) -> Iterator[Para]:
    """The problem as a heading of level one, under it a paragraph for each label."""
    yield Para(heading=f"{chinese_number(case.problem.number)}、{closed(case.problem.text)}", level=1)
    for label, field in labels:
        if text := field_text(case, field):
            yield Para(text, label, 2)


def field_text(case: CaseFile, field: str) -> str:
    """What a line of the block says; empty when the ledger knows nothing."""
    return _PLAIN[field](case) or ""


def _remarks(case: CaseFile, labels: tuple[tuple[str, str], ...]) -> Iterator[str]:
    lacking = [label.rstrip("：") for label, field in labels if field in _EXPECTED and not field_text(case, field)]
    if lacking:
        yield f"第{case.problem.number}项没有{'、'.join(lacking)}，清单上未列。"
