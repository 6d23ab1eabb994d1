"""The commands for whoever has the source: start the program, test it, build it. Standard library only.

``python3 run.py`` sets up what is missing and starts the program; further words go to ``python -m desktop``.
``python3 run.py test`` sets up and runs ruff, mypy and pytest; further words go to pytest.
``python3 run.py build`` makes the portable folder in ``dist/`` by ``build.spec``, to which further words go.
Set-up means: the packages of ``requirements.txt`` in ``.venv`` beside this file, and the free Chinese fonts in the
cache of the user. Where a part of the system is missing, root on a Debian-like system gets it by apt; anybody else
is told the one line to run. Exit 0 done, 1 stopped with one clear line, 2 a Python that cannot run the program.
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

OLDEST, NEWEST = (3, 11), (3, 13)


def version_fault(version: "tuple[int, int]") -> str:
    """The line for a Python that cannot run the program, or an empty text."""
    if OLDEST <= version <= NEWEST:
        return ""
    have = "{}.{}".format(*version)
    return (
        f"需要 Python 3.11、3.12 或 3.13，当前是 {have}，请换用其中一个版本运行 run.py。"
        f" / Python 3.11, 3.12 or 3.13 is needed, this is {have}."
    )


# Asked before the rest is read: an older Python stumbles over the type hints below with a traceback.
if __name__ == "__main__" and version_fault(sys.version_info[:2]):
    print(version_fault(sys.version_info[:2]), file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements.txt"
TOUR = ["demo", str(ROOT / "out")]
WITHOUT_FONTS = "--without-fonts"

# The free faces; FandolSong-Bold stands for 小标宋.
FANDOL = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Regular.otf",
    "FandolSong-Bold.otf",
)
FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL_TEXTS = ("COPYING.gz", "COPYING", "README")
TEX_TREES = (Path("/usr/share/texlive/texmf-dist"), Path("/usr/share/texmf-dist"))
# 仿宋, 楷体, 黑体, 宋体: a machine with one file of each row prints with its own faces.
OFFICIAL = (
    ("simfang.ttf", "fzfsk.ttf", "stfangso.ttf"),
    ("simkai.ttf", "fzktk.ttf", "stkaiti.ttf"),
    ("simhei.ttf", "fzhtk.ttf"),
    ("simsun.ttc", "fzssk.ttf"),
)
# For a tool whose words are kept from the screen: no questions, errors among the rest.
JOINED: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
# What tools say when they fail, and the cause in the words of a person.
CAUSES = (
    ("DO NOT MATCH THE HASHES", "取得的文件与 requirements.txt 中的校验值不符，已拒绝安装"),
    ("No space left", "磁盘空间不足"),
    (
        "connection ?(refused|reset|error|broken|timed)|connect to|resolving|name resolution|timed? ?out|proxyerror"
        "|sslerror|failed to fetch|no matching distribution|unable to locate package",
        "没能从软件来源取得文件（网络不通，或来源中没有所需版本）",
    ),
    ("permission ?(denied|error)|access is denied", "没有写入权限，或文件正被占用"),
)


class Need(NamedTuple):
    """A part of the system: what it is called, the Debian packages that bring it, whether it is missing."""

    what: str
    packages: tuple[str, ...]
    missing: Callable[[], bool]


class Stopped(Exception):
    """Set-up cannot go on; the text is the whole message for the person at the keyboard."""


def _no_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is None


def _no_qt() -> bool:
    probe = "import PySide6.QtWidgets, PySide6.QtNetwork, PySide6.QtPrintSupport, PySide6.QtSvg"
    return bool(run_quietly([str(venv_python()), "-c", probe]).returncode)


def _cannot_build() -> bool:
    if sys.platform == "win32":
        return False
    probe = "import ctypes, pathlib, PySide6; from PyInstaller.depend import bindepend; "
    probe += "bindepend.get_python_library_path(); "
    probe += "ctypes.CDLL(str(next(pathlib.Path(PySide6.__file__).parent.rglob('libqxcb.so'))))"
    return not shutil.which("objdump") or bool(run_quietly([str(venv_python()), "-c", probe]).returncode)


NEEDS = (Need("Python 的 venv 组件", ("python{}.{}-venv".format(*sys.version_info[:2]),), _no_ensurepip),)
# Asked once .venv is made: the first line is what Qt loads at all, the others what its windows on X11 need.
QT_NEEDS = (
    Need(
        "窗口界面所需的系统库",
        (
            *("libegl1", "libgl1", "libglib2.0-0", "libx11-6", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
            *("libbrotli1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-xkb1", "libxcb-randr0"),
            *("libxcb-shape0", "libxcb-xfixes0", "libxcb-sync1", "libx11-xcb1", "libxkbcommon-x11-0"),
        ),
        _no_qt,
    ),
)


# Asked when the portable folder is to be built: tools of the linker, Python as a library, X11's smaller parts.
BUILD_NEEDS = (
    Need(
        "打包所需的系统部件",
        ("binutils", "libpython{}.{}".format(*sys.version_info[:2]), *QT_NEEDS[0].packages),
        _cannot_build,
    ),
)


def main(words: list[str]) -> int:
    """Set up and do what the words ask for; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    first, rest = words[:1], words[1:]
    try:
        set_up(free_fonts=first == ["test"] or (first == ["build"] and WITHOUT_FONTS not in rest))
        if first == ["build"]:
            return run_build(rest)
        return run_tests(rest) if first == ["test"] else start(words)
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"准备运行环境时出错：{error}。已备好的部分都保留，处理后请重新运行 run.py。", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；重新运行 run.py 会接着准备。", file=sys.stderr)
        return 130


