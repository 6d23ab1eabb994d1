"""The end of the docx twin: 署名 and date by right indents, 版记 in a table at the page's foot, page numbers."""

from collections.abc import Iterator
from itertools import groupby

from desktop.documents.breaker import Item
from desktop.documents.glyphs import Setter
from desktop.documents.grid import MM, SIZE_4, WIDTH
from desktop.documents.imprint import THICK, THIN, Imprint, imprint_of
from desktop.documents.model import OfficialPaper
from desktop.documents.signature import Placed, signature_of
from desktop.documents.word.parts import LEFT, RIGHT, Paragraph, Run, Tab, border, twips
from desktop.documents.word.styles import DATED, IMPRINT, LEADING, PAGE_NUMBER, SIGNED
from desktop.documents.word.text import note_paragraphs

_BLACK = "000000"
_NARROWER = 5.2 * MM
"""Word goes by the cells' widths. LibreOffice goes by the table's, and lets only a narrower one stand at the foot."""
_AT_FOOT = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'


def signature_paragraphs(setter: Setter, paper: OfficialPaper) -> Iterator[Paragraph]:
    """署名, date and 附注 in the places of the printed page; all but the last keep to the next one's page."""
    signature = signature_of(setter, paper)
    last = -1
    for row, group in groupby(signature.parts, key=lambda part: part.row):
        parts = list(group)
        style = DATED if parts[-1] is signature.parts[-1] else SIGNED
        before = (row - last - 1) * LEADING
        keep = bool(signature.note) or style == SIGNED
        yield _signed(parts, style, before, keep)
        last = row
    yield from note_paragraphs(paper.note)


def _signed(parts: list[Placed], style: str, before: float, keep: bool) -> Paragraph:
    if len(parts) == 1:
        part = parts[0]
        right = WIDTH - part.x - sum(item.width for item in part.items)
        return Paragraph((Run(_words(part)),), style, RIGHT, right=max(0.0, right), before=before, keep=keep)
    runs = tuple(Run(f"\t{_words(part)}") for part in parts)
    return Paragraph(runs, style, LEFT, before=before, keep=keep, tabs=tuple(Tab(part.x) for part in parts))


def _words(part: Placed) -> str:
    return "".join(item.text for item in part.items)


def imprint_xml(setter: Setter, paper: OfficialPaper, with_addressee: bool) -> str:
    """版记 as a table that stands at the foot of the 版心 of the page of the document's last row; empty if none."""
    imprint = imprint_of(setter, paper, with_addressee)
    if not imprint.height:
        return ""
    rows = ""
    if imprint.lists:
        listed = [_listed(imprint, k) for k in range(len(imprint.lists))]
        rows += f"<w:tr>{_cell(listed, WIDTH, 2)}</w:tr>"
    if imprint.printed:
        office = Paragraph((Run(_text(imprint.office)),), IMPRINT, LEFT, left=SIZE_4)
        printed = Paragraph((Run(_text(imprint.printed)),), IMPRINT, RIGHT, right=SIZE_4)
        rows += f"<w:tr>{_cell([office], WIDTH / 2)}{_cell([printed], WIDTH / 2)}</w:tr>"
    column = f'<w:gridCol w:w="{twips(WIDTH / 2)}"/>'
    return (
        f'<w:tbl><w:tblPr>{_AT_FOOT}<w:tblW w:w="{twips(WIDTH - _NARROWER)}" w:type="dxa"/>'
        f'{_rules() if imprint.ruled else ""}<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{column}{column}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(paragraphs: list[Paragraph], width: float, span: int = 1) -> str:
    inside = "".join(paragraph.xml() for paragraph in paragraphs)
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spans}</w:tcPr>{inside}</w:tc>'


def _rules() -> str:
    outside = border("top", THICK, _BLACK) + border("bottom", THICK, _BLACK)
    return f"<w:tblBorders>{outside}{border('insideH', THIN, _BLACK)}</w:tblBorders>"


def anchor_paragraph() -> Paragraph:
    """The row of no height to which the 版记 belongs."""
    return Paragraph(style=IMPRINT, leading=1.0)


def _listed(imprint: Imprint, number: int) -> Paragraph:
    part = imprint.lists[number]
    label = sum(item.width for item in part.label)
    text = _text(part.label) + _text(part.names)
    return Paragraph((Run(text),), IMPRINT, left=SIZE_4 + label, first=-label, right=SIZE_4)


def _text(items: list[Item]) -> str:
    return "".join(item.text for item in items)


def page_number(even: bool, after: float = 0.0) -> Paragraph:
    """— 1 —: one 字 in, at the right of odd pages, at the left of even ones."""
    runs = (Run("— "), Run("", field="PAGE"), Run(" —"))
    if even:
        return Paragraph(runs, PAGE_NUMBER, LEFT, left=SIZE_4, after=after)
    return Paragraph(runs, PAGE_NUMBER, RIGHT, right=SIZE_4, after=after)
