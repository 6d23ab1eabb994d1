"""Word files (docx) to a source: paragraphs with their visible numbers, text boxes, tables; tracked changes accepted.

Headers and footers are not part of the text. The file is read piece by piece, so that memory follows the largest
table and not the file.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from desktop.plans.laying import Laying
from desktop.plans.office_zip import OfficeZip
from desktop.plans.source import Progress, Source, silent
from desktop.plans.word.names import local, value
from desktop.plans.word.notes import note_findings
from desktop.plans.word.numbering import read_numbering
from desktop.plans.word.tables import cells_of, nested_lines, only_cell, placed_cells, rows_of
from desktop.plans.word.text import DEEPEST, Story, TooDeep, is_contents, read_paragraph

MAX_ELEMENTS = 2_500_000
# Faults of XML that one strange character makes: not well-formed, reference to an invalid character.
_STRANGE = (4, 14)
_OPEN = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"})
_CLOSED = frozenset({"del", "moveFrom", "Fallback", "sectPr"})


def read_word(data: bytes, name: str, progress: Progress = silent) -> Source:
    """Read a docx file. Refused, with one sentence: damaged, far too large, or with entities of its own."""
    archive = OfficeZip(data, name)
    part = _main_part(archive)
    try:
        return _read(archive, part, archive.chunks(part, lambda share: progress("正在读取Word文档", share)))
    except ElementTree.ParseError as error:
        if error.code not in _STRANGE:
            raise archive.broken() from None
    try:
        return _read(archive, part, archive.mended(part))
    except ElementTree.ParseError:
        raise archive.broken() from None


def _read(archive: OfficeZip, part: str, pieces: Iterator[bytes]) -> Source:
    folder = part.rpartition("/")[0]
    story = Story(read_numbering(archive.tree(f"{folder}/numbering.xml"), archive.tree(f"{folder}/styles.xml")))
    laying = Laying()
    try:
        for block in _blocks(archive, pieces):
            _lay(block, laying, story, 0)
            if laying.is_full:
                raise archive.refusal("的文字或段落多得不正常，不像整改方案", "too_large")
    except (TooDeep, RecursionError):
        raise archive.refusal("的内容嵌套过深，不是办公软件存的文件", "broken_file") from None
    if story.pending.strip():
        laying.line(story.pending)
    findings = note_findings(archive, folder, story, has_words=any(words.strip() for words in laying.parts))
    return laying.source(Source(archive.name, "", paragraphs=True, findings=findings))


def _main_part(archive: OfficeZip) -> str:
    relations = archive.tree("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (value(relation, name="Type") or "").endswith("/officeDocument"):
            part = (value(relation, name="Target") or "").lstrip("/")
            if archive.has(part):
                return part
    return "word/document.xml"


def _blocks(archive: OfficeZip, pieces: Iterator[bytes]) -> Iterator[Element]:
    """The paragraphs and tables of the body, each given up when it has been read."""
    parser: Any = ElementTree.XMLPullParser(events=("start",))
    body: Element | None = None
    count = 0
    for piece in pieces:
        parser.feed(piece)
        for _, element in parser.read_events():
            count += 1
            if body is None and local(element) == "body":
                body = element
        if count > MAX_ELEMENTS:
            raise archive.refusal("的正文大得不正常，不像整改方案", "too_large")
        if body is not None and len(body) > 1:
            # All but the last are complete, since another one has begun behind them.
            yield from body[:-1]
            del body[:-1]
    parser.close()
    if body is None:
        raise archive.broken()
    yield from body


def _lay(block: Element, laying: Laying, story: Story, depth: int) -> None:
    """Lay out one block of the body: a paragraph, a table, or what wraps several of them."""
    name = local(block)
    if depth > DEEPEST:
        raise TooDeep
    if name == "p":
        _lay_paragraph(block, laying, story, depth)
    elif name == "tbl":
        _lay_table(block, laying, story, depth)
    elif name == "altChunk":
        story.objects += 1
    elif name in _OPEN:
        for part in _choice(block) if name == "AlternateContent" else block:
            _lay(part, laying, story, depth + 1)
    elif name not in _CLOSED and len(block):
        for part in block:
            if local(part) in ("p", "tbl"):
                _lay(part, laying, story, depth + 1)


def _choice(block: Element) -> list[Element]:
    chosen = [part for part in block if local(part) == "Choice"] or list(block)
    return chosen[:1]


def _lay_paragraph(block: Element, laying: Laying, story: Story, depth: int) -> None:
    if is_contents(block, story.numbering):
        return
    found = read_paragraph(block, story, depth)
    # Outside of tables a number without words behind it is a leftover line.
    laying.line(found.marker + found.words if found.words.strip() else "")
    for box in found.boxes:
        for part in box:
            _lay(part, laying, story, depth + 1)


def _lay_table(block: Element, laying: Laying, story: Story, depth: int) -> None:
    frame = only_cell(block)
    if frame is not None:
        for part in frame:
            _lay(part, laying, story, depth + 1)
        return
    lifted: list[Element] = []
    placed = placed_cells(block, lambda cell: _cell_words(cell, story, lifted, depth + 1), story.hidden)
    if placed:
        laying.table(f"表{laying.tables + 1}", placed)
    for table in lifted:
        _lay_table(table, laying, story, depth + 1)


def _cell_words(cell: Element, story: Story, lifted: list[Element], depth: int) -> str:
    """The paragraphs of a cell as lines; large tables in it are laid out after the table they stand in."""
    if depth > DEEPEST:
        raise TooDeep
    lines: list[str] = []
    for part in cell:
        name = local(part)
        if name == "p":
            found = read_paragraph(part, story, depth)
            lines.append(found.marker + found.words)
            lines += [_cell_words(box, story, lifted, depth + 1) for box in found.boxes]
        elif name == "tbl":
            if _is_large(part):
                lifted.append(part)
                continue
            inner = placed_cells(part, lambda nested: _cell_words(nested, story, lifted, depth + 1), story.hidden)
            lines += nested_lines(inner)
        elif name in _OPEN:
            lines.append(_cell_words(part, story, lifted, depth + 1))
    return "\n".join(line for line in lines if line.strip())


def _is_large(table: Element) -> bool:
    rows = rows_of(table)
    return len(rows) >= 2 and max(len(cells_of(row)) for row in rows) >= 4
