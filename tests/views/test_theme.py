"""One look: a Chinese font, Chinese Qt texts, readable colours in both palettes, icons in the theme's colour."""

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import paths
from desktop.views.actions import ACTIONS
from desktop.views.looks.icons import icon, pixmap
from desktop.views.looks.theme import DARK, LIGHT, Colours, apply_theme, colours, style_sheet, tone_colour
from desktop.views.place import PageKey
from forms.fields.text import TextArea
from tests.in_front import in_front

LOOKS = (LIGHT, DARK)


def luminance(value: str) -> float:
    """Relative luminance of a colour (WCAG 2.1)."""
    parts = [channel / 255 for channel in QColor(value).getRgb()[:3]]  # type: ignore[union-attr]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_every_text_can_be_read_on_its_ground(look: Colours) -> None:
    pairs = [
        (look.text, look.window),
        (look.text, look.base),
        (look.text, look.selected),
        (look.muted, look.window),
        (look.muted, look.base),
        (look.muted, look.hover),
        (look.nav_text, look.nav),
        (look.on_accent, look.accent),
        (look.accent, look.base),
        (look.accent, look.selected),
        (look.ok, look.ok_back),
        (look.warn, look.warn_back),
        (look.late, look.late_back),
        (look.ok, look.base),
        (look.warn, look.base),
        (look.late, look.base),
    ]
    assert [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5] == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_style_sheet_leaves_no_name_unfilled(look: Colours) -> None:
    assert "$" not in style_sheet(look, 10.5)


def test_the_font_has_the_characters_of_the_program(looks: QApplication) -> None:
    assert all(QFontMetrics(looks.font()).inFontUcs4(ord(char)) for char in "督察整改台账销号〔〕")


def test_buttons_of_qt_itself_speak_chinese(looks: QApplication) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    texts = {button.text() for button in buttons.buttons()}
    assert all(any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts), texts
    assert QLocale().name() == "zh_CN"
    assert QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def test_the_look_changes_and_changes_back(looks: QApplication) -> None:
    try:
        apply_theme(looks, dark=True)
        assert colours() is DARK
        assert tone_colour("late") == DARK.late
    finally:
        apply_theme(looks)
    assert colours() is LIGHT
    assert tone_colour("late") == LIGHT.late
    assert tone_colour("any other word") == LIGHT.text


@pytest.mark.parametrize("dark", [False, True])
def test_a_field_to_fill_in_has_an_edge_that_is_seen(looks: QApplication, dark: bool, qtbot: Any) -> None:
    try:
        apply_theme(looks, dark=dark)
        around, field = QWidget(), QLineEdit()
        QVBoxLayout(around).addWidget(field)
        qtbot.addWidget(around)
        around.show()
        field.clearFocus()
        edge = around.grab().toImage().pixelColor(field.x() + field.width() // 2, field.y())
        assert edge == QColor(colours().strong_line)
    finally:
        apply_theme(looks)


def test_larger_letters_make_larger_labels(looks: QApplication) -> None:
    def width() -> int:
        label = QLabel("督察整改台账")
        label.ensurePolished()
        return label.sizeHint().width()

    try:
        apply_theme(looks, text_size="small")
        small = width()
        apply_theme(looks, text_size="large")
        assert width() > small
    finally:
        apply_theme(looks)


def test_every_icon_is_drawn_by_lines_in_the_colour_of_the_theme() -> None:
    files = sorted(paths.resource("icons").glob("*.svg"))
    assert len(files) > 40
    for file in files:
        root = ElementTree.parse(file).getroot()
        assert root.get("viewBox") == "0 0 24 24", file.name
        assert root.get("stroke") == "currentColor" or file.stem.startswith("tick_"), file.name


def test_an_icon_shows_the_colour_that_was_asked_for(looks: QApplication) -> None:
    picture = pixmap("ledger", "#1f5f9e", 48).toImage()
    seen = [picture.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = {color.name() for color in seen if color.alpha() == 255}
    assert solid == {"#1f5f9e"}
    assert any(color.alpha() == 0 for color in seen)


def test_every_page_and_command_has_its_icon(looks: QApplication) -> None:
    for name in [*(key.value for key in PageKey), *(action.icon for action in ACTIONS if action.icon)]:
        assert not icon(name, "#1f5f9e").isNull(), name


@pytest.mark.parametrize("kind", [TextArea, QTextEdit, QLineEdit, QTableView])
def test_what_the_keyboard_is_in_is_framed_in_the_accent(looks: QApplication, kind: type[QWidget], qtbot: Any) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    field, other = kind(), QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(around)
    in_front(qtbot, around)

    def edge() -> QColor:
        return around.grab().toImage().pixelColor(field.x() + field.width() // 2, field.y())

    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = edge()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert edge() != before
    assert edge().blue() > edge().red() + 40
