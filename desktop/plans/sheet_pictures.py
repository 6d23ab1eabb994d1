"""Small pictures in cells: kept in a passing file while rows are written, then put into the workbook one by one."""

import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

PIXELS_PER_INCH, POINTS_PER_INCH, MM_PER_INCH = 96, 72, 25.4
EMU_PER_POINT = 12_700
AROUND = 4.0  # points between a picture and the edge of its cell
_SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Placed:
    """A picture in a cell (both counted from 0), its size in points, and where its bytes lie in the passing file.

    ``row_height`` is that of its row, known when all of the row was made.
    """

    column: int
    row: int
    width: float
    height: float
    start: int
    length: int
    row_height: float = 0.0


class PictureStore:
    """Collects JPEG pictures of a sheet. ``cell_width`` of their columns is in points."""

    def __init__(self, cell_width: float) -> None:
        self.cell_width = cell_width
        self.placed: list[Placed] = []
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._end = 0

    def add(self, column: int, row: int, data: bytes) -> float:
        """Put a picture into a cell, scaled in proportion to the column; the height in points its row needs."""
        size = jpeg_size(data)
        if size is None:
            return 0.0
        width = min(self.cell_width - 2 * AROUND, size[0] * POINTS_PER_INCH / PIXELS_PER_INCH)
        height = width * size[1] / size[0]
        if height > self.tallest:
            width, height = width * self.tallest / height, self.tallest
        self._file.write(data)
        self.placed.append(Placed(column, row, width, height, self._end, len(data)))
        self._end += len(data)
        return height + 2 * AROUND

    def settle(self, row: int, row_height: float) -> None:
        """Say how tall the row of the last pictures became, so that they stand in its middle."""
        for picture in self.placed[-2:]:
            if picture.row == row:
                picture.row_height = row_height

    @property
    def tallest(self) -> float:
        """The greatest height of a picture: one held upright takes no more room than a square one."""
        return self.cell_width - 2 * AROUND

    def media(self) -> Iterator[tuple[str, bytes]]:
        """Every picture with the name of its part."""
        for number, picture in enumerate(self.placed, 1):
            self._file.seek(picture.start)
            yield f"xl/media/image{number}.jpeg", self._file.read(picture.length)

    def drawing(self) -> Iterator[str]:
        """The part that says where each picture stands, in pieces."""
        yield f"{_HEAD}<xdr:wsDr {_SPACES}>"
        for number, picture in enumerate(self.placed, 1):
            yield _anchor(number, picture, self.cell_width)
        yield "</xdr:wsDr>"

    def relations(self) -> Iterator[str]:
        """The part that names the picture of each anchor, in pieces."""
        yield f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        for number, _ in enumerate(self.placed, 1):
            yield f'<Relationship Id="rId{number}" Type="{_RELATION}" Target="../media/image{number}.jpeg"/>'
        yield "</Relationships>"

    def close(self) -> None:
        """Let the passing file go."""
        self._file.close()


def _anchor(number: int, picture: Placed, cell_width: float) -> str:
    left, top = (cell_width - picture.width) / 2, max(AROUND, (picture.row_height - picture.height) / 2)
    left, top, width, height = (round(x * EMU_PER_POINT) for x in (left, top, picture.width, picture.height))
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{picture.column}</xdr:col><xdr:colOff>{left}</xdr:colOff>"
        f"<xdr:row>{picture.row}</xdr:row><xdr:rowOff>{top}</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="{width}" cy="{height}"/>'
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="图片{number}"/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>'
    )


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG in pixels; None for anything else."""
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
