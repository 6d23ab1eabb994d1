"""build.spec, run as PyInstaller runs it but with stubs for its classes and for other programs, on both systems."""

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PyInstaller import compat
from PyInstaller.depend import bindepend

from desktop import __version__, paths
from desktop.documents.font_recipe import RECIPE, SOURCES
from desktop.operations.selftest import SUMS, compare_with_sums

ROOT = Path(__file__).resolve().parents[2]
NAME = "整改台账"
Entry = tuple[str, str, str]
# Top-level modules by which the rooms import what pyproject.toml names.
MODULES = ("peewee", "PIL", "reportlab", "fontTools", "openpyxl", "pypdfium2", "python_calamine", "docx", "pypdf")
MODULES += ("cryptography", "pyrage", "PySide6")


class Recipe:
    """One run of the recipe: what it told PyInstaller's classes, and the names it left behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: dict[str, list[Any]] = {"Analysis": [], "EXE": [], "COLLECT": []}
        self.names: dict[str, Any] = {}
        self.selftest_status = 0
        self.tools: list[list[str]] = []
        self.linked: dict[str, list[str]] = {}
        self.binaries: list[Entry] = [("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY")]
        self.datas: list[Entry] = []

    @property
    def made(self) -> Path:
        """The portable folder."""
        return self.folder / "dist" / NAME

    def run(self, *words: str) -> "Recipe":
        """Run build.spec with these words behind ``--``."""
        sys.argv[:] = ["build.spec", *words]
        recipe = self

        class Analysis:
            def __init__(self, scripts: list[str], **options: Any) -> None:
                recipe.told["Analysis"].append({"scripts": scripts, **options})
                self.pure = [(module, "", "PYMODULE") for module in MODULES]
                self.scripts, self.binaries, self.datas = scripts, list(recipe.binaries), list(recipe.datas)

        def exe(*_parts: object, **options: Any) -> str:
            recipe.told["EXE"].append(options)
            return str(options["name"])

        def collect(*parts: Any, **options: Any) -> None:
            recipe.told["COLLECT"].append({"parts": parts, **options})
            (recipe.made / "_internal").mkdir(parents=True)
            for part in parts:
                if isinstance(part, str):
                    (recipe.made / (f"{part}.exe" if compat.is_win else part)).write_bytes(part.encode())

        self.names |= {"SPECPATH": str(ROOT), "DISTPATH": str(self.folder / "dist"), "EXE": exe, "COLLECT": collect}
        self.names |= {"workpath": str(self.folder / "build"), "Analysis": Analysis, "PYZ": lambda pure: "pyz"}
        exec(compile((ROOT / "build.spec").read_text(encoding="utf-8"), "build.spec", "exec"), self.names)
        return self

    def tool(self, command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        """Stand in for every program: the built one, strip, objdump, dpkg; tar is not there."""
        self.tools.append(command)
        if command[-1] == "--selftest":
            return subprocess.CompletedProcess(command, self.selftest_status, "")
        said = "".join(f"  NEEDED   {name}\n" for name in self.linked.get(command[-1], ()))
        return subprocess.CompletedProcess(command, int(command[0] == "tar"), said)


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Recipe:
    """The recipe on Linux, with a cache of small fonts."""
    cache = tmp_path / "fonts"
    for name in (*SOURCES.values(), "COPYING", "README"):
        (cache / "otf").mkdir(parents=True, exist_ok=True)
        (cache / "otf" / name).write_bytes(name.encode())
    (cache / "glyf").mkdir()
    for name in SOURCES:
        (cache / "glyf" / f"{name}.{RECIPE}-0123456789ab.ttf").write_bytes(b"font")
    monkeypatch.setattr(paths, "fonts_cache", lambda: cache)
    made = Recipe(tmp_path)
    monkeypatch.setattr(subprocess, "run", made.tool)
    monkeypatch.setattr(compat, "is_win", False)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(sys, "path", list(sys.path))
    return made


@pytest.fixture
def on_windows(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows as far as the recipe asks for it."""
    monkeypatch.setattr(compat, "is_win", True)
    monkeypatch.setattr(bindepend, "get_imports", lambda file: [])


