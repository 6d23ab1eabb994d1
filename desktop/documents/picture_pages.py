"""A picture as the pages of a PDF, to look at or to print: one page for each picture in the file, upright, on A4."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps

from desktop.documents.foreign import FORMATS, MOST_PIXELS
from desktop.rules.errors import Refused

MOST_PICTURES = 300
_LARGEST = 12_000_000  # pixels kept of one page: A4 at 300 dots per inch and some
_A4_INCHES = (8.27, 11.69)
_KEPT = "原文件和台账都未作改动"


def picture_as_pdf(data: bytes, name: str) -> bytes:
    """The pictures of a file as a PDF. Refused: damaged, more than 300 pictures, or far too many pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                pages = _pages(picture, name)
                first = next(pages)
                target = io.BytesIO()
                first.save(target, "PDF", save_all=True, append_images=pages, resolution=_dots_per_inch(first))
                return target.getvalue()
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise Refused(f"图片“{name}”损坏或格式不支持，打不开，{_KEPT}；请重新取得这份文件。", "damaged_file") from error


def _pages(picture: Image.Image, name: str) -> Iterator[Image.Image]:
    count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    if count > MOST_PICTURES:
        sentence = f"“{name}”里有{count}张图片，超过{MOST_PICTURES}张，没有打开，{_KEPT}；请拆分后再试。"
        raise Refused(sentence, "too_large")
    for at in range(count):
        picture.seek(at)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(f"图片“{name}”的像素太多，没有打开，{_KEPT}；请缩小后再试。", "too_large")
        yield _page(picture)


def _page(picture: Image.Image) -> Image.Image:
    """One picture upright, no larger than is read on paper, without transparency."""
    upright = ImageOps.exif_transpose(picture)
    share = (_LARGEST / (upright.width * upright.height)) ** 0.5
    if upright.mode not in ("1", "L", "RGB"):
        upright = _on_white(upright)
    if share < 1:
        size = max(1, int(upright.width * share)), max(1, int(upright.height * share))
        upright = upright.convert("L" if upright.mode == "1" else upright.mode).resize(size)
    return upright.copy()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("I;16", "I", "F"):
        return ImageOps.autocontrast(picture.convert("L"))
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return ground.convert("RGB")


def _dots_per_inch(page: Image.Image) -> float:
    """So many dots an inch that the page fits A4 upright or on its side."""
    short, long = sorted(page.size)
    return max(short / _A4_INCHES[0], long / _A4_INCHES[1], 1.0)
