"""A CFF font as TrueType outlines, the only ones reportlab draws (gongwen B3)."""

import os
import tempfile
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError, newTable

from desktop.documents import font_parts
from desktop.documents.font_recipe import DISK_REMEDY, RECIPE, REMEDY
from desktop.rules.errors import KnownFault

MAX_ERROR = 1.0
_DROPPED = ("CFF ", "CFF2", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "meta", "STAT", "gasp")


def convert(source: Path, target: Path, name: str, only: str = "", index: int = 0) -> None:
    """Write ``source`` (CFF outlines) to ``target`` with quadratic outlines, named ``name``.

    All mapped characters are kept, or those in ``only``; ``index`` is the face of a collection. Hinting, layout
    features and vertical metrics are left out; the copyright and licence names stay.
    """
    with source.open("rb") as file:
        font = TTFont(file, recalcTimestamp=False, fontNumber=index)
        drawings, mapping, glyphs = _drawings(font, only)
        _replace_outlines(font, drawings, mapping, glyphs)
        _rename(font, name)
        font.save(target)


def _drawings(font: Any, only: str) -> tuple[dict[str, tuple[int, font_parts.Draw]], dict[int, str], Any]:
    """Advance and drawing of every glyph to be, the character map, the old glyph set."""
    upm = font["head"].unitsPerEm
    glyphs, metrics = font.getGlyphSet(), font["hmtx"].metrics
    cmap = {code: glyph for code, glyph in font.getBestCmap().items() if not only or chr(code) in only}
    drawings: dict[str, tuple[int, font_parts.Draw]] = {".notdef": (upm, lambda pen: glyphs[".notdef"].draw(pen))}
    mapping: dict[int, str] = {}
    for code, old in sorted(cmap.items()):
        mapping[code] = f"u{code:X}"
        drawings[mapping[code]] = metrics[old][0], font_parts.amended(chr(code), glyphs, old)
    for char, (advance, draw) in font_parts.composed(glyphs, cmap, lambda n: metrics[n][0]).items():
        mapping[ord(char)] = f"u{ord(char):X}"
        drawings[mapping[ord(char)]] = round(advance), draw
    for char, other in font_parts.ALIASES.items():
        if ord(char) not in mapping and ord(other) in mapping:
            mapping[ord(char)] = mapping[ord(other)]
    return drawings, mapping, glyphs


def _replace_outlines(
    font: Any, drawings: dict[str, tuple[int, font_parts.Draw]], mapping: dict[int, str], glyphs: Any
) -> None:
    outlines, advances = {}, {}
    for name, (advance, draw) in drawings.items():
        pen = TTGlyphPen(None)
        draw(DecomposingFilterPen(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True), glyphs))
        outlines[name] = pen.glyph()
        advances[name] = advance
    for tag in _DROPPED:
        if tag in font:
            del font[tag]
    font.setGlyphOrder(list(drawings))
    font["loca"], glyf = newTable("loca"), newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = list(drawings), outlines
    font["glyf"] = glyf
    for name, glyph in outlines.items():
        glyph.recalcBounds(glyf)
        font["hmtx"].metrics[name] = advances[name], getattr(glyph, "xMin", 0)
    font["hmtx"].metrics = {name: font["hmtx"].metrics[name] for name in drawings}
    _write_maps(font, mapping)
    font.sfntVersion = "\x00\x01\x00\x00"


def _write_maps(font: Any, mapping: dict[int, str]) -> None:
    del font["cmap"]
    FontBuilder(font=font).setupCharacterMap(mapping)
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxTwilightPoints"):
        setattr(maxp, field, 0)
    for field in ("maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxComponentDepth"):
        setattr(maxp, field, 0)
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    maxp.maxZones, maxp.numGlyphs = 1, len(font.getGlyphOrder())
    font["post"].formatType = 3.0


def _rename(font: Any, name: str) -> None:
    table = font["name"]
    family = name.replace("-", " ")
    words = {1: family, 3: f"{name};{RECIPE}", 4: family, 6: name, 16: family}
    table.names = [record for record in table.names if record.nameID in (0, 2, 13, 14)]
    for number, text in words.items():
        table.setName(text, number, 3, 1, 0x409)
        table.setName(text, number, 1, 0, 0)


def convert_beside(name: str, source: Path, target: Path, only: str = "", index: int = 0) -> str:
    """Convert to a file of our own and rename: a reader or a second builder never sees half a font.

    Returns the name. Raises KnownFault when the source is damaged or the disk refuses.
    """
    try:
        handle, part_name = tempfile.mkstemp(prefix=target.stem, suffix=".part", dir=target.parent)
        os.close(handle)
        part = Path(part_name)
        try:
            convert(source, part, name, only, index)
            _rename_over(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise KnownFault(f"字体无法写入 {target.parent}（{error.strerror}）。", DISK_REMEDY) from error
    except TTLibError as error:
        raise KnownFault(f"字体文件已损坏：{source}。", REMEDY) from error
    return name


def _rename_over(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except PermissionError:  # Windows: another process made the same file and has it open
        if not target.exists():
            raise
