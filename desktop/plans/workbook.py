"""The ledger as an xlsx workbook that looks like the office's own and goes on being used.

Columns come from the same template as the printed ledger. Rows are written as they are made, into a frame that
openpyxl made, so that neither memory nor time grows with more than the rows themselves.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import ceil
from typing import IO

from desktop.plans.columns import BY_HAND, Column, Layout, cell_value
from desktop.plans.export_marks import ID_TITLE, BookMarks, digest, head_rows
from desktop.plans.sheet_frame import HEAD_ROWS, MARKS_PART, SHEET_PART, all_columns, characters, make_frame
from desktop.plans.sheet_pictures import PictureStore
from desktop.plans.sheet_xml import RowPen, shared_texts
from desktop.rules.public import Private
from desktop.rules.records import CaseFile, Office
from desktop.rules.standing import USUAL, Yardstick
from desktop.rules.wording import Value, date_in_text

LINE_HEIGHT, TALLEST_ROW = 14.0, 409.0
_HEIGHTS = (36, 20, 20, 32)
_FOOT_HEIGHT = 30
_TOLD = 200
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"

Tell = Callable[[str, float], None]
PicturesOf = Callable[[CaseFile], tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Book:
    """What is written beside the rows.

    ``figures`` gives the sentence under the title once all rows are written. ``marks`` makes the workbook one that
    a re-import knows; ``private`` makes it the public version; ``pictures`` gives a JPEG of before and of after;
    ``by`` is by what the problems are judged.
    """

    layout: Layout
    office: Office
    today: date
    figures: Callable[[], str]
    marks: BookMarks | None = None
    private: Private | None = None
    pictures: PicturesOf | None = None
    by: Yardstick = USUAL


def write_workbook(target: IO[bytes], book: Book, cases: Iterable[CaseFile], tell: Tell | None = None) -> int:
    """Write the ledger as of ``book.today``; returns the number of problems. ``tell`` may raise to cancel.

    ``cases`` are read as they are written. The file is whole once this returns.
    """
    with tempfile.SpooledTemporaryFile(max_size=1 << 20) as marks:
        writer = _Writer(target, book, marks, tell or (lambda words, share: None))
        try:
            return writer.write(cases)
        finally:
            writer.close()


class _Writer:
    """One workbook being written: first the rows, then all that is known only behind them."""

    def __init__(self, target: IO[bytes], book: Book, marks: IO[bytes], tell: Tell) -> None:
        self.book, self.marks, self.tell = book, marks, tell
        self.columns = all_columns(book.layout)
        self.titles = (self._filled(book.layout.title), book.office.name)
        frame = make_frame(book.layout, self.titles, 0, marked=book.marks is not None)
        self.pen = RowPen(frame.styles, len(self.columns) + 1)
        self.before = frame.around_rows(SHEET_PART)[0]
        self.archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        photos = book.layout.photos
        width = (characters(self.columns[-1]) * 7 + 5) * 0.75 if photos else 0.0
        self.pictures = PictureStore(width) if photos and book.pictures else None

    def close(self) -> None:
        """Let passing files go; a workbook that was not finished is no workbook."""
        self.archive.close()
        if self.pictures:
            self.pictures.close()

    def write(self, cases: Iterable[CaseFile]) -> int:
        """All parts, rows first; the number of rows."""
        with self._entry(SHEET_PART) as part:
            part.write(self.before)
            for line in self._head():
                part.write(line.encode())
            count = 0
            for count, case in enumerate(cases, 1):
                part.write(self._row(count + HEAD_ROWS[1], case).encode())
            part.write(self._foot(count + HEAD_ROWS[1] + 1).encode())
            frame = make_frame(self.book.layout, self.titles, count, marked=self.book.marks is not None)
            part.write(self._behind(frame.around_rows(SHEET_PART)[1]))
        parts = dict(frame.parts)
        del parts[SHEET_PART]
        if self.book.marks:
            before, behind = frame.around_rows(MARKS_PART)
            del parts[MARKS_PART]
            self._write_marks(self.book.marks, before, behind)
        self._add_shared(parts, self._line(count))
        if self._has_pictures:
            self._add_pictures(parts)
        for name, content in parts.items():
            self.archive.writestr(name, content)
        return count

    def _entry(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return self.archive.open(entry, "w", force_zip64=True)

    # Rows

    def _filled(self, text: str) -> str:
        office = self.book.office
        words = {"{district}": office.district, "{office}": office.name, "{today}": date_in_text(self.book.today)}
        for field, said in words.items():
            text = text.replace(field, said)
        return text

    def _line(self, count: int) -> str:
        figures, day = self.book.figures(), date_in_text(self.book.today)
        return f"{figures}本表列{count}个问题" + ("。" if day in figures else f"，统计截止{day}。")

    def _head(self) -> Iterator[str]:
        """Title, line of figures, and the two rows of the head; cells that a merge covers stay empty."""
        columns, pen = self.columns, self.pen
        groups, titles = ["", *(column.group for column in columns)], [_balanced(column) for column in columns]
        tops = [
            "" if column.group and column.group == groups[place] else column.group or titles[place]
            for place, column in enumerate(columns)
        ]
        under = [titles[place] if column.group else "" for place, column in enumerate(columns)]
        yield pen.row(1, _HEIGHTS[0], [pen.cell(0, 1, self.titles[0], "zg_title")])
        yield pen.row(2, _HEIGHTS[1], [pen.shared(0, 2, "zg_line", 0)])
        for number, texts in zip(HEAD_ROWS, (tops, under), strict=True):
            if self.book.marks:
                texts = [*texts, ID_TITLE if number == HEAD_ROWS[1] else ""]
            cells = [pen.cell(place, number, text, "zg_head") for place, text in enumerate(texts)]
            yield pen.row(number, _HEIGHTS[number - 1], cells)

    def _row(self, number: int, case: CaseFile) -> str:
        columns, pen, book = self.book.layout.columns, self.pen, self.book
        values = tuple(cell_value(column, case, book.today, book.private, book.by) for column in columns)
        height = row_height(columns, values)
        cells = [
            pen.cell(place, number, value, _style(column))
            for place, (column, value) in enumerate(zip(columns, values, strict=True))
        ]
        if book.layout.photos:
            height = min(TALLEST_ROW, max(height, self._pictures(number, case, cells)))
            if self.pictures:
                self.pictures.settle(number - 1, height)
        if book.marks:
            cells.append(pen.cell(len(self.columns), number, case.problem.id, "zg_centre"))
            self._mark(case, values)
        return pen.row(number, height, cells)

    def _pictures(self, number: int, case: CaseFile, cells: list[str]) -> float:
        """The cells of the pictures; an empty one says so. Returns the height they need."""
        height, first = 0.0, len(self.book.layout.columns)
        found = self.book.pictures(case) if self.book.pictures else (b"", b"")
        for place, data in enumerate(found, first):
            needed = self.pictures.add(place, number - 1, data) if self.pictures and data else 0.0
            cells.append(self.pen.cell(place, number, "" if needed else None, "zg_centre"))
            height = max(height, needed)
        return height

    def _foot(self, number: int) -> str:
        text = ("　" * 8).join(self._filled(part) for part in self.book.layout.foot)
        return self.pen.row(number, _FOOT_HEIGHT, [self.pen.cell(0, number, text, "zg_foot")])

    # The hidden sheet

    def _mark(self, case: CaseFile, values: tuple[Value, ...]) -> None:
        line = f"{case.problem.id}\t{' '.join(map(digest, values))}\n"
        self.marks.write(line.encode())

    def _write_marks(self, marks: BookMarks, before: bytes, behind: bytes) -> None:
        named = [(column.key, column.title) for column in self.book.layout.columns]
        with self._entry(MARKS_PART) as part:
            part.write(before)
            pen = RowPen(self.pen.styles, max(len(named) + 1, 6))
            self.marks.seek(0)
            rows = (line.decode().rstrip("\n").split("\t") for line in self.marks)
            for number, texts in enumerate(chain(head_rows(marks, named), rows), 1):
                part.write(pen.plain_row(number, texts).encode())
            part.write(behind)

    # Parts that openpyxl does not know of

    @property
    def _has_pictures(self) -> bool:
        return self.pictures is not None and bool(self.pictures.placed)

    def _behind(self, behind: bytes) -> bytes:
        """The end of the sheet, with the link to its pictures."""
        if not self._has_pictures:
            return behind
        return _before_end(behind, f'<drawing xmlns:r="{_MAIN}" r:id="rId1"/>', "worksheet")

    def _add_shared(self, parts: dict[str, bytes], line: str) -> None:
        """The one text that is known only at the end: the line of figures."""
        parts["xl/sharedStrings.xml"] = shared_texts((line,)).encode()
        relations = "xl/_rels/workbook.xml.rels"
        link = f'<Relationship Id="rIdTexts" Type="{_MAIN}/sharedStrings" Target="sharedStrings.xml"/>'
        parts[relations] = _before_end(parts[relations], link, "Relationships")
        kind = f"{_TYPES}.spreadsheetml.sharedStrings+xml"
        self._add_type(parts, f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>')

    def _add_pictures(self, parts: dict[str, bytes]) -> None:
        store = self.pictures
        if store is None:
            return
        total = len(store.placed)
        for done, (name, data) in enumerate(store.media()):
            if done % _TOLD == 0:
                self.tell(f"正在放入第{done + 1}张照片，共{total}张", done / total)
            entry = zipfile.ZipInfo(name)
            self.archive.writestr(entry, data)  # a photo does not shrink
        for name, pieces in (
            ("xl/drawings/drawing1.xml", store.drawing()),
            ("xl/drawings/_rels/drawing1.xml.rels", store.relations()),
        ):
            with self._entry(name) as part:
                for piece in pieces:
                    part.write(piece.encode())
        link = f'<Relationship Id="rId1" Type="{_MAIN}/drawing" Target="../drawings/drawing1.xml"/>'
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{space}">{link}</Relationships>'
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = whole.encode()
        self._add_type(parts, '<Default Extension="jpeg" ContentType="image/jpeg"/>')
        kind = f"{_TYPES}.drawing+xml"
        self._add_type(parts, f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{kind}"/>')

    def _add_type(self, parts: dict[str, bytes], line: str) -> None:
        name = "[Content_Types].xml"
        parts[name] = _before_end(parts[name], line, "Types")


def _before_end(part: bytes, addition: str, root: str) -> bytes:
    before, end, behind = part.rpartition(f"</{root}>".encode())
    return before + addition.encode() + end + behind


def _balanced(column: Column) -> str:
    """A title broken into lines of like length where it is too long for its column: 牵头区 / 领导."""
    room = max(1, int(characters(column) // 2))
    lines = ceil(len(column.title) / room)
    step = ceil(len(column.title) / lines)
    return "\n".join(column.title[at : at + step] for at in range(0, len(column.title), step))


def _style(column: Column) -> str:
    if column.money and column.field == BY_HAND:
        return "zg_money"
    return "zg_centre" if column.center else "zg_text"


def row_height(columns: tuple[Column, ...], values: tuple[Value, ...]) -> float:
    """The height in points that shows every line of a row; programs do not work it out for a written file.

    A half-width sign of the body is as wide as the unit of a column's width. A line that is broken loses about one of
    them to what may not begin or end a line.
    """
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, str):
            room = max(2.0, characters(column) * 1.05)
            needed = sum(_lines(_half_widths(part), room) for part in value.split("\n"))
            lines = max(lines, needed)
    return min(TALLEST_ROW, lines * LINE_HEIGHT + 6)


def _lines(width: float, room: float) -> int:
    return 1 if width <= room else ceil(width / max(2.0, room - 1))


def _half_widths(text: str) -> int:
    """The width of a text in half-width characters, the unit of a column's width: that code gives hanzi two bytes."""
    return len(text.encode("gbk", "replace"))