def start(words: list[str]) -> int:
    """Start the program with these words; without words the window, or its guided tour where there is no display."""
    command = [str(venv_python()), "-P", "-m", "desktop", *(words or ([] if has_display() else TOUR))]
    sys.stdout.flush()
    if sys.platform == "win32":
        # os.exec returns to the prompt at once there and leaves two programs reading one keyboard.
        return subprocess.run(command, env=program_environment(), check=False).returncode
    os.execve(command[0], command, program_environment())


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_tests(words: list[str]) -> int:
    """ruff, mypy, then pytest with these words, whose count comes last; 0 only when all three pass."""
    python = str(venv_python())
    codes = {}
    for tool, rest in (("ruff", ["check", "."]), ("mypy", []), ("pytest", words)):
        print(f"—— {tool}", flush=True)
        codes[tool] = subprocess.run([python, "-m", tool, *rest], cwd=ROOT, check=False).returncode
        if codes[tool] and tool != "pytest":
            print(f"{tool} 未通过，本次测试的结果为失败。", flush=True)
    return next((code for code in codes.values() if code), 0)


def run_build(words: list[str]) -> int:
    """Make the portable folder; the words are for ``build.spec``, which says what it does and tests what it made."""
    install_needs(BUILD_NEEDS)
    print("正在打包程序文件夹（约两分钟）……", flush=True)
    command = [str(venv_python()), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", "dist"]
    command += ["--workpath", "build", "build.spec", "--", *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def set_up(free_fonts: bool) -> None:
    """Make what is missing; when nothing is, only a few files are looked at.

    ``free_fonts``: they must be there even where the machine has official ones, for tests and for the portable folder.
    """
    if venv_ready() and qt_ready() and fonts_ready(free_fonts):
        return
    with set_up_lock():
        if not venv_ready():
            install_needs(NEEDS)
            make_venv()
        if not qt_ready():
            install_needs(QT_NEEDS)
            write_whole(VENV / "qt", venv_stamp().encode())
        if not fonts_ready(free_fonts):
            make_fonts()


def venv_python() -> Path:
    """The interpreter inside ``.venv``."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def venv_stamp() -> str:
    """What a finished ``.venv`` was made from: the pins, the Python and the kind of system."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{digest} {sys.implementation.cache_tag} {sys.platform}"


def venv_ready() -> bool:
    """Whether ``.venv`` was finished, by this version of Python, from the present pins, and its Python still exists."""
    return read_text(VENV / "ready") == venv_stamp() and os.access(venv_python(), os.X_OK)


def qt_ready() -> bool:
    """Whether this machine was found to have the system libraries of the window."""
    return read_text(VENV / "qt") == venv_stamp()


def make_venv() -> None:
    """Make ``.venv`` anew from the pins. The stamp goes first and comes last, so a killed set-up is never trusted."""
    (VENV / "ready").unlink(missing_ok=True)
    print("正在建立运行环境 .venv ……", flush=True)
    python = getattr(sys, "_base_executable", None) or sys.executable
    made = run_quietly([python, "-m", "venv", "--clear", str(VENV)], keep_lock=True)
    if made.returncode:
        raise Stopped(f"运行环境 .venv 没有建成：{reason(made.stdout)}。请关闭正在运行的本程序后重新运行 run.py。")
    print("正在安装所需组件（首次需要联网，约一两分钟）……", flush=True)
    code, output = install_packages()
    if code:
        log = VENV / "set-up.log"
        log.write_text(output, encoding="utf-8")
        raise Stopped(f"所需组件没有装成：{reason(output)}。请处理后重新运行 run.py，详情见 {log}。")
    write_whole(VENV / "ready", venv_stamp().encode())


def install_packages() -> tuple[int, str]:
    """Run pip on the pins; its exit code and all it said. It uses the package source that the machine is set up for."""
    command = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--no-color", "--progress-bar", "off", "-r", str(REQUIREMENTS)]
    said = []
    with subprocess.Popen(command, close_fds=False, encoding="utf-8", errors="replace", **JOINED) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                print(f"  正在取得 {line.split()[1]}", flush=True)
    return pip.returncode, "".join(said)


def program_environment() -> dict[str, str]:
    """The environment in which the program finds its own code from whatever folder it is started."""
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *([before] if before else [])])}


