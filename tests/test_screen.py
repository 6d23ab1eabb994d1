"""Why there is no window, in one sentence: a system library that is missing, or no display."""

from pathlib import Path

import pytest

from desktop import screen


@pytest.fixture
def portable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen.paths, "is_portable", lambda: True)
    monkeypatch.setattr(screen.sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)


@pytest.mark.usefixtures("portable")
def test_the_portable_folder_asks_for_x11_and_can_tell_when_it_did_not_get_it(tmp_path: Path) -> None:
    screen.choose_platform()
    assert screen.os.environ["QT_QPA_PLATFORM"] == "xcb;offscreen"
    assert screen.platform_fault("xcb", tmp_path) == ""
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").write_bytes(b"no library")
    assert screen.platform_fault("offscreen", tmp_path).startswith("窗口打不开：界面部件不能装入（")


@pytest.mark.usefixtures("portable")
def test_without_a_display_that_is_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.choose_platform()
    monkeypatch.setattr(screen, "missing_library", lambda plugin: "")
    assert screen.platform_fault("offscreen", tmp_path).startswith("没有可用的显示器，窗口打不开；")


@pytest.mark.usefixtures("portable")
@pytest.mark.parametrize("wanted", ["offscreen", "xcb"])
def test_who_names_a_platform_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", wanted)
    screen.choose_platform()
    assert screen.os.environ["QT_QPA_PLATFORM"] == wanted
    assert screen.platform_fault(wanted, tmp_path) == ""


@pytest.mark.usefixtures("portable")
@pytest.mark.parametrize("before", ["", "/opt/lib"])
def test_what_the_program_starts_loads_the_system_s_libraries(monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/media/stick/_internal")
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    screen.free_library_path()
    assert screen.os.environ.get("LD_LIBRARY_PATH", "") == before
    assert "LD_LIBRARY_PATH_ORIG" not in screen.os.environ


def test_what_the_system_said_is_told_though_another_loader_wraps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str) -> None:
        raise OSError("not found when the application was frozen") from OSError("libX11-xcb.so.1: cannot open it")

    monkeypatch.setattr(screen.ctypes, "CDLL", load)
    assert "系统缺少 libX11-xcb.so.1。" in screen.missing_library(tmp_path / "libqxcb.so")


def test_a_damaged_program_is_not_blamed_on_the_system() -> None:
    assert screen.is_of_the_system(ImportError("libEGL.so.1: cannot open shared object file"))
    assert not screen.is_of_the_system(ModuleNotFoundError("No module named 'desktop.app'"))


def test_a_checkout_leaves_the_choice_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    screen.choose_platform()
    assert "QT_QPA_PLATFORM" not in screen.os.environ


def test_the_library_that_the_system_lacks_is_named() -> None:
    said = "libxcb-icccm.so.4: cannot open shared object file: No such file or directory"
    assert screen.library_fault(said) == (
        "窗口打不开：系统缺少 libxcb-icccm.so.4。请让管理员安装所缺的系统软件包，清单见部署说明。"
    )
