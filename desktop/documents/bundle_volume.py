"""The bound volume: pages put together from drawings, links, bookmarks and labels, on a PdfStream."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from PIL import Image
from pypdf import PdfReader

from desktop.documents.fonts import FontSet, Role
from desktop.documents.grid import PAGE_HEIGHT
from desktop.documents.pdf_copy import Copier, Matrix
from desktop.documents.pdf_stream import PdfStream, moment, numbers, text
from desktop.documents.pen import Link, Pen

PROGRAM = "督察整改台账"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing or picture by its number, and how it is placed."""

    number: int
    matrix: Matrix


@dataclass(slots=True)
class Mark:
    """One bookmark: its words, the page from 0 of the whole file, the bookmarks under it."""

    words: str
    page: int
    under: list["Mark"] = field(default_factory=list)


class Volume:
    """Binds pages in order. ``words`` holds for each page what is printed over its drawings.

    Attributes: ``stream`` that everything is written to.
    """

    def __init__(self, handle: IO[bytes], pages: int, words: PdfReader, fonts: FontSet) -> None:
        self.stream = PdfStream(handle)
        self._fonts = fonts
        self._words, self._copier = words, Copier(words, self.stream)
        self._root = self.stream.reserve()
        self._numbers = [self.stream.reserve() for _ in range(pages)]
        self._links = [self.stream.reserve() for _ in range(pages)]
        self._bound = 0

    def bind(self, paper: tuple[float, float], drawings: Sequence[Drawing]) -> None:
        """Bind the next page: its drawings, and its words over them."""
        at = self._bound
        over = self._copier.form(self._words.pages[at])
        named = [(b"/D%d" % n, drawing) for n, drawing in enumerate(drawings)]
        drawn = b"".join(b"q %s cm %s Do Q " % (numbers(*drawing.matrix), name) for name, drawing in named)
        objects = b" ".join(b"%s %d 0 R" % (name, drawing.number) for name, drawing in named)
        content = self.stream.add_stream(b"", drawn + b"/W Do")
        self.stream.write(
            self._numbers[at],
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s] /Contents %d 0 R /Annots %d 0 R "
            % (self._root, numbers(*paper), content, self._links[at]),
            b"/Resources << /XObject << %s /W %d 0 R >> >> >>" % (objects, over),
        )
        self._bound += 1

    def picture(self, data: bytes) -> int:
        """A picture as JPEG or PNG of plain colours; its bytes go in as they are."""
        with Image.open(io.BytesIO(data)) as seen:
            width, height = seen.size
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        entries %= (width, height)
        if data.startswith(_PNG):
            entries += b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns %d >>" % width
            return self.stream.add_stream(entries, _png_rows(data))
        return self.stream.add_stream(entries + b"/Filter /DCTDecode", data)

    def words(self, paper: tuple[float, float], lines: Sequence[tuple[str, float, float]]) -> Drawing:
        """Words that are known only when a page is bound; centred at x, y from the top of the paper."""
        pen = Pen(self._fonts, "", "", None, paper)
        pen.begin_page()
        for words, x, y in lines:
            pen.short(words, Role.FANG, 14, x, y, "center")
        pen.end_page()
        reader = PdfReader(io.BytesIO(pen.finish()))
        return Drawing(Copier(reader, self.stream).form(reader.pages[0]), (1, 0, 0, 1, 0, 0))

    def link(self, links: Sequence[Link], before: int) -> None:
        """Let places of the first pages lead to numbered ones; ``before`` pages stand before number 1."""
        found: dict[int, list[bytes]] = {}
        for link in links:
            target = before + int(link.name) - 1 if link.name.isdecimal() else -1
            if before <= target < len(self._numbers):
                upper = PAGE_HEIGHT - link.y
                box = numbers(link.x, upper - link.height, link.x + link.width, upper)
                found.setdefault(link.page, []).append(
                    b"<< /Type /Annot /Subtype /Link /Rect [%s] /Border [0 0 0] /Dest [%d 0 R /Fit] >>"
                    % (box, self._numbers[target])
                )
        for at, number in enumerate(self._links):
            self.stream.write(number, b"[" + b" ".join(found.get(at, [])) + b"]")

    def finish(self, title: str, author: str, on: date | None, marks: Sequence[Mark], labels: Sequence[str]) -> None:
        """Write page tree, bookmarks, labels and title. ``labels`` are those of the pages before number 1."""
        kids = b" ".join(b"%d 0 R" % number for number in self._numbers)
        self.stream.write(self._root, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._numbers), kids))
        outline = self.stream.reserve()
        children = self._outline(outline, marks)
        self.stream.write(outline, b"<< /Type /Outlines /Count %d %s >>" % (len(marks), children))
        named = b" ".join(b"%d << /P %s >>" % (at, text(words)) for at, words in enumerate(labels))
        numbered = b"%d << /S /D /St 1 >>" % len(labels)
        root = self.stream.add(
            b"<< /Type /Catalog /Pages %d 0 R /Outlines %d 0 R /PageMode /UseOutlines /Lang (zh-CN) "
            % (self._root, outline),
            b"/ViewerPreferences << /DisplayDocTitle true >> /PageLabels << /Nums [%s %s] >> >>" % (named, numbered),
        )
        info = self.stream.add(
            b"<< /Title %s /Author %s /Subject %s /Creator %s /Producer %s /CreationDate %s /ModDate %s >>"
            % (*map(text, (title, author, title, PROGRAM, PROGRAM)), moment(on), moment(on))
        )
        self.stream.finish(root, info)

    def _outline(self, parent: int, marks: Sequence[Mark]) -> bytes:
        """Write the bookmarks under one; gives back the entries First and Last of it."""
        own = [self.stream.reserve() for _ in marks]
        for at, (mark, number) in enumerate(zip(marks, own, strict=True)):
            entries = [b"/Title %s /Parent %d 0 R" % (text(mark.words), parent)]
            entries.append(b"/Dest [%d 0 R /Fit]" % self._numbers[min(mark.page, len(self._numbers) - 1)])
            entries += [b"/Prev %d 0 R" % own[at - 1]] if at else []
            entries += [b"/Next %d 0 R" % own[at + 1]] if at + 1 < len(own) else []
            if mark.under:
                # Closed at first: a catalogue of a hundred pieces would push everything else out of sight.
                entries.append(b"/Count -%d %s" % (len(mark.under), self._outline(number, mark.under)))
            self.stream.write(number, b"<< " + b" ".join(entries) + b" >>")
        return b"/First %d 0 R /Last %d 0 R" % (own[0], own[-1]) if own else b""


def _png_rows(data: bytes) -> bytes:
    """The packed rows of a PNG that is not interlaced: a PDF reads them as they are."""
    rows, at = [], len(_PNG)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows.append(data[at + 8 : at + 8 + size])
        at += size + 12
    return b"".join(rows)
