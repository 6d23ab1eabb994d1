"""The pictures of the tour and the manual show every page and form, and leave the ledger as it was."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.operations.ledgers import check, open_to_read
from desktop.operations.sample.make import make_sample
from desktop.operations.show import show_ledger
from desktop.views import questions
from desktop.views.actions import ACTIONS
from desktop.views.pages import PAGES
from desktop.views.tour import few_colours
from desktop.views.tour import pictures as tour_pictures
from desktop.views.tour import shots as tour_shots

TODAY = date(2026, 11, 23)
DOCS = Path(__file__).resolve().parents[2] / "docs"
MANUAL = (DOCS / "manual.md").read_text(encoding="utf-8")
QUICK_MS = 150


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "示例台账")


@pytest.fixture
def as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs open as for a clerk, and pages get less time than a picture wants."""
    monkeypatch.setattr(questions, "answer", None)
    monkeypatch.setattr(tour_shots, "SETTLE_MS", QUICK_MS)


@pytest.mark.usefixtures("as_shown")
def test_every_page_and_form_gets_a_picture_and_the_ledger_stays_as_it_was(
    looks: QApplication, sample: Path, tmp_path: Path
) -> None:
    with open_to_read(sample) as ledger:
        before = show_ledger(ledger, TODAY)
    told: list[float] = []
    made = tour_pictures.picture_pages(looks, sample, tmp_path / "窗口", TODAY, lambda _, share: told.append(share))
    total = 2 + len(PAGES) + len(tour_pictures.FORMS) + len(tour_pictures.SIDES)
    assert len(made) == len({title for _, title in made}) == total
    for file, _ in made:
        image = QImage(str(tmp_path / "窗口" / file))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert min(image.width(), image.height()) > 300
        assert len(colours) > 5, file
    assert told == sorted(told)
    assert told[-1] <= 1.0
    assert not list((sample / "drafts").glob("*"))
    with open_to_read(sample) as ledger:
        assert show_ledger(ledger, TODAY) == before
        assert check(ledger).is_sound


@pytest.mark.usefixtures("as_shown")
def test_the_pictures_show_nothing_of_the_users_own_settings(looks: QApplication, sample: Path, tmp_path: Path) -> None:
    tour_pictures.picture_pages(looks, sample, tmp_path / "窗口", TODAY, lambda words, share: None)
    assert not (tmp_path / "settings").exists()


def test_a_picture_with_a_palette_keeps_its_few_colours_exactly() -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#1f5fa0"))
    image.setPixelColor(3, 3, QColor("#b02020"))
    flat = few_colours.with_palette(image)
    assert flat.format() == QImage.Format.Format_Indexed8
    assert flat.pixelColor(3, 3) == QColor("#b02020")
    assert flat.pixelColor(9, 9) == QColor("#1f5fa0")


def test_grounds_that_differ_little_stay_what_they_are() -> None:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    for x in range(256):
        for y in range(100):
            image.setPixelColor(x, y, QColor("#f3f5f8"))
    for at in range(256):
        image.setPixelColor(at, 255, QColor(255, 255 - at, 0))
    flat = few_colours.with_palette(image)
    assert flat.pixelColor(9, 9) == QColor("#f3f5f8")
    assert flat.pixelColor(9, 200) == QColor("#ffffff")


def test_a_picture_of_many_colours_keeps_near_to_them() -> None:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    for x in range(256):
        for y in range(256):
            image.setPixelColor(x, y, QColor(x, y, 128))
    flat = few_colours.with_palette(image)
    assert flat.colorCount() <= few_colours.PALETTE
    for x, y in ((0, 0), (100, 200), (255, 255)):
        shown, meant = flat.pixelColor(x, y), image.pixelColor(x, y)
        assert max(abs(shown.red() - meant.red()), abs(shown.green() - meant.green())) <= 24


def test_every_picture_of_the_manual_is_there_and_small() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", MANUAL)
    assert len(named) > 12
    assert [name for name in named if not (DOCS / name).is_file()] == []
    sizes = {file.name: file.stat().st_size for file in (DOCS / "pictures").glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > 120_000} == {}
    assert sum(sizes.values()) <= 1_200_000


def test_the_manual_has_every_shortcut_of_the_commands() -> None:
    keys: Callable[[str], str] = lambda shortcut: shortcut.replace("Left", "←").replace("Right", "→")  # noqa: E731
    rows = [line for line in MANUAL.splitlines() if line.startswith("| ")]
    for action in ACTIONS:
        wanted = action.shortcut or action.told
        if wanted:
            words = action.text.rstrip("…")
            assert any(f"| {keys(wanted)} |" in row and words in row for row in rows), (wanted, words)
