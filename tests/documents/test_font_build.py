"""Converting CFF fonts: outlines, names, composed signs, the cache and its faults."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from desktop.documents import font_build
from desktop.documents.font_build import build_missing, built
from desktop.documents.font_convert import convert
from desktop.documents.font_recipe import RECIPE, SOURCES
from desktop.rules.errors import KnownFault


def char_string(width, curve=False):
    pen = T2CharStringPen(width, None)
    pen.moveTo((50, 0))
    if curve:
        pen.curveTo((50, 300), (200, 500), (400, 500))
    else:
        pen.lineTo((50, 500))
    pen.lineTo((400, 0))
    pen.closePath()
    return pen.getCharString()


def make_cff(path):
    """A small CFF font: 督, m, 2, the wave standing too high, a copyright and a licence."""
    glyphs = {".notdef": char_string(1000), "hanzi": char_string(1000, curve=True), "m": char_string(800)}
    glyphs |= {"two": char_string(500), "wave": wave(), "box": char_string(1000)}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord("督"): "hanzi", ord("m"): "m", ord("2"): "two", 0xFF5E: "wave", 0x25A1: "box"})
    builder.setupCFF("Small", {"FullName": "Small"}, glyphs, {})
    widths = {".notdef": 1000, "hanzi": 1000, "m": 800, "two": 500, "wave": 1000, "box": 1000}
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {"copyright": "(c) somebody", "familyName": "Small", "styleName": "Regular", "psName": "Small"}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def wave():
    pen = T2CharStringPen(1000, None)
    pen.moveTo((280, 580))
    pen.lineTo((720, 580))
    pen.lineTo((720, 660))
    pen.lineTo((280, 660))
    pen.closePath()
    return pen.getCharString()


@pytest.fixture
def converted(tmp_path):
    convert(make_cff(tmp_path / "small.otf"), tmp_path / "small.ttf", "GW-Small")
    return TTFont(tmp_path / "small.ttf")


def test_outlines_become_quadratic_and_cff_is_gone(converted):
    assert converted.sfntVersion == "\x00\x01\x00\x00"
    assert "glyf" in converted
    assert "CFF " not in converted
    glyph = converted["glyf"][converted.getBestCmap()[ord("督")]]
    assert (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) == (50, 0, 400, 500)
    assert converted["hmtx"][converted.getBestCmap()[ord("督")]] == (1000, 50)


def test_font_gets_its_own_name_and_keeps_the_copyright(converted):
    names = converted["name"]
    assert names.getDebugName(6) == "GW-Small"
    assert names.getDebugName(1) == "GW Small"
    assert names.getDebugName(0) == "(c) somebody"


def test_signs_it_lacks_are_composed_from_what_it_has(converted):
    cmap = converted.getBestCmap()
    for char in "㎡²₂☑☒":
        assert converted["glyf"][cmap[ord(char)]].numberOfContours > 0
    assert ord("㎥") not in cmap
    assert ord("㎏") not in cmap


def test_wave_is_brought_down_and_boxes_get_one_size(converted):
    cmap, glyf = converted.getBestCmap(), converted["glyf"]
    wave_glyph = glyf[cmap[ord("～")]]
    assert (wave_glyph.yMin + wave_glyph.yMax) / 2 == pytest.approx(310, abs=1)
    box, tick = glyf[cmap[ord("□")]], glyf[cmap[ord("☑")]]
    assert (box.xMin, box.xMax, box.yMin, box.yMax) == (tick.xMin, tick.xMax, tick.yMin, tick.yMax)
    assert cmap[ord("〜")] == cmap[ord("～")]


def test_same_source_gives_the_same_bytes(tmp_path):
    source = make_cff(tmp_path / "small.otf")
    convert(source, tmp_path / "a.ttf", "GW-Small")
    convert(source, tmp_path / "b.ttf", "GW-Small")
    assert (tmp_path / "a.ttf").read_bytes() == (tmp_path / "b.ttf").read_bytes()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(font_build.paths, "fonts_cache", lambda: tmp_path / "fonts")
    monkeypatch.setattr(font_build.os, "cpu_count", lambda: 1)
    (tmp_path / "fonts" / "otf").mkdir(parents=True)
    return tmp_path / "fonts"


def test_missing_fonts_are_built_once_and_progress_is_told(cache):
    for file_name in SOURCES.values():
        make_cff(cache / "otf" / file_name)
    heard = []
    folder = build_missing(lambda text, fraction: heard.append((text, fraction)))
    made = sorted(path.name for path in folder.iterdir())
    assert len(made) == len(SOURCES)
    assert all(f".{RECIPE}-" in name and name.endswith(".ttf") for name in made)
    assert [fraction for _, fraction in heard] == [0.2, 0.4, 0.6, 0.8, 1.0, 1.0]
    stamps = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    build_missing()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == stamps


def test_a_replaced_source_is_converted_again(cache):
    for file_name in SOURCES.values():
        make_cff(cache / "otf" / file_name)
    build_missing()
    before = built("GW-Fang")
    source = cache / "otf" / SOURCES["GW-Fang"]
    font = TTFont(source)
    font["name"].setName("(c) somebody else", 0, 3, 1, 0x409)
    font.save(source)
    build_missing()
    assert built("GW-Fang") != before


def test_without_sources_the_sentence_says_what_to_run(cache):
    with pytest.raises(KnownFault, match=r"FandolFang-Regular\.otf.*run\.py"):
        build_missing()


def test_converted_fonts_are_enough_without_their_sources(cache):
    (cache / "glyf").mkdir()
    for name in SOURCES:
        (cache / "glyf" / f"{name}.{RECIPE}-0123456789ab.ttf").write_bytes(b"made elsewhere")
    assert build_missing() == cache / "glyf"


def test_a_damaged_source_is_named_and_leaves_no_half_font(cache):
    for file_name in SOURCES.values():
        (cache / "otf" / file_name).write_bytes(b"damaged")
    with pytest.raises(KnownFault, match=r"已损坏.*FandolFang"):
        build_missing()
    assert list((cache / "glyf").iterdir()) == []
