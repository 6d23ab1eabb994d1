"""Foreign PDFs of every size and turn, each with words at its four edges: what a bundle must bind without loss."""

from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import RectangleObject

from desktop.documents.fonts import Role, load_fonts
from desktop.documents.pen import Pen

A4, A3, LETTER, TINY, LONG = (595.0, 842.0), (842.0, 1191.0), (612.0, 792.0), (120.0, 90.0), (595.0, 2600.0)
EDGES = ("上缘", "下缘", "左缘", "右缘")


def edge_page(file: Path, size: tuple[float, float]) -> Path:
    """A page whose words touch all four edges of the paper, with a frame at the very edge."""
    width, height = size
    pen = Pen(load_fonts(free_only=True), file.stem, "", None, size)
    pen.begin_page()
    small = 9.0
    pen.rect(0.5, 0.5, width - 1, height - 1)
    for words, x, y in zip(
        EDGES,
        (width / 2, width / 2, small, width - small),
        (small, height - small, height / 2, height / 2),
        strict=True,
    ):
        pen.short(words, Role.SONG, small, x, y, "center")
    pen.end_page()
    file.write_bytes(pen.finish())
    return file


def odd_files(folder: Path) -> list[Path]:
    """The files, made in a folder of their own."""
    room = folder / "外单位材料"
    room.mkdir()
    found = [
        edge_page(room / f"{name}.pdf", size)
        for name, size in (
            ("竖A4", A4),
            ("横A4", A4[::-1]),
            ("竖A3", A3),
            ("横A3", A3[::-1]),
            ("信纸", LETTER),
            ("小票", TINY),
            ("长图", LONG),
        )
    ]
    for turn in (90, 180, 270):
        found.append(_changed(found[0], room / f"转{turn}.pdf", turn=turn))
    found.append(_changed(found[2], room / "裁切.pdf", crop=(300, 500, 560, 700)))
    found.append(_changed(found[2], room / "裁切并转90.pdf", turn=90, crop=(300, 500, 842, 1191)))
    return found


def _changed(source: Path, file: Path, turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> Path:
    writer = PdfWriter(clone_from=str(source))
    for page in writer.pages:
        page.rotate(turn)
        if crop:
            page.cropbox = RectangleObject(crop)
    writer.write(str(file))
    return file
