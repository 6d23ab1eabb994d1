"""A form about one problem: page, title, the rows of the template, and the parts that are more than label and value."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desktop.documents.fields import case_of, case_words, head_words, remarks_for
from desktop.documents.flow import Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import FormType, line_rows, plain_title, read_pairs, read_type, title_rows
from desktop.documents.page import Page, new_pen, print_rows, read_page
from desktop.documents.pen import Pen
from desktop.documents.template import Section, load_template
from desktop.rules.paper import PaperRequest, Printed

PartRows = Callable[[Section, FormType], Iterator[Row]]


def print_case_form(
    key: str, name: str, request: PaperRequest, fonts: FontSet, parts: Mapping[str, PartRows], folder: Path | None
) -> Printed:
    """Print the form ``key`` about the request's case; ``parts`` make the rows of each ``part`` of the template."""
    case = case_of(request, name)
    template = load_template(key, folder)
    template.only(("sheet", "title", "line", "type", "rows"))
    words = head_words(request)
    page = read_page(template, words)
    pen = new_pen(page, fonts, plain_title(template, words), words["office"], request.on)
    rows = _rows(template, page, pen, words, case_words(request, case), parts)
    return print_rows(page, rows, pen, remarks_for(case))


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
    yield from line_rows(template, page, pen, words, form.value)
    for section in template.parts("rows"):
        if "part" in section.data:
            yield from parts[section.one_of("part", tuple(parts))](section, form)
        else:
            yield from read_pairs(section, fields, form)
