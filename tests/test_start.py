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
