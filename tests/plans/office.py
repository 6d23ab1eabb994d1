"""Office files made by code for the tests: Word files of raw XML, workbooks by openpyxl."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(body: str, **parts: str) -> bytes:
    """A docx of raw XML; ``parts`` are further parts of ``word/`` without ``.xml``, such as numbering or footnotes."""
    files: dict[str, str | bytes] = {"[Content_Types].xml": _types(parts), "_rels/.rels": _RELS}
    files["word/_rels/document.xml.rels"] = _relations(parts)
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>"
    files |= {f"word/{name}.xml": f"<w:{name} {W}>{inner}</w:{name}>" for name, inner in parts.items()}
    return zipped(files)


def _types(parts: Iterable[str]) -> str:
    named = {"document": "document.main"} | {part: part for part in parts}
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in named.items()
        )
        + "</Types>"
    )


def _relations(parts: Iterable[str]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = [
        f'<Relationship Id="rId{place}" Type="{kind}/{part}" Target="{part}.xml"/>' for place, part in enumerate(parts)
    ]
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{"".join(lines)}</Relationships>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str) -> str:
    """A run with its tabs and line breaks."""
    pieces = escape(text).replace("\t", "</w:t><w:tab/><w:t>").replace("\v", "</w:t><w:br/><w:t>")
    return f'<w:r><w:t xml:space="preserve">{pieces}</w:t></w:r>'


def par(text: str = "", properties: str = "", inner: str = "") -> str:
    """A paragraph; ``inner`` is further XML behind its text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def numbered(text: str, num: int, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def cell(text: str, span: int = 1, merge: str = "", inner: str = "") -> str:
    """A table cell, a paragraph for each line; ``merge`` is ``restart`` or ``continue``."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(par(line) for line in text.split(chr(10)))}{inner}</w:tc>"


def table(rows: Iterable[Sequence[str]], properties: str = "") -> str:
    """A table of rows; a cell is its text or, where it begins with ``<w:tc>``, its XML."""
    lines = []
    for row in rows:
        cells = "".join(text if text.startswith("<w:tc>") else cell(text) for text in row)
        lines.append(f"<w:tr>{properties}{cells}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def merged(rows: Iterable[Sequence[str | None]]) -> str:
    """A table in which None is covered by the cell above it."""
    grid = [list(row) for row in rows]
    lines = []
    for index, row in enumerate(grid):
        cells = []
        for column, text in enumerate(row):
            below = index + 1 < len(grid) and column < len(grid[index + 1]) and grid[index + 1][column] is None
            merge = "continue" if text is None else "restart" if below else ""
            cells.append(cell(text or "", merge=merge))
        lines.append(cells)
    return table(lines)


def xlsx(fill: Callable[[Any], object] | Iterable[Sequence[object]], title: str = "Sheet1", **more: Any) -> bytes:
    """A workbook whose sheet is filled by rows or by a function; ``more`` are further sheets."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = title
    for sheet, content in [(first, fill), *((book.create_sheet(name), rows) for name, rows in more.items())]:
        if callable(content):
            content(sheet)
        else:
            for row in content:
                sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
