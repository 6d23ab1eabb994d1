"""Photos as large as they are printed: upright, 200 dots an inch at most, the original untouched."""

import io
from hashlib import sha256

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.documents.canvas import Sheet
from desktop.documents.foreign import NO_PICTURE, TOO_LARGE
from desktop.documents.grid import MM
from desktop.documents.print_photo import photo_for_print

ROOM = (150 * MM, 100 * MM)


def picture(path, size=(4000, 3000), form="JPEG", mode="RGB", **more):
    made = Image.new(mode, size, "white")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    made.save(path, form, **more)
    return path


def opened(photo):
    return Image.open(io.BytesIO(photo.data))


def test_a_photo_of_12_million_pixels_has_200_dots_an_inch_on_paper(tmp_path):
    path = picture(tmp_path / "a.jpg")
    before = sha256(path.read_bytes()).hexdigest()
    photo = photo_for_print(path, *ROOM)
    assert photo.height == pytest.approx(100 * MM, abs=0.5)
    assert photo.width / photo.height == pytest.approx(4 / 3, abs=0.01)
    assert opened(photo).width / (photo.width / 72) == pytest.approx(200, abs=1)
    assert len(photo.data) < 200_000
    assert sha256(path.read_bytes()).hexdigest() == before


def test_a_small_photo_keeps_its_pixels(tmp_path):
    photo = photo_for_print(picture(tmp_path / "a.jpg", (300, 200)), *ROOM)
    assert opened(photo).size == (300, 200)
    assert (photo.width, photo.height) == pytest.approx((150 * MM, 100 * MM), abs=0.01)


@pytest.mark.parametrize(("turned", "corner"), [(1, (5, 5)), (3, (-5, -5)), (6, (-5, 5)), (8, (5, -5))])
def test_a_photo_is_turned_as_the_camera_says(tmp_path, turned, corner):
    exif = Image.Exif()
    exif[0x0112] = turned
    photo = photo_for_print(picture(tmp_path / "a.jpg", (800, 600), exif=exif), *ROOM)
    shown = opened(photo)
    assert (shown.width > shown.height) == (turned in (1, 3))
    x, y = (at % side for at, side in zip(corner, shown.size, strict=True))
    assert shown.getpixel((x, y))[1] < 60
    assert not shown.getexif()


def test_what_is_transparent_shows_the_paper_and_sharp_edges_stay_sharp(tmp_path):
    path = tmp_path / "a.png"
    made = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(made).rectangle((0, 0, 50, 50), fill=(0, 0, 0, 255))
    made.save(path)
    shown = opened(photo_for_print(path, *ROOM))
    assert shown.format == "PNG"
    assert shown.getpixel((300, 200)) == (255, 255, 255)
    assert shown.getpixel((10, 10)) == (0, 0, 0)


def test_a_page_of_a_scan_is_taken_by_its_number(tmp_path):
    path = tmp_path / "a.tif"
    pages = [Image.new("L", (200, 100), shade) for shade in (0, 255)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert opened(photo_for_print(path, *ROOM, frame=1)).getpixel((5, 5)) == (255, 255, 255)
    assert photo_for_print(path, *ROOM, frame=2).fault == NO_PICTURE


def test_what_is_no_picture_says_so(tmp_path, monkeypatch):
    broken = tmp_path / "a.jpg"
    broken.write_bytes(b"\xff\xd8\xff not a photo")
    assert photo_for_print(broken, *ROOM).fault == NO_PICTURE
    monkeypatch.setattr("desktop.documents.print_photo.MOST_PIXELS", 1000)
    assert photo_for_print(picture(tmp_path / "b.png", (200, 100), "PNG"), *ROOM).fault == TOO_LARGE


def test_a_photo_on_a_page_is_embedded_once_as_it_is(fonts, tmp_path):
    photo = photo_for_print(picture(tmp_path / "a.jpg", (1600, 1200)), *ROOM)
    sheet = Sheet(fonts, "照片")
    sheet.photo(photo, 30 * MM, 40 * MM)
    sheet.end_page()
    data = sheet.finish()
    assert photo.data in data
    shown = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil()
    assert shown.getpixel((int(35 * MM), int(45 * MM)))[1] < 60
