"""A clerk at the command line."""

import json
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
