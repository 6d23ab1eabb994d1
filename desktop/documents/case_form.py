"""A form about one problem: page, title, the rows of the template, and the parts that are more than label and value."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from desktop.documents.asking import answers_of, unanswered
from desktop.documents.fields import case_of, case_words, head_words, remarks_for
from desktop.documents.flow import Row
from desktop.documents.form_parts import PartRows, parts_of
from desktop.documents.forms import FormType, line_rows, plain_title, read_pairs, read_type, title_rows
from desktop.documents.page import FormPaper, Page, read_page
from desktop.documents.pen import Pen
from desktop.documents.template import Section, load_template
from desktop.rules.paper import PaperRequest

KEYS = ("sheet", "title", "line", "type", "rows", "ask")


def make_case_form(
    key: str,
    name: str,
    request: PaperRequest,
    folder: Path | None,
    remarks: Collection[str] | None = None,
) -> FormPaper:
    """The form ``key`` about the request's case; ``remarks`` stand in place of those on the closing forms."""
    case = case_of(request, name)
    template = load_template(key, folder)
    template.only(KEYS)
    fields = case_words(request, case)
    answers = answers_of(template, request, fields)
    words = head_words(request) | answers
    page = read_page(template, words)
    about = plain_title(template, words), words["office"], request.on
    said = (*(remarks_for(case) if remarks is None else remarks), *unanswered(template, request, fields))
    parts = parts_of(key, request, case)
    return FormPaper(page, *about, lambda pen: _rows(template, page, pen, words, fields | answers, parts), said)


def _rows(
    template: Section,
    page: Page,
    pen: Pen,
    words: Mapping[str, str],
    fields: Mapping[str, str],
    parts: Mapping[str, PartRows],
) -> Iterator[Row]:
    form = read_type(template, page.inner)
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page, (words["district"], words["inspection"]))
    yield from line_rows(template, page, pen, {**fields, **words}, form.value)
    yield from form_rows(template, form, {**words, **fields}, parts)


def form_rows(
    template: Section, form: FormType, fields: Mapping[str, str], parts: Mapping[str, PartRows]
) -> Iterator[Row]:
    """The ``[[rows]]`` of a template in their order."""
    for section in template.parts("rows"):
        if "part" not in section.data:
            yield from read_pairs(section, fields, form)
        elif section.flag("show", True):
            yield from parts[section.one_of("part", tuple(parts))](section, form)
