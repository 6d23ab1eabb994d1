"""Convert the free CFF fonts to TrueType outlines, once, into the user's cache (reportlab draws only those).

``python -m desktop.documents.font_build`` does it from the command line with one line a font.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError, newTable

from desktop import paths
from desktop.documents import font_parts
from desktop.rules.errors import KnownFault

RECIPE = "r2"
MAX_ERROR = 1.0
SOURCES = {
    "GW-Fang": "FandolFang-Regular.otf",
    "GW-Kai": "FandolKai-Regular.otf",
    "GW-Hei": "FandolHei-Regular.otf",
    "GW-Song": "FandolSong-Regular.otf",
    "GW-TitleSong": "FandolSong-Bold.otf",
}
_DROPPED = ("CFF ", "CFF2", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "meta", "STAT", "gasp")
_DISK_REMEDY = "请检查磁盘空间和文件夹权限。"
_REMEDY = "请在联网的电脑上运行 python3 run.py，程序会自动取得字体；或把 Fandol 字体文件放入该文件夹。"
_ROLES = "仿宋、楷体、黑体、小标宋"

Progress = Callable[[str, float], None]


def glyf_folder() -> Path:
    """Where the converted fonts lie."""
    return paths.fonts_cache() / "glyf"


def how_to_get() -> str:
    """What a person does who lacks the free fonts: a checkout fetches them, the portable folder has them or not."""
    if paths.is_portable():
        return f"请在本机安装{_ROLES}字体，或改用带字体的程序文件夹。"
    return f"请运行 python3 run.py 自动准备字体，或安装{_ROLES}字体。"


def built(name: str) -> Path | None:
    """The newest converted file of this name made by the present recipe, or None."""
    for folder in paths.font_folders():
        found = sorted((folder / "glyf").glob(f"{name}.{RECIPE}-*.ttf"), key=lambda path: path.stat().st_mtime)
        if found:
            return found[-1]
    return None


def is_free(file: Path) -> bool:
    """Whether a font file is one of the converted ones."""
    return file.parent in [folder / "glyf" for folder in paths.font_folders()]


def build_missing(progress: Progress | None = None) -> Path:
    """Convert every free font that is not converted yet and return the folder of all five (gongwen B3).

    ``progress`` hears a sentence and a fraction 0–1. Two processes may do this at the same time. Raises
    KnownFault when a font is neither converted nor there as OTF.
    """
    folder = glyf_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownFault(f"无法建立字体文件夹 {folder}（{error.strerror}）。", _DISK_REMEDY) from error
    wanted = _wanted(folder)
    for done, name in enumerate(_converted(wanted), 1):
        if progress:
            progress(f"已转换字体 {name}", done / len(wanted))
    if progress:
        progress("字体已备好", 1.0)
    return folder


def _wanted(folder: Path) -> list[tuple[str, Path, Path]]:
    """(name, source, target) of each font still to convert."""
    wanted = []
    for name, file_name in SOURCES.items():
        source = paths.fonts_cache() / "otf" / file_name
        if source.is_file():
            digest = hashlib.sha256(source.read_bytes()).hexdigest()
            target = folder / f"{name}.{RECIPE}-{digest[:12]}.ttf"
            if not target.exists():
                wanted.append((name, source, target))
        elif built(name) is None:
            raise KnownFault(f"没有找到免费字体 {file_name}（应在 {source.parent}）。", _REMEDY)
    return wanted


def _converted(wanted: list[tuple[str, Path, Path]]) -> Iterator[str]:
    """Convert and yield each name when it is done; each takes half a minute, so several processes share the work."""
    workers = min(len(wanted), os.cpu_count() or 1)
    if workers < 2 or getattr(sys, "frozen", False):
        for job in wanted:
            yield convert_beside(*job)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(convert_beside, *job) for job in wanted]
        for job_done in as_completed(jobs):
            yield job_done.result()


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
        raise KnownFault(f"字体无法写入 {target.parent}（{error.strerror}）。", _DISK_REMEDY) from error
    except TTLibError as error:
        raise KnownFault(f"字体文件已损坏：{source}。", _REMEDY) from error
    return name


def _rename_over(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except PermissionError:  # Windows: another process made the same file and has it open
        if not target.exists():
            raise


def main() -> int:
    """Build from the command line; exit 0, or 1 with one line on stderr."""

    def say(text: str, fraction: float) -> None:
        sys.stdout.write(f"{fraction:4.0%} {text}\n")
        sys.stdout.flush()

    try:
        build_missing(say)
    except KnownFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
