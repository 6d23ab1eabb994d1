"""The sheet: exact places, inks, several sizes, files that do not depend on the clock."""

from datetime import date

import pypdfium2
import pytest

from desktop.documents import grid
from desktop.documents.breaker import break_rows
from desktop.documents.canvas import RED, Sheet
from desktop.documents.fonts import Role

MM = 72 / 25.4
TEXT = "根据《整改方案》要求，2024年12月31日前完成6个项目；PM2.5浓度下降（同比）5%，群众满意。" * 4


def sheet_of(fonts, draw):
    sheet = Sheet(fonts, "试页", "某办", date(2026, 11, 3))
    draw(sheet)
    sheet.end_page()
    return sheet.finish()


def test_full_rows_end_within_a_hundredth_of_a_point_of_156_mm(fonts, printed):
    def draw(sheet):
        items = sheet.setter.items(TEXT, Role.FANG, grid.SIZE_3, grid.CELL)
        for k, row in enumerate(break_rows(items, grid.WIDTH)):
            sheet.row(items, row, grid.LEFT, grid.row_middle(k))

    rows = printed.read(sheet_of(fonts, draw))[0].rows
    assert len(rows) >= 4
    hanzi_ends = [row[-1] for row in rows[:-1] if "\u4e00" <= row[-1].text <= "\u9fff"]
    assert hanzi_ends
    for char in hanzi_ends:
        assert (char.x + 156 / 28) * MM == pytest.approx(184 * MM, abs=0.01)


def test_hanzi_of_every_face_stand_with_their_middle_on_the_same_height(fonts):
    middles = [fonts.face(role).centre for role in Role]
    assert max(middles) - min(middles) < 0.02
    assert all(0.28 < middle < 0.34 for middle in middles)


def test_red_is_the_standards_ink_and_black_is_pure_black(fonts, printed):
    def draw(sheet):
        sheet.text("红", Role.TITLE, 40, 100, 100, ink=RED)
        sheet.text("黑", Role.FANG, 16, 200, 200)
        sheet.rule(100, 300, 200, 1, RED)

    page = printed.read(sheet_of(fonts, draw))[0]
    assert {c.text: c.red for c in page.chars} == {"红": True, "黑": False}
    assert page.rules[0].red
    assert page.rules[0].y == pytest.approx(300 / MM, abs=0.01)


def test_text_returns_its_width_and_starts_where_it_was_put(fonts, printed):
    def draw(sheet):
        assert sheet.text("整改", Role.HEI, 12, 100, 100) == pytest.approx(24)

    first = printed.read(sheet_of(fonts, draw))[0].rows[0][0]
    assert first.x == pytest.approx(100 / MM, abs=0.001)
    assert first.size == pytest.approx(12)


def test_more_than_256_characters_of_one_font_stay_copyable(fonts, printed):
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 800) if not fonts.missing(chr(code)))[:600]

    def draw(sheet):
        items = sheet.setter.items(text, Role.FANG, 10)
        for k, row in enumerate(break_rows(items, 400)):
            sheet.row(items, row, 50, 50 + 12 * k)

    page = printed.read(sheet_of(fonts, draw))[0]
    assert "".join(page.texts) == text


def test_same_drawing_gives_the_same_bytes(fonts):
    def draw(sheet):
        sheet.text(TEXT[:20], Role.KAI, 16, 100, 100)

    assert sheet_of(fonts, draw) == sheet_of(fonts, draw)


def test_sheet_of_a3_landscape(fonts):
    sheet = Sheet(fonts, "大表", size=(420 * MM, 297 * MM))
    sheet.text("整改台账", Role.HEI, 16, 100, 50)
    sheet.end_page()
    assert pypdfium2.PdfDocument(sheet.finish())[0].get_size() == pytest.approx((420 * MM, 297 * MM), abs=0.1)
