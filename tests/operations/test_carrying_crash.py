"""kill -9 at any moment of carrying a ledger out, bringing it in and merging it: whole or not there, and done again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.support import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("action", "step", "least"), [("out", 3, 8), ("in", 5, 15), ("merge", 7, 15)])
def test_killed_at_every_moment_everything_is_whole(tmp_path: Path, action: str, step: int, least: int) -> None:
    command = [sys.executable, "-m", "tests.operations.carry_crash_script", action, str(tmp_path / "base"), str(step)]
    env = {**os.environ, "PYTHONUTF8": "1"}
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=env, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["moments"] >= least
