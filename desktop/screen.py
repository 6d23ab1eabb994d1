"""Whether a window can be shown on this machine, and in one sentence why not. Standard library only."""

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop import paths

OFFSCREEN = "offscreen"
_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def no_display() -> str:
    """The sentence for a machine, or a session, without a screen."""
    return f"没有可用的显示器，窗口打不开；请在桌面环境中启动，或使用命令行（{paths.command()} --help）。"


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: on Linux a display must be named, or Qt told to do without."""
    return not platform.startswith("linux") or any(environment.get(name) for name in _NAMES)


def choose_platform() -> None:
    """In the portable folder, X11 and else no screen: Qt then comes back to tell why instead of ending abruptly."""
    if paths.is_portable() and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", f"xcb;{OFFSCREEN}")


def free_library_path() -> None:
    """Programs that this one starts, a viewer or an office, shall load the system's libraries, not the folder's."""
    if paths.is_portable() and sys.platform.startswith("linux"):
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before:
            os.environ["LD_LIBRARY_PATH"] = before


def platform_fault(platform: str, plugins: Path) -> str:
    """Why there is no window though one was asked for: the system library that is missing, or no display.

    ``platform`` is what Qt chose, ``plugins`` the folder of its plugins. Empty when nothing is wrong.
    """
    if platform != OFFSCREEN or os.environ.get("QT_QPA_PLATFORM", "").split(";")[0] in ("", OFFSCREEN):
        return ""
    return missing_library(plugins / "platforms" / "libqxcb.so") or no_display()


def missing_library(plugin: Path) -> str:
    """The sentence naming the system library that a plugin needs and the machine has not; empty when it loads."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        # PyInstaller's loader says that nothing was found and keeps what the system said behind it.
        return library_fault(str(error.__cause__ or error))
    return ""


def is_of_the_system(error: ImportError) -> bool:
    """Whether a part of the program does not load because of a library that the system lacks."""
    return ".so" in str(error) and "cannot open" in str(error)


def library_fault(said: str) -> str:
    """The sentence for what the system says of a library that does not load."""
    named = re.search(r"(lib[\w.+-]+\.so[\d.]*): cannot open", said)
    what = f"系统缺少 {named[1]}" if named else f"界面部件不能装入（{said}）"
    return f"窗口打不开：{what}。请让管理员安装所缺的系统软件包，清单见部署说明。"