def unmarked(file: Path) -> str:
    """A text as the notepad shows it."""
    return file.read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("on_windows")
def test_on_windows_there_is_a_windowed_program_and_its_twin_for_the_console(recipe: Recipe) -> None:
    recipe.run()
    assert [(exe["name"], exe["console"], exe["upx"]) for exe in recipe.told["EXE"]] == [
        (NAME, False, False),
        ("taizhang", True, False),
    ]
    assert recipe.told["COLLECT"][0]["name"] == NAME
    assert recipe.told["COLLECT"][0]["upx"] is False
    tried = [command[0] for command in recipe.tools if command[-1] == "--selftest"]
    assert tried == [str(recipe.made / "taizhang.exe")]


@pytest.mark.usefixtures("on_windows")
def test_the_manifest_of_windows_asks_for_long_paths_and_utf_8_and_no_administrator(recipe: Recipe) -> None:
    manifest = recipe.run().told["EXE"][0]["manifest"]
    assert re.search(r"<longPathAware [^>]*>true<", manifest)
    assert re.search(r"<activeCodePage [^>]*>UTF-8<", manifest)
    assert "requireAdministrator" not in manifest
    from PyInstaller.utils.win32.winmanifest import create_application_manifest

    whole = create_application_manifest(manifest).decode()
    assert 'level="asInvoker"' in whole
    assert whole.count("activeCodePage") == 2
    assert "Microsoft.Windows.Common-Controls" in whole


@pytest.mark.usefixtures("on_windows")
def test_the_icon_has_the_sizes_that_windows_shows(recipe: Recipe) -> None:
    icon = recipe.run().told["EXE"][0]["icon"]
    with Image.open(icon) as picture:
        assert {(16, 16), (24, 24), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]
        picture.load()
        assert picture.getpixel((128, 8)) == (31, 95, 158, 255)


@pytest.mark.usefixtures("on_windows")
def test_the_version_resource_reads_as_pyinstaller_reads_it(recipe: Recipe) -> None:
    text = Path(recipe.run().told["EXE"][0]["version"]).read_text(encoding="utf-8")

    def noted(name: str) -> Callable[..., Any]:
        return lambda *parts, **fields: (name, parts, fields)

    read = eval(text, {name: noted(name) for name in re.findall(r"(\w+)\(", text)})
    fixed, kids = read[2]["ffi"][2], read[2]["kids"]
    assert ".".join(map(str, fixed["filevers"])).startswith(__version__)
    table = kids[0][1][0][0]
    assert table[1][0] == "080404B0"
    assert {part[1] for part in table[1][1]} >= {("ProductName", "督察整改台账"), ("ProductVersion", __version__)}
    assert kids[1][1][0][0][1] == ("Translation", [2052, 1200])


@pytest.mark.usefixtures("on_windows")
def test_windows_gets_a_zip_with_chinese_names_its_explorer_reads(recipe: Recipe) -> None:
    recipe.run()
    archive = recipe.folder / "dist" / f"{NAME}-{__version__}-Windows-x64.zip"
    with zipfile.ZipFile(archive) as whole:
        names = whole.namelist()
        assert whole.getinfo(f"{NAME}/{NAME}.exe").flag_bits & 0x800
    assert {f"{NAME}/taizhang.exe", f"{NAME}/先读我.txt", f"{NAME}/{SUMS}", f"{NAME}/部署说明.txt"} <= set(names)
    assert not [name for name in names if name.endswith((".sh", ".png"))]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert archive.with_name(archive.name + ".sha256").read_text(encoding="utf-8") == f"{digest}  {archive.name}\n"
    assert "双击“整改台账.exe”" in unmarked(recipe.made / "先读我.txt")
    assert "taizhang.exe --selftest" in unmarked(recipe.made / "先读我.txt")


