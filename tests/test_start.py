"""``python -m desktop``: with a verb the command line, without one the window, where there is a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.screen import has_display, no_display

ROOT = Path(__file__).resolve().parent.parent


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program; a display is named only when a test names one."""
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "desktop", *arguments]
    env = {**bare, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_without_a_display_the_program_says_so_in_one_line() -> None:
    told = start()
    assert (told.returncode, told.stdout, told.stderr) == (1, "", no_display() + "\n")


def test_a_verb_needs_no_display() -> None:
    told = start("--help")
    assert told.returncode == 0
    assert "read-plan" in told.stdout


OPENING = """
import sys
from datetime import date
from pathlib import Path
from desktop.app import make_app
from desktop.operations.ledgers import new_ledger
from desktop.settings import Settings
from desktop.views.pages import STEPS
from desktop.views.place import PageKey, Place
from desktop.views.program import build_window
app = make_app()
desk = Path(sys.argv[1])
with new_ledger(desk / "台账", "蒸湘区整改办", date(2026, 11, 23), person="李明") as ledger:
    window = build_window(ledger, "李明", lambda: date(2026, 11, 23), Settings(desk / "settings.json"))
    window.show()
    for key in window.page_keys():
        # These list papers or draw charts as paper, which is done off the window's thread.
        if key not in (PageKey.PAPERS, PageKey.CASE, PageKey.FIGURES):
            window.go(Place(key))
            app.processEvents()
    window.close_at_once()
for load in STEPS:
    load()
print(*sorted(set(sys.modules) & set(sys.argv[2:])))
"""


def test_pages_open_without_the_libraries_that_only_some_work_needs(tmp_path: Path) -> None:
    heavy = "openpyxl reportlab docx fontTools PIL pypdfium2 pypdf urllib.request"
    command = [sys.executable, "-c", OPENING, str(tmp_path), *heavy.split()]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout.split()) == (0, []), ran.stderr[-2000:]


BEGINNING = """
import sys
from pathlib import Path
from desktop.app import make_app
from desktop.settings import Settings
from desktop.views.program import Program
app = make_app()
program = Program(app, Settings(Path(sys.argv[1]) / "settings.json"))
program.show_start()
app.processEvents()
print(program.start.isVisible(), *sorted(set(sys.modules) & set(sys.argv[2:])))
program.end()
"""


def test_the_start_page_shows_without_the_store_and_the_window(tmp_path: Path) -> None:
    later = "peewee desktop.operations.ledgers desktop.views.main_window desktop.views.session forms.base"
    command = [sys.executable, "-c", BEGINNING, str(tmp_path), *later.split()]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout.split()) == (0, ["True"]), ran.stderr[-2000:]


HASTY = """
import sys
from datetime import date
from pathlib import Path
from desktop.app import make_app
from desktop.operations.ledgers import new_ledger
from desktop.settings import Settings
from desktop.views import ahead
from desktop.views.place import PageKey, Place
from desktop.views.program import Program
ahead.FIRST_MS = ahead.GAP_MS = 0
app = make_app()
desk, leaves = Path(sys.argv[1]), sys.argv[2]
new_ledger(desk / "台账", "蒸湘区整改办", date(2026, 11, 23), person="李明").close()
program = Program(app, Settings(desk / "settings.json"))
program.show_start()
program.open_folder(desk / "台账", "李明")
window = program.window
coming = window.findChild(ahead.Ahead)
opened = set()
for key in reversed(window.page_keys()):
    window.go(Place(key))
    opened |= {window.page.key.value}
    app.processEvents()
    if leaves and len(opened) == 2:
        break
print(len(opened), len(window.page_keys()), len(coming.left) > 0)
window.close_at_once()
for _ in range(50):
    app.processEvents()
print(program.window is None)
program.end()
"""


@pytest.mark.parametrize("leaves", ["", "closes early"])
def test_a_clerk_in_a_hurry_opens_and_closes_while_pages_are_still_imported(leaves: str, tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", HASTY, str(tmp_path), leaves]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    opened, pages, still, gone = ran.stdout.split()
    assert (opened, still) == ("2", "True") if leaves else opened == pages
    assert gone == "True"
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert has_display(platform, environment) is expected


def test_the_reader_of_pdfs_called_by_hand_ends_without_a_word() -> None:
    told = start("--read-pdf")
    assert (told.returncode, told.stdout, told.stderr) == (2, "", "")
