"""Evidence for the sample ledger, drawn by code: photographs with a caption, date and place, and stand-ins for scans.

The same arguments give the same bytes on one machine. Nothing here pretends to be real: every picture says 示例.
"""

import io
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from random import Random

from PIL import ExifTags, Image, ImageDraw, ImageFont

from desktop.documents import font_build
from desktop.documents.fonts import FREE, Role, load_fonts
from desktop.documents.sample_canvas import Canvas
from desktop.documents.sample_scenes import SCENES
from desktop.rules.errors import Refused
from desktop.rules.wording import date_in_text

PHOTO, SHEET = (800, 600), (744, 1052)
PHASES = {"整改前": 0.0, "整改中": 0.5, "整改后": 1.0}
_LABELS = {"整改前": (176, 58, 46), "整改中": (196, 132, 32), "整改后": (38, 120, 78)}
_QUALITY = 84


def photo(scene: str, phase: str, caption: str, taken: date, at: tuple[float, float]) -> bytes:
    """A JPEG of a scene 整改前, 整改中 or 整改后 with a caption strip; EXIF holds date and place.

    ``at`` is north and east in degrees. Refused: a scene or phase that is not known.
    """
    if scene not in SCENES or phase not in PHASES:
        raise Refused(f"示例图片没有“{scene}”“{phase}”的画法，请改用：{'、'.join(SCENES)}。", "sample_scene")
    canvas = Canvas(PHASES[phase], Random(f"{scene} {caption}"))
    SCENES[scene](canvas)
    picture = Image.new("RGB", PHOTO, (24, 30, 36))
    picture.paste(canvas.image.reduce(2))
    _caption(picture, phase, caption, taken, at)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, exif=_exif(taken, at))
    return out.getvalue()


def _caption(picture: Image.Image, phase: str, caption: str, taken: date, at: tuple[float, float]) -> None:
    width, height = PHOTO
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((22, height - 78, 116, height - 44), 6, _LABELS[phase])
    draw.text((69, height - 61), phase, (255, 255, 255), _font(Role.HEI, 24), "mm")
    draw.text((132, height - 61), caption, (255, 255, 255), _font(Role.HEI, 25), "lm")
    where = f"{date_in_text(taken)}　北纬{at[0]:.4f}°　东经{at[1]:.4f}°"
    draw.text((24, height - 22), where, (226, 230, 232), _font(Role.HEI, 19), "lm")
    draw.text((width - 22, height - 22), "示例图片　程序绘制", (190, 198, 204), _font(Role.HEI, 17), "rm")


def sheet(title: str, lines: Sequence[str], day: date) -> bytes:
    """A JPEG page that stands in for the scan of a signed paper: title, a few lines, and a mark that it is a sample."""
    width, height = SHEET
    page = Image.new("RGB", SHEET, (252, 251, 247))
    draw = ImageDraw.Draw(page)
    draw.rectangle((38, 38, width - 39, height - 39), outline=(206, 204, 196), width=2)
    draw.text((width / 2, 130), title, (28, 28, 28), _fitting(title, width - 140), "mm")
    draw.line((96, 176, width - 96, 176), (178, 52, 44), 2)
    body = _font(Role.FANG, 24)
    top = 236
    for line in lines:
        for part in _wrapped(line, body, width - 192):
            draw.text((96, top), part, (40, 40, 40), body, "lm")
            top += 42
        top += 10
    draw.text((width - 96, height - 230), date_in_text(day), (40, 40, 40), body, "rm")
    note = "示例台账样张：此处为签字盖章扫描件的位置"
    draw.text((width / 2, height - 110), note, (150, 148, 140), _font(Role.KAI, 22), "mm")
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text cut into lines that fit; closing marks stay with the character before them."""
    lines = [""]
    for char in text:
        if font.getlength(lines[-1] + char) > width and char not in "，。；：、”）":
            lines.append("")
        lines[-1] += char
    return lines


def _fitting(text: str, width: float) -> ImageFont.FreeTypeFont:
    size = next((s for s in (40, 34, 28) if _font(Role.TITLE, s).getlength(text) <= width), 24)
    return _font(Role.TITLE, size)


@lru_cache(maxsize=16)
def _font(role: Role, size: int) -> ImageFont.FreeTypeFont:
    file = font_build.built(FREE[role])
    if file is None:
        own = load_fonts().chosen(role)
        return ImageFont.truetype(own.path, size, index=own.index)
    return ImageFont.truetype(str(file), size)


def _exif(taken: date, at: tuple[float, float]) -> Image.Exif:
    exif = Image.Exif()
    moment = f"{taken:%Y:%m:%d} 10:00:00"
    exif[ExifTags.Base.DateTime] = moment
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = _parts(at[0]), _parts(at[1])
    return exif


def _parts(degrees: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds as cameras write them."""
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 2)
