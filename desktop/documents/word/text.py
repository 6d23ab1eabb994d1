"""The text of an official paper as paragraphs of Word: 标题, 主送, paragraphs with levels, tables, 附件说明, 附注."""

from collections.abc import Iterable, Iterator

from desktop.documents.body import heading_words, parts_of
from desktop.documents.cell_table import OVER_TABLE, count_words, table_rows
from desktop.documents.fonts import Role
from desktop.documents.grid import CELL, SIZE_2, SIZE_3, SIZE_S4, WIDTH
from desktop.documents.model import OfficialPaper, Para, TableBlock
from desktop.documents.pen import Pen
from desktop.documents.title import break_title
from desktop.documents.word.parts import CENTER, RIGHT, Paragraph, Run
from desktop.documents.word.rows import rows_xml
from desktop.documents.word.styles import ADDRESSEE, ANNEX, BODY, CELL_TEXT, LEADING, LEVELS, LISTED, NOTE, TITLE

_ROLES = {1: Role.HEI, 2: Role.KAI}


def title_paragraph(paper: OfficialPaper, title: str, width: float = WIDTH, before: float | None = None) -> Paragraph:
    """A 标题 in the rows of the printed page: one paragraph with new rows inside."""
    rows = break_title(title, int(width // SIZE_2), paper.unbroken)
    return Paragraph((Run("\n".join(rows)),), TITLE, before=before, keep=True)


def mark_paragraphs(mark: str, new_page: bool = False) -> list[Paragraph]:
    """附件 and its number, and a blank row."""
    return [Paragraph((Run(mark),), ANNEX, new_page=new_page, keep=True), Paragraph(style=ANNEX, keep=True)]


def addressee_paragraph(paper: OfficialPaper) -> list[Paragraph]:
    """主送机关, one blank row under the 标题."""
    text = paper.addressee.strip().rstrip("：:")
    return [Paragraph((Run(f"{text}："),), ADDRESSEE, before=LEADING)] if text else []


def para_paragraphs(para: Para) -> Iterator[Paragraph]:
    """A paragraph of the text; a heading that stands alone has the style of its level."""
    for part in parts_of(para):
        heading, text = heading_words(part), part.text.strip()
        if heading and not text:
            yield Paragraph((Run(heading),), LEVELS.get(part.level, BODY), keep=True)
        else:
            runs = (Run(heading, _ROLES.get(part.level)),) if heading else ()
            yield Paragraph((*runs, Run(text)), BODY)


def table_pieces(block: TableBlock, pen: Pen, width: float, first: bool) -> Iterator[str]:
    """What stands over a table, and the table; ``first`` on a page of its own it says how many rows it has."""
    over = []
    if block.caption.strip():
        over.append(Paragraph((Run(block.caption.strip(), Role.HEI, SIZE_3),), CELL_TEXT, CENTER, leading=LEADING))
    corner = block.corner.strip() or (count_words(block) if first else "")
    if corner:
        over.append(Paragraph((Run(corner, Role.FANG, SIZE_S4),), CELL_TEXT, RIGHT))
    yield "".join(paragraph.xml() for paragraph in kept_together(over))
    yield from rows_xml(table_rows(block, width, pen))
    yield Paragraph(style=CELL_TEXT, leading=OVER_TABLE).xml()


def kept_together(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs, each on the page of what follows it."""
    return [paragraph.replaced(keep=True) for paragraph in paragraphs]


def attachment_paragraphs(paper: OfficialPaper, pen: Pen) -> Iterator[Paragraph]:
    """附件说明: a blank row, two 字 in; turn rows stand under the name's first character."""
    names = paper.listed
    start = 5 * CELL
    numbers = [f"{k}." for k in range(1, len(names) + 1)] if len(names) > 1 else [""]
    widths = [pen.setter.width(number, Role.FANG, SIZE_3, CELL) for number in numbers]
    slot = max(widths)
    for k, (number, width, name) in enumerate(zip(numbers, widths, names, strict=bool(names))):
        hanging = slot if k else start + slot - 2 * CELL
        label = number if k else f"附件：{number}"
        gap = "\t" if slot - width > 1 else ""
        before = 0.0 if k else LEADING
        yield Paragraph((Run(f"{label}{gap}{name}"),), LISTED, left=start + slot, first=-hanging, before=before)


def attendance_paragraphs(paper: OfficialPaper) -> Iterator[Paragraph]:
    """出席, 请假 and 列席 of 纪要: turn rows stand after the colon."""
    for k, (word, names) in enumerate(paper.attendance):
        label = word.rstrip("：") + "："
        hanging = len(label) * CELL
        runs = (Run(label, Role.HEI), Run(names))
        before = 0.0 if k else LEADING
        yield Paragraph(runs, LISTED, left=2 * CELL + hanging, first=-hanging, before=before)


def note_paragraphs(note: str) -> Iterator[Paragraph]:
    """附注 in round brackets."""
    text = note.strip()
    if text.startswith("（") and text.endswith("）"):
        text = text[1:-1]
    if text:
        yield Paragraph((Run(f"（{text}）"),), NOTE)
