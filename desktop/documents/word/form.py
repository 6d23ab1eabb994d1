"""A plain form or table as docx: the rows of its printed page, on the same paper and with its running heads."""

import re

from desktop.documents.fonts import FontSet, Role
from desktop.documents.page import FOOT, HEAD, SMALL, FormPaper, Page, pen_for
from desktop.documents.word.file import Sheet, WordFile, fill_part
from desktop.documents.word.parts import CENTER, LEFT, RIGHT, Paragraph, Run, Tab
from desktop.documents.word.rows import rows_xml
from desktop.rules.paper import Printed

_LEADING = 14.0
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def write_form(form: FormPaper, fonts: FontSet) -> Printed:
    """The finished docx of a form; names the characters that no font has."""
    page = form.page
    header, footer = page.top - HEAD - _LEADING / 2, FOOT - _LEADING / 2
    sheet = Sheet(page.width, page.height, page.top, page.right, page.bottom, page.left, header, footer)
    file = WordFile(form.title, form.author, form.on, sheet)
    _furniture(file, page)
    for xml in rows_xml(form.rows(pen_for(form, fonts))):
        file.add(xml)
    file.paragraphs([Paragraph(leading=1.0)])
    return Printed(file.finish(), 0, fonts.missing(file.text()), fonts.names(), form.remarks, form.title)


def _furniture(file: WordFile, page: Page) -> None:
    """Mark, running head from the second page on, page number."""
    section = file.section
    mark = Run(page.mark, Role.HEI, SMALL)
    if page.mark or page.running_head:
        tabs = (Tab(page.inner, RIGHT),)
        runs = (mark, Run(f"\t{page.running_head}", Role.FANG, SMALL))
        fill_part(section.header, [Paragraph(runs, align=LEFT, tabs=tabs, leading=_LEADING)])
    section.different_first_page_header_footer = True
    fill_part(section.first_page_header, [Paragraph((mark,), align=LEFT, leading=_LEADING)])
    for part in (section.footer, section.first_page_footer):
        fill_part(part, [Paragraph(_numbered(page.page_words), align=CENTER, leading=_LEADING)])


def _numbered(words: str) -> tuple[Run, ...]:
    """第X页 共Y页 with fields that Word fills in."""
    parts = re.split(r"(\{pages?\})", words)
    return tuple(Run("" if part in _FIELDS else part, Role.SONG, SMALL, field=_FIELDS.get(part, "")) for part in parts)
