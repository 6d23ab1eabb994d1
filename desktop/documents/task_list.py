"""整改清单 (domain §4 F1): a block for each problem as the issued plan has it, on the grid of an 附件.

The labels are those by which a plan is read, so that the printed list reads back to the same ledger. A field that
is empty has no line: a 无 behind a label would be read as a unit of that name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.documents import grid
from desktop.documents.breaker import Item, break_rows
from desktop.documents.breaker import Row as BrokenRow
from desktop.documents.canvas import Sheet
from desktop.documents.fields import cases_of, head_words
from desktop.documents.fonts import FontSet, Role
from desktop.documents.forms import plain_title
from desktop.documents.grid import CELL, LEFT, ROWS, SIZE_2, SIZE_3, WIDTH
from desktop.documents.imprint import draw_page_number
from desktop.documents.template import Section, load_template
from desktop.documents.title import break_title
from desktop.rules.paper import PaperRequest, Printed
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


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the page; a ``heading`` must not be the last of its page."""

    items: list[Item]
    row: BrokenRow
    heading: bool


def print_task_list(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The list of all problems of the ledger; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)
    template = load_template(KEY, folder)
    template.only(("title", "lines"))
    words = head_words(request)
    labels = _labels(template)
    sheet = Sheet(fonts, plain_title(template, words), words["office"], request.on)
    row = _draw_head(sheet, template, request)
    for line in _lines(sheet, cases, labels):
        if row >= ROWS or (line.heading and row == ROWS - 1):
            draw_page_number(sheet, sheet.pages + 1)
            sheet.end_page()
            row = 0
        indent = 2 * CELL if line.row.start == 0 else 0.0
        sheet.row(line.items, line.row, LEFT + indent, grid.row_middle(row))
        row += 1
    draw_page_number(sheet, sheet.pages + 1)
    sheet.end_page()
    data = sheet.finish()
    remarks = tuple(remark for case in cases for remark in _remarks(case, labels))
    return Printed(data, sheet.pages, sheet.missing_characters, fonts.names(), remarks)


def _labels(template: Section) -> tuple[tuple[str, str], ...]:
    """(label, field) of each line of a block, in the template's order."""
    labels = []
    for section in template.parts("lines"):
        section.only(("label", "field", "show"))
        if section.flag("show", True):
            labels.append((section.text("label"), section.field("field", _PLAIN)))
    return tuple(labels)


def _draw_head(sheet: Sheet, template: Section, request: PaperRequest) -> int:
    """附件 on row 1 in 黑体, the title centred from row 3; returns the row of the text."""
    words = head_words(request)
    title = template.part("title")
    title.only(("annex", "text"))
    annex = title.filled("annex", words, "")
    if annex:
        sheet.text(annex, Role.HEI, SIZE_3, LEFT, grid.row_middle(0), CELL)
    row = 2 if annex else 0
    names = (words["district"], words["inspection"])
    for text in break_title(title.filled("text", words), int(WIDTH // SIZE_2), names):
        width = sheet.setter.width(text, Role.TITLE, SIZE_2)
        sheet.text(text, Role.TITLE, SIZE_2, LEFT + (WIDTH - width) / 2, grid.row_middle(row))
        row += 1
    return row + 1


def _lines(sheet: Sheet, cases: tuple[CaseFile, ...], labels: tuple[tuple[str, str], ...]) -> Iterator[_Line]:
    for case in cases:
        number = f"{chinese_number(case.problem.number)}、"
        yield from _paragraph(sheet, number, Role.HEI, closed(case.problem.text), Role.HEI, True)
        for label, field in labels:
            if text := field_text(case, field):
                yield from _paragraph(sheet, label, Role.KAI, text, Role.FANG, False)


def _paragraph(sheet: Sheet, head: str, head_role: Role, text: str, role: Role, heading: bool) -> Iterator[_Line]:
    """One labelled paragraph, two 字 in; line breaks of the text start rows of their own."""
    for part in text.split("\n"):
        items = sheet.setter.items(head, head_role, SIZE_3, CELL) + sheet.setter.items(part, role, SIZE_3, CELL)
        head = ""
        for row in break_rows(items, WIDTH, WIDTH - 2 * CELL):
            yield _Line(items, row, heading and row.last)


def field_text(case: CaseFile, field: str) -> str:
    """What a line of the block says; empty when the ledger knows nothing."""
    return _PLAIN[field](case) or ""


def _remarks(case: CaseFile, labels: tuple[tuple[str, str], ...]) -> Iterator[str]:
    lacking = [label.rstrip("：") for label, field in labels if field in _EXPECTED and not field_text(case, field)]
    if lacking:
        yield f"第{case.problem.number}项没有{'、'.join(lacking)}，清单上未列。"
