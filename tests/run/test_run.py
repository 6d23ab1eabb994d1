"""Set-up as run.py does it, with other tools replaced by small fakes: no network, no real .venv."""

import gzip
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Tools:
    """Stands in for the programs that set-up calls: keeps the commands, answers as told, and does what they leave."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.fails: dict[str, str] = {}
        self.leaves: dict[str, object] = {}

    def run(self, command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        """Answer a command as ``subprocess.run`` would; the key is a word of it."""
        self.commands.append(command)
        for word, effect in self.leaves.items():
            if word in command and callable(effect):
                effect(_options.get("cwd"))
        said = [text for word, text in self.fails.items() if word in command]
        return subprocess.CompletedProcess(command, 1 if said else 0, said[0] if said else "")

    def called(self, word: str) -> int:
        """How many commands held this word."""
        return sum(word in command for command in self.commands)


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py, loaded from its file, at work in a folder of its own with a cache of its own."""
    module = _load()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path / "requirements.txt")
    monkeypatch.setattr(module, "TEX_TREES", (tmp_path / "tex",))
    monkeypatch.setattr(module, "has_official_fonts", lambda: False)
    (tmp_path / "requirements.txt").write_text("peewee==4.5.3\n", encoding="utf-8")
    return module


@pytest.fixture
def tools(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """The fake programs, in place of every program that set-up would start."""
    fake = Tools()
    fake.leaves["venv"] = lambda _cwd: _interpreter(setup)
    monkeypatch.setattr(setup.subprocess, "run", fake.run)
    monkeypatch.setattr(setup, "install_packages", lambda: (fake.run(["pip"]).returncode, fake.fails.get("pip", "")))
    return fake


def _interpreter(setup: ModuleType) -> None:
    setup.venv_python().parent.mkdir(parents=True, exist_ok=True)
    setup.venv_python().write_text("", encoding="utf-8")
    setup.venv_python().chmod(0o755)


def _otf(tree: Path, setup: ModuleType) -> None:
    for name in setup.FANDOL:
        font = tree / "fonts/opentype/public/fandol" / name
        font.parent.mkdir(parents=True, exist_ok=True)
        font.write_bytes(name.encode())


def _converted(setup: ModuleType) -> None:
    glyf = setup.fonts_cache() / "glyf"
    glyf.mkdir(parents=True, exist_ok=True)
    (glyf / "GW-Fang.ttf").write_bytes(b"font")


def _finish_fonts(setup: ModuleType) -> None:
    _otf(setup.TEX_TREES[0], setup)
    setup.make_fonts()


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_supported_python_is_accepted(setup: ModuleType, version: tuple[int, int]) -> None:
    assert setup.version_fault(version) == ""


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14), (4, 0)])
def test_another_python_is_refused_in_one_chinese_and_english_line(
    setup: ModuleType, version: tuple[int, int]
) -> None:
    fault = setup.version_fault(version)
    assert "\n" not in fault
    assert "{}.{}".format(*version) in fault
    assert "需要 Python 3.11" in fault
    assert "is needed" in fault


def test_the_supported_versions_are_those_of_the_project(setup: ModuleType) -> None:
    low, high = setup.OLDEST, (setup.NEWEST[0], setup.NEWEST[1] + 1)
    wanted = 'requires-python = ">={}.{},<{}.{}"'.format(*low, *high)
    assert wanted in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_a_finished_venv_is_used_again_without_starting_any_program(setup: ModuleType, tools: Tools) -> None:
    setup.make_venv()
    _converted(setup)
    _finish_fonts(setup)
    setup.set_up(True)
    tools.commands.clear()
    setup.set_up(True)
    assert tools.commands == []


def test_without_the_libraries_of_the_window_the_one_line_to_run_is_told(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.make_venv()
    tools.fails["-c"] = "ImportError: libEGL.so.1"
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: False)
    with pytest.raises(setup.Stopped, match=r"sudo apt-get .* libegl1"):
        setup.set_up(True)
    assert not setup.qt_ready()


def test_a_venv_killed_while_installing_is_made_again(setup: ModuleType, tools: Tools) -> None:
    _interpreter(setup)
    (setup.VENV / "lib").mkdir()
    assert not setup.venv_ready()
    setup.make_venv()
    assert tools.called("--clear") == 1
    assert setup.venv_ready()


def test_the_stamp_is_gone_while_the_venv_is_being_made_again(setup: ModuleType, tools: Tools) -> None:
    setup.make_venv()
    ready_meanwhile = []
    tools.leaves["pip"] = lambda _cwd: ready_meanwhile.append(setup.venv_ready())
    setup.make_venv()
    assert ready_meanwhile == [False]
    assert setup.venv_ready()


def test_a_venv_whose_packages_failed_is_not_trusted(setup: ModuleType, tools: Tools) -> None:
    tools.fails["pip"] = "ERROR: No matching distribution found for peewee==4.5.3"
    with pytest.raises(setup.Stopped, match="所需组件没有装成：没能从软件来源取得文件"):
        setup.make_venv()
    assert not setup.venv_ready()
    assert "No matching distribution" in (setup.VENV / "set-up.log").read_text(encoding="utf-8")


