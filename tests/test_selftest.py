"""自检: one report that an IT person can read, 0 when all is well, 1 with the part and the remedy when not."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop import paths, selftest
from desktop.first_settings import FirstSettings
from desktop.operations import selftest as trial
from desktop.operations.ledgers import new_ledger
from desktop.rules.errors import KnownFault, Refused
from desktop.selftest_desk import Desk, Part
from desktop.selftest_parts import PARTS, try_first_settings
from desktop.settings import Settings

NONE = FirstSettings({}, is_there=False)


def report(capsys: pytest.CaptureFixture[str], tmp_path: Path, parts: tuple[Part, ...] | None) -> tuple[int, list[str]]:
    """Run 自检 with these parts; its exit status and the lines of its report."""
    status = selftest.main(Settings(tmp_path / "settings.json"), NONE, parts)
    return status, capsys.readouterr().out.splitlines()


def raising(error: Exception) -> Callable[[Desk], str]:
    """A part that fails like this."""

    def fail(_: Desk) -> str:
        raise error

    return fail


def test_the_program_passes_its_own_test(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, lines = report(capsys, tmp_path, None)
    assert status == 0, lines
    assert lines[-1].startswith("自检通过，可以使用。")
    assert [line.partition("：")[0] for line in lines[3:-1]] == [f"[正常] {name}" for name, _ in PARTS]
    assert any("“销号请示”" in line for line in lines)
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KnownFault("磁盘满了。", "请清理磁盘。"), "磁盘满了。请清理磁盘。"),
        (Refused("模板有误。"), "模板有误。"),
        (OSError(28, "No space left on device", "/x"), "读写出错：/x（No space left on device）。请检查磁盘"),
        (ImportError("libEGL.so.1: cannot open shared object file"), "窗口打不开：系统缺少 libEGL.so.1。"),
        (ModuleNotFoundError("No module named 'docx'"), "缺少部件（No module named 'docx'）。请重新解压"),
        (KeyError("x"), "程序内部出错（KeyError：'x'）。请重新解压"),
    ],
)
def test_a_part_that_fails_is_named_and_the_others_are_still_tried(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, error: Exception, words: str
) -> None:
    status, lines = report(capsys, tmp_path, (("甲", raising(error)), ("乙", lambda desk: "好")))
    assert status == 1
    assert lines[3].startswith(f"[失败] 甲：{words}")
    assert lines[4] == "[正常] 乙：好"
    assert lines[5].startswith("自检未通过，有问题的部分：甲。")


def test_first_settings_that_could_not_be_taken_fail_the_test(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(Refused, match="有误"):
        try_first_settings(Desk(tmp_path, settings, FirstSettings({}, ("default.toml 有误。",))))
    with pytest.raises(Refused, match="没有名为“mars”的地区模板"):
        try_first_settings(Desk(tmp_path, settings, FirstSettings({"region": "mars"})))
    said = try_first_settings(Desk(tmp_path, settings, FirstSettings({"office": "甲办", "region": "hengyang"})))
    assert said == "office=甲办、region=hengyang"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program folder with its list of sums."""
    made = tmp_path / "整改台账"
    (made / "_internal").mkdir(parents=True)
    lines = []
    for name in ("整改台账", "_internal/a.so", "_internal/b c.txt"):
        (made / name).write_bytes(name.encode())
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}")
    (made / trial.SUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def test_a_whole_program_folder_agrees_with_its_sums(folder: Path) -> None:
    assert trial.compare_with_sums(folder) == "3个文件与校验清单一致"
    (folder / "default.toml").write_text("", encoding="utf-8")
    assert trial.compare_with_sums(folder) == "3个文件与校验清单一致"


def test_a_file_that_was_taken_away_or_changed_is_named(folder: Path) -> None:
    (folder / "_internal/a.so").unlink()
    (folder / "_internal/b c.txt").write_text("改过", encoding="utf-8")
    with pytest.raises(KnownFault) as fault:
        trial.compare_with_sums(folder)
    assert fault.value.sentence == "缺少1个文件（_internal/a.so）；内容不符1个文件（_internal/b c.txt）。"
    assert "杀毒软件" in fault.value.remedy
    (folder / trial.SUMS).write_text("", encoding="utf-8")
    with pytest.raises(KnownFault, match="校验清单是空的"):
        trial.compare_with_sums(folder)


def test_a_place_for_ledgers_may_still_have_to_be_made(tmp_path: Path) -> None:
    assert trial.look_at_place(tmp_path).endswith("（可写）")
    assert trial.look_at_place(tmp_path / "甲" / "乙").endswith("（还没有建立，可以建立）")
    assert not (tmp_path / "甲").exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(KnownFault, match="不能写入"):
        trial.look_at_place(tmp_path / "文件" / "台账")


def test_evidence_lost_on_the_way_is_noticed(tmp_path: Path) -> None:
    new_ledger(tmp_path / "台账", "蒸湘区整改办", date(2026, 11, 23)).close()
    stray = tmp_path / "台账" / "evidence" / "ab" / "abcd"
    stray.parent.mkdir()
    stray.write_bytes(b"no record names it, so no backup holds it")
    with pytest.raises(KnownFault, match="打包前有1个附件，恢复后有0个"):
        trial.pack_evidence(tmp_path / "台账", tmp_path / "打包", datetime(2026, 11, 23))


MANY_PARTS = """
import sys
from desktop import selftest
from desktop.first_settings import FirstSettings
from desktop.settings import Settings
parts = [(str(number), lambda desk: "好" * 100) for number in range(2000)]
sys.exit(selftest.main(Settings(), FirstSettings({}, is_there=False), parts))
"""


def test_a_reader_that_leaves_early_does_not_break_the_test(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(paths.program_dir())}
    with subprocess.Popen(
        [sys.executable, "-c", MANY_PARTS], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().decode().startswith("督察整改台账")
        program.stdout.close()
        assert program.wait(timeout=60) == 0
        assert program.stderr is not None
        assert program.stderr.read() == b""
