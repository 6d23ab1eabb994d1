"""Fonts by role, per-character fallback, report of missing characters, copyable text above U+FFFF."""

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from desktop.documents import font_build, font_search
from desktop.documents import fonts as fonts_room
from desktop.documents.canvas import Sheet
from desktop.documents.embed import to_unicode_map
from desktop.documents.font_search import GB2312_HANZI, system_fonts
from desktop.documents.fonts import GETA, Role, load_fonts
from desktop.documents.glyphs import Setter
from desktop.rules.errors import KnownFault

RARE_NAME = "\U0002cb4e"


def square(width: int = 800) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, -100))
    pen.lineTo((100, 700))
    pen.lineTo((width, 700))
    pen.lineTo((width, -100))
    pen.closePath()
    return pen.glyph()


def make_font(path: Path, family: str, codes: frozenset[int], postscript: str = "") -> Path:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(codes, "box"))
    builder.setupGlyf({".notdef": square(), "box": square()})
    builder.setupHorizontalMetrics({".notdef": (1000, 100), "box": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": postscript or path.stem})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def whole_font(folder: Path, file_name: str, family: str) -> Path:
    return make_font(folder / file_name, family, GB2312_HANZI | set(range(0x20, 0x7F)) | set(map(ord, "，。（）〓")))


@pytest.fixture
def machine(tmp_path, monkeypatch, fonts):
    """An empty machine whose font folder and list of seen fonts lie in the test's own folder."""
    folder = tmp_path / "machine fonts"
    folder.mkdir()
    monkeypatch.setattr(font_search.paths, "system_font_dirs", lambda: (folder,))
    monkeypatch.setattr(font_search.paths, "cache_dir", lambda: tmp_path / "cache")
    glyf = font_build.glyf_folder()
    assert glyf.parent.parent == tmp_path / "cache"
    real = fonts.face(Role.FANG).font.face.filename
    glyf.parent.mkdir(parents=True)
    glyf.symlink_to(Path(real).parent, target_is_directory=True)
    return folder


def chosen(role: Role) -> str:
    return dict(load_fonts().names())[role.value]


def test_free_set_serves_every_role(fonts):
    names = dict(fonts.names())
    assert names == {"fang": "GW-Fang", "kai": "GW-Kai", "hei": "GW-Hei", "song": "GW-Song", "title": "GW-TitleSong"}


def test_free_set_holds_all_of_gb2312_and_the_signs_of_measurement(fonts):
    everything = "".join(map(chr, sorted(GB2312_HANZI))) + "㎡㎥₂²☑☒□㎞μg℃‰①（）〔〕《》—…“”·"
    for role in Role:
        assert fonts.missing(everything, role) == ""


def test_official_fonts_of_the_machine_come_before_windows_fonts(machine):
    whole_font(machine, "simfang.ttf", "仿宋")
    assert chosen(Role.FANG) == "simfang"
    whole_font(machine, "anything.ttf", "仿宋_GB2312")
    assert chosen(Role.FANG) == "anything"
    assert chosen(Role.KAI) == "GW-Kai"


def test_the_users_own_file_comes_first(machine, tmp_path):
    whole_font(machine, "fz.ttf", "方正小标宋_GBK")
    own = whole_font(tmp_path, "mine.ttf", "我的标题")
    assert dict(load_fonts({Role.TITLE: own}).names())["title"] == "mine"


def test_a_users_file_that_is_no_font_is_named_in_one_sentence(machine, tmp_path):
    own = tmp_path / "picture.ttf"
    own.write_bytes(b"\x89PNG")
    with pytest.raises(KnownFault, match=r"小标宋.*picture\.ttf"):
        load_fonts({Role.TITLE: own})


def test_a_font_without_all_of_gb2312_is_not_taken_for_a_role(machine):
    make_font(machine / "half.ttf", "仿宋", frozenset(sorted(GB2312_HANZI)[:4000]))
    assert chosen(Role.FANG) == "GW-Fang"


def test_free_only_ignores_the_machines_fonts(machine):
    whole_font(machine, "simfang.ttf", "仿宋")
    assert dict(load_fonts(free_only=True).names())["fang"] == "GW-Fang"


def test_damaged_and_foreign_files_in_the_font_folder_are_passed_over(machine):
    (machine / "broken.ttf").write_bytes(b"\x00\x01\x00\x00garbage")
    (machine / "empty.ttc").write_bytes(b"")
    assert chosen(Role.FANG) == "GW-Fang"


def test_the_list_of_seen_fonts_is_kept_and_follows_changes(machine, tmp_path, monkeypatch):
    path = whole_font(machine, "simfang.ttf", "仿宋")
    first = system_fonts()
    monkeypatch.setattr(font_search, "inspect", lambda path: pytest.fail("read again without need"))
    assert system_fonts() == first
    monkeypatch.undo()
    path.unlink()
    assert system_fonts([machine], tmp_path / "cache" / "fonts-seen.json") == ()


def test_a_spoilt_list_of_seen_fonts_is_made_anew(tmp_path):
    cache = tmp_path / "fonts-seen.json"
    cache.write_text("{", "utf-8")
    whole_font(tmp_path, "simfang.ttf", "仿宋")
    assert [found.is_whole for found in system_fonts([tmp_path], cache)] == [True]


def test_a_rare_character_is_taken_from_another_font_of_the_machine(machine):
    make_font(machine / "SimsunExtB.ttf", "SimSun-ExtB", frozenset({ord(RARE_NAME)}))
    found = load_fonts().pick(Role.FANG, RARE_NAME)
    assert (found.face.name, found.missing) == ("SimsunExtB", False)


def make_cff(path: Path, codes: frozenset[int]) -> Path:
    pen = T2CharStringPen(1000, None)
    pen.moveTo((100, -100))
    pen.lineTo((100, 900))
    pen.curveTo((400, 900), (900, 500), (900, -100))
    pen.closePath()
    drawn = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(codes, "box"))
    builder.setupCFF("NotoLike", {}, {".notdef": drawn, "box": drawn}, {})
    builder.setupHorizontalMetrics({".notdef": (1000, 100), "box": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Noto Like", "styleName": "Regular", "psName": "NotoLike"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_rare_character_of_a_cff_font_is_converted_alone_and_kept(machine, tmp_path, printed):
    make_cff(machine / "noto.otf", GB2312_HANZI | {ord("䶮")})
    loaded = load_fonts()
    assert dict(loaded.names())["fang"] == "GW-Fang"
    picked = loaded.pick(Role.FANG, "䶮")
    assert (picked.face.name, picked.missing, picked.face.centre) == ("GW-Rare-4DAE", False, 0.4)
    assert [path.suffix for path in (tmp_path / "cache" / "fonts" / "rare").iterdir()] == [".ttf"]
    assert loaded.pick(Role.FANG, "堃").missing
    sheet = Sheet(loaded, "试")
    sheet.text("王䶮", Role.FANG, 16, 100, 100)
    sheet.end_page()
    assert printed.read(sheet.finish())[0].texts == ["王䶮"]


def test_two_fonts_of_one_name_are_kept_apart(machine):
    make_font(machine / "a-ext.ttf", "Ext A", frozenset({ord(RARE_NAME)}), "Same")
    make_font(machine / "b-ext.ttf", "Ext B", frozenset({0x2CB4F}), "Same")
    loaded = load_fonts()
    assert {loaded.pick(Role.FANG, char).face.name for char in (RARE_NAME, "\U0002cb4f")} == {"Same", "Same-2"}


def test_a_character_no_font_has_is_drawn_as_geta_and_reported(fonts):
    sheet = Sheet(fonts, "试")
    sheet.text("䶮某䶮", Role.FANG, 16, 100, 100)
    sheet.end_page()
    assert sheet.missing_characters == "䶮"
    page = pypdfium2.PdfDocument(sheet.finish())[0]
    assert page.get_textpage().get_text_range().strip() == f"{GETA}某{GETA}"


def test_missing_names_each_character_once(fonts):
    assert fonts.missing("䶮整䶮 改") == "䶮"


def test_latin_and_figures_in_fangsong_come_from_song(fonts):
    assert fonts.pick(Role.FANG, "8").face.name == "GW-Song"
    assert fonts.pick(Role.KAI, "A").face.name == "GW-Song"
    assert fonts.pick(Role.HEI, "8").face.name == "GW-Hei"
    assert fonts.pick(Role.FANG, "督").face.name == "GW-Fang"


def test_text_above_u_ffff_copies_as_itself(machine):
    make_font(machine / "SimsunExtB.ttf", "SimSun-ExtB", frozenset({ord(RARE_NAME), 0x20000}))
    sheet = Sheet(load_fonts(), "试")
    sheet.text(f"王{RARE_NAME}\U00020000", Role.FANG, 16, 100, 100)
    sheet.end_page()
    page = pypdfium2.PdfDocument(io.BytesIO(sheet.finish()))[0]
    assert page.get_textpage().get_text_range().strip() == f"王{RARE_NAME}\U00020000"


def test_unicode_map_writes_surrogates_in_blocks_of_a_hundred():
    text = to_unicode_map("F", [0, *range(0x4E00, 0x4E00 + 150), 0x2CB4E])
    assert "<97> <D872DF4E>" in text
    assert "100 beginbfchar" in text
    assert "51 beginbfchar" in text
    assert "<00> <" not in text.split("endcodespacerange")[1]


def test_quotes_take_a_full_cell_in_a_font_that_has_them_narrow(machine, monkeypatch, fonts):
    narrow = load_fonts(free_only=True)
    face = narrow.face(Role.FANG)
    monkeypatch.setattr(type(face), "advance", lambda self, char: 0.35 if char in "“”" else 1.0)
    setter = Setter(narrow)
    opening, closing = setter.items("“”", Role.FANG, 16)
    assert opening.width == closing.width == 16
    assert opening.style.dx == pytest.approx(16 - 0.35 * 16)
    assert closing.style.dx == 0


def test_without_any_font_the_clerk_is_told_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts_room.font_build.paths, "font_folders", lambda: (tmp_path,))
    with pytest.raises(KnownFault, match=r"仿宋.*run\.py"):
        load_fonts(free_only=True)


def drawn(fonts, text: str) -> bytes:
    sheet = Sheet(fonts, "一")
    for number, role in enumerate(Role):
        sheet.text(text, role, 16, 10, 10 + 30 * number)
    sheet.end_page()
    return sheet.finish()


def test_papers_drawn_at_the_same_time_are_what_they_are_one_by_one(fonts):
    texts = ("生态环境保护督察整改", "办公室人民政府关于问题的通知", "市县区街道乡镇村社区") * 2
    wanted = [drawn(fonts, text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(len(texts)) as pool:
            fresh = load_fonts(free_only=True)
            found = list(pool.map(lambda text: drawn(fresh, text), texts))
    finally:
        sys.setswitchinterval(interval)
    assert found == wanted
