"""A clerk at the command line, with a ledger of the founding plan's problem five."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop import cli, paths

PLAN = paths.resource("sample", "founding-plan.txt")
OFFICE = "蒸湘区整改工作专班办公室"


@dataclass
class Clerk:
    """Works by command line only. ``done`` expects success, ``refused`` exactly one clear line and no change."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    files: Path
    made: dict[str, Path] = field(default_factory=dict)

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """One command; its exit status, stdout and stderr."""
        self.capsys.readouterr()
        status = cli.main([str(a) for a in arguments])
        out, err = self.capsys.readouterr()
        return status, out, err

    def done(self, *arguments: object) -> str:
        """One command that must succeed; what it said."""
        status, out, err = self.run(*arguments)
        assert status == 0, err
        return out + err

    def step(self, action: str, day: str, *arguments: object) -> str:
        """One step of problem five on a day."""
        return self.done("step", self.folder, action, "--problem", 5, "--today", day, "--person", "李明", *arguments)

    def refused(self, *arguments: object) -> str:
        """One command that must be refused with one line and leave the ledger as it was; the line."""
        before = self.state()
        status, out, err = self.run(*arguments)
        assert status == 1, (out, err)
        assert len(err.strip().splitlines()) == 1, err
        assert "Traceback" not in err
        assert self.state() == before
        return err.strip()

    def step_refused(self, action: str, day: str, *arguments: object) -> str:
        """One step of problem five that must be refused."""
        return self.refused("step", self.folder, action, "--problem", 5, "--today", day, *arguments)

    def show(self, *arguments: object) -> dict[str, Any]:
        """The ledger as data."""
        found: dict[str, Any] = json.loads(self.done("show", self.folder, "--json", *arguments))
        return found

    def problem(self, *arguments: object) -> dict[str, Any]:
        """Problem five as data."""
        problem: dict[str, Any] = self.show("--problem", 5, *arguments)["problems"][0]
        return problem

    def state(self) -> object:
        """All that the ledger says, to compare before and after."""
        if not (self.folder / "ledger.sqlite").exists():
            return None
        status, out, err = self.run("show", self.folder, "--json", "--today", "2030-01-01")
        return status, out, err

    def file(self, name: str, text: str = "材料") -> Path:
        """A small file of the clerk's, made on first use."""
        path = self.files / name
        if not path.exists():
            path.write_text(f"{text}：{name}", encoding="utf-8")
        return path


@pytest.fixture
def new_clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], Clerk]:
    """A clerk who has not made a ledger yet."""
    files = tmp_path / "材料"
    files.mkdir()
    return lambda: Clerk(tmp_path / "台账", capsys, files)


@pytest.fixture
def clerk(new_clerk: Callable[[], Clerk]) -> Clerk:
    """A clerk whose ledger holds the founding plan."""
    found = new_clerk()
    found.done("new", found.folder, "--office", OFFICE, "--today", "2024-07-05")
    found.done("import", found.folder, PLAN, "--yes", "--today", "2024-07-05", "--person", "李明")
    return found


@pytest.fixture
def finished(clerk: Clerk) -> Clerk:
    """Problem five with all measures done and proof on file, ready for its self-check."""
    for number in (1, 2, 3):
        clerk.step("progress", "2024-12-02", "--measure", number, "--text", "已全部完成")
    clerk.step("evidence", "2024-12-02", "--file", clerk.file("改造后现场.txt"), "--text", "整改后")
    return clerk


@pytest.fixture
def applied(finished: Clerk) -> Clerk:
    """Problem five with its application sent."""
    finished.step("self-check", "2024-12-10")
    finished.step("apply", "2024-12-11", "--file", finished.file("自查自验表.txt"), "--doc-no", "蒸区委〔2024〕9号")
    return finished


@pytest.fixture
def noticed(applied: Clerk) -> Clerk:
    """Problem five in its public notice, 12-23 to 12-30."""
    applied.step(
        "accept", "2024-12-20", "--result", "通过", "--file", applied.file("销号请示扫描件.txt"),
        "--file", applied.file("验收意见.txt"),
    )  # fmt: skip
    applied.step("notice", "2024-12-23", "--file", applied.file("公示文本.txt"), "--url", "区政府网站")
    return applied


@pytest.fixture
def closed(noticed: Clerk) -> Clerk:
    """Problem five struck off."""
    noticed.step(
        "file", "2024-12-31", "--file", noticed.file("公示截图.txt"), "--file", noticed.file("无异议说明.txt"),
        "--file", noticed.file("销号台账.txt"),
    )  # fmt: skip
    return noticed
