"""Where things lie: resources inside the program, caches and ledgers outside of it. Standard library only."""

import os
import sys
from pathlib import Path

_APP = "zhenggai-taizhang"
OWN_FOLDER = "资料"
_own: Path | None = None


def is_portable() -> bool:
    """True in the portable folder that ``build.spec`` makes, False in a checkout."""
    return bool(getattr(sys, "frozen", False))


def command() -> str:
    """How the command line calls the program."""
    return Path(sys.executable).stem if is_portable() else "python -m desktop"


def program_dir() -> Path:
    """The folder that holds ``resources/``: the checkout, or the bundle of the portable folder."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file or folder of ``resources/``."""
    return program_dir().joinpath("resources", *parts)


def beside_program(name: str) -> Path:
    """A file next to what the user starts: the executable of the portable folder, or ``run.py`` of a checkout."""
    return (Path(sys.executable).parent if is_portable() else program_dir()) / name


def use_own_folder(folder: Path | None) -> None:
    """Name the folder whose holidays, regions and templates win over the program's; the wiring does so at the start.

    It lies outside the program, so that replacing the program keeps it. None: the program's own files only.
    """
    global _own
    _own = folder


def own_folder() -> Path | None:
    """The folder named by ``use_own_folder``, whether it exists or not."""
    return _own


def office_resource(*parts: str) -> Path:
    """A file of ``resources/`` that an office may replace: its own where there is one, else the program's."""
    own = _own.joinpath(*parts) if _own else None
    return own if own and own.is_file() else resource(*parts)


def office_resources(kind: str) -> tuple[Path, ...]:
    """The TOML files of a folder such as ``holidays``: the program's, then the office's own, which win."""
    folders = (resource(kind), *((_own / kind,) if _own else ()))
    return tuple(file for folder in folders for file in sorted(folder.glob("*.toml")))


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


def font_folders() -> tuple[Path, ...]:
    """Where free fonts may lie, the first that has one wins: inside the portable folder, then the user's cache."""
    return (program_dir() / "fonts", fonts_cache()) if is_portable() else (fonts_cache(),)


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
