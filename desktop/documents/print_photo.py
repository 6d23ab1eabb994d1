"""A photo as large as it is printed: turned upright, at most 200 dots an inch; the original stays as it is.

A photo of 12 million pixels in half a page would make a bundle of sixty a file of hundreds of megabytes and show
nothing more on paper.
"""

import io
import warnings
from pathlib import Path
from typing import NamedTuple

from PIL import ExifTags, Image, ImageOps

from desktop.documents.foreign import FORMATS, MOST_PIXELS, NO_PICTURE, TOO_LARGE

MOST_DPI = 200
_QUALITY = 85
_SPARE = 1.5


class PrintPhoto(NamedTuple):
    """A picture ready to be placed: JPEG or PNG, its width and height on paper in pt; else why there is none."""

    data: bytes
    width: float
    height: float
    fault: str = ""


def photo_for_print(path: Path, width: float, height: float, frame: int = 0) -> PrintPhoto:
    """The picture in the room of ``width`` × ``height`` points, in its own proportions; ``frame`` of a TIFF.

    What is no picture, or one too large to be decoded, comes back empty with the reason.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as picture:
                if frame:
                    picture.seek(frame)
                return _scaled(picture, width, height)
    except Exception:  # a broken picture raises whatever its decoder stumbles over
        return PrintPhoto(b"", 0.0, 0.0, NO_PICTURE)


def _scaled(picture: Image.Image, width: float, height: float) -> PrintPhoto:
    """Decode, turn upright, make smaller: a JPEG at a fraction of its size, which keeps the memory small."""
    lossy = picture.format in ("JPEG", "MPO")
    dots = (width * MOST_DPI / 72, height * MOST_DPI / 72)
    picture.draft("RGB", _needed(picture, dots))
    if picture.width * picture.height > MOST_PIXELS:
        return PrintPhoto(b"", 0.0, 0.0, TOO_LARGE)
    upright = _on_white(ImageOps.exif_transpose(picture))
    shrink = min(dots[0] / upright.width, dots[1] / upright.height)
    if shrink < 1:
        size = (max(1, int(upright.width * shrink)), max(1, int(upright.height * shrink)))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    fit = min(width / upright.width, height / upright.height)
    return PrintPhoto(_encoded(upright, lossy), upright.width * fit, upright.height * fit)


def _needed(picture: Image.Image, dots: tuple[float, float]) -> tuple[int, int]:
    """The size the decoder should give at least: half as many dots again as are printed.

    A camera's picture then comes at half or a quarter of its size, in a third of the time and memory.
    """
    wide, high = picture.size
    if picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8):
        wide, high = high, wide
    share = _SPARE * min(1.0, dots[0] / wide, dots[1] / high)
    return max(1, int(picture.width * share)), max(1, int(picture.height * share))


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in plain colours; what is transparent shows the paper."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")


def _encoded(picture: Image.Image, lossy: bool) -> bytes:
    """As JPEG; a drawing or a picture of a screen, whose edges JPEG would blur, as PNG where that is no larger."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=_QUALITY)
    if lossy:
        return jpeg.getvalue()
    png = io.BytesIO()
    picture.save(png, "PNG")
    return min(png.getvalue(), jpeg.getvalue(), key=len)
