"""``python -m desktop``: without arguments the window, with a verb the command line."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

Tell = Callable[[str, float], None]
NO_DISPLAY = "没有可用的显示器，窗口打不开；请在桌面环境中启动，或使用命令行（python -m desktop --help）。"


def main(arguments: list[str]) -> int:
    """Open the window, or run one verb; returns the exit status."""
    if arguments:
        from desktop.cli import main as run_verb

        return run_verb(arguments, _picture_window if arguments[0] == "demo" else None)
    if not has_display(sys.platform, os.environ):
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    from desktop.app import run

    return run()


def _picture_window(ledger: Path, target: Path, today: date, tell: Tell) -> tuple[tuple[str, str], ...]:
    """Pictures of the window's pages for the tour, made without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.app import picture_window

    return picture_window(ledger, target, today, tell)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: on Linux a display must be named, or Qt told to do without."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
