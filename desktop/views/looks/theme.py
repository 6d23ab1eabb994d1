"""How the window looks: two palettes, one style sheet, the Chinese font, locale and Qt texts.

Object names that pages and forms use: ``title``, ``subtitle``, ``hint``, ``fault``, ``card``, ``toolbar``,
``primary``, ``danger`` and ``flat`` buttons, ``banner``, and ``badge`` with the property ``tone`` (ok, warn, late,
muted, accent). A colour never stands alone: a word stands beside it.
"""

import logging
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.views.looks.icons import icon
from desktop.views.looks.style_sheet import STYLE_SHEET

CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "SimHei",
)
TEXT_SIZES = {"small": 9.5, "normal": 10.5, "large": 12.0}


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one look, by what it is for; values are ``#rrggbb``."""

    is_dark: bool
    window: str
    base: str
    alternate: str
    raised: str
    text: str
    muted: str
    line: str
    strong_line: str
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    nav: str
    nav_text: str
    ok: str
    ok_back: str
    warn: str
    warn_back: str
    late: str
    late_back: str


LIGHT = Colours(
    is_dark=False,
    window="#f3f5f8",
    base="#ffffff",
    alternate="#f8fafc",
    raised="#ffffff",
    text="#1d2733",
    muted="#5d6b7a",
    line="#d9dfe6",
    strong_line="#b4bfca",
    hover="#e8eef5",
    accent="#1f5f9e",
    accent_hover="#184f86",
    on_accent="#ffffff",
    selected="#d5e5f5",
    nav="#e7ecf2",
    nav_text="#33414f",
    ok="#1f7040",
    ok_back="#e0f2e6",
    warn="#8f5400",
    warn_back="#fdefd5",
    late="#b3261e",
    late_back="#fbe3e1",
)
DARK = Colours(
    is_dark=True,
    window="#1f2429",
    base="#262c33",
    alternate="#2a3138",
    raised="#2b323a",
    text="#e4e9ee",
    muted="#a0acb8",
    line="#3b444e",
    strong_line="#5b6874",
    hover="#343d46",
    accent="#6fb0ea",
    accent_hover="#8cc2f2",
    on_accent="#10202f",
    selected="#2a4055",
    nav="#191d21",
    nav_text="#c5ced7",
    ok="#7fd09b",
    ok_back="#21402d",
    warn="#f0bd6c",
    warn_back="#46361a",
    late="#ff9b92",
    late_back="#4d2725",
)


def colours() -> Colours:
    """The colours now in use, told from the program's palette: a widget's own has what the style sheet put there."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def tone_colour(tone: str) -> str:
    """The text colour of a tone: ok, warn, late, muted, accent; the plain text colour for any other word."""
    found = colours()
    tones = {"ok": found.ok, "warn": found.warn, "late": found.late, "muted": found.muted, "accent": found.accent}
    return tones.get(tone, found.text)


def apply_theme(app: QApplication, *, dark: bool = False, text_size: str = "normal") -> None:
    """Give the whole program one look; may be called again when the clerk chooses another."""
    app.setStyleSheet("")  # Qt takes off an old sheet and puts a new one on far faster than it changes one for another
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    chosen = DARK if dark else LIGHT
    app.setPalette(palette_of(chosen))
    font = QFont(app.font())
    font.setPointSizeF(TEXT_SIZES.get(text_size, TEXT_SIZES["normal"]))
    if font != app.font():
        app.setFont(font)
    app.setStyleSheet(style_sheet(chosen, font.pointSizeF()))
    app.setWindowIcon(icon("program", chosen.accent))


def palette_of(chosen: Colours) -> QPalette:
    """The palette Fusion draws with."""
    role = QPalette.ColorRole
    palette = QPalette()
    for part, value in (
        (role.Window, chosen.window),
        (role.WindowText, chosen.text),
        (role.Base, chosen.base),
        (role.AlternateBase, chosen.alternate),
        (role.Text, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Button, chosen.raised),
        (role.ButtonText, chosen.text),
        (role.BrightText, chosen.late),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Accent, chosen.accent),
        (role.Link, chosen.accent),
        (role.LinkVisited, chosen.accent),
        (role.ToolTipBase, chosen.raised),
        (role.ToolTipText, chosen.text),
        (role.Light, chosen.raised),
        (role.Midlight, chosen.hover),
        (role.Mid, chosen.strong_line),
        (role.Dark, chosen.strong_line),
    ):
        palette.setColor(part, QColor(value))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(chosen.strong_line))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(chosen.strong_line))
    return palette


def style_sheet(chosen: Colours, points: float) -> str:
    """The style sheet with the colours filled in; sizes of text follow ``points``, the size of plain text."""
    sizes = {"small": points - 1, "plain": points, "subtitle": points + 1, "title": points + 4}
    names = {name: getattr(chosen, name) for name in Colours.__dataclass_fields__}
    names |= {name: f"{value:g}pt" for name, value in sizes.items()}
    names["tick"] = paths.resource("icons", "tick_dark.svg" if chosen.is_dark else "tick_light.svg").as_posix()
    return Template(STYLE_SHEET).substitute(names)


def load_fonts(app: QApplication) -> str:
    """Choose a Chinese font for the screen and return its family.

    The machine's own comes first, then the free one of the program or the cache; without any the log says so and
    texts show as boxes. Empty when there is none.
    """
    family = _system_family() or _free_family()
    if not family:
        logging.getLogger(__name__).warning("no Chinese font found: texts will show as boxes")
        return ""
    font = QFont(app.font())
    font.setFamilies([family])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    app.setFont(font)
    return family


def _system_family() -> str:
    present = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    liked = [name for name in CHINESE_FAMILIES if name in present]
    # A font put in by a running test or by us is no better than the cache.
    others = sorted(name for name in present if not name.startswith(("Fandol", "GW-")))
    return (liked or others or [""])[0]


def _free_family() -> str:
    for folder in paths.font_folders():
        for file in (folder / "otf" / "FandolHei-Regular.otf", *sorted((folder / "glyf").glob("GW-Hei.*.ttf"))):
            number = QFontDatabase.addApplicationFont(str(file)) if file.is_file() else -1
            if families := QFontDatabase.applicationFontFamilies(number):
                return families[0]
    return ""


def speak_chinese(app: QApplication) -> None:
    """Chinese dates and numbers, and Qt's own buttons and menus in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    else:
        logging.getLogger(__name__).warning("Qt's Chinese texts are missing in %s", folder)
