"""An OfficialPaper as docx: the shells of GB/T 9704-2012 in the styles an office knows, for changes in Word or WPS."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.documents import grid
from desktop.documents.annex import annex_mark
from desktop.documents.fonts import FontSet
from desktop.documents.grid import HEIGHT, MM, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH
from desktop.documents.head import Head, head_of
from desktop.documents.model import Block, OfficialPaper, Shell, TableBlock
from desktop.documents.official import check_paper
from desktop.documents.pen import Pen
from desktop.documents.word.end import anchor_paragraph, imprint_xml, page_number, signature_paragraphs
from desktop.documents.word.file import Sheet, WordFile, fill_part
from desktop.documents.word.head import head_pieces, letter_footer, letter_header, letter_words
from desktop.documents.word.parts import Paragraph
from desktop.documents.word.styles import LEADING, PAGE_NUMBER
from desktop.documents.word.text import (
    addressee_paragraph,
    attachment_paragraphs,
    attendance_paragraphs,
    kept_together,
    mark_paragraphs,
    para_paragraphs,
    table_pieces,
    title_paragraph,
)
from desktop.rules.paper import Printed

_NUMBER_FOOT, _LETTER_FOOT = 25.2 * MM, 20 * MM
_PORTRAIT = Sheet(PAGE_WIDTH, PAGE_HEIGHT, TOP, 26 * MM, 35 * MM, 28 * MM, footer=_NUMBER_FOOT, gridded=True)
_TURNED = Sheet(PAGE_HEIGHT, PAGE_WIDTH, 28 * MM, TOP, 26 * MM, 35 * MM, footer=15 * MM)
"""A page that lies on its side: the 版心 of 225 × 156 mm is where it is on the turned printed page (§8)."""


def write_official(paper: OfficialPaper, fonts: FontSet) -> Printed:
    """The finished docx. Raises Refused as printing does; names the characters that no font has."""
    check_paper(paper)
    writer = _Writer(paper, fonts)
    writer.head()
    writer.text()
    writer.annexes()
    writer.imprint()
    missing = fonts.missing(writer.file.text())
    return Printed(writer.file.finish(), 0, missing, fonts.names(), paper.remarks, paper.plain_title)


class _Writer:
    """One paper being written, part after part."""

    def __init__(self, paper: OfficialPaper, fonts: FontSet) -> None:
        self.paper = paper
        self.pen = Pen(fonts, paper.plain_title, "", paper.on, (PAGE_WIDTH, PAGE_HEIGHT))
        self.first: Head = head_of(self.pen.setter, paper)
        self.sheet = _letter_sheet(self.first) if paper.shell is Shell.LETTER else _PORTRAIT
        self.file = WordFile(paper.plain_title, paper.author, paper.on, self.sheet)
        self.turned = False
        self._number_pages()

    def _number_pages(self) -> None:
        section, after = self.file.section, self.sheet.footer
        after = max(0.0, _NUMBER_FOOT - after)
        fill_part(section.footer, [page_number(False, after)])
        fill_part(section.even_page_footer, [page_number(True, after)])
        if self.paper.shell is Shell.LETTER:
            section.different_first_page_header_footer = True
            fill_part(section.first_page_header, letter_header(self.first.letterhead))
            fill_part(section.first_page_footer, letter_footer())

    def head(self) -> None:
        """版头 and 标题."""
        y, letterhead = TOP, self.first.letterhead
        if self.paper.shell is not Shell.PLAIN:
            letter = self.paper.shell is Shell.LETTER
            for piece in letter_words(letterhead) if letter else head_pieces(letterhead):
                self.file.add(piece.xml)
                y = piece.bottom
        elif self.paper.annex_mark:
            self.file.paragraphs(mark_paragraphs(self.paper.annex_mark))
            y += 2 * LEADING
        if self.paper.plain_title.strip():
            top = grid.row_middle(self._title_row()) - LEADING / 2
            before = max(0.0, top - y) if letterhead.rules else 0.0
            self.file.paragraphs([title_paragraph(self.paper, self.paper.title, before=before)])

    def _title_row(self) -> int:
        return self.first.letterhead.row

    def text(self) -> None:
        """主送, 正文, 附件说明 and signature; the last paragraph keeps to the page of the signature."""
        paper = self.paper
        made = [] if self.first.moves_addressee else addressee_paragraph(paper)
        self.file.paragraphs(made or [Paragraph()])
        self.blocks(paper.paragraphs[:-1])
        last = paper.paragraphs[-1]
        if isinstance(last, TableBlock):
            self.blocks([last])
        else:
            self.upright()
            self.file.paragraphs(kept_together(para_paragraphs(last)))
        self.file.paragraphs(kept_together(attachment_paragraphs(paper, self.pen)))
        self.file.paragraphs(attendance_paragraphs(paper))
        self.file.paragraphs(signature_paragraphs(self.pen.setter, paper))

    def blocks(self, blocks: Sequence[Block], first: bool = False) -> None:
        """Paragraphs and tables; wide tables on pages that lie on their side."""
        for block in blocks:
            if not isinstance(block, TableBlock):
                self.upright()
                self.file.paragraphs(para_paragraphs(block))
                continue
            if block.wide and not first:
                self.lie_down()
            elif not block.wide:
                self.upright()
            first = False
            for xml in table_pieces(block, self.pen, HEIGHT if block.wide else WIDTH, block.wide):
                self.file.add(xml)

    def lie_down(self) -> None:
        """Go on on a page that lies on its side."""
        if not self.turned:
            self.file.new_section(_TURNED)
        self.turned = True

    def upright(self) -> None:
        """Go on on an upright page."""
        if self.turned:
            self.file.new_section(self.sheet)
        self.turned = False

    def annexes(self) -> None:
        """附件, each on a new page: mark, title, text."""
        for number, annex in enumerate(self.paper.annexes):
            blocks = _without_caption(annex.blocks)
            wide = bool(blocks) and isinstance(blocks[0], TableBlock) and blocks[0].wide
            changes = wide != self.turned
            if wide:
                self.lie_down()
            else:
                self.upright()
            self.file.paragraphs(mark_paragraphs(annex_mark(self.paper, number), new_page=not changes))
            width = HEIGHT if wide else WIDTH
            self.file.paragraphs([title_paragraph(self.paper, annex.title, width), Paragraph()])
            self.blocks(blocks, wide)

    def imprint(self) -> None:
        """版记 at the foot of the last page; after a page that lies on its side, of an even one of its own.

        Word turns the page, not the table: what stands upright needs another page. That is the back of a sheet, and
        where Word leaves a page blank before it, neither has a number (§7.5).
        """
        xml = imprint_xml(self.pen.setter, self.paper, self.first.moves_addressee)
        if not xml:
            return
        if self.turned:
            section = self.file.new_section(self.sheet, even=True)
            for footer in (section.footer, section.even_page_footer):
                fill_part(footer, [Paragraph(style=PAGE_NUMBER)])
            self.file.paragraphs([anchor_paragraph()])
        self.file.add(xml + anchor_paragraph().xml())


def _without_caption(blocks: Sequence[Block]) -> Sequence[Block]:
    """A wide table that is a whole annex has the annex's title over it, as on the printed page."""
    if blocks and isinstance(blocks[0], TableBlock) and blocks[0].wide:
        return (replace(blocks[0], caption=""), *blocks[1:])
    return blocks


def _letter_sheet(head: Head) -> Sheet:
    """The first page's header begins at the top of the name; the footer's rule stands 20 mm over the paper's foot."""
    top = head.letterhead.letters[0].top
    return Sheet(PAGE_WIDTH, PAGE_HEIGHT, TOP, 26 * MM, 35 * MM, 28 * MM, top, _LETTER_FOOT, gridded=True)
