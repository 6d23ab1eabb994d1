"""LibreOffice, the anchor of the benches of paper: a profile of its own, and the free fonts under the official names.

Without a font that has Chinese characters LibreOffice looks through all fonts for each of them: 880 problems cost it
two minutes more, which says nothing about laying out a page.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from desktop.documents.font_build import build_missing
from desktop.documents.fonts import FREE
from desktop.documents.word.parts import FONTS

Convert = Callable[[Path], object]
_ALIAS = """<match target="pattern"><test name="family"><string>{wanted}</string></test>
<edit name="family" mode="prepend" binding="same"><string>{found}</string></edit></match>
"""
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
{aliases}</fontconfig>
"""


def libre_office(folder: Path) -> Convert | None:
    """Turns a docx into a PDF beside it; None where LibreOffice is not installed.

    ``folder`` keeps its profile. It has been started once, so that no run pays for making that.
    """
    office = shutil.which("soffice")
    if not office:
        return None
    names = "".join(_ALIAS.format(wanted=FONTS[role], found=FREE[role].replace("-", " ")) for role in FONTS)
    setting = folder / "fonts.conf"
    places = {"fonts": escape(str(build_missing())), "cache": escape(str(folder / "font-cache"))}
    setting.write_text(_FONTS.format(aliases=names, **places), encoding="utf-8")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    around = os.environ | {"FONTCONFIG_FILE": str(setting)}

    def convert(file: Path) -> object:
        rest = ["--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
        return subprocess.run([*command, *rest], check=True, capture_output=True, env=around)

    first = folder / "first.txt"
    first.write_text("一", encoding="utf-8")
    convert(first)
    return convert