def has_apt() -> bool:
    """Whether this is a Debian-like system."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def is_root() -> bool:
    """Whether parts of the system may be installed by us."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_line(packages: tuple[str, ...]) -> str:
    """The one line that brings these packages, for a person who may use sudo."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install_needs(needs: tuple[Need, ...]) -> None:
    """Install what is missing, or stop with the one line to run."""
    missing = [need for need in needs if need.missing()]
    if not missing:
        return
    what = "、".join(need.what for need in missing)
    packages = tuple(package for need in missing for package in need.packages)
    if not has_apt():
        raise Stopped(f"缺少 {what}：请安装完整的 Python（3.11 至 3.13）及上述部分，再运行 run.py。")
    if not is_root():
        raise Stopped(f"缺少 {what}，尚未改动任何东西。请先运行下面这一行，再重新运行 run.py：\n{apt_line(packages)}")
    print(f"正在安装 {what}（apt：{' '.join(packages)}）……", flush=True)
    apt("update")
    done = apt("install", "-y", "--no-install-recommends", *packages)
    if done.returncode or any(need.missing() for need in missing):
        raise Stopped(f"没能装上 {what}：{reason(done.stdout)}。请处理后重新运行 run.py。")


def apt(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run apt-get without questions."""
    return run_quietly(["apt-get", "-q", *words], cwd=cwd, DEBIAN_FRONTEND="noninteractive", LC_ALL="C")


def fonts_cache() -> Path:
    """Where the program keeps the free fonts."""
    from desktop import paths  # an older Python must get past the top of this file

    return paths.fonts_cache()


