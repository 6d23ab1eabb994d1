"""What a picture says of itself: media type by content, date and place from EXIF, a thumbnail.

The library of pictures is read with the first one: every page of the window knows this file.
"""

import contextlib
import io
import math
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.rules.ops import is_hex
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger

THUMBNAIL = 320
MAX_PIXELS = 60_000_000  # a larger picture that must be decoded whole could fill the memory of an old PC
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "MPO")  # others could start programs (EPS) or are no photos
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".mp4": "video/mp4",
}


@dataclass(frozen=True, slots=True)
class Exif:
    """Date taken and position as the camera wrote them; None and "" where it did not."""

    taken_on: date | None = None
    place: str = ""


def media_type(path: Path, name: str) -> str:
    """The kind of a file by its first bytes, then by its name; ``application/octet-stream`` when neither tells."""
    with path.open("rb") as handle:
        head = handle.read(16)
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if found == "image/bmp" and not name.lower().endswith(".bmp"):
        found = ""
    suffix = Path(name).suffix.lower()
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if found in ("", "application/zip"):
        return _OFFICE.get(suffix) or found or "application/octet-stream"
    return found


def read_exif(path: Path) -> Exif:
    """Date and place of a picture; an unreadable or bare picture has neither, which never blocks."""
    from PIL import ExifTags, Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as picture:
                exif = picture.getexif()
                details = exif.get_ifd(ExifTags.IFD.Exif)
                taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
                return Exif(_day(taken), _place(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    except Exception:  # a broken picture raises whatever its decoder stumbles over
        return Exif()


def _day(text: object) -> date | None:
    try:
        return datetime.strptime(str(text)[:10], "%Y:%m:%d").date()
    except ValueError:
        return None


def _place(gps: dict[int, object]) -> str:
    try:
        north, east = (_degrees(gps[key]) for key in (2, 4))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        return ""
    north = -north if gps.get(1) == "S" else north
    east = -east if gps.get(3) == "W" else east
    return f"{north:.5f},{east:.5f}"


def _degrees(parts: object) -> float:
    degree, minute, second = (float(p) for p in parts)  # type: ignore[attr-defined]
    return degree + minute / 60 + second / 3600


def thumbnail(ledger: Ledger, sha256: str) -> bytes:
    """A small JPEG of a stored picture, made once and kept beside the evidence; empty when there is no picture."""
    if not is_hex(sha256, 64):
        return b""
    kept = ledger.folder / "thumbs" / sha256[:2] / f"{sha256}.jpg"
    if kept.is_file():
        return kept.read_bytes()
    data = make_thumbnail(file_of(ledger.folder, sha256))
    if data and ledger.writable and ledger.is_in_place():
        # On a full disk it is made again the next time.
        with contextlib.suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(".part")
            part.write_bytes(data)
            part.replace(kept)
    return data


def make_thumbnail(path: Path) -> bytes:
    """A JPEG of at most 320 pixels a side, turned upright; empty for what is no readable picture."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as picture:
                picture.draft("RGB", (THUMBNAIL * 2, THUMBNAIL * 2))
                if picture.width * picture.height > MAX_PIXELS:
                    return b""
                upright = ImageOps.exif_transpose(picture).convert("RGB")
                upright.thumbnail((THUMBNAIL, THUMBNAIL))
                out = io.BytesIO()
                upright.save(out, "JPEG", quality=82)
                return out.getvalue()
    except Exception:  # a broken picture raises whatever its decoder stumbles over
        return b""