def test_linux_gets_one_program_and_an_archive_that_keeps_it_executable(recipe: Recipe) -> None:
    recipe.run()
    assert [exe["name"] for exe in recipe.told["EXE"]] == [NAME]
    assert not {"icon", "version", "manifest"} & set(recipe.told["EXE"][0])
    (archive,) = (recipe.folder / "dist").glob("*.tar.xz")
    assert re.fullmatch(rf"{NAME}-{re.escape(__version__)}-Linux-\w+-glibc[\d.]+\.tar\.xz", archive.name)
    with tarfile.open(archive) as whole:
        assert whole.getmember(f"{NAME}/添加快捷方式.sh").mode & 0o111
        assert f"{NAME}/{NAME}.png" in whole.getnames()


def test_the_program_starts_from_its_own_entry_with_its_resources_and_the_free_fonts(recipe: Recipe) -> None:
    (told,) = recipe.run().told["Analysis"]
    assert told["scripts"] == [str(ROOT / "desktop" / "__main__.py")]
    assert (str(ROOT / "resources"), "resources") in told["datas"]
    fonts = [Path(file).name.split(".")[0] for file, place in told["datas"] if place == "fonts/glyf"]
    assert fonts == list(SOURCES)
    with zipfile.ZipFile(recipe.folder / "dist" / f"{NAME}-字体原件.zip") as whole:
        assert set(whole.namelist()) == {*SOURCES.values(), "COPYING", "README"}
    notes = recipe.made / "许可" / "字体"
    texts = {"COPYING", "README", "font_build.py", "font_convert.py", "font_parts.py", "说明.txt"}
    assert {file.name for file in notes.iterdir()} == texts
    assert f"“{NAME}-字体原件.zip”" in unmarked(notes / "说明.txt")


def test_fonts_stay_out_when_nobody_permits_them_or_has_them(recipe: Recipe) -> None:
    recipe.run("--without-fonts")
    assert [place for _, place in recipe.told["Analysis"][0]["datas"]] == ["resources"]
    assert not (recipe.made / "许可" / "字体").exists()
    assert not list((recipe.folder / "dist").glob("*字体*"))


def test_only_what_is_used_goes_in(recipe: Recipe) -> None:
    wanted = {
        "PySide6/Qt/plugins/platforms/libqxcb.so": True,
        "PySide6/plugins/platforms/qwindows.dll": True,
        "PySide6\\plugins\\platforms\\qwindows.dll": True,
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so": True,
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so": True,
        "PySide6/Qt/plugins/platforms/libqwayland-egl.so": False,
        "PySide6/plugins/platforms/qdirect2d.dll": False,
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so": False,
        "PySide6/plugins/tls/qopensslbackend.dll": False,
        "PySide6/Qt/translations/qtbase_zh_CN.qm": True,
        "PySide6/translations/qtbase_de.qm": False,
        "PySide6/Qt/lib/libQt6Core.so.6": True,
        "PySide6/opengl32sw.dll": False,
        "resources/sample/district.toml": True,
        "resources/portable/shortcut.sh": False,
        "reportlab/fonts/Vera.ttf": False,
        "libX11.so.6": False,
        "libxcb.so.1": False,
        "libxcb-cursor.so.0": True,
        "libcups.so.2": False,
        "python311.dll": True,
    }
    is_wanted = recipe.run().names["is_wanted"]
    assert {place: is_wanted((place, "/src", "BINARY")) for place in wanted} == wanted


def test_links_stay_out_because_a_stick_has_none(recipe: Recipe) -> None:
    entry = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    assert recipe.run().names["is_wanted"](entry) is False


