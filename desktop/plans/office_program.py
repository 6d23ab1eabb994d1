"""Older office files become new ones through the office program of this PC, if there is one that can do it unseen."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.plans.sniff import Kind
from desktop.plans.source import Progress
from desktop.rules.errors import KnownFault, Refused

LIMIT = 40.0
_PAUSE = 0.05
_KEPT = "原文件和台账都未作改动"
_BY_HAND = "请用WPS或Word打开，另存为{suffix}后再导入"
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}
_DOCUMENTS = (".docx", ".doc", ".xlsx", ".xls", ".pptx", ".ppt", ".wps", ".et", ".rtf", ".odt", ".ods")
_COMMANDS = ("soffice", "libreoffice")
_UNIX = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/usr/local/bin",
    "/snap/bin",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_WPS = (
    "/opt/kingsoft/wps-office/office6/wps",
    "/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office/office6/wps",
    "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6/wps",
    "/usr/bin/wps",
)


def find_office_program() -> Path | None:
    """The LibreOffice of this PC: on the search path, in its usual folders, or under ``/opt``."""
    for command in _COMMANDS:
        found = shutil.which(command)
        if found:
            return Path(found)
    return next((file for folder in _folders() for file in _in_folder(folder)), None)


def has_wps() -> bool:
    """Is WPS there? It converts nothing unseen, but the clerk can save as another format with it."""
    if sys.platform != "win32":
        return any(Path(file).exists() for file in _WPS)
    local = os.environ.get("LOCALAPPDATA", "")
    return any((Path(base) / "Kingsoft" / "WPS Office").is_dir() for base in (*_windows_folders(), local) if base)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from (Path(base) / "LibreOffice" / "program" for base in _windows_folders())
        return
    yield from map(Path, _UNIX)
    yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)


def _windows_folders() -> list[str]:
    names = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")
    return [base for base in map(os.environ.get, names) if base]


def _in_folder(folder: Path) -> list[Path]:
    endings = (".exe",) if sys.platform == "win32" else ("",)
    files = [folder / (command + ending) for command in _COMMANDS for ending in endings]
    return [file for file in files if file.is_file() and os.access(file, os.X_OK)]


def convert(data: bytes, name: str, kind: Kind, target: str, progress: Progress) -> bytes:
    """A file of some kind as ``docx`` or ``xlsx``.

    Refused: no office program that can do it, or none that gets it done in time.
    What ``progress`` raises ends the other program.
    """
    by_hand = _BY_HAND.format(suffix=target)
    program = find_office_program()
    if program is None:
        lacking = "本机的WPS不能代为转换" if has_wps() else "本机没有找到能代为转换的办公软件（LibreOffice）"
        raise Refused(f"“{name}”是{kind.words}，要先转换才能读取，{lacking}，{_KEPT}；{by_hand}。", "needs_office")
    return _converted(program, data, name, (kind.suffixes[0], target), progress, by_hand)


def can_convert(name: str) -> bool:
    """True for a document that an office program of this PC can make pages of."""
    return Path(name).suffix.lower() in _DOCUMENTS and find_office_program() is not None


def as_pdf(data: bytes, name: str, progress: Progress) -> bytes:
    """A document of an office program as PDF; refused as ``convert`` refuses."""
    program = find_office_program()
    if program is None:
        raise Refused(f"本机没有能把“{name}”转成PDF的办公软件（LibreOffice），{_KEPT}。", "needs_office")
    suffixes = (Path(name).suffix.lower().lstrip("."), "pdf")
    return _converted(program, data, name, suffixes, progress, "请用WPS或Word打开，另存为PDF后再收入")


def _converted(
    program: Path, data: bytes, name: str, suffixes: tuple[str, str], progress: Progress, by_hand: str
) -> bytes:
    """The file of the first suffix as one of the second."""
    suffix, target = suffixes
    with TemporaryDirectory(prefix="plan-", ignore_cleanup_errors=True) as folder:
        file, made = Path(folder, f"plan.{suffix}"), Path(folder, "made", f"plan.{target}")
        try:
            file.write_bytes(data)
            process = _start(program, file, made.parent, target)
        except OSError as error:
            sentence = f"转换“{name}”时无法启动LibreOffice或使用临时文件夹（{error.strerror}），{_KEPT}。"
            raise KnownFault(sentence, f"{by_hand}。") from error
        try:
            _wait(process, name, progress, by_hand)
        finally:
            _end(process)
        if not made.is_file() or not made.stat().st_size:
            sentence = f"“{name}”没能由LibreOffice转换，可能已损坏或加了密，{_KEPT}；{by_hand}。"
            raise Refused(sentence, "conversion_failed")
        return made.read_bytes()


def _start(program: Path, file: Path, made: Path, target: str) -> subprocess.Popen[bytes]:
    # A profile of its own: the clerk's own window of that program, if one is open, is not disturbed.
    profile = file.parent.joinpath("profile").as_uri()
    options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
    command = [str(program), f"-env:UserInstallation={profile}", *options]
    return subprocess.Popen(
        [*command, "--convert-to", _FILTERS[target], "--outdir", str(made), str(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment() -> dict[str, str]:
    """The system's own: the portable program has its libraries found first, which others must not take for theirs."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        own = environment.pop("LD_LIBRARY_PATH_ORIG", None)
        environment.pop("LD_LIBRARY_PATH", None)
        if own:
            environment["LD_LIBRARY_PATH"] = own
    return environment


def _wait(process: subprocess.Popen[bytes], name: str, progress: Progress, by_hand: str) -> None:
    begun = time.monotonic()
    while process.poll() is None:
        spent = time.monotonic() - begun
        if spent > LIMIT:
            sentence = f"“{name}”转换了{LIMIT:.0f}秒还没有完成，已停止，{_KEPT}；{by_hand}。"
            raise Refused(sentence, "conversion_failed")
        progress(f"正在用LibreOffice转换“{name}”", 0.5 * spent / LIMIT)
        time.sleep(_PAUSE)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started: what was called is often only a starter."""
    if sys.platform == "win32":
        if process.poll() is None:
            command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    process.wait()
