"""The docx file itself: page, grid, sections, headers and footers, properties; the same bytes for the same paper."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from xml.sax.saxutils import unescape

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Pt

from desktop.documents.grid import MM
from desktop.documents.word.parts import Paragraph
from desktop.documents.word.styles import GRID_CHAR, GRID_LINE, styles_xml

_NAMESPACES = nsdecls("w")
_DROPPED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/numbering", "/fontTable")
_TEXT = re.compile(r"<w:t [^>]*>([^<]*)")
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and margins of a section, in pt. ``gridded`` sections have the 22 rows of 28 characters of a 公文."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float = 15 * MM
    footer: float = 25 * MM
    gridded: bool = False


class Holder(Protocol):
    """A header or footer of a section."""

    is_linked_to_previous: bool

    @property
    def part(self) -> Any:
        """The part of the file that holds it."""


class WordFile:
    """A docx being written from its beginning to its end.

    What is added stays text until the file is finished, and a mark stands in its place: to move thousands of cells as
    elements from one tree into the other takes many times as long as to make them.
    """

    def __init__(self, title: str, author: str, on: date | None, sheet: Sheet) -> None:
        self._doc: Doc = Document()
        self._added: list[list[str]] = []
        self._fresh()
        self._doc.settings.odd_and_even_pages_header_footer = sheet.gridded
        _set_properties(self._doc, title, author, on)
        self._set_up(self.section, sheet)

    @property
    def section(self) -> Section:
        """The section being written."""
        return self._doc.sections[-1]

    def _fresh(self) -> None:
        """Empty the library's template: no text, no styles but ours."""
        body = self._doc.element.body
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
        styles = self._doc.styles.element
        for child in list(styles):
            styles.remove(child)
        for child in parse_xml(f"<w:styles {_NAMESPACES}>{styles_xml()}</w:styles>"):
            styles.append(child)
        self._mark()
        for part in (self._doc.part.package, self._doc.part):
            for key in [key for key, link in part.rels.items() if link.reltype.endswith(_DROPPED)]:
                del part.rels[key]

    def add(self, xml: str) -> None:
        """Add paragraphs and tables given as text."""
        self._added[-1].append(xml)

    def _mark(self) -> None:
        """What is added from here on stands at this place."""
        self._added.append([])
        mark = _mark_xml(len(self._added)).replace("/>", f" {_NAMESPACES}/>")
        self._doc.element.body.sectPr.addprevious(parse_xml(mark))

    def paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs."""
        self.add("".join(paragraph.xml() for paragraph in paragraphs))

    def new_section(self, sheet: Sheet, even: bool = False) -> Section:
        """Begin a section on a new page, or on the next ``even`` one; what ends the one before it takes no room."""
        section = self._doc.add_section(WD_SECTION.EVEN_PAGE if even else WD_SECTION.NEW_PAGE)
        last = self._doc.paragraphs[-1].paragraph_format
        last.line_spacing, last.space_before, last.space_after = Pt(1), Pt(0), Pt(0)
        section.different_first_page_header_footer = False
        self._set_up(section, sheet)
        self._mark()
        return self.section

    def _set_up(self, section: Section, sheet: Sheet) -> None:
        section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
        section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
        section.top_margin, section.right_margin = Pt(sheet.top), Pt(sheet.right)
        section.bottom_margin, section.left_margin = Pt(sheet.bottom), Pt(sheet.left)
        section.header_distance, section.footer_distance = Pt(sheet.header), Pt(sheet.footer)
        properties = self._doc.element.body.sectPr
        for grid in properties.findall(qn("w:docGrid")):
            properties.remove(grid)
        kind = f'w:type="linesAndChars" w:linePitch="{GRID_LINE}" w:charSpace="{GRID_CHAR}"' if sheet.gridded else ""
        properties.append(parse_xml(f"<w:docGrid {_NAMESPACES} {kind}/>"))

    def text(self) -> str:
        """All text written so far."""
        return unescape("".join(_TEXT.findall("".join(xml for part in self._added for xml in part))))

    def finish(self) -> bytes:
        """The whole file; its parts carry no time of their own."""
        buffer, whole = io.BytesIO(), io.BytesIO()
        self._doc.save(buffer)
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in made.namelist():
                data = made.read(name)
                if name == "word/document.xml":
                    data = self._whole(data)
                kept.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
        return whole.getvalue()

    def _whole(self, data: bytes) -> bytes:
        """The document with all that was added in place of the marks."""
        for number, added in enumerate(self._added, 1):
            before, _, after = data.partition(_mark_xml(number).encode())
            data = b"".join((before, "".join(added).encode(), after))
        return data


def _mark_xml(number: int) -> str:
    return f'<w:p w:rsidR="{number:08d}"/>'


def fill_part(holder: Holder, paragraphs: Iterable[Paragraph]) -> None:
    """Put paragraphs into a header or footer in place of what it holds."""
    holder.is_linked_to_previous = False
    element = holder.part.element
    for child in list(element):
        element.remove(child)
    inside = "".join(paragraph.xml() for paragraph in paragraphs)
    for child in parse_xml(f"<w:hdr {_NAMESPACES}>{inside}</w:hdr>"):
        element.append(child)


def _set_properties(document: Doc, title: str, author: str, on: date | None) -> None:
    properties = document.core_properties
    day = on or date(2000, 1, 1)
    properties.title, properties.subject, properties.author = title[:255], title[:255], author[:255]
    properties.last_modified_by, properties.comments, properties.keywords = "督察整改台账", "", ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    properties.revision = 1