def test_libraries_that_only_left_out_parts_needed_go_with_them(recipe: Recipe) -> None:
    recipe.binaries += [
        ("PySide6/QtGui.abi3.so", "/w/QtGui", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/w/libQt6Gui.so.6", "BINARY"),
        ("PySide6/Qt/lib/libQt6Network.so.6", "/w/libQt6Network.so.6", "BINARY"),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/w/libqgtk3.so", "BINARY"),
        ("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY"),
        ("libcairo.so.2", "/usr/lib/libcairo.so.2", "BINARY"),
        ("libz.so.1", "/usr/lib/libz.so.1", "BINARY"),
        ("pillow.libs/libavif-1.so", "/w/libavif-1.so", "BINARY"),
        ("pypdfium2_raw/libpdfium.so", "/w/libpdfium.so", "BINARY"),
    ]
    recipe.linked = {
        "/w/QtGui": ["libQt6Gui.so.6", "libc.so.6"],
        "/w/libQt6Gui.so.6": ["libz.so.1"],
        "/w/libqgtk3.so": ["libgtk-3.so.0"],
        "/usr/lib/libgtk-3.so.0": ["libcairo.so.2"],
    }
    recipe.run()
    kept = {Path(place).name for place, _, _ in recipe.told["COLLECT"][0]["parts"][1]}
    assert kept == {
        "QtGui.abi3.so", "libQt6Gui.so.6", "libz.so.1", "libpdfium.so", "libpython3.11.so.1.0"
    }  # fmt: skip


def test_every_file_of_the_folder_is_in_its_list_of_sums(recipe: Recipe) -> None:
    recipe.run()
    there = {file for file in recipe.made.rglob("*") if file.is_file()}
    assert compare_with_sums(recipe.made) == f"{len(there) - 1}个文件与校验清单一致"


def test_everything_inside_is_listed_with_its_licence(recipe: Recipe) -> None:
    recipe.run()
    lines = unmarked(recipe.made / "许可" / "许可清单.txt").splitlines()
    rows = {line.split("\t")[0].rsplit(" ", 1)[0].lower(): line.split("\t") for line in lines if "\t" in line}
    named = re.findall(r'^    "([\w.-]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    shipped = [name.lower() for name in named[: named.index("pytest")]]
    assert len(shipped) > 8
    assert set(shipped) <= set(rows)
    assert {"python", "pyinstaller"} <= set(rows)
    assert all(len(row) == 3 and row[1] for row in rows.values())
    assert not {"pytest", "ruff", "mypy", "hypothesis"} & set(rows)
    texts = recipe.made / "许可"
    assert {"GPL-3.0.txt", "LGPL-3.0.txt"} <= {file.name for file in texts.iterdir()}
    assert all(list((texts / name).iterdir()) for name in ("reportlab", "pypdfium2", "pillow", "pyrage"))


def test_a_program_that_fails_its_own_test_is_not_packed(recipe: Recipe) -> None:
    recipe.selftest_status = 1
    with pytest.raises(SystemExit, match="没有通过自检"):
        recipe.run()
    assert [entry.name for entry in (recipe.folder / "dist").iterdir()] == [NAME]


@pytest.mark.skipif(not shutil.which("sh"), reason="the script is for Linux")
def test_the_shortcut_of_linux_names_the_program_where_it_lies(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe.run()
    monkeypatch.undo()
    moved = recipe.made.rename(tmp_path / "D盘 整改台账")
    home = tmp_path / "家"
    (home / "Desktop").mkdir(parents=True)
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    said = subprocess.run(
        ["sh", str(moved / "添加快捷方式.sh")], env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout
    entry = home / ".local/share/applications" / f"{NAME}.desktop"
    assert said.splitlines() == [f"已添加：{entry}", f"已添加：{home / 'Desktop' / entry.name}"]
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert f'Exec="{moved / NAME}"' in lines
    assert f"Icon={moved / NAME}.png" in lines


def _imported(file: Path) -> set[str]:
    """Every module that a file may import, also inside functions; names imported from a package count as modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_nothing_that_any_room_imports_is_excluded(recipe: Recipe) -> None:
    """PyInstaller follows every import, lazy ones too, and tests/test_architecture.py forbids imports by name."""
    files = [file for top in ("desktop", "forms") for file in (ROOT / top).rglob("*.py")]
    imported = {module for file in files for module in _imported(file)}
    excluded = recipe.run().names["EXCLUDED"]
    assert len(imported) > 200
    assert [(module, name) for module in imported for name in excluded if f"{module}.".startswith(f"{name}.")] == []
    outside = {module.split(".")[0] for module in imported} - set(sys.stdlib_module_names) - {"desktop", "forms"}
    assert outside <= set(MODULES)
