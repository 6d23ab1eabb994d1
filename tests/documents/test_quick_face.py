"""A font file read at one stroke says what reportlab reads out of it number by number."""

import struct
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from desktop.documents import font_build
from desktop.documents.fonts import FREE, FontSet
from desktop.documents.quick_face import QuickFace

PARTS = ("charToGlyph", "charWidths", "defaultWidth", "glyphPos", "hmetrics", "name", "ascent", "bbox", "numGlyphs")


def glyph(size: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, size))
    pen.lineTo((size, size))
    pen.closePath()
    return pen.glyph()


def made(file: Path, codes: dict[int, int], upm: int = 1000) -> Path:
    """A font whose characters are squares; the value is the width."""
    names = [".notdef", *(f"g{code:X}" for code in codes)]
    builder = FontBuilder(upm, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"g{code:X}" for code in codes})
    builder.setupGlyf({name: glyph(100 + at) for at, name in enumerate(names)})
    widths = {".notdef": upm, **{f"g{code:X}": width for code, width in codes.items()}}
    builder.setupHorizontalMetrics({name: (widths[name], 0) for name in names})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(str(file))
    return file


def same(file: Path) -> None:
    plain, quick = TTFontFace(str(file)), QuickFace(str(file))
    for part in PARTS:
        assert getattr(quick, part) == getattr(plain, part), part
    codes = list(quick.charToGlyph)[:20]
    assert quick.makeSubset(codes) == plain.makeSubset(codes)


@pytest.mark.parametrize("name", FREE.values())
def test_the_free_fonts_are_read_alike(fonts: FontSet, name: str) -> None:
    file = font_build.built(name)
    assert file is not None
    same(file)


@pytest.mark.parametrize(
    "codes",
    [
        {0x20: 500, 0x41: 600, 0x4E2D: 1000, 0x4E2E: 1000, 0x9FA5: 1000},
        {0xA0: 400, 0x4E2D: 1000},
        {0x20: 500, 0x4E2D: 1000, 0x20000: 1000, 0x2B5E7: 900},
        {code: 1000 for code in range(0x4E00, 0x5000)},
        {code: 1000 for code in range(0x4E00, 0x5000, 3)},
    ],
)
def test_small_fonts_are_read_alike(tmp_path: Path, codes: dict[int, int]) -> None:
    same(made(tmp_path / "a.ttf", codes))


def test_another_unit_scales_the_widths(tmp_path: Path) -> None:
    file = made(tmp_path / "a.ttf", {0x41: 1024, 0x4E2D: 2048}, upm=2048)
    widths = QuickFace(str(file)).charWidths
    assert widths == TTFontFace(str(file)).charWidths
    assert (widths[0x41], widths[0x4E2D]) == (500.0, 1000.0)


def test_a_map_of_another_format_is_left_to_reportlab(tmp_path: Path) -> None:
    file = made(tmp_path / "a.ttf", {0x41: 600, 0x42: 610})
    font = TTFont(str(file))
    table = font["cmap"].tables[-1]
    other = table.__class__.newSubtable(6)
    other.platformID, other.platEncID, other.language, other.cmap = 3, 1, 0, dict(table.cmap)
    font["cmap"].tables = [other]
    font.save(str(file))
    plain = TTFontFace(str(file))
    assert QuickFace(str(file)).charToGlyph == plain.charToGlyph


@pytest.mark.parametrize("tag", [b"loca", b"hmtx", b"cmap"])
def test_a_file_that_lacks_a_table_is_refused(tmp_path: Path, tag: bytes) -> None:
    file = made(tmp_path / "a.ttf", {0x41: 600})
    data = file.read_bytes()
    file.write_bytes(data.replace(tag, b"xxxx", 1))
    with pytest.raises((TTFError, KeyError)):
        QuickFace(str(file))


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path / "a.ttf", {code: 1000 for code in range(0x4E00, 0x4F00)})
    file.write_bytes(file.read_bytes()[:600])
    with pytest.raises((TTFError, KeyError, struct.error, IndexError)):
        QuickFace(str(file))