def fonts_stamp() -> str:
    """What the converted fonts were made by; when it differs, the conversion is asked to look again."""
    recipe = sorted((ROOT / "desktop/documents").glob("font_*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in recipe)).hexdigest()


def fonts_ready(free_fonts: bool) -> bool:
    """Whether paper can be printed: the free fonts are converted, or, unless they must be, the machine has its own."""
    stamp, *converted = read_text(VENV / "fonts").splitlines() or [""]
    glyf = fonts_cache() / "glyf"
    if converted and stamp == fonts_stamp() and all((glyf / name).is_file() for name in converted):
        return True
    return not free_fonts and has_official_fonts()


def has_official_fonts() -> bool:
    """Whether the machine has 仿宋, 楷体, 黑体 and 宋体 of its own (by file name; the program looks inside later)."""
    from desktop import paths

    names = {file.lower() for folder in paths.system_font_dirs() for _, _, files in os.walk(folder) for file in files}
    return all(any(name in names for name in row) for row in OFFICIAL)


def make_fonts() -> None:
    """Get the free fonts if they are not in the cache, and convert them for paper if that was not done yet."""
    otf = fonts_cache() / "otf"
    if not all((otf / name).is_file() for name in FANDOL):
        get_fonts(otf)
    command = [str(venv_python()), "-P", "-m", "desktop.documents.font_build"]
    if subprocess.run(command, env=program_environment(), check=False).returncode:
        raise Stopped("中文字体没有转换成功，原因见上一行；处理后请重新运行 run.py。")
    converted = sorted(file.name for file in (fonts_cache() / "glyf").glob("*.ttf"))
    write_whole(VENV / "fonts", "\n".join([fonts_stamp(), *converted]).encode())


def get_fonts(otf: Path) -> None:
    """Bring the free fonts and their licence texts into ``otf``: from a TeX on this machine, else by one download."""
    otf.mkdir(parents=True, exist_ok=True)
    for tree in TEX_TREES:
        if take_fonts(tree, otf):
            return
    by_hand = f"也可以把 {'、'.join(FANDOL)} 放入 {otf}。"
    if not has_apt():
        raise Stopped(f"缺少中文字体，本机没有 apt，无法自动取得；请安装 TeX Live 中的 Fandol 字体，{by_hand}")
    print("正在取得中文字体 Fandol（约 50 MB，只需一次，本机各份程序共用）……", flush=True)
    with tempfile.TemporaryDirectory(prefix="fandol-") as folder:
        got = apt("download", FANDOL_PACKAGE, cwd=Path(folder))
        if got.returncode and is_root():
            apt("update")
            got = apt("download", FANDOL_PACKAGE, cwd=Path(folder))
        if got.returncode:
            first = "" if is_root() else "如果本机还没有软件列表，请先运行 sudo apt-get update；"
            raise Stopped(f"没能取得中文字体：{reason(got.stdout)}。{first}处理后请重新运行 run.py，{by_hand}")
        package = next(Path(folder).glob("*.deb"))
        unpacked = run_quietly(["dpkg-deb", "-x", str(package), f"{folder}/x"])
        if unpacked.returncode or not take_fonts(Path(folder) / "x/usr/share/texlive/texmf-dist", otf):
            raise Stopped(f"中文字体包没有解开：{reason(unpacked.stdout)}。处理后请重新运行 run.py，{by_hand}")


def take_fonts(tree: Path, otf: Path) -> bool:
    """Copy the free fonts from a TeX tree, each file whole or not at all; False when the tree has not all of them."""
    fonts = [tree / "fonts/opentype/public/fandol" / name for name in FANDOL]
    if not all(font.is_file() for font in fonts):
        return False
    folders = (tree / "doc/fonts/fandol", tree.parent.parent / "doc/texlive-doc/fonts/fandol")
    texts = [folder / name for folder in folders for name in FANDOL_TEXTS if (folder / name).is_file()]
    for text in texts:
        content = text.read_bytes()
        write_whole(otf / text.name.removesuffix(".gz"), gzip.decompress(content) if text.suffix == ".gz" else content)
    for font in fonts:
        write_whole(otf / font.name, font.read_bytes())
    return True


@contextmanager
def set_up_lock() -> Iterator[None]:
    """One set-up at a time for all clones of this user; the system lets go of the lock when a set-up is killed."""
    file = fonts_cache().parent / "set-up.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+") as handle:
        # A pip that outlives a killed set-up holds on to it too, else it would write into the next .venv.
        os.set_inheritable(handle.fileno(), True)
        if not try_lock(handle.fileno()):
            print("另一个窗口正在准备运行环境，请稍候……", flush=True)
            while not try_lock(handle.fileno()):
                time.sleep(0.5)
        yield


def try_lock(descriptor: int) -> bool:
    """Whether the lock on this open file is now ours."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def run_quietly(
    command: list[str], cwd: Path | None = None, keep_lock: bool = False, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run to the end without a word; all output, errors too, is in ``stdout``. ``extra`` adds to the environment."""
    env = {**os.environ, **extra}
    return subprocess.run(
        command, cwd=cwd, env=env, close_fds=not keep_lock, encoding="utf-8", errors="replace", check=False, **JOINED
    )


def reason(output: str) -> str:
    """Why pip, apt or another tool failed, from all it said: the common causes in Chinese, else its own last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and not line.startswith("W: ")]
    for pattern, cause in CAUSES:
        if any(re.search(pattern, line, re.IGNORECASE) for line in lines):
            return cause
    return (lines or ["没有说明原因"])[-1].rstrip(".。")


def read_text(file: Path) -> str:
    """The text of a small file; empty when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def write_whole(file: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever sees half of it."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
