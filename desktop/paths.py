"""Where things lie: resources inside the program, caches and ledgers outside of it. Standard library only."""

import os
import sys
from pathlib import Path

_APP = "zhenggai-taizhang"


def program_dir() -> Path:
    """The folder that holds ``resources/``: the checkout, or the bundle of the portable folder."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file or folder of ``resources/``."""
    return program_dir().joinpath("resources", *parts)


def cache_dir() -> Path:
    """A folder for what can be made again, shared by all copies of the program of this user."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / _APP


def fonts_cache() -> Path:
    """Where the free fonts lie: ``otf/`` as downloaded, ``glyf/`` converted for paper."""
    return cache_dir() / "fonts"


def settings_dir() -> Path:
    """Where this user's settings lie."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / _APP


def system_font_dirs() -> tuple[Path, ...]:
    """Folders in which the machine and the user keep fonts (gongwen B5)."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return (
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            Path(local) / "Microsoft" / "Windows" / "Fonts",
        )
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local" / "share" / "fonts",
        Path.home() / ".fonts",
    )
