"""What a picture says of itself: type by content, date and place from EXIF, a small upright copy, and no bombs."""

import io
import struct
import tracemalloc
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.pictures import Exif, make_thumbnail, media_type, read_exif, thumbnail

RED, BLUE = (220, 20, 20), (20, 20, 220)


def photo(path: Path, size: tuple[int, int] = (800, 600), tags: dict[int, Any] | None = None, **gps: Any) -> Path:
    """A JPEG, red on the left and blue on the right, with EXIF as asked."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    exif = Image.Exif()
    for tag, value in (tags or {}).items():
        if tag == ExifTags.Base.DateTimeOriginal:
            exif.get_ifd(ExifTags.IFD.Exif)[tag] = value
        else:
            exif[tag] = value
    for name, value in gps.items():
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS[name]] = value
    picture.save(path, "JPEG", exif=exif)
    return path


PLACE = {
    "GPSLatitudeRef": "N",
    "GPSLatitude": (26.0, 53.0, 34.8),
    "GPSLongitudeRef": "E",
    "GPSLongitude": (112.0, 36.0, 0.0),
}
TAKEN = {ExifTags.Base.DateTimeOriginal: "2026:10:31 08:15:00"}


def test_date_and_place_are_read_from_the_camera(tmp_path: Path) -> None:
    assert read_exif(photo(tmp_path / "a.jpg", tags=TAKEN, **PLACE)) == Exif(date(2026, 10, 31), "26.89300,112.60000")


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    place = {**PLACE, "GPSLatitudeRef": "S", "GPSLongitudeRef": "W"}
    assert read_exif(photo(tmp_path / "a.jpg", **place)).place == "-26.89300,-112.60000"


def test_the_date_of_the_file_stands_in_for_the_date_taken(tmp_path: Path) -> None:
    tags = {ExifTags.Base.DateTime: "2026:11:01 00:00:00"}
    assert read_exif(photo(tmp_path / "a.jpg", tags=tags)).taken_on == date(2026, 11, 1)


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "2026:02:30 00:00:00", "昨天", "", "2026-10-31"])
def test_a_date_that_is_none_is_left_out(tmp_path: Path, text: str) -> None:
    tags = {ExifTags.Base.DateTimeOriginal: text}
    assert read_exif(photo(tmp_path / "a.jpg", tags=tags)).taken_on is None


@pytest.mark.parametrize("degrees", [(126.0, 0.0, 0.0), (1.0,), (float("inf"), 0.0, 0.0)])
def test_a_place_that_is_none_is_left_out(tmp_path: Path, degrees: tuple[float, ...]) -> None:
    try:
        file = photo(tmp_path / "a.jpg", **{**PLACE, "GPSLatitude": degrees})
    except OverflowError:
        file = photo(tmp_path / "a.jpg", **{**PLACE, "GPSLatitude": (0.0, 0.0, 9e9)})
    assert read_exif(file).place == ""


def test_a_picture_without_exif_and_a_file_that_is_none_have_neither(tmp_path: Path) -> None:
    assert read_exif(photo(tmp_path / "a.jpg")) == Exif()
    for content in (b"", b"\xff\xd8\xff", b"%PDF-1.7", "文字".encode()):
        (tmp_path / "b").write_bytes(content)
        assert read_exif(tmp_path / "b") == Exif()
        assert make_thumbnail(tmp_path / "b") == b""


@pytest.mark.parametrize(
    ("orientation", "left_top", "size"),
    [(1, RED, (320, 240)), (3, BLUE, (320, 240)), (6, RED, (240, 320)), (8, BLUE, (240, 320))],
)
def test_a_thumbnail_is_small_and_upright(
    tmp_path: Path, orientation: int, left_top: tuple[int, int, int], size: tuple[int, int]
) -> None:
    file = photo(tmp_path / "a.jpg", tags={ExifTags.Base.Orientation: orientation})
    with Image.open(io.BytesIO(make_thumbnail(file))) as small:
        assert (small.format, small.size) == ("JPEG", size)
        found = small.convert("RGB").getpixel((10, 10))
    assert isinstance(found, tuple)
    assert all(abs(a - b) < 40 for a, b in zip(found, left_top, strict=True))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1", "I;16", "LA"])
def test_every_kind_of_picture_gets_a_thumbnail(tmp_path: Path, mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    Image.new(mode, (400, 300)).save(tmp_path / "a", kind)
    assert make_thumbnail(tmp_path / "a").startswith(b"\xff\xd8\xff")


def test_a_thumbnail_is_kept_and_made_once(ledger: Ledger, tmp_path: Path) -> None:
    stored = store_file(ledger, photo(tmp_path / "a.jpg"))
    first = thumbnail(ledger, stored.sha256)
    kept = ledger.folder / "thumbs" / stored.sha256[:2] / f"{stored.sha256}.jpg"
    assert kept.read_bytes() == first
    kept.write_bytes(b"as kept")
    assert thumbnail(ledger, stored.sha256) == b"as kept"
    assert not list(kept.parent.glob("*.part"))


def test_a_thumbnail_of_missing_bytes_or_of_no_hash_is_empty(ledger: Ledger) -> None:
    assert thumbnail(ledger, "ab" * 32) == b""
    assert thumbnail(ledger, "../" * 21 + "x") == b""


def test_a_thumbnail_that_cannot_be_kept_is_shown_all_the_same(ledger: Ledger, tmp_path: Path) -> None:
    stored = store_file(ledger, photo(tmp_path / "a.jpg"))
    (ledger.folder / "thumbs").write_text("in the way", encoding="utf-8")
    assert thumbnail(ledger, stored.sha256).startswith(b"\xff\xd8\xff")


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(path: Path, width: int, height: int) -> Path:
    """A small PNG that unpacks to a huge picture."""
    squeeze = zlib.compressobj(9)
    rows = b"".join(squeeze.compress(bytes(1 + width * 3)) for _ in range(min(height, 400))) + squeeze.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return path


@pytest.mark.parametrize("side", [9_000, 14_000, 60_000])
def test_a_decompression_bomb_is_harmless(tmp_path: Path, side: int) -> None:
    file = bomb(tmp_path / "bomb.png", side, side)
    assert file.stat().st_size < 2_000_000
    tracemalloc.start()
    assert make_thumbnail(file) == b""
    assert read_exif(file) == Exif()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_large_photo_of_a_phone_still_gets_a_thumbnail(tmp_path: Path) -> None:
    assert make_thumbnail(photo(tmp_path / "a.jpg", (8_000, 6_000))).startswith(b"\xff\xd8\xff")


def test_a_broken_photo_never_stops_the_work(tmp_path: Path) -> None:
    whole = photo(tmp_path / "a.jpg", tags=TAKEN, **PLACE).read_bytes()
    for at in range(2, len(whole), max(1, len(whole) // 60)):
        (tmp_path / "b.jpg").write_bytes(whole[:at])
        read_exif(tmp_path / "b.jpg")
        make_thumbnail(tmp_path / "b.jpg")
        (tmp_path / "b.jpg").write_bytes(whole[:at] + b"\xff" * 8 + whole[at + 8 :])
        read_exif(tmp_path / "b.jpg")
        make_thumbnail(tmp_path / "b.jpg")
    assert read_exif(tmp_path / "a.jpg").taken_on == date(2026, 10, 31)


def test_postscript_is_never_handed_to_another_program(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    assert make_thumbnail(tmp_path / "a.jpg") == b""


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "照片.txt", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
        (b"BM\0\0", "a.bmp", "image/bmp"),
        (b"BM is how this text begins", "a.txt", "text/plain"),
        (b"%PDF-1.7", "a.jpg", "application/pdf"),
        (b"PK\x03\x04", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04", "a.zip", "application/zip"),
        ("整改".encode(), "说明.TXT", "text/plain"),
        (b"", "a", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_content_before_name(tmp_path: Path, content: bytes, name: str, kind: str) -> None:
    (tmp_path / "x").write_bytes(content)
    assert media_type(tmp_path / "x", name) == kind
