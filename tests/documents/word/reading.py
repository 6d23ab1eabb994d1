"""What a docx holds, for tests of the twin: parts as XML, text in order; and the text of its printed brother."""

import io
import re
import zipfile
from collections import Counter
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

_FURNITURE = re.compile(r"^(—\d+—|续表|共\d+项)$")


def part(data: bytes, name: str = "document") -> Any:
    """One part of the file (document, styles, header1 …) as an element."""
    return parse_xml(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml"))


def found(element: Any, tag: str) -> list[Any]:
    """All elements of this name below another."""
    return list(element.iter(qn(f"w:{tag}")))


def value(element: Any, name: str = "val") -> str:
    """An attribute."""
    return str(element.get(qn(f"w:{name}")))


def text(element: Any) -> str:
    """The text of a paragraph or a cell, without blanks."""
    return "".join("".join(node.text or "" for node in found(element, "t")).split())


def paragraphs(data: bytes) -> list[str]:
    """Every paragraph with text in order, those of tables too; what stands in the header of page 1 first."""
    names = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "/header" in name]
    elements = [part(data, name[5:-4]) for name in names] + [part(data)]
    return [said for element in elements for paragraph in found(element, "p") if (said := text(paragraph))]


def printed_characters(pages: list[Any], head: str = "") -> Counter[str]:
    """The characters of printed pages, without page numbers, words over tables that go on, and ``head`` repeated."""
    rows = ["".join(row.split()) for page in pages for row in page.texts]
    whole = Counter("".join(row for row in rows if not _FURNITURE.match(row)))
    for _ in range(rows.count("续表")):
        whole -= Counter(head)
    return whole
