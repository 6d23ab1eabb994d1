"""The parts of a form that are more than label and value: measures one by one, effects, sign-off boxes."""

from collections.abc import Callable, Iterator, Mapping

from desktop.documents.answers import answer_rows, step_of_form
from desktop.documents.fields import measure_rows
from desktop.documents.flow import Cell, Row
from desktop.documents.forms import FormType, pair_row, read_boxes, sign_rows, table_rows
from desktop.documents.grid import MM
from desktop.documents.template import Section
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile
from desktop.rules.region import fill_names
from desktop.rules.standards import NOT_LET_PASS, STANDARD, answer_words

PartRows = Callable[[Section, FormType], Iterator[Row]]
MEASURE_FIELDS = ("number", "measure", "result", "evidence_numbers", "photo_numbers", "is_done", "due", "by_hand")


def parts_of(key: str, request: PaperRequest, case: CaseFile) -> Mapping[str, PartRows]:
    """The makers of the rows of each ``part`` a template of the form ``key`` may name."""
    district = request.district or request.ledger.office.district
    names = request.bodies or tuple(fill_names(name, request.region, district) for name in request.region.applicants)

    def measures(section: Section, form: FormType) -> Iterator[Row]:
        section.only(("part", "columns", "show"))
        return _measures(section, form, case)

    def effects(section: Section, form: FormType) -> Iterator[Row]:
        section.only(("part", "title", "height_mm", "show"))
        height = section.number("height_mm", 8, 100, 12) * MM
        step = step_of_form(key, case)
        for item in request.region.closing_standard:
            said = answer_words(item, step.answers if step else ())
            yield pair_row(((f"{section.text('title')}\n（{item}）", said),), form, height)

    def answers(section: Section, form: FormType) -> Iterator[Row]:
        section.only(("part", "groups", "titles", "show"))
        titles = section.texts("titles", ("核对事项", "是否达到", "说明"))
        if len(titles) != 3:
            raise section.wrong("titles", "应有三个栏目名")
        widths = (form.inner * 0.4, form.inner * 0.28, form.inner * 0.32)
        heads = tuple(Cell(title, width, form.value, center=True) for title, width in zip(titles, widths, strict=True))
        groups = section.texts("groups", (STANDARD, NOT_LET_PASS))
        return table_rows(heads, tuple(answer_rows(key, case, request.region, groups)), form)

    def boxes(section: Section, form: FormType) -> Iterator[Row]:
        known = request.region.boxes_of(key)
        wanted = section.texts("boxes", tuple(box.key for box in known))
        return sign_rows(tuple(box for box in known if box.key in wanted), read_boxes(section), form, names)

    return {"measures": measures, "effects": effects, "answers": answers, "signoff": boxes}


def _measures(section: Section, form: FormType, case: CaseFile) -> Iterator[Row]:
    shown = [column for column in section.parts("columns") if column.flag("show", True)]
    if not shown:
        raise section.wrong("columns", "至少应有一列")
    heads, keys = [], []
    total = sum(column.number("width_mm", 8, 200) for column in shown)
    for column in shown:
        column.only(("field", "title", "width_mm", "align", "show"))
        keys.append(column.field("field", MEASURE_FIELDS))
        width = column.number("width_mm", 8, 200) * form.inner / total
        centred = column.one_of("align", ("left", "center"), "left") == "center"
        heads.append(Cell(column.text("title"), width, form.value, center=centred))
    lines = tuple(tuple(row[key] for key in keys) for row in measure_rows(case))
    return table_rows(tuple(heads), lines, form)
