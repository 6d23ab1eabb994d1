"""Files of others that become pages of ours: how many pages a PDF or picture has, and in one sentence why none.

A foreign file may be broken in any way; what its reader stumbles over is told, never raised.
"""

import io
import logging
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PIL import ExifTags, Image
from pypdf import PdfReader

from desktop.documents.pdf_copy import upright_size

MOST_PAGES = 3_000
MOST_PIXELS = 120_000_000  # decoded whole, more would fill the memory of an old PC
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "MPO")  # others could start programs (EPS) or are no photos
LOCKED = "设有打开密码，不能并入"
BROKEN = "文件损坏或不是完整的PDF，不能并入"
EMPTY = "里面没有页，不能并入"
TOO_LONG = f"超过{MOST_PAGES}页，不能并入"
NO_PICTURE = "图片损坏或格式不支持，不能并入"
TOO_LARGE = "图片的像素太多，不能并入"

_TITLE = "{http://purl.org/dc/elements/1.1/}title"

# A foreign file's faults are told to the clerk; the library's own remarks about them would only fill the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Counted:
    """Pages of a foreign file; 0 with the reason in ``fault``."""

    pages: int
    fault: str = ""


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfReader]:
    """A foreign PDF, read from the disk as it is needed. Raises whatever is wrong with it; ValueError when locked."""
    with path.open("rb") as handle:
        reader = PdfReader(handle, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError(LOCKED)
        yield reader


def count_pages(path: Path, media_type: str) -> Counted:
    """How many pages a PDF or picture gives."""
    return _count_pdf(path) if media_type == "application/pdf" else _count_picture(path)


def page_sizes(path: Path, media_type: str) -> list[tuple[float, float]]:
    """Width and height of each page as it is shown, in points or pixels. Raises what ``open_pdf`` raises."""
    if media_type == "application/pdf":
        with open_pdf(path) as reader:
            return [upright_size(page) for page in reader.pages]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=FORMATS) as picture:
            frames = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
            return [_upright(picture, at) for at in range(frames)]


def _upright(picture: Image.Image, frame: int) -> tuple[float, float]:
    if frame:
        picture.seek(frame)
    lies = picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
    return (picture.height, picture.width) if lies else (picture.width, picture.height)


def title_of(data: bytes) -> str:
    """The title a finished PDF or docx gives itself; empty where it has none or is neither."""
    try:
        if data.startswith(b"PK"):
            properties = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
            return next((node.text or "" for node in ElementTree.fromstring(properties) if node.tag == _TITLE), "")
        found = PdfReader(io.BytesIO(data)).metadata if data.startswith(b"%PDF") else None
        return str(found.title or "") if found else ""
    except Exception:
        return ""


def _count_pdf(path: Path) -> Counted:
    try:
        with open_pdf(path) as reader:
            count = len(reader.pages)
            if count:
                reader.pages[count - 1].get_object()  # a page tree that lies about its length shows here
    except Exception as error:
        locked = LOCKED in str(error) or "decrypt" in str(error).lower()
        return Counted(0, LOCKED if locked else BROKEN)
    if not count:
        return Counted(0, EMPTY)
    return Counted(0, TOO_LONG) if count > MOST_PAGES else Counted(count)


def _count_picture(path: Path) -> Counted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Counted(0, TOO_LARGE)
                return Counted(max(1, int(getattr(picture, "n_frames", 1))) if picture.format == "TIFF" else 1)
    except Exception:
        return Counted(0, NO_PICTURE)