def test_changed_pins_make_the_venv_again(setup: ModuleType, tools: Tools) -> None:
    setup.make_venv()
    setup.REQUIREMENTS.write_text("peewee==4.5.4\n", encoding="utf-8")
    assert not setup.venv_ready()


def test_another_version_of_python_makes_the_venv_again(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.make_venv()
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not setup.venv_ready()


def test_a_venv_whose_python_was_removed_is_made_again(setup: ModuleType, tools: Tools) -> None:
    setup.make_venv()
    setup.venv_python().unlink()
    assert not setup.venv_ready()


def test_a_damaged_stamp_is_not_trusted(setup: ModuleType, tools: Tools) -> None:
    setup.make_venv()
    (setup.VENV / "ready").write_bytes(b"\xff\xfe")
    assert not setup.venv_ready()


def _need(setup: ModuleType, what: str, package: str, missing: bool) -> object:
    return setup.Need(what, (package,), lambda: missing)


def test_all_missing_parts_come_in_one_line_for_a_person_without_root(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: False)
    needs = (
        _need(setup, "甲", "python3-venv", True),
        _need(setup, "乙", "libegl1", False),
        _need(setup, "丙", "libgl1", True),
    )
    with pytest.raises(setup.Stopped) as stopped:
        setup.install_needs(needs)
    sentence, line = str(stopped.value).split("\n")
    assert "甲、丙" in sentence
    assert line == "sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-venv libgl1"
    assert tools.commands == []


def test_root_gets_the_missing_parts_by_apt(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: True)
    state = {"missing": True}
    tools.leaves["install"] = lambda _cwd: state.update(missing=False)
    setup.install_needs((setup.Need("甲", ("python3-venv",), lambda: state["missing"]),))
    assert [command[2] for command in tools.commands] == ["update", "install"]
    assert "python3-venv" in tools.commands[1]


def test_a_part_that_is_still_missing_after_apt_is_said(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: True)
    tools.fails["install"] = "E: Unable to locate package python3-venv"
    with pytest.raises(setup.Stopped, match="没能装上 甲：没能从软件来源取得文件"):
        setup.install_needs((_need(setup, "甲", "python3-venv", True),))


def test_a_system_without_apt_is_told_what_it_lacks(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: False)
    with pytest.raises(setup.Stopped, match="缺少 甲"):
        setup.install_needs((_need(setup, "甲", "python3-venv", True),))


def test_the_list_of_system_needs_names_a_package_for_each(setup: ModuleType) -> None:
    assert setup.NEEDS
    assert all(need.what and need.packages and isinstance(need.missing(), bool) for need in setup.NEEDS)


def test_fonts_come_from_a_tex_on_this_machine_with_their_licence(setup: ModuleType, tools: Tools) -> None:
    tree = setup.TEX_TREES[0]
    setup.VENV.mkdir()
    _otf(tree, setup)
    (tree / "doc/fonts/fandol").mkdir(parents=True)
    (tree / "doc/fonts/fandol/COPYING.gz").write_bytes(gzip.compress(b"licence"))
    _converted(setup)
    setup.make_fonts()
    otf = setup.fonts_cache() / "otf"
    assert {file.name for file in otf.iterdir()} == {*setup.FANDOL, "COPYING"}
    assert (otf / "COPYING").read_bytes() == b"licence"
    assert tools.called("download") == 0


def test_fonts_are_downloaded_and_unpacked_where_there_is_no_tex(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    tools.leaves["download"] = lambda cwd: (cwd / "fonts.deb").write_bytes(b"deb")
    fake_run = tools.run

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if command[:2] == ["dpkg-deb", "-x"]:
            _otf(Path(command[3]) / "usr/share/texlive/texmf-dist", setup)
        return fake_run(command, **options)

    monkeypatch.setattr(setup.subprocess, "run", run)
    setup.get_fonts(setup.fonts_cache() / "otf")
    assert {file.name for file in (setup.fonts_cache() / "otf").iterdir()} == set(setup.FANDOL)


def test_fonts_that_cannot_be_downloaded_are_asked_for_by_name(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: False)
    tools.fails["download"] = "E: Failed to fetch the package: Temporary failure resolving the name"
    with pytest.raises(setup.Stopped) as stopped:
        setup.make_fonts()
    assert "网络不通" in str(stopped.value)
    assert "sudo apt-get update" in str(stopped.value)
    assert "FandolFang-Regular.otf" in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert tools.called("update") == 0


def test_an_incomplete_tex_is_not_taken_for_the_fonts(setup: ModuleType, tmp_path: Path) -> None:
    _otf(tmp_path / "tex", setup)
    (tmp_path / "tex/fonts/opentype/public/fandol" / setup.FANDOL[-1]).unlink()
    assert not setup.take_fonts(tmp_path / "tex", tmp_path)


def test_fonts_are_converted_again_when_a_converted_file_is_gone(setup: ModuleType, tools: Tools) -> None:
    setup.VENV.mkdir()
    _converted(setup)
    _finish_fonts(setup)
    assert setup.fonts_ready(True)
    (setup.fonts_cache() / "glyf" / "GW-Fang.ttf").unlink()
    assert not setup.fonts_ready(True)


def test_fonts_are_looked_at_again_when_the_conversion_changed(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.VENV.mkdir()
    _converted(setup)
    _finish_fonts(setup)
    monkeypatch.setattr(setup, "fonts_stamp", lambda: "another")
    assert not setup.fonts_ready(True)


def test_a_machine_with_official_fonts_needs_the_free_ones_for_tests_only(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_official_fonts", lambda: True)
    assert setup.fonts_ready(False)
    assert not setup.fonts_ready(True)


def test_official_fonts_are_known_by_one_file_for_each_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = _load()
    monkeypatch.setattr("desktop.paths.system_font_dirs", lambda: (tmp_path / "fonts",))
    (tmp_path / "fonts/deep").mkdir(parents=True)
    for name in ("SIMFANG.TTF", "simkai.ttf", "SimHei.ttf"):
        (tmp_path / "fonts/deep" / name).write_bytes(b"font")
    assert not module.has_official_fonts()
    (tmp_path / "fonts/simsun.ttc").write_bytes(b"font")
    assert module.has_official_fonts()


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "校验值不符"),
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("NewConnectionError: failed to establish\n", "网络不通"),
        ("W: Download is performed unsandboxed (13: Permission denied)\nE: Failed to fetch x", "网络不通"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "没有写入权限"),
        ("one\nsomething odd.\n\n", "something odd"),
        ("", "没有说明原因"),
    ],
)
def test_why_a_tool_failed_is_said_in_plain_words(setup: ModuleType, output: str, cause: str) -> None:
    assert cause in setup.reason(output)


def test_one_set_up_at_a_time(setup: ModuleType, tmp_path: Path) -> None:
    with setup.set_up_lock(), (setup.fonts_cache().parent / "set-up.lock").open("a+") as other:
        assert not setup.try_lock(other.fileno())
    with (setup.fonts_cache().parent / "set-up.lock").open("a+") as other:
        assert setup.try_lock(other.fileno())


def test_a_file_is_written_whole_or_not_at_all(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.write_whole(tmp_path / "a", b"old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        setup.write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [file.name for file in tmp_path.glob("a*")] == ["a"]


def test_tests_fail_when_only_a_static_check_fails(
    setup: ModuleType, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.fails["mypy"] = "error"
    assert setup.run_tests(["-q"]) == 1
    assert [command[2] for command in tools.commands] == ["ruff", "mypy", "pytest"]
    assert tools.commands[2][3:] == ["-q"]
    assert "mypy 未通过" in capsys.readouterr().out


def test_tests_pass_when_everything_passes(setup: ModuleType, tools: Tools) -> None:
    assert setup.run_tests([]) == 0


def _built(setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    monkeypatch.setattr(setup, "set_up", lambda free_fonts: tools.commands.append(["fonts", str(free_fonts)]))
    assert setup.main(["build", *words]) == 0
    return tools.commands[0] + tools.commands[-1]


def test_the_portable_folder_is_built_by_the_recipe_with_the_free_fonts(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "BUILD_NEEDS", ())
    command = _built(setup, tools, monkeypatch)
    assert command[:2] == ["fonts", "True"]
    assert command[3:5] == ["-m", "PyInstaller"]
    assert command[-2:] == ["build.spec", "--"]


def test_who_builds_without_fonts_needs_none(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "BUILD_NEEDS", ())
    command = _built(setup, tools, monkeypatch, "--without-fonts")
    assert command[:2] == ["fonts", "False"]
    assert command[-3:] == ["build.spec", "--", "--without-fonts"]


def test_what_building_needs_is_told_in_one_line(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "set_up", lambda free_fonts: None)
    monkeypatch.setattr(setup, "has_apt", lambda: True)
    monkeypatch.setattr(setup, "is_root", lambda: False)
    tools.fails["-c"] = "OSError: libxcb-icccm.so.4"
    assert setup.main(["build"]) == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends binutils" in capsys.readouterr().err
    assert tools.called("PyInstaller") == 0


def test_the_program_is_started_with_the_words_of_the_command_line(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda _path, command, environment: started.append((command, environment)))
    monkeypatch.setattr(setup.sys, "platform", "linux")
    setup.start(["show", "账本"])
    setup.start([])
    assert started[0][0][1:] == ["-P", "-m", "desktop", "show", "账本"]
    assert started[1][0][-2:] == ["demo", str(setup.ROOT / "out")]
    assert started[0][1]["PYTHONPATH"].split(os.pathsep)[0] == str(setup.ROOT)


def test_on_windows_the_program_is_waited_for(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.sys, "platform", "win32")
    tools.fails["desktop"] = "refused"
    assert setup.start(["show"]) == 1
    assert tools.commands[0][0].endswith("python.exe")


def test_a_stop_is_one_message_and_exit_one(
    setup: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.fails["pip"] = "Connection refused"
    assert setup.main(["show"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_one_message_and_exit_one(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("a file where a folder is wanted", encoding="utf-8")
    assert setup.main(["show"]) == 1
    assert "准备运行环境时出错" in capsys.readouterr().err
