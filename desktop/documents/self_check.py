"""自查自验表 (domain §4 F4): measure by measure with result and evidence, effects, conclusion, sign-off boxes."""

from collections.abc import Iterator
from pathlib import Path

from desktop.documents.case_form import print_case_form
from desktop.documents.fields import case_of, measure_rows
from desktop.documents.flow import Cell, Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import FormType, pair_row, read_boxes, sign_rows, table_rows
from desktop.documents.grid import MM
from desktop.documents.template import Section
from desktop.rules.paper import PaperRequest, Printed

KEY, NAME = "self_check", "自查自验表"
_FIELDS = ("number", "measure", "result", "evidence_numbers")


def print_self_check(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The self-check form of the request's case; template in ``folder`` or in the program."""
    case = case_of(request, NAME)

    def measures(section: Section, form: FormType) -> Iterator[Row]:
        section.only(("part", "columns"))
        columns = section.parts("columns")
        if not columns:
            raise section.wrong("columns", "至少应有一列")
        heads, keys = [], []
        total = sum(column.number("width_mm", 8, 200) for column in columns)
        for column in columns:
            column.only(("field", "title", "width_mm", "align"))
            keys.append(column.field("field", _FIELDS))
            width = column.number("width_mm", 8, 200) * form.inner / total
            centred = column.one_of("align", ("left", "center"), "left") == "center"
            heads.append(Cell(column.text("title"), width, form.value, center=centred))
        lines = tuple(tuple(row[key] for key in keys) for row in measure_rows(case))
        return table_rows(tuple(heads), lines, form)

    def effects(section: Section, form: FormType) -> Iterator[Row]:
        section.only(("part", "title", "height_mm"))
        height = section.number("height_mm", 8, 100, 12) * MM
        for item in request.region.closing_standard:
            yield pair_row(((f"{section.text('title')}\n（{item}）", ""),), form, height)

    def boxes(section: Section, form: FormType) -> Iterator[Row]:
        return sign_rows(request.region.self_check_signoff, read_boxes(section), form)

    parts = {"measures": measures, "effects": effects, "signoff": boxes}
    return print_case_form(KEY, NAME, request, fonts, parts, folder)
