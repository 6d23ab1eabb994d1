"""自检: can this program, on this machine, do what it is for? Each part on its own, with a short report in Chinese.

For the IT person who hands the program out. Everything is tried in a temporary folder; no ledger of anybody is touched.
"""

import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from desktop import __version__, paths, screen
from desktop.first_settings import FirstSettings
from desktop.rules.errors import KnownFault, Refused
from desktop.selftest_desk import AGAIN, Desk, Part
from desktop.settings import Settings


def main(settings: Settings, first: FirstSettings, parts: Sequence[Part] | None = None) -> int:
    """Try every part and print the report; 0 when all is well, 1 when any part failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    began = time.monotonic()
    _say(f"督察整改台账 {__version__} 自检")
    _say(f"系统：{platform.platform()}，Python {platform.python_version()}")
    _say(f"程序：{paths.beside_program('').resolve()}")
    with tempfile.TemporaryDirectory(prefix="zijian-", ignore_cleanup_errors=True) as folder:
        failed = _try_all(Desk(Path(folder), settings, first), parts)
    took = f"用时{time.monotonic() - began:.0f}秒。"
    _say(f"自检未通过，有问题的部分：{'、'.join(failed)}。{took}" if failed else f"自检通过，可以使用。{took}")
    return 1 if failed else 0


def _try_all(desk: Desk, parts: Sequence[Part] | None) -> list[str]:
    """Try the parts in order, telling of each; the names of those that failed."""
    if parts is None:
        try:
            from desktop.selftest_parts import PARTS
        except ImportError as error:
            _say(f"[失败] 程序部件：{in_words(error)}")
            return ["程序部件"]
        parts = PARTS
    failed = []
    for name, run in parts:
        try:
            _say(f"[正常] {name}：{run(desk)}")
        except Exception as error:
            _say(f"[失败] {name}：{in_words(error)}")
            failed.append(name)
    return failed


def in_words(error: Exception) -> str:
    """What went wrong and what to do, for whoever reads the report."""
    if isinstance(error, KnownFault | Refused):
        return str(error)
    if isinstance(error, ImportError):
        is_lacking = screen.is_of_the_system(error)
        return screen.library_fault(str(error)) if is_lacking else f"缺少部件（{error}）。{AGAIN}"
    if isinstance(error, OSError):
        where = f"：{error.filename}" if error.filename else ""
        return f"读写出错{where}（{error.strerror or error}）。请检查磁盘空间和文件夹权限。"
    traceback.print_exception(error)
    return f"程序内部出错（{type(error).__name__}：{error}）。{AGAIN}"


def _say(line: str) -> None:
    try:
        sys.stdout.write(" ".join(line.split()) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the report has gone, as head does; the parts are tried to the end for the exit status.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
