"""Looks through an xlsx before it is read: how large it really is, and what the values alone do not tell.

The declared size of a sheet is not believed. Hidden rows and columns, merged cells, formulas without a kept result
and date formats without a day are noted on the way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

from desktop.plans.office_zip import OfficeZip
from desktop.plans.word.names import child, local, value

MAX_ROWS = 100_000
MAX_VALUES = 600_000
MAX_CHARACTERS = 40_000_000
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_MONTHS = {17: 'yyyy"年"m"月"', 27: 'yyyy"年"m"月"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 52: 'yyyy"年"m"月"'}
_MONTHS[57] = _MONTHS[27]


@dataclass(slots=True)
class SheetScan:
    """What one sheet holds: extent of its values, merged cells (first row, first column, last row, last column)."""

    rows: set[int] = field(default_factory=set)
    first: tuple[int, int] = (1 << 30, 1 << 30)
    last: tuple[int, int] = (0, 0)
    values: int = 0
    characters: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: bool = False
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    unsolved: list[tuple[int, int]] = field(default_factory=list)
    short_dates: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def area(self) -> int:
        """Cells of the rectangle around all values."""
        return max(0, self.last[0] - self.first[0] + 1) * max(0, self.last[1] - self.first[1] + 1)


def sheet_parts(archive: OfficeZip) -> dict[str, str]:
    """Sheet name to the part of the zip that holds it."""
    book = archive.tree("xl/workbook.xml")
    relations = archive.tree("xl/_rels/workbook.xml.rels")
    targets = {}
    for relation in relations if relations is not None else ():
        target = (value(relation, name="Target") or "").replace("\\", "/")
        targets[value(relation, name="Id") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = child(book, "sheets")
    found = {}
    for sheet in sheets if sheets is not None else ():
        part = targets.get(_relation(sheet), "")
        if archive.has(part):
            found[value(sheet, name="name") or ""] = part
    return found


def _relation(sheet: Element) -> str:
    """``r:id``, which must not be taken for ``sheetId``."""
    return next((text for key, text in sheet.attrib.items() if key.endswith("}id")), "")


def short_date_styles(archive: OfficeZip) -> dict[str, str]:
    """Style index to format code for the date formats that show no day: 2024年12月."""
    styles = archive.tree("xl/styles.xml")
    formats = child(styles, "numFmts")
    codes: dict[int, str] = dict(_MONTHS)
    for entry in formats if formats is not None else ():
        key = value(entry, name="numFmtId") or ""
        if key.isdigit():
            codes[int(key)] = value(entry, name="formatCode") or ""
    cells = child(styles, "cellXfs")
    found = {}
    entries = [entry for entry in cells if local(entry) == "xf"] if cells is not None else []
    for index, entry in enumerate(entries):
        key = value(entry, name="numFmtId") or ""
        code = codes.get(int(key), "") if key.isdigit() else ""
        bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.partition(";")[0]).lower()
        if "y" in bare and "d" not in bare and "h" not in bare:
            found[str(index)] = code.partition(";")[0]
    return found


def string_lengths(archive: OfficeZip, tick: Callable[[float], None]) -> list[int]:
    """The length of every shared string: a few long ones used a million times would fill the memory."""
    lengths: list[int] = []
    if not archive.has("xl/sharedStrings.xml"):
        return lengths

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    _parse(archive, "xl/sharedStrings.xml", tick, start, None, text)
    return lengths


def scan_sheet(
    archive: OfficeZip, part: str, lengths: list[int], styles: dict[str, str], tick: Callable[[float], None]
) -> SheetScan:
    """Look through one sheet. Refused: more rows, values or text than any list of problems has."""
    handlers = _Handlers(SheetScan(), lengths, styles, archive)
    _parse(archive, part, tick, handlers.start, handlers.end, handlers.text)
    return handlers.scan


class _Handlers:
    """What the XML parser calls; a class because the place in the sheet is shared by its callbacks."""

    def __init__(self, scan: SheetScan, lengths: list[int], styles: dict[str, str], archive: OfficeZip) -> None:
        self.scan, self._lengths, self._styles, self._archive = scan, lengths, styles, archive
        self._row = self._column = 0
        self._style = self._kind = self._words = ""
        self._in_value = self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            row = attributes.get("r", "")
            self._row = int(row) if row.isdigit() else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.scan.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.scan.hidden_columns = True
        elif name == "mergeCell" and len(self.scan.merges) < MAX_VALUES:
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = address(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._style, self._kind = attributes.get("s", ""), attributes.get("t", "")
        self._words = ""
        self._has_formula = False

    def text(self, words: str) -> None:
        """Characters inside an element."""
        if self._in_value and len(self._words) < 40_000:
            self._words += words

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        scan, place = self.scan, (self._row, self._column)
        if not self._words:
            if self._has_formula:
                scan.unsolved.append(place)
            return
        scan.rows.add(self._row)
        scan.values += 1
        scan.characters += self._length()
        scan.first = (min(scan.first[0], place[0]), min(scan.first[1], place[1]))
        scan.last = (max(scan.last[0], place[0]), max(scan.last[1], place[1]))
        if self._style in self._styles and self._kind in ("", "n", "d"):
            scan.short_dates[place] = self._styles[self._style]
        if len(scan.rows) > MAX_ROWS or scan.values > MAX_VALUES or scan.characters > MAX_CHARACTERS:
            raise self._archive.refusal(f"的工作表超过{MAX_ROWS}行或内容过多，不像整改清单", "too_large")

    def _length(self) -> int:
        if self._kind == "s" and self._words.isdigit() and int(self._words) < len(self._lengths):
            return self._lengths[int(self._words)]
        return len(self._words)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        low, high = address(first), address(last)
        if low and high:
            self.scan.merges.append((*low, *high))


def address(reference: str) -> tuple[int, int] | None:
    """“C5” to row 5, column 3; None for anything else."""
    match = _ADDRESS.match(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column


def letters(column: int) -> str:
    """3 to “C”."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _parse(
    archive: OfficeZip,
    part: str,
    tick: Callable[[float], None],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for piece in archive.chunks(part, tick):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError):
        raise archive.broken() from None
