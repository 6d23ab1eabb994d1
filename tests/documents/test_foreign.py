"""Files of others: their pages are counted, and what is wrong with them is said, never raised."""

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from desktop.documents.foreign import BROKEN, EMPTY, LOCKED, NO_PICTURE, TOO_LARGE, Counted, count_pages, open_pdf

PDF = "application/pdf"


def pdf(file: Path, pages: int, password: str = "", owner: str = "") -> Path:
    """A PDF of blank pages, locked for reading with ``password``, for printing with ``owner``."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    with file.open("wb") as handle:
        writer.write(handle)
    return file


def test_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    assert count_pages(pdf(tmp_path / "a.pdf", 3), PDF) == Counted(3)
    assert count_pages(pdf(tmp_path / "b.pdf", 0), PDF) == Counted(0, EMPTY)


def test_a_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", 2, owner="geheim")
    assert count_pages(file, PDF) == Counted(2)
    with open_pdf(file) as reader:
        assert reader.pages[1].mediabox.width == 200


def test_a_pdf_with_a_password_is_said_to_be_locked(tmp_path: Path) -> None:
    assert count_pages(pdf(tmp_path / "a.pdf", 2, password="1234"), PDF) == Counted(0, LOCKED)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", b"PK\x03\x04", bytes(5000)])
def test_a_damaged_pdf_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    assert count_pages(tmp_path / "a.pdf", PDF) == Counted(0, BROKEN)


def test_a_cut_pdf_is_damaged_or_has_pages_but_never_raises(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", 5).read_bytes()
    for end in range(0, len(whole), 97):
        (tmp_path / "b.pdf").write_bytes(whole[:end])
        counted = count_pages(tmp_path / "b.pdf", PDF)
        assert bool(counted.pages) != bool(counted.fault)


def test_pictures_are_pages_and_a_fax_has_several(tmp_path: Path) -> None:
    sheets = [Image.new("L", (60, 80), shade) for shade in (0, 128, 255)]
    sheets[0].save(tmp_path / "fax.tif", save_all=True, append_images=sheets[1:])
    sheets[0].save(tmp_path / "a.png")
    assert count_pages(tmp_path / "fax.tif", "image/tiff") == Counted(3)
    assert count_pages(tmp_path / "a.png", "image/png") == Counted(1)


def test_a_broken_or_giant_picture_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    assert count_pages(tmp_path / "a.jpg", "image/jpeg") == Counted(0, NO_PICTURE)
    Image.new("L", (60, 80)).save(tmp_path / "b.png")
    monkeypatch.setattr("desktop.documents.foreign.MOST_PIXELS", 1_000)
    assert count_pages(tmp_path / "b.png", "image/png") == Counted(0, TOO_LARGE)
